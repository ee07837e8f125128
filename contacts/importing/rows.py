"""The journal of a run: one :class:`ImportRow` per row of the file."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from contacts.importing.storing import bulk
from contacts.importing.storing.results import Result
from contacts.models import ImportOutcome, ImportRow, ImportRun

COLUMNS: Final = (
    "run_id",
    "number",
    "outcome",
    "person_id",
    "company_id",
    "fingerprint",
    "column",
    "reason_code",
    "reason",
    "suspect_ids",
    "raw",
    "journal",
)
COUNTERS: Final = {
    ImportOutcome.CREATED.value: "created_count",
    ImportOutcome.UPDATED.value: "updated_count",
    ImportOutcome.UNCHANGED.value: "unchanged_count",
    ImportOutcome.REJECTED.value: "rejected_count",
}

_NOBODY, _NOTHING = "{}", "{}"  # an empty array, an empty object


def record(run: ImportRun, results: Iterable[Result], cells: dict[int, Sequence[str]]) -> None:
    """Write the rows and count them on the run (not saved). ``cells`` are the rows as read.

    A dry run keeps neither records nor journals: they were rolled back.
    """
    found = list(results)
    for result in found:
        name = COUNTERS[result.outcome]
        setattr(run, name, getattr(run, name) + 1)
        run.marked_count += bool(result.suspects)
    lines = (_line(run, result, cells.get(result.row.number, ())) for result in found)
    bulk.insert(ImportRow, COLUMNS, lines)


def _line(run: ImportRun, result: Result, cells: Sequence[str]) -> tuple[Any, ...]:
    rejected = result.outcome == ImportOutcome.REJECTED
    return (
        run.pk,
        result.row.number,
        result.outcome,
        None if run.dry_run else result.person_id,
        None if run.dry_run else result.company_id,
        result.row.fingerprint,
        result.column[:200],
        result.reason_code,
        result.reason,
        _NOBODY if run.dry_run or not result.suspects else result.suspects,
        json.dumps([storable(cell) for cell in cells]) if rejected else None,
        _NOTHING if run.dry_run else json.dumps(result.journal.as_json()),
    )


def storable(text: str) -> str:
    """``text`` with the one character that PostgreSQL cannot hold made visible."""
    return text.replace("\x00", "\u2400")
