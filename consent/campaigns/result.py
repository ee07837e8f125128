"""What a check found: how many may be contacted, and why the others may not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from consent.decision import Decision
from consent.decision.codes import Code
from consent.decision.words import telling
from consent.many import Answered

SAMPLE = 5


@dataclass(slots=True)
class Reason:
    """Persons with the same outcome for the same reason.

    ``code`` is the ground of an outcome that allows, else the code that says most; ``sample`` are
    numbers of some of the persons.
    """

    outcome: str
    code: str
    count: int = 0
    sample: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Result:
    """``outcomes`` and ``reasons`` count each person once."""

    persons: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def allowed(self) -> int:
        """How many may be contacted, some of them under conditions."""
        return self.outcomes.get("ALLOW", 0) + self.outcomes.get("ALLOW_IF", 0)

    def as_json(self) -> dict[str, Any]:
        """The form that is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Result":
        """Read what was kept."""
        reasons = [Reason(**each) for each in kept["reasons"]]
        return cls(persons=kept["persons"], outcomes=kept["outcomes"], reasons=reasons)


def gather(answers: Iterable[Answered]) -> Result:
    """Count; the most frequent reasons come first."""
    told: dict[int, tuple[Decision, tuple[str, str]]] = {}
    reasons: dict[tuple[str, str], Reason] = {}
    for person, _point, decision in answers:
        known = told.get(id(decision))
        if known is None:
            known = told[id(decision)] = (decision, _reason(decision))
        reason = reasons.get(known[1])
        if reason is None:
            reason = reasons[known[1]] = Reason(*known[1])
        reason.count += 1
        if len(reason.sample) < SAMPLE:
            reason.sample.append(person)
    outcomes = Counter[str]()
    for reason in reasons.values():
        outcomes[reason.outcome] += reason.count
    return Result(
        persons=outcomes.total(),
        outcomes=dict(outcomes),
        reasons=sorted(reasons.values(), key=lambda each: (-each.count, each.code)),
    )


def _reason(decision: Decision) -> tuple[str, str]:
    if decision:
        return str(decision.outcome), str(decision.ground)
    code = telling(decision.codes) if decision.codes else Code.CONSENT_MISSING
    return str(decision.outcome), str(code)
