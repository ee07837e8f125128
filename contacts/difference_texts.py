"""Differences in audit rows as a reader understands them: labels for field names and codes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from contacts import datum_names, qualification
from contacts.contact_points import Record
from contacts.models import (
    AddressKind,
    ContactPointStatus,
    Criterion,
    CriterionSubject,
    Person,
    Purpose,
    Salutation,
    VerificationMethod,
)
from crm.kernel.models import AuditEntry

LABELS: dict[str, Any] = {
    "salutation": _("Anrede"),
    "title": _("Titel"),
    "given_name": _("Vorname"),
    "particle": _("Namenszusatz"),
    "surname": _("Nachname"),
    "birth_date": _("Geburtsdatum"),
    "language": _("Sprache"),
    "remark": _("Bemerkung"),
    "name": _("Name"),
    "legal_form": _("Rechtsform"),
    "parent": _("Muttergesellschaft"),
    "industry_codes": _("Branche (WZ 2008)"),
    "vat_id": _("USt-IdNr."),
    "erp_number": _("ERP-Nummer"),
    "website": _("Website"),
    "owner": _("Betreut von"),
    "team": _("Team"),
    "purpose": _("Zweck"),
    "label": _("Bezeichnung"),
    "is_preferred": _("bevorzugt"),
    "status": _("Status"),
    "verified_on": _("geprüft am"),
    "verified_how": _("geprüft durch"),
    "confirmed_on": _("bestätigt am"),
    "kind": _("Art"),
    "street": _("Straße"),
    "house_number": _("Hausnummer"),
    "extra": _("Zusatz"),
    "po_box": _("Postfach"),
    "postal_code": _("PLZ"),
    "city": _("Ort"),
    "country": _("Land"),
    "valid_from": _("gültig ab"),
    "valid_to": _("gültig bis"),
    "function": _("Funktion"),
    "department": _("Abteilung"),
    "is_primary": _("Hauptrolle"),
    "started_on": _("ab"),
    "ended_on": _("bis"),
}
CHOICES: dict[str, Any] = {
    "salutation": Salutation,
    "purpose": Purpose,
    "status": ContactPointStatus,
    "verified_how": VerificationMethod,
    "kind": AddressKind,
}


_ORDER = {name: place for place, name in enumerate(LABELS)}


@dataclass(frozen=True, slots=True)
class Difference:
    """``old`` and ``new`` are text or a date; empty text means that there was nothing."""

    label: str
    old: str | date
    new: str | date


Reader = Callable[[AuditEntry], tuple[Difference, ...]]


def reader_for(record: Record, entries: Iterable[AuditEntry]) -> Reader:
    """What reads the differences of these audit rows (two queries if answers are among them)."""
    criteria = {}
    if any(entry.action == "qualification.set" for entry in entries):
        subject = (
            CriterionSubject.PERSON if isinstance(record, Person) else CriterionSubject.COMPANY
        )
        found = Criterion.objects.filter(subject=subject).prefetch_related("choices")
        criteria = {criterion.label: criterion for criterion in found}

    def read(entry: AuditEntry) -> tuple[Difference, ...]:
        known = criteria if entry.action == "qualification.set" else {}
        keys = sorted((key for key in entry.changes if _is_told(key)), key=_place)
        found = [_difference(key, entry.changes[key], known.get(key)) for key in keys]
        return tuple(each for each in found if each.old != each.new)

    return read


def _is_told(key: str) -> bool:
    """The day of a status is that of the change itself."""
    return not key.endswith(": status_on")


def _place(key: str) -> int:
    """PostgreSQL does not keep the order of the keys; readers want that of the labels."""
    name = key.rpartition(": ")[2]
    return _ORDER.get(name, -1)


def _difference(key: str, pair: list[Any], criterion: Criterion | None) -> Difference:
    old, new = [*pair, None, None][:2]
    if criterion is not None:
        return Difference(
            key,
            qualification.text_of(criterion=criterion, value=old),
            qualification.text_of(criterion=criterion, value=new),
        )
    datum, separator, name = key.rpartition(": ")
    if name not in LABELS:
        datum, separator, name = "", "", key
    label = str(LABELS[name]) if name in LABELS else datum_names.told(key)
    if separator:
        label = f"{datum_names.told(datum)} – {label}"
    return Difference(label, _shown(name, old), _shown(name, new))


def _shown(name: str, value: Any) -> str | date:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return gettext("ja") if value else gettext("nein")
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if name == "language":
        return _language(str(value))
    if name in CHOICES and value in CHOICES[name].values:
        return str(CHOICES[name](value).label)
    if name.endswith(("_on", "_date")) or name in ("valid_from", "valid_to"):
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return str(value)
    return str(value)


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
