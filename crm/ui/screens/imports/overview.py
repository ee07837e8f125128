"""Imports as the list shows them, newest first, page by page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from contacts.importing import imports
from contacts.models import ImportRun
from crm.ui.screens.imports import progress, steps

PAGE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One import; ``progress`` only while it is busy."""

    run: ImportRun
    kind: str
    sign: str
    progress: progress.Progress | None

    @property
    def is_open(self) -> bool:
        """Whether nothing was taken over yet."""
        return steps.is_open(self.run)

    @property
    def can_revert(self) -> bool:
        """Whether there is anything to take back."""
        return not self.run.dry_run and self.run.state in imports.REVERTIBLE

    @property
    def percent(self) -> int | None:
        """How far a busy import is; None if nobody knows."""
        if self.progress is None or not self.progress.total:
            return None
        return min(100 * self.progress.done // self.progress.total, 100)


@dataclass(frozen=True, slots=True)
class Page:
    """``next`` is the cursor of the next page."""

    lines: list[Line]
    next: str | None = None

    @property
    def is_busy(self) -> bool:
        """Whether any import is under way."""
        return any(line.progress for line in self.lines)


def page(runs: QuerySet[ImportRun], *, after: str, at: datetime) -> Page:
    """One page; ``after`` is the cursor of the page before (one query)."""
    if after.isdecimal() and len(after) < 19:
        runs = runs.filter(pk__lt=int(after))
    found = list(runs.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    more = len(found) > PAGE
    return Page([_line(run, at) for run in shown], str(shown[-1].pk) if more else None)


def _line(run: ImportRun, at: datetime) -> Line:
    kind, sign = progress.badge_of(run)
    under_way = progress.of(run, at=at) if progress.is_busy(run) else None
    return Line(run, kind, sign, under_way)
