"""What a column is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise

from contacts.listing.rows import Need, Row
from contacts.listing.scope import ListName

Value = str | int | float | date | None
BOTH = frozenset(ListName)
PERSONS = frozenset({ListName.PERSONS})
COMPANIES = frozenset({ListName.COMPANIES})


class Kind(StrEnum):
    """How a value is set: amounts to the right, days as dates."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Column:
    """``value`` reads a row; ``sort`` is the order's code if the list can be sorted by it.

    Columns that are not ``on_screen`` are parts of what others show whole; exports have them.
    """

    code: str
    label: str | Promise
    value: Callable[[Row], Value]
    needs: frozenset[Need] = frozenset()
    lists: frozenset[ListName] = BOTH
    kind: Kind = Kind.TEXT
    sort: str = ""
    on_screen: bool = True
