"""Differences in audit rows as a reader understands them: labels for field names and codes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from contacts import datum_names, qualification
from contacts.models import (
    AddressKind,
    ContactPointKind,
    ContactPointStatus,
    Criterion,
    CriterionSubject,
    CriterionType,
    Purpose,
    Salutation,
    Sensitivity,
    SourceKind,
    VerificationMethod,
)
from crm.accounts.models import Density, RoleCode, Theme, Visibility
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
    "owner": _("Zuständig"),
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
    "email": _("E-Mail"),
    "first_name": _("Vorname"),
    "last_name": _("Nachname"),
    "roles": _("Rollen"),
    "teams": _("Teams"),
    "visibility": _("Sichtbarkeit"),
    "is_active": _("in Betrieb"),
    "theme": _("Farben"),
    "density": _("Abstände"),
    "single_key_shortcuts": _("Tasten mit einem Buchstaben"),
    "supplier": _("Lieferant"),
    "licence": _("Lizenz"),
    "licensed_channels": _("Lizenzierte Kontaktwege"),
    "use_until": _("Nutzbar bis"),
    "type": _("Art der Antwort"),
    "sensitivity": _("Sensibilität"),
    "help_text": _("Hilfetext"),
    "choices": _("Antworten zur Auswahl"),
    "position": _("Stelle"),
    "query": _("Bedingungen"),
    "is_shared": _("für alle"),
    "file": _("Datei"),
    "source": _("Herkunft"),
    "created_count": _("neu angelegt"),
    "updated_count": _("ergänzt"),
    "unchanged_count": _("unverändert"),
    "rejected_count": _("zurückgewiesen"),
    "removed": _("entfernt"),
    "restored": _("zurückgesetzt"),
    "left": _("geblieben"),
}
CHOICES: dict[str, tuple[Any, ...]] = {
    "salutation": (Salutation,),
    "purpose": (Purpose,),
    "status": (ContactPointStatus,),
    "verified_how": (VerificationMethod,),
    "kind": (AddressKind, SourceKind),
    "roles": (RoleCode,),
    "visibility": (Visibility,),
    "theme": (Theme,),
    "density": (Density,),
    "licensed_channels": (ContactPointKind,),
    "type": (CriterionType,),
    "sensitivity": (Sensitivity,),
}
DAYS = ("valid_from", "valid_to", "use_until")
SUBJECTS = {
    "contacts.person": CriterionSubject.PERSON,
    "contacts.company": CriterionSubject.COMPANY,
}


_ORDER = {name: place for place, name in enumerate(LABELS)}


@dataclass(frozen=True, slots=True)
class Difference:
    """``old`` and ``new`` are text or a date; empty text means that there was nothing."""

    label: str
    old: str | date
    new: str | date


Reader = Callable[[AuditEntry], tuple[Difference, ...]]


def reader_for(entries: Iterable[AuditEntry]) -> Reader:
    """What reads the differences of these audit rows (two queries if answers are among them)."""
    criteria: dict[tuple[str, str], Criterion] = {}
    if any(entry.action == "qualification.set" for entry in entries):
        found = Criterion.objects.prefetch_related("choices")
        criteria = {(each.subject, each.label): each for each in found}

    def read(entry: AuditEntry) -> tuple[Difference, ...]:
        subject = SUBJECTS.get(entry.object_type, "")
        keys = sorted((key for key in entry.changes if _is_told(key)), key=_place)
        answered = entry.action == "qualification.set"
        found = [
            _difference(key, entry.changes[key], criteria.get((subject, key)) if answered else None)
            for key in keys
        ]
        return tuple(each for each in found if each.old != each.new)

    return read


def difference(name: str, *, old: Any, new: Any) -> Difference:
    """One difference in words; ``name`` as audit rows have it."""
    return _difference(name, [old, new], None)


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
        return ", ".join(_word(name, item) for item in value)
    if isinstance(value, int | float):
        return number_format(value, force_grouping=True)
    if name == "language":
        return _language(str(value))
    if name.endswith(("_on", "_date")) or name in DAYS:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return str(value)
    return _word(name, value)


def _word(name: str, value: Any) -> str:
    for choices in CHOICES.get(name, ()):
        if value in choices.values:
            return str(choices(value).label)
    return str(value)


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
