"""The way an opportunity took through its stages, with the days it stood in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from history.models import Opportunity, OpportunityState, Stage, StageChange


@dataclass(frozen=True, slots=True)
class StageVisit:
    """A stage of the pipeline; ``days`` is None where it never stood."""

    stage: Stage
    days: int | None
    is_current: bool
    is_done: bool

    @property
    def is_long(self) -> bool:
        """Whether it stands here longer than usual."""
        return self.is_current and (self.days or 0) > self.stage.usual_days


def visits(
    opportunity: Opportunity,
    stages: Sequence[Stage],
    steps: Sequence[StageChange],
    *,
    at: datetime,
) -> list[StageVisit]:
    """Each stage of its pipeline, in order; returning to a stage adds up."""
    spent = _spent(steps, until=opportunity.closed_at or at)
    here = opportunity.stage.position
    return [
        StageVisit(
            stage=stage,
            days=spent[stage.pk].days if stage.pk in spent else None,
            is_current=stage.pk == opportunity.stage_id and opportunity.is_open,
            is_done=stage.position < here or (not opportunity.is_open and stage.pk in spent),
        )
        for stage in stages
    ]


def _spent(steps: Sequence[StageChange], *, until: datetime) -> dict[int, timedelta]:
    spent: dict[int, timedelta] = {}
    ends = [step.at for step in steps[1:]] + [until]
    for step, end in zip(steps, ends, strict=True):
        if step.state == OpportunityState.OPEN:
            before = spent.get(step.stage_id, timedelta())
            spent[step.stage_id] = before + (end - step.at)
    return spent
