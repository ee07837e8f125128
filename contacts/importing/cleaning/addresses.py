"""The addresses of a row."""

from typing import Final

from django.utils.translation import gettext as _

from contacts import addresses
from contacts.importing.cleaning import problems
from contacts.importing.cleaning.cells import Cell, Cells
from contacts.importing.cleaning.problems import Refused
from contacts.importing.prepared import PreparedAddress
from contacts.importing.readers.table import Problem
from contacts.matching import normalise
from contacts.matching.normalise import Street, Unreadable
from contacts.matching.normalise.streets import house_number
from contacts.models import AddressKind

KINDS: Final = {"business": AddressKind.BUSINESS.value, "private": AddressKind.PRIVATE.value}
LIMITS: Final = {
    "street": 200,
    "house_number": 20,
    "extra": 200,
    "po_box": 40,
    "postal_code": 12,
    "city": 150,
}


PARTS: Final = (
    "street_line",
    "house_number",
    "extra",
    "postal_code",
    "city",
    "postal_code_city",
    "country",
    "po_box",
)
CODES: Final = {
    kind: {name: f"address.{kind}.{name}" for name in PARTS} for kind in ("business", "private")
}
PLACES: Final = {
    kind: frozenset(code for name, code in codes.items() if name != "country")
    for kind, codes in CODES.items()
}


def country_of(cells: Cells, *, default: str) -> str:
    """The ISO code of the country that the row names, for numbers and postal codes.

    :raises Refused: a country nobody knows
    """
    for kind in KINDS:
        cell = cells.one(CODES[kind]["country"])
        if cell.text:
            return _country(cell)
    return default


def prepare(cells: Cells, kind: str, *, default_country: str) -> PreparedAddress | None:
    """The address of a kind (``business``, ``private``), or ``None`` if nothing of it is given.

    :raises Refused: postal code, street or country that cannot be read, or no place at all
    """
    codes = CODES[kind]
    if PLACES[kind].isdisjoint(cells.by_target):
        return None
    part = {name: cells.one(code) for name, code in codes.items()}
    country = _country(part["country"]) if part["country"].text else default_country
    postal_code, city, country = _place(part, country)
    street = _street(part["street_line"], part["house_number"])
    extra = ", ".join(text for text in (street.extra, part["extra"].text) if text)
    address = PreparedAddress(
        kind=KINDS[kind],
        street=street.name,
        house_number=street.house_number,
        extra=extra,
        po_box=part["po_box"].text or street.po_box,
        postal_code=postal_code,
        city=city,
        country=country,
    )
    _check_length(address, part["street_line"].column or part["city"].column)
    address.key = addresses.key(address)
    return address


def _place(part: dict[str, Cell], country: str) -> tuple[str, str, str]:
    """Postal code, city and country; code and city may share a cell."""
    both, code, city = part["postal_code_city"], part["postal_code"], part["city"].text
    try:
        if both.text and not code.text:
            found = normalise.postal_code_city(both.text, country)
            return found.postal_code, city or found.city, found.country
        if code.text:
            return normalise.postal_code(code.text, country), city, country
    except Unreadable as error:
        raise Refused(problems.unreadable(error, code.column or both.column)) from error
    if city:
        return "", city, country
    column = part["street_line"].column or part["po_box"].column or part["extra"].column
    raise Refused(
        Problem(
            "address-without-place",
            _("Die Anschrift hat weder PLZ noch Ort."),
            column,
            _("Ergänzen Sie PLZ oder Ort."),
        )
    )


def _street(line: Cell, number: Cell) -> Street:
    """The street with its number; a number in its own column counts before one in the line."""
    if not line.text:
        return Street("", house_number(number.text))
    if number.text:
        return Street(
            normalise.street(f"{line.text} 1").name or line.text, house_number(number.text)
        )
    try:
        return normalise.street(line.text)
    except Unreadable as error:
        raise Refused(problems.unreadable(error, line.column)) from error


def _country(cell: Cell) -> str:
    try:
        return normalise.country(cell.text)
    except Unreadable as error:
        raise Refused(problems.unreadable(error, cell.column)) from error


def _check_length(address: PreparedAddress, column: str) -> None:
    for name, limit in LIMITS.items():
        if (length := len(getattr(address, name))) > limit:
            raise Refused(problems.too_long(length, limit, column))
