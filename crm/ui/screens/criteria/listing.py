"""The criteria as the list shows them: by what they apply to, retired ones apart."""

from dataclasses import dataclass, field
from datetime import datetime

from contacts import criteria
from contacts.models import CriterionSubject, Sensitivity

BADGES = {
    Sensitivity.CONFIDENTIAL: ("", "lock"),
    Sensitivity.PERSONALITY: ("check", "lock"),
    Sensitivity.SPECIAL: ("no", "lock"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion; ``kind`` and ``sign`` are those of the badge of its sensitivity."""

    use: criteria.Use
    answers: list[str]
    kind: str
    sign: str

    @property
    def percent(self) -> int:
        """The fill rate as a whole percentage; what is answered at all is at least 1."""
        percent = round(self.use.rate * 100)
        return max(percent, 1) if self.use.filled else percent


@dataclass(slots=True)
class Overview:
    """``groups`` pair a heading with its criteria; ``proposed`` are hardly ever answered."""

    groups: list[tuple[str, list[Line]]] = field(default_factory=list)
    retired: list[Line] = field(default_factory=list)
    proposed: list[Line] = field(default_factory=list)


def overview(*, at: datetime) -> Overview:
    """All criteria (four queries)."""
    lines = [_line(use) for use in criteria.uses(at=at)]
    active = [line for line in lines if line.use.criterion.is_active]
    by_subject = [
        (str(subject.label), [line for line in active if line.use.criterion.subject == subject])
        for subject in CriterionSubject
    ]
    return Overview(
        groups=[(label, group) for label, group in by_subject if group],
        retired=[line for line in lines if not line.use.criterion.is_active],
        proposed=[line for line in lines if line.use.propose_retirement],
    )


def _line(use: criteria.Use) -> Line:
    kind, sign = BADGES.get(Sensitivity(use.criterion.sensitivity), ("", ""))
    answers = [choice.label for choice in use.criterion.choices.all() if choice.is_active]
    return Line(use, answers, kind, sign)
