"""What stands in a field or a row of a list, as people read it when records are compared."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import industries, qualification
from contacts.contact_points import Record
from contacts.models import (
    Address,
    Company,
    ContactPointHolder,
    CriterionValue,
    Employment,
    ExternalId,
    Person,
    Salutation,
)
from crm.ui import formats
from crm.ui.templatetags.records import language_word


def text_of(name: str, value: Any) -> str:
    """The value of a field; "" if there is none."""
    if value in (None, "", []):
        return ""
    if name == "salutation":
        return str(Salutation(value).label)
    if name == "language":
        return language_word(value)
    if name == "industry_codes":
        return ", ".join(f"{code} {industries.name_of(code)}".strip() for code in value)
    if isinstance(value, Company):
        return value.full_name
    return formats.day(value) if isinstance(value, date) else str(value)


def row_text(row: Any, owner: type[Record]) -> tuple[str, str]:
    """What a row of a list says, and a note to it."""
    if isinstance(row, ContactPointHolder):
        return row.contact_point.display, row.contact_point.get_kind_display()
    if isinstance(row, Address):
        ended = _("bis %(day)s") % {"day": formats.day(row.valid_to)} if row.valid_to else ""
        return str(row), ended
    if isinstance(row, Employment):
        return row.company.full_name if owner is Person else "", row.function
    if isinstance(row, ExternalId):
        return f"{row.system} {row.value}", ""
    if isinstance(row, CriterionValue):
        text = qualification.text_of(criterion=row.criterion, value=row.value)
        return text, row.criterion.label
    return str(row), ""


def counted(model: str, link: str, count: int, owner: type[Record]) -> str:
    """``3 Kontaktwege``."""
    return _words(model, link, count, owner) % {"n": formats.number(count)}


def _words(model: str, link: str, count: int, owner: type[Record]) -> str:
    match model, link:
        case "contacts.contactpointholder", _link:
            return ngettext("%(n)s Kontaktweg", "%(n)s Kontaktwege", count)
        case "contacts.address", _link:
            return ngettext("%(n)s Anschrift", "%(n)s Anschriften", count)
        case "contacts.employment", _link if owner is Person:
            return ngettext("%(n)s Funktion", "%(n)s Funktionen", count)
        case "contacts.employment", _link:
            return ngettext("%(n)s Beschäftigung", "%(n)s Beschäftigungen", count)
        case "contacts.externalid", _link:
            return ngettext(
                "%(n)s Nummer in anderen Systemen", "%(n)s Nummern in anderen Systemen", count
            )
        case "contacts.criterionvalue", _link:
            return ngettext("%(n)s Antwort auf Kriterien", "%(n)s Antworten auf Kriterien", count)
        case "contacts.importrow", _link:
            return ngettext("%(n)s Importzeile", "%(n)s Importzeilen", count)
        case "contacts.pairdecision", _link:
            return ngettext("%(n)s Entscheidung", "%(n)s Entscheidungen", count)
        case "contacts.company", "parent":
            return ngettext("%(n)s Tochterfirma", "%(n)s Tochterfirmen", count)
        case _:
            return ngettext("%(n)s früherer Eintrag", "%(n)s frühere Einträge", count)
