"""One row of text → typed fields, or the column and the sentence why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from contacts.importing.cleaning import days
from contacts.importing.readers.table import Row
from history.commerce import amounts
from history.commerce.amounts import Notation
from history.commerce.columns import Columns
from history.commerce.fields import Field, find
from history.models import OrderKind, TakeoverKind

KINDS: Final = {
    "angebot": OrderKind.QUOTE,
    "quote": OrderKind.QUOTE,
    "offerte": OrderKind.QUOTE,
    "auftrag": OrderKind.ORDER,
    "auftragsbestätigung": OrderKind.ORDER,
    "bestellung": OrderKind.ORDER,
    "order": OrderKind.ORDER,
    "rücksendung": OrderKind.RETURN,
    "retoure": OrderKind.RETURN,
    "return": OrderKind.RETURN,
    "gutschrift": OrderKind.RETURN,
    "an": OrderKind.QUOTE,
    "ab": OrderKind.ORDER,
    "ta": OrderKind.ORDER,
    "re": OrderKind.RETURN,
}
YEARS: Final = range(1990, 2101)
MOST: Final = Decimal(10) ** 11
CUSTOMER_CODES: Final = (
    *("customer", "company_name", "given_name", "surname", "email", "vat_id"),
    *("street", "postal_code", "city"),
)


class Unreadable(Exception):
    """A cell cannot be taken: its column and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


class Column(NamedTuple):
    """A mapped column and how its numbers are written."""

    place: int
    name: str
    field: Field
    notation: Notation


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about a file that is the same for each of its rows."""

    kind: str
    columns: Sequence[Column]

    def column_of(self, *codes: str) -> str:
        """The name of the first of these fields' columns."""
        named = {column.field.code: column.name for column in self.columns}
        return next((named[code] for code in codes if code in named), "")


@dataclass(slots=True)
class Cleaned:
    """A readable row. ``values`` are typed; absent ones were empty."""

    number: int
    cells: Sequence[str]
    values: dict[str, Any] = field(default_factory=dict)

    def customer(self) -> tuple[str, ...]:
        """What the row says about its customer, in the order of :data:`CUSTOMER_CODES`."""
        return tuple(self.values.get(code, "") for code in CUSTOMER_CODES)


def plan_of(
    *,
    kind: str,
    header: Sequence[str],
    columns: Columns,
    sample: Sequence[Row] = (),
    notation: Notation | None = None,
) -> Plan:
    """Look the columns up once for the whole file. Without a ``notation`` the cells of the
    ``sample`` tell that of each column."""
    found = []
    for place, name in enumerate(header):
        code = columns.get(name)
        if code and (known := find(kind, code)):
            cells = (row.values[place] for row in sample if row.problem is None)
            told = notation or amounts.notation_of(cells)
            found.append(Column(place, name, known, told))
    return Plan(kind, found)


def clean(row: Row, plan: Plan) -> Cleaned:
    """Read the mapped cells.

    :raises Unreadable: the row as a whole, a cell, or a field that must be filled and is not
    """
    if row.problem is not None:
        raise Unreadable(
            row.problem.column, f"{row.problem.message} {row.problem.proposal}".strip()
        )
    cleaned = Cleaned(row.number, row.values)
    for column in plan.columns:
        if text := row.values[column.place].strip():
            cleaned.values[column.field.code] = _read(text, column)
        elif column.field.is_required:
            raise Unreadable(column.name, _("Bitte füllen Sie diese Spalte aus."))
    if plan.kind != TakeoverKind.LINES and not _names_somebody(cleaned):
        raise Unreadable(
            plan.column_of("customer", "company_name", "surname"),
            _("Die Zeile nennt keinen Kunden. Bitte ergänzen Sie die Kundennummer."),
        )
    return cleaned


def key_of(kind: str, values: Mapping[str, Any]) -> str:
    """What identifies a row among those of its kind."""
    if kind == TakeoverKind.LINES:
        return f"{values['order']}/{values['position']}"
    if kind == TakeoverKind.CLASSES:
        who = values.get("customer") or "|".join(str(values.get(c, "")) for c in CUSTOMER_CODES)
        return f"{who[:190]}/{values['year']}"
    return str(values["number"])


def as_json(values: Mapping[str, Any]) -> dict[str, str]:
    """Typed fields as text, to be kept until they can be taken over."""
    return {code: str(value) for code, value in values.items()}


def from_json(kind: str, values: Mapping[str, str]) -> dict[str, Any]:
    """The typed fields again."""
    typed: dict[str, Any] = {}
    for code, text in values.items():
        known = find(kind, code)
        sort = known.sort if known else "text"
        match sort:
            case "number":
                typed[code] = Decimal(text)
            case "day":
                typed[code] = date.fromisoformat(text)
            case "year" | "position":
                typed[code] = int(text)
            case _:
                typed[code] = text
    return typed


def _names_somebody(cleaned: Cleaned) -> bool:
    return any(
        cleaned.values.get(code) for code in ("customer", "company_name", "surname", "order")
    )


def _read(text: str, column: Column) -> Any:
    name, known = column.name, column.field
    if "\x00" in text or "\ufffd" in text:
        raise Unreadable(name, _("Die Zelle enthält unlesbare Zeichen. Stimmt die Kodierung?"))
    match known.sort:
        case "number":
            return _number(text, column)
        case "day":
            return _day(text, name)
        case "year":
            return _whole(text, name, YEARS)
        case "position":
            return _whole(text, name, range(2**31))
        case "kind":
            return _order_kind(text, name)
        case "class":
            return _class(text, name)
    if len(text) > known.limit:
        raise Unreadable(
            name,
            _("Die Zelle hat %(length)d Zeichen, Platz ist für %(limit)d.")
            % {"length": len(text), "limit": known.limit},
        )
    return text


def _number(text: str, column: Column) -> Decimal:
    known = column.field
    number = amounts.read(text, notation=column.notation) if len(text) <= known.limit else None
    if number is None:
        raise Unreadable(
            column.name,
            _("„%(text)s“ ist keine Zahl. Möglich ist z. B. 12.345,00.") % {"text": text[:60]},
        )
    if abs(number) >= MOST:
        raise Unreadable(column.name, _("Die Zahl ist zu groß."))
    places = Decimal("0.001") if known.code == "quantity" else Decimal("0.01")
    return number.quantize(places) + 0


def _day(text: str, column: str) -> date:
    try:
        day = days.read(text)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise Unreadable(
            column,
            _("„%(text)s“ ist kein Datum. Möglich ist z. B. 31.03.2026.") % {"text": text[:60]},
        )
    return day


def _whole(text: str, column: str, allowed: range) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 11 else -1
    if number not in allowed:
        raise Unreadable(
            column, _("„%(text)s“ ist hier keine mögliche Zahl.") % {"text": text[:60]}
        )
    return number


def _order_kind(text: str, column: str) -> str:
    kind = KINDS.get(text.casefold())
    if kind is None:
        raise Unreadable(
            column,
            _("„%(text)s“ ist keine Belegart. Möglich sind: Angebot, Auftrag, Rücksendung.")
            % {"text": text[:60]},
        )
    return kind.value


def _class(text: str, column: str) -> str:
    letter = text.upper()
    if letter not in ("A", "B", "C"):
        raise Unreadable(
            column,
            _("„%(text)s“ ist keine Klasse. Möglich sind: A, B, C.") % {"text": text[:60]},
        )
    return letter
