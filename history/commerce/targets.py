"""The tables that rows are written to: what identifies a row, and which columns a file tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model, Q, QuerySet

from contacts.importing.storing import bulk
from history.commerce.customers import Customer
from history.models import (
    Classification,
    Invoice,
    Order,
    OrderKind,
    OrderLine,
    Takeover,
    TakeoverKind,
)

Values = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """``key`` and ``told`` are attributes of the model; ``word`` begins the names of its acts."""

    model: type[Model]
    word: str
    key: tuple[str, ...]
    told: tuple[str, ...]
    defaults: Values
    is_stamped: bool = True


CUSTOMER: Final = ("person_id", "company_id")
TARGETS: Final[dict[str, Target]] = {
    TakeoverKind.ORDERS: Target(
        Order,
        "order",
        ("number",),
        ("kind", "ordered_on", "status", "total", *CUSTOMER),
        {"kind": OrderKind.ORDER.value, "status": ""},
    ),
    TakeoverKind.LINES: Target(
        OrderLine,
        "order-line",
        ("order_id", "position"),
        ("article", "label", "quantity", "unit", "amount"),
        {"article": "", "unit": ""},
        is_stamped=False,
    ),
    TakeoverKind.INVOICES: Target(
        Invoice,
        "invoice",
        ("number",),
        ("order_number", "order_id", "invoiced_on", "due_on", "paid_on", "total", *CUSTOMER),
        {"due_on": None, "paid_on": None},
    ),
    TakeoverKind.CLASSES: Target(
        Classification,
        "classification",
        ("person_id", "company_id", "year"),
        ("abc", "revenue"),
        {"abc": "", "revenue": None},
    ),
}


def values_of(
    target: Target, told: Values, *, customer: Customer | None, order_id: int | None
) -> Values:
    """What is to stand in the table, of what a row tells."""
    known = {**target.defaults, **told, "order_id": order_id, "order_number": told.get("order", "")}
    if customer is not None:
        known |= {"person_id": customer.person_id, "company_id": customer.company_id}
    return {name: known[name] for name in (*target.key, *target.told)}


def stored(target: Target, wanted: Sequence[Values]) -> dict[Key, Any]:
    """The rows of the table with one of the keys, locked; one query."""
    rows: QuerySet[Any] = target.model._default_manager.filter(_among(target, wanted)).order_by(
        "pk"
    )
    return {
        tuple(getattr(row, name) for name in target.key): row
        for row in rows.select_for_update(of=("self",))
    }


def _among(target: Target, wanted: Sequence[Values]) -> Q:
    if target.key == ("number",):
        return Q(number__in=bulk.among(each["number"] for each in wanted))
    names = [name for name in target.key if name not in ("position", "year")]
    found = Q(pk__in=[])
    for name in names:
        ids = sorted({each[name] for each in wanted if each[name] is not None})
        found |= Q(**{f"{name}__in": ids})
    return found


def source_of(takeover: Takeover) -> dict[str, Any]:
    """What an audit row says about where a change came from."""
    return {"takeover": takeover.pk, "file": takeover.file_name}
