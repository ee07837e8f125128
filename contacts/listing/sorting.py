"""Orders of a list, each backed by an index, so that the first page is as cheap as the last."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEFAULT = "name"


@dataclass(frozen=True, slots=True)
class Order:
    """A column to sort by, made unambiguous by the primary key.

    Empty values of a ``nullable`` column come first in ascending order: what was never
    confirmed waits longest.
    """

    code: str
    label: str | Promise
    column: str
    nullable: bool = False


ORDERS = {
    order.code: order
    for order in (
        Order("name", _("Name"), "sort_key"),
        Order("changed", _("Geändert"), "updated_at"),
        Order("confirmed", _("Bestätigt"), "confirmed_on", nullable=True),
        Order("completeness", _("Vollständigkeit"), "completeness"),
    )
}


@dataclass(frozen=True, slots=True)
class Sorting:
    """An order and its direction, as the address says it: ``name`` or ``-name``."""

    order: Order
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.order.code}" if self.descending else self.order.code

    @property
    def sentence(self) -> str:
        """``Geändert, absteigend``."""
        direction = _("absteigend") if self.descending else _("aufsteigend")
        return f"{self.order.label}, {direction}"


def parse(text: str) -> Sorting | None:
    """``-changed`` as a sorting, empty text as the default; None if there is no such order."""
    order = ORDERS.get((text or DEFAULT).removeprefix("-"))
    return Sorting(order, descending=text.startswith("-")) if order else None
