"""What is asked at the stand, and what a grade promises: the two settings of an event, read.

Both lie in the database as JSON, so that a device takes them along whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self


class Asks(StrEnum):
    """What the chips of a question tell; all but ``OTHER`` count in the score (BANT and rivals)."""

    VOLUME = "VOLUME"
    AUTHORITY = "AUTHORITY"
    NEED = "NEED"
    HORIZON = "HORIZON"
    COMPETITOR = "COMPETITOR"
    OTHER = "OTHER"


class Act(StrEnum):
    """What is to be done with a lead."""

    CALL = "CALL"
    EMAIL = "EMAIL"
    LETTER = "LETTER"


@dataclass(frozen=True, slots=True)
class Chip:
    """One answer. ``points`` is 0, ½ or 1, None if it tells nothing; ``value`` is EUR for VOLUME,
    months for HORIZON, a :class:`history.models.BuyingRole` for AUTHORITY, else unused."""

    code: str
    label: str
    points: float | None = None
    value: int | str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A row of chips; ``many`` allows more than one."""

    code: str
    label: str
    asks: str
    chips: tuple[Chip, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a grade promises: the act, within so many hours of the capture."""

    hours: int
    act: str


@dataclass(frozen=True, slots=True)
class Form:
    """All questions in the order in which they stand on the device."""

    questions: tuple[Question, ...] = field(default=())

    @classmethod
    def read(cls, stored: Sequence[Mapping[str, Any]]) -> Self:
        """From how it is stored."""
        return cls(
            tuple(
                Question(
                    code=each["code"],
                    label=each["label"],
                    asks=each["asks"],
                    chips=tuple(Chip(**chip) for chip in each["chips"]),
                    many=each.get("many", False),
                )
                for each in stored
            )
        )

    def stored(self) -> list[dict[str, Any]]:
        """As it is stored and taken along by devices."""
        return [asdict(question) for question in self.questions]

    def in_words(self, answers: Mapping[str, Sequence[str]]) -> list[tuple[str, list[str]]]:
        """Question and pressed chips in the order of the form; what the form no longer has comes
        last, by its code."""
        known = []
        for question in self.questions:
            labels = {chip.code: chip.label for chip in question.chips}
            if pressed := answers.get(question.code):
                known.append((question.label, [labels.get(code, code) for code in pressed]))
        codes = {question.code for question in self.questions}
        return known + [(code, list(chips)) for code, chips in answers.items() if code not in codes]

    def chosen(self, answers: Mapping[str, Sequence[str]]) -> dict[str, list[Chip]]:
        """The chips that were pressed, by what the question asks; unknown codes are left out."""
        found: dict[str, list[Chip]] = {}
        for question in self.questions:
            pressed = answers.get(question.code, ())
            chips = [chip for chip in question.chips if chip.code in pressed]
            if chips:
                found.setdefault(question.asks, []).extend(chips)
        return found


def rules(stored: Mapping[str, Mapping[str, Any]]) -> dict[str, FollowUp]:
    """What each grade promises, from how it is stored."""
    return {grade: FollowUp(**rule) for grade, rule in stored.items()}
