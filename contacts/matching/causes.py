"""Why two records come to look alike: they are one and the same, or one of these coincidences.

Each cause says which fields it makes agree (``free``: learned from the stock); all other fields
are left to chance. That is what tells a couple from one person written twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_SAME_NAME: Final = tuple(f"same_{n}" for n in range(1, 9))
_SAME_STREET: Final = ("same", "same_crowded", "suffix", "moved_number", "street")
_APART: Final = ("other", "mailbox")
_SAME_BIRTH: Final = ("same_rare", "same_some", "same_common")


@dataclass(frozen=True, slots=True)
class Cause:
    """``free``: fields whose levels EM learns. ``joint``: given name and surname are learned as
    one table. ``only``/``never``: levels that alone are possible, or that are not, of a field
    that is otherwise left to chance (or learned, if it is also free). ``start``: levels where EM
    begins. ``needs``: a field without which the cause is left out. ``at_most``: how large its
    share may be, as a multiple of another cause's: twins live in households, so a stock without
    couples has no twins either, and pairs like them are one person with a mistyped name.
    """

    code: str
    free: tuple[str, ...] = ()
    joint: bool = False
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    never: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    start: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: str = ""
    at_most: tuple[str, float] | None = None


MATCH: Final = "match"
_HOME = ("mail", "phone", "place")
_WORK = ("firm", "mail", "phone", "place")

PERSON_CAUSES: Final = (
    Cause(MATCH, ("given", "surname", "birth", *_HOME, "year", "firm")),
    Cause("household", ("surname", *_HOME)),
    Cause("namesake", joint=True),
    Cause("same_mailbox_name", ("mail",), joint=True, start={"mail": ("local", "near")}),
    Cause(
        "mailbox_of_other",
        ("mail",),
        joint=True,
        start={"given": ("mailbox", "other"), "surname": ("mailbox", "other")},
    ),
    Cause("given_and_birth", ("given", "birth"), needs="birth"),
    Cause("surname_and_birth", ("surname", "birth"), needs="birth"),
    Cause(
        "surname_and_postcode",
        ("surname", "place"),
        never={"place": ("same", "same_crowded", "suffix")},
        start={"place": ("postcode", "near")},
    ),
    Cause(
        "swapped_names",
        ("given", "surname"),
        start={
            "given": ("swapped_rare", "swapped_common"),
            "surname": ("swapped_rare", "swapped_common"),
        },
    ),
    Cause("building", ("place",)),
    Cause("given_and_street", ("given", "place"), start={"place": ("street", "same")}),
    Cause(
        "postcode_and_birth",
        ("place", "birth"),
        never={"place": _SAME_STREET},
        needs="birth",
        start={"place": ("postcode", "near")},
    ),
    Cause(
        "senior_junior",
        ("given", "surname", *_HOME),
        never={"birth": _SAME_BIRTH},
        start={"given": _SAME_NAME, "surname": _SAME_NAME},
        needs="birth",
        at_most=("household", 0.06),
    ),
    Cause(
        "shared_mailbox",
        ("surname", "phone", "place"),
        only={"given": ("other", "mailbox"), "mail": ("same", "same_shared")},
        never={"birth": _SAME_BIRTH},
        needs="birth",
        at_most=("household", 0.02),
    ),
    Cause(
        "twins",
        ("surname", *_HOME),
        only={"birth": _SAME_BIRTH},
        needs="birth",
        at_most=("household", 0.03),
    ),
    Cause("colleague", _WORK, needs="firm"),
    Cause("colleague_small_firm", _WORK, needs="firm", start={"firm": ("same_rare",)}),
    Cause("colleague_same_surname", ("surname", *_WORK), never={"surname": _APART}, needs="firm"),
    Cause("colleague_same_given", ("given", *_WORK), never={"given": _APART}, needs="firm"),
)

COMPANY_CAUSES: Final = (
    Cause(MATCH, ("surname", "mail", "phone", "place", "number")),
    Cause("same_name", ("surname",)),
    Cause("building", ("place",)),
    Cause("shared_contact", ("mail", "phone", "place")),
    Cause("name_and_place", ("surname", "place"), start={"place": ("postcode", "near")}),
    Cause("group_of_companies", ("surname", "mail", "phone"), never={"number": ("same",)}),
)
