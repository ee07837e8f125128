"""The criteria as the list shows them: by what they apply to, retired ones apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from consent import texts
from consent.models import ConsentText
from contacts import criteria, qualification
from contacts.models import Criterion, CriterionSubject, Sensitivity

BADGES = {
    Sensitivity.CONFIDENTIAL: ("", "lock"),
    Sensitivity.PERSONALITY: ("check", "lock"),
    Sensitivity.SPECIAL: ("no", "lock"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion; ``kind`` and ``sign`` are those of the badge of its sensitivity.

    ``texts`` are the published ones that name it, ``needs_text`` says that there should be one.
    """

    use: criteria.Use
    answers: list[str]
    kind: str
    sign: str
    needs_text: bool = False
    texts: Sequence[ConsentText] = ()

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
    """All criteria (four queries, one more if answers to any need a consent)."""
    uses = criteria.uses(at=at)
    asked = [use.criterion for use in uses if _needs_text(use.criterion)]
    named = texts.naming(asked) if asked else {}
    lines = [_line(use, named) for use in uses]
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


def _needs_text(criterion: Criterion) -> bool:
    is_sensitive = criterion.sensitivity in qualification.GUARDED
    return is_sensitive and criterion.subject == CriterionSubject.PERSON


def _line(use: criteria.Use, named: Mapping[str, Sequence[ConsentText]]) -> Line:
    kind, sign = BADGES.get(Sensitivity(use.criterion.sensitivity), ("", ""))
    answers = [choice.label for choice in use.criterion.choices.all() if choice.is_active]
    code = use.criterion.code
    return Line(use, answers, kind, sign, needs_text=code in named, texts=named.get(code, ()))
