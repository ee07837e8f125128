"""The figures of a run as tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.duplicates import runs
from contacts.models import MatchingRun, MatchingState, MatchingStep
from contacts.models.matching import BUSY_MATCHING
from crm.ui.screens.duplicates.words import STATES, Kind, kind_of

MOST_FILLERS: Final = 40
FILLERS: Final[dict[str, str | Promise]] = {
    "birth": _("Geburtsdatum"),
    "mail": _("E-Mail"),
    "phone": _("Rufnummer"),
    "name": _("Name"),
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step: seconds by the clock and of work; the share of the longest as a percentage."""

    label: str
    seconds: float
    work: float
    share: int


@dataclass(frozen=True, slots=True)
class FillerLine:
    """A value that too many records hold."""

    label: str | Promise
    text: str
    held: int


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run as the list and its page show it."""

    run: MatchingRun
    kind: Kind
    badge: str
    sign: str
    percent: int | None
    step: str
    number: int

    @property
    def is_busy(self) -> bool:
        """Whether somebody works on it."""
        return self.run.state in BUSY_MATCHING

    @property
    def counts(self) -> list[tuple[str | Promise, int | None]]:
        """What was counted, with its word; what a busy run has not got to yet is unknown."""
        run, unknown = self.run, None if self.is_busy else 0
        return [
            (_("Einträge"), run.records or unknown),
            (_("Paare verglichen"), run.candidates or unknown),
            (_("verdächtige Paare"), run.pairs_found or unknown),
            (_("Gruppen"), run.groups_found or unknown),
        ]

    @property
    def took(self) -> timedelta | None:
        """From start to end."""
        if self.run.started_at is None or self.run.finished_at is None:
            return None
        return self.run.finished_at - self.run.started_at


def line_of(run: MatchingRun) -> RunLine:
    """A run; one query if it is busy, none if not."""
    badge, sign = STATES[run.state]
    percent = None
    if run.state == MatchingState.RUNNING:
        percent = min(round(100 * runs.progress(run).share), 100)
    steps = list(MatchingStep)
    step = MatchingStep(run.step)
    return RunLine(
        run, kind_of(run.kind), badge, sign, percent, str(step.label), steps.index(step) + 1
    )


def step_lines(figures: dict[str, Any]) -> list[StepLine]:
    """The steps that are done, in order."""
    seconds, work = figures.get("seconds", {}), figures.get("work_seconds", {})
    longest = max(seconds.values(), default=0) or 1
    return [
        StepLine(
            str(step.label), seconds[step], work.get(step, 0), round(100 * seconds[step] / longest)
        )
        for step in MatchingStep
        if step in seconds
    ]


def filler_lines(figures: dict[str, Any]) -> tuple[list[FillerLine], int]:
    """Values that count as missing, the most frequent first, and how many more there are."""
    told: Sequence[dict[str, Any]] = figures.get("fillers_told", [])
    lines = [
        FillerLine(FILLERS.get(each["kind"], each["kind"]), each["text"], each["held"])
        for each in told[:MOST_FILLERS]
    ]
    return lines, len(told) - len(lines)
