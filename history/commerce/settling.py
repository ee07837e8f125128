"""Whose each row of a chunk is, and to which order it belongs; a constant number of queries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from contacts.importing.storing import bulk
from history.commerce import cleaning, customers
from history.commerce.cleaning import Cleaned
from history.commerce.customers import Customer, Finder
from history.commerce.targets import TARGETS, Values, values_of
from history.models import Awaited, Order, TakeoverKind


@dataclass(slots=True)
class Settled:
    """``ready`` are values for the table by row number, ``keys`` their keys among those that
    wait; ``waiting`` are rows for :func:`waiting.keep`."""

    ready: dict[int, Values] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Orders:
    """Known orders by number: their ids and whose they are."""

    by_number: dict[str, tuple[int, Customer]]

    @classmethod
    def of(cls, rows: Sequence[Cleaned]) -> "_Orders":
        numbers = sorted({row.values["order"] for row in rows if row.values.get("order")})
        if not numbers:
            return cls({})
        found = Order.objects.filter(number__in=bulk.among(numbers)).order_by()
        known = found.values_list("number", "pk", "person_id", "company_id")
        return cls({number: (pk, Customer(one, other)) for number, pk, one, other in known})

    def id_of(self, row: Cleaned) -> int | None:
        known = self.by_number.get(row.values.get("order", ""))
        return known[0] if known else None

    def customer_of(self, row: Cleaned) -> Customer | None:
        known = self.by_number.get(row.values.get("order", ""))
        return known[1] if known else None


def settle(
    rows: Sequence[Cleaned], *, kind: str, finder: Finder | None, column_of: Callable[..., str]
) -> Settled:
    """Find the customer and the order of each row."""
    target = TARGETS[kind]
    orders = _Orders.of(rows)
    known = customers.by_number(row.values.get("customer", "") for row in rows)
    settled = Settled()
    for row in rows:
        key = cleaning.key_of(kind, row.values)
        if kind == TakeoverKind.LINES:
            customer = None
            awaits = None if orders.id_of(row) else Awaited.ORDER
        else:
            customer, awaits = _customer(row, known, orders, finder)
        if awaits is None:
            values = values_of(target, row.values, customer=customer, order_id=orders.id_of(row))
            settled.ready[row.number] = values
            settled.keys.append(key)
        else:
            settled.waiting.append(_waiting(row, kind, key, awaits, column_of))
    return settled


def _customer(
    row: Cleaned, known: dict[str, Customer], orders: _Orders, finder: Finder | None
) -> tuple[Customer | None, Awaited | None]:
    """The row's customer, or what it has to wait for."""
    number = row.values.get("customer", "")
    told = row.customer()
    found = known.get(number) or (finder.find(told) if finder else None)
    if found is None and not any(told):
        found = orders.customer_of(row)
        return found, None if found else Awaited.ORDER
    return found, None if found else Awaited.CUSTOMER


def _waiting(
    row: Cleaned, kind: str, key: str, awaits: Awaited, column_of: Callable[..., str]
) -> dict[str, Any]:
    code = "order" if awaits is Awaited.ORDER else "customer"
    return {
        "kind": kind,
        "key": key,
        "awaits": awaits.value,
        "number": row.values.get(code, ""),
        "values": cleaning.as_json(row.values),
        "row": row.number,
        "column": column_of(code, "company_name", "surname"),
    }
