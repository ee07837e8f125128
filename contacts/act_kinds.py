"""Kinds of acts, by which the audit log is narrowed down."""

from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from contacts import act_names, change_topics


class Kind(StrEnum):
    """What an act was about; the first six are the topics of a record's history."""

    RECORD = "record"
    REACH = "reach"
    ROLES = "roles"
    QUALIFICATION = "qualification"
    CONFIRMATION = "confirmation"
    IMPORT = "import"
    DUPLICATES = "duplicates"
    EXPORT = "export"
    ACCOUNTS = "accounts"
    SETTINGS = "settings"
    CONSENTS = "consents"
    ACTIVITIES = "activities"
    OPPORTUNITIES = "opportunities"


WORDS: Final[dict[Kind, Any]] = {
    Kind.RECORD: _("Stammdaten"),
    Kind.REACH: _("Kontaktwege"),
    Kind.ROLES: _("Rollen"),
    Kind.QUALIFICATION: _("Qualifizierung"),
    Kind.CONFIRMATION: _("Bestätigungen"),
    Kind.IMPORT: _("Importe"),
    Kind.DUPLICATES: _("Dubletten"),
    Kind.EXPORT: _("Ausleitungen"),
    Kind.ACCOUNTS: _("Konten und Rechte"),
    Kind.SETTINGS: _("Herkunft, Kriterien, Ansichten"),
    Kind.CONSENTS: _("Einwilligungen"),
    Kind.ACTIVITIES: _("Aktivitäten"),
    Kind.OPPORTUNITIES: _("Verkaufschancen"),
}
_BY_PREFIX: dict[str, Kind] = {
    "import": Kind.IMPORT,
    "duplicate": Kind.DUPLICATES,
    "matching": Kind.DUPLICATES,
    "user": Kind.ACCOUNTS,
    "role": Kind.ACCOUNTS,
    "team": Kind.ACCOUNTS,
    "api-token": Kind.ACCOUNTS,
    "source": Kind.SETTINGS,
    "criterion": Kind.SETTINGS,
    "saved-view": Kind.SETTINGS,
    "demo": Kind.SETTINGS,
    "ledger": Kind.CONSENTS,
    "request": Kind.CONSENTS,
    "retention": Kind.CONSENTS,
    "activity": Kind.ACTIVITIES,
    "appointment": Kind.ACTIVITIES,
    "appointment-kind": Kind.SETTINGS,
    "working-week": Kind.SETTINGS,
    "absence": Kind.SETTINGS,
    "calendar-feed": Kind.ACCOUNTS,
    **dict.fromkeys(
        ("opportunity", "stakeholder", "competitor", "pipeline", "stage", "close-reason"),
        Kind.OPPORTUNITIES,
    ),
    "telephone-system": Kind.ACCOUNTS,
    "extension": Kind.ACCOUNTS,
}


def of(action: str) -> Kind:
    """The kind of an act; what an import did to a record counts as what it did."""
    family, _dot, verb = action.partition(".")
    if verb == "exported":
        return Kind.EXPORT
    return _BY_PREFIX.get(family) or Kind(change_topics.of(action))


def actions_of(kind: Kind) -> list[str]:
    """The actions of audit rows of this kind."""
    return [action for action in act_names.TITLES if of(action) is kind]
