"""Taking an import back: last row first, what was made is removed, what was overwritten restored.

A record that somebody changed or used since the import stays as it is, and its row says so.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from contacts.importing import locks
from contacts.importing.undoing import Undo
from contacts.merging import locks as merge_locks
from contacts.models import ImportRow, ImportRun, ImportState
from crm.accounts.models import User
from crm.kernel import audit

CHUNK: Final = 1000


def work(run_id: int, *, clock: Callable[[], datetime]) -> None:
    """Take back a run in state ``REVERTING``, going on where an interrupted worker stopped.

    Does nothing if another process works on it.
    """
    with locks.working_on(run_id) as mine:
        run = ImportRun.objects.filter(pk=run_id, state=ImportState.REVERTING).first()
        if not mine or run is None:
            return
        actor = User.objects.filter(pk=run.settings.get("reverted_by") or 0).first()
        while _take_back_chunk(run, actor, at=clock()):
            pass
        _end(run, actor, at=clock())


@transaction.atomic
def _take_back_chunk(run: ImportRun, actor: User | None, *, at: datetime) -> bool:
    """Take back up to 1,000 rows; ``position`` falls to the rows still to do."""
    merge_locks.no_merge_meanwhile()
    rows = list(
        ImportRow.objects.filter(run=run, number__lte=run.position)
        .exclude(journal={})
        .order_by("-number")
        .defer("raw")[:CHUNK]
    )
    if not rows:
        return False
    undo = Undo(rows, at=at)
    undo.apply()
    audit.record_many(actor=actor, acts=undo.acts, at=at, context={"import": run.pk})
    for row in undo.left:
        row.reason_code = "changed-since"
        row.reason = _("Nicht zurückgenommen: seit dem Import geändert oder anderswo verwendet.")
    ImportRow.objects.bulk_update(undo.left, ["reason_code", "reason"], batch_size=500)
    run.position = rows[-1].number - 1
    run.settings = {**run.settings, "revert": _added(run.settings.get("revert"), undo)}
    run.save(update_fields=["position", "settings"])
    return True


def _added(counts: dict[str, int] | None, undo: Undo) -> dict[str, int]:
    before: dict[str, Any] = counts or {}
    return {
        "removed": before.get("removed", 0) + undo.removed,
        "restored": before.get("restored", 0) + undo.restored,
        "left": before.get("left", 0) + len(undo.left),
    }


@transaction.atomic
def _end(run: ImportRun, actor: User | None, *, at: datetime) -> None:
    counts = run.settings.get("revert") or {"removed": 0, "restored": 0, "left": 0}
    run.settings = {**run.settings, "revert": counts}
    run.state, run.finished_at = ImportState.REVERTED, at
    run.save(update_fields=["state", "finished_at", "settings"])
    changes = {name: [0, count] for name, count in counts.items()}
    audit.record(actor=actor, action="import.reverted", at=at, target=run, changes=changes)
