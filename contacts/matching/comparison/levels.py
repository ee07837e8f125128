"""What the levels of a field are called and how they rank."""

from dataclasses import dataclass, field
from typing import Final

MISSING: Final = 0


@dataclass(frozen=True, slots=True)
class Level:
    """``code`` is stable and stored in patterns; ``start`` is where EM begins for a match."""

    code: str
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Field:
    """A compared field: level 0 is "missing" (no evidence), level n is ``levels[n - 1]``."""

    name: str
    levels: tuple[Level, ...]
    _by_code: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_code = {level.code: n for n, level in enumerate(self.levels, 1)}
        object.__setattr__(self, "_by_code", by_code)

    def number(self, code: str) -> int:
        """The number of a level by its code."""
        return self._by_code[code]

    def numbers(self, *codes: str) -> tuple[int, ...]:
        """The numbers of several levels."""
        return tuple(self.number(code) for code in codes)

    @property
    def size(self) -> int:
        """How many values the field has in a pattern, "missing" included."""
        return len(self.levels) + 1


def _field(name: str, **levels: float) -> Field:
    return Field(name, tuple(Level(code, start) for code, start in levels.items()))


_NAME_LEVELS = {
    "same_1": 0.13, "same_2": 0.10, "same_3": 0.10, "same_4": 0.10, "same_5": 0.10,
    "same_6": 0.08, "same_7": 0.06, "same_8": 0.03, "similar_rare_1": 0.05,
    "similar_rare_2": 0.03, "similar_rare_3": 0.02, "similar_common": 0.02, "nickname": 0.04,
    "word": 0.03, "initial": 0.02, "near": 0.02, "other": 0.02, "swapped_rare": 0.02,
    "swapped_common": 0.01, "mailbox": 0.01,
}  # fmt: skip

GIVEN = _field("given", **_NAME_LEVELS)
SURNAME = _field(
    "surname",
    **{("similar_word" if code == "nickname" else code): start
       for code, start in _NAME_LEVELS.items() if code != "initial"},
)  # fmt: skip
BIRTH = _field(
    "birth", same_rare=0.8, same_some=0.02, same_common=0.02, digit=0.05, exchanged=0.04,
    year=0.02, month=0.01, filler=0.01, same_year=0.01, other=0.02,
)  # fmt: skip
MAIL = _field(
    "mail", same=0.4, same_shared=0.05, local=0.1, near=0.2, domain_near=0.05, domain=0.05,
    other=0.15,
)  # fmt: skip
PHONE = _field(
    "phone", same_mobile=0.4, same=0.3, same_shared=0.03, digit=0.02, extension=0.03,
    other_mobile=0.1, other=0.12,
)  # fmt: skip
PLACE = _field(
    "place", same=0.5, same_crowded=0.05, suffix=0.03, street=0.02, moved_number=0.05,
    elsewhere=0.02, postcode=0.05, near=0.05, other=0.18, postcode_only=0.05,
)  # fmt: skip
YEAR = _field("year", agrees=0.7, differs=0.3)
FIRM = _field("firm", same_rare=0.5, same=0.2, similar=0.1, shares_word=0.05, other=0.15)
NUMBER = _field("number", same=0.95, other=0.05)

PERSON_FIELDS: Final = (GIVEN, SURNAME, BIRTH, MAIL, PHONE, PLACE, YEAR, FIRM)
COMPANY_FIELDS: Final = (SURNAME, MAIL, PHONE, PLACE, NUMBER)
