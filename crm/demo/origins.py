"""Where the four files come from, and under which licence."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction

from contacts import sources
from contacts.models import ContactPointKind, Source, SourceKind
from crm.demo.records import Origin

USABLE_FOR_AT_LEAST: Final = timedelta(days=30)
ORIGINS: Final[dict[Origin, dict[str, Any]]] = {
    Origin.ERP: {"kind": SourceKind.ERP, "name": "Warenwirtschaft"},
    Origin.OUTLOOK: {"kind": SourceKind.OUTLOOK, "name": "Outlook von Mareike Thoms"},
    Origin.FAIR: {
        "kind": SourceKind.FAIR,
        "name": "Messtechniktage Nord",
        "remark": "Visitenkarten, am Stand eingescannt.",
    },
    Origin.LIST: {
        "kind": SourceKind.SUPPLIER,
        "name": "Adresskontor Falk",
        "supplier": "Adresskontor Falk GmbH",
        "licence": "Post und Telefon, Vertrag 2026-118; E-Mail-Adressen sind nicht lizenziert.",
        "licensed_channels": [
            ContactPointKind.POSTAL,
            ContactPointKind.PHONE,
            ContactPointKind.MOBILE,
        ],
    },
}


@transaction.atomic
def name_all(*, today: date, at: datetime) -> dict[Origin, Source]:
    """Create the sources; the bought list may be used some weeks longer than ``today``."""
    made = {}
    for origin, values in ORIGINS.items():
        use_until = end_of_licence(today) if origin is Origin.LIST else None
        made[origin] = sources.create(actor=None, use_until=use_until, at=at, **values)
    return made


def names() -> list[str]:
    """The names of the sources."""
    return [values["name"] for values in ORIGINS.values()]


def end_of_licence(today: date) -> date:
    """The first end of a month that is at least thirty days away."""
    day = today + USABLE_FOR_AT_LEAST
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
