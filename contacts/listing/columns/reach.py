"""Columns of where somebody works, lives and is reached."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from contacts.listing.columns.kinds import COMPANIES, PERSONS, Column, Kind
from contacts.listing.rows import Need, Row
from contacts.models import ContactPointKind

_ADDRESS = frozenset({Need.ADDRESS})
_POINTS = frozenset({Need.POINTS})
_ROLE = frozenset({Need.ROLE})


def _company(row: Row) -> str:
    return row.role.company if row.role else ""


def _function(row: Row) -> str:
    return row.role.function if row.role else ""


def _department(row: Row) -> str:
    return row.role.department if row.role else ""


def _reached_by(*kinds: str) -> Callable[[Row], str]:
    def first(row: Row) -> str:
        return next(iter(row.reached_by(*kinds)), "")

    return first


def _of_address(name: str) -> Callable[[Row], str]:
    def read(row: Row) -> str:
        return str(getattr(row.address, name)) if row.address else ""

    return read


COLUMNS = [
    Column("company", _("Firma"), _company, _ROLE, lists=PERSONS),
    Column("function", _("Funktion"), _function, _ROLE, lists=PERSONS),
    Column("department", _("Abteilung"), _department, _ROLE, lists=PERSONS),
    Column("street", _("Straße"), _of_address("street_line"), _ADDRESS),
    Column("postal_code", _("PLZ"), _of_address("postal_code"), _ADDRESS),
    Column("city", _("Ort"), _of_address("city"), _ADDRESS),
    Column("country", _("Land"), _of_address("country"), _ADDRESS, on_screen=False),
    Column("email", _("E-Mail"), _reached_by(ContactPointKind.EMAIL), _POINTS),
    Column("phone", _("Telefon"), _reached_by(ContactPointKind.PHONE), _POINTS),
    Column("mobile", _("Mobil"), _reached_by(ContactPointKind.MOBILE), _POINTS),
    Column("fax", _("Fax"), _reached_by(ContactPointKind.FAX), _POINTS),
    Column(
        "staff",
        _("Personen"),
        lambda row: row.staff,
        frozenset({Need.STAFF}),
        lists=COMPANIES,
        kind=Kind.NUMBER,
    ),
]
