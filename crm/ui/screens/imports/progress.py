"""How far a run is, and how long it will still take."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from contacts.models import ImportRun, ImportState
from contacts.models.imports import BUSY_STATES

ENOUGH = timedelta(seconds=3)
BADGES: dict[str, tuple[str, str]] = {
    ImportState.DONE: ("yes", "yes"),
    ImportState.FAILED: ("no", "no"),
    ImportState.CANCELLED: ("check", "pause"),
    ImportState.REVERTED: ("", "undo"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """``left`` is None as long as nobody can tell."""

    title: str
    done: int
    total: int | None
    left: timedelta | None


def is_busy(run: ImportRun) -> bool:
    """Whether somebody works on the run, so that the page looks again."""
    return run.state in (*BUSY_STATES, ImportState.REVERTING)


def of(run: ImportRun, *, at: datetime) -> Progress:
    """The progress of a busy run."""
    done = run.created_count + run.updated_count + run.unchanged_count + run.rejected_count
    return Progress(_title(run), done, run.rows_total, _left(run, done, at))


def badge_of(run: ImportRun) -> tuple[str, str]:
    """Kind and sign of the badge of a run's state."""
    return BADGES.get(run.state, ("accent", "sync") if is_busy(run) else ("line", ""))


def _title(run: ImportRun) -> str:
    if run.state == ImportState.QUEUED:
        return _("Wartet auf einen freien Arbeitsplatz")
    if run.state == ImportState.CANCELLING:
        return _("Wird angehalten")
    if run.state == ImportState.REVERTING:
        return _("Wird zurückgenommen")
    return _("Probelauf") if run.dry_run else _("Wird übernommen")


def _left(run: ImportRun, done: int, at: datetime) -> timedelta | None:
    if run.state != ImportState.RUNNING or not (run.started_at and run.rows_total and done):
        return None
    elapsed = at - run.started_at
    if elapsed < ENOUGH or done > run.rows_total:
        return None
    return elapsed / done * (run.rows_total - done)
