"""The log of erasures beside the database: after a restore they are done once more.

One line of JSON for each, with random identifiers alone. The file has to outlive the backup that
is restored: it lies with the keys, not in the database.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from consent.models import ErasureRun


@dataclass(frozen=True, slots=True)
class Entry:
    """One erasure as the file tells it."""

    run: UUID
    persons: tuple[UUID, ...]
    reason: str
    at: datetime


def path() -> Path:
    """Where it lies."""
    return Path(settings.ERASURE_LOG)


def entries() -> Iterator[Entry]:
    """All erasures that the file knows of, the oldest first."""
    if not path().exists():
        return
    with path().open(encoding="utf-8") as file:
        for line in file:
            told = json.loads(line)
            yield Entry(
                run=UUID(told["run"]),
                persons=tuple(UUID(each) for each in told["persons"]),
                reason=told["reason"],
                at=datetime.fromisoformat(told["at"]),
            )


def write_missing() -> int:
    """Append erasures that the file lacks, and make sure that they are on the disk."""
    known = {entry.run for entry in entries()}
    missing = [run for run in ErasureRun.objects.order_by("pk") if run.public_id not in known]
    if not missing:
        return 0
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a", encoding="utf-8") as file:
        for run in missing:
            file.write(json.dumps(_told(run)) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return len(missing)


def _told(run: ErasureRun) -> dict[str, object]:
    return {
        "run": str(run.public_id),
        "at": run.at.isoformat(),
        "reason": run.reason,
        "persons": [str(each) for each in run.persons],
    }
