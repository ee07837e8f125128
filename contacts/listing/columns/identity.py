"""Columns of the record itself: names and numbers."""

from django.utils.translation import gettext_lazy as _

from contacts.listing.columns.kinds import COMPANIES, PERSONS, Column, Kind
from contacts.listing.rows import Need, Row


def _numbers(row: Row) -> str:
    return ", ".join(f"{number.system}: {number.value}" for number in row.numbers)


COLUMNS = [
    Column("name", _("Name"), lambda row: row.record.name_for_lists, sort="name"),
    Column(
        "salutation",
        _("Anrede"),
        lambda row: str(row.record.get_salutation_display() if row.record.salutation else ""),
        lists=PERSONS,
        on_screen=False,
    ),
    Column("title", _("Titel"), lambda row: row.record.title, lists=PERSONS, on_screen=False),
    Column(
        "given_name",
        _("Vorname"),
        lambda row: row.record.given_name,
        lists=PERSONS,
        on_screen=False,
    ),
    Column(
        "particle",
        _("Namenszusatz"),
        lambda row: row.record.particle,
        lists=PERSONS,
        on_screen=False,
    ),
    Column(
        "surname", _("Nachname"), lambda row: row.record.surname, lists=PERSONS, on_screen=False
    ),
    Column(
        "birth_date",
        _("Geburtsdatum"),
        lambda row: row.record.birth_date,
        lists=PERSONS,
        kind=Kind.DAY,
    ),
    Column("language", _("Sprache"), lambda row: row.record.language, lists=PERSONS),
    Column(
        "legal_form",
        _("Rechtsform"),
        lambda row: row.record.legal_form,
        lists=COMPANIES,
        on_screen=False,
    ),
    Column("erp_number", _("ERP-Nummer"), lambda row: row.record.erp_number, lists=COMPANIES),
    Column("vat_id", _("USt-IdNr."), lambda row: row.record.vat_id, lists=COMPANIES),
    Column(
        "industry",
        _("Wirtschaftszweig"),
        lambda row: ", ".join(row.record.industry_codes),
        lists=COMPANIES,
    ),
    Column("website", _("Website"), lambda row: row.record.website, lists=COMPANIES),
    Column("numbers", _("Nummern anderswo"), _numbers, frozenset({Need.NUMBERS})),
]
