"""Differences in audit rows as a reader understands them: labels for field names and codes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from contacts import qualification
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
    "salutation": lazy("Anrede"),
    "title": lazy("Titel"),
    "given_name": lazy("Vorname"),
    "particle": lazy("Namenszusatz"),
    "surname": lazy("Nachname"),
    "birth_date": lazy("Geburtsdatum"),
    "language": lazy("Sprache"),
    "remark": lazy("Bemerkung"),
    "name": lazy("Name"),
    "legal_form": lazy("Rechtsform"),
    "parent": lazy("Muttergesellschaft"),
    "industry_codes": lazy("Branche (WZ 2008)"),
    "vat_id": lazy("USt-IdNr."),
    "erp_number": lazy("ERP-Nummer"),
    "website": lazy("Website"),
    "owner": lazy("Betreut von"),
    "team": lazy("Team"),
    "purpose": lazy("Zweck"),
    "label": lazy("Bezeichnung"),
    "is_preferred": lazy("bevorzugt"),
    "status": lazy("Status"),
    "verified_on": lazy("geprüft am"),
    "verified_how": lazy("geprüft durch"),
    "confirmed_on": lazy("bestätigt am"),
    "kind": lazy("Art"),
    "street": lazy("Straße"),
    "house_number": lazy("Hausnummer"),
    "extra": lazy("Zusatz"),
    "po_box": lazy("Postfach"),
    "postal_code": lazy("PLZ"),
    "city": lazy("Ort"),
    "country": lazy("Land"),
    "valid_from": lazy("gültig ab"),
    "valid_to": lazy("gültig bis"),
    "function": lazy("Funktion"),
    "department": lazy("Abteilung"),
    "is_primary": lazy("Hauptrolle"),
    "started_on": lazy("ab"),
    "ended_on": lazy("bis"),
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
    label = f"{datum} – {LABELS[name]}" if separator else str(LABELS.get(name, key))
    return Difference(label, _shown(name, old), _shown(name, new))


def _shown(name: str, value: Any) -> str | date:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
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
