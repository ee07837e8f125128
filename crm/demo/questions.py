"""The criteria by which Nordlicht Messetechnik qualifies its contacts; fewer would be more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from contacts import criteria
from contacts.models import CriterionSubject, CriterionType, Sensitivity
from crm.accounts.models import User
from crm.demo.companies import STAFF_CLASSES
from crm.demo.industries import industries
from crm.demo.writing import INTERESTS

COMPANY: Final = CriterionSubject.COMPANY
PERSON: Final = CriterionSubject.PERSON

# owner's mailbox → the criteria he or she looks after; codes are the targets of the import
CRITERIA: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    (
        "marketing",
        {
            "code": "branche",
            "label": "Branche",
            "subject": COMPANY,
            "type": CriterionType.CHOICE,
            "choices": sorted(industry.label for industry in industries().items),
            "help_text": "Womit die Firma ihr Geld verdient, so wie Marketing die Kampagnen teilt.",
        },
    ),
    (
        "marketing",
        {
            "code": "mitarbeiter",
            "label": "Mitarbeiter",
            "subject": COMPANY,
            "type": CriterionType.CHOICE,
            "choices": [*(text for _, text in STAFF_CLASSES), "1.000 und mehr"],
            "help_text": "Zahl der Beschäftigten am Standort.",
        },
    ),
    (
        "teamleitung",
        {
            "code": "potenzial",
            "label": "Potenzial",
            "subject": COMPANY,
            "type": CriterionType.CHOICE,
            "choices": ["A", "B", "C"],
            "help_text": "A: über 50.000 € im Jahr möglich, B: über 10.000 €, C: darunter.",
        },
    ),
    (
        "teamleitung",
        {
            "code": "bonitaet",
            "label": "Bonität",
            "subject": COMPANY,
            "type": CriterionType.CHOICE,
            "choices": ["sehr gut", "gut", "befriedigend", "schwach"],
            "sensitivity": Sensitivity.CONFIDENTIAL,
            "help_text": "Einstufung aus der Warenwirtschaft. Nicht an Dritte weitergeben.",
        },
    ),
    (
        "vertrieb",
        {
            "code": "interessen",
            "label": "Interessen",
            "subject": PERSON,
            "type": CriterionType.CHOICES,
            "choices": list(INTERESTS),
            "help_text": "Wonach die Person gefragt hat, nicht was wir ihr gern verkaufen würden.",
        },
    ),
    (
        "marketing",
        {
            "code": "newsletter-anrede",
            "label": "Newsletter-Anrede",
            "subject": PERSON,
            "type": CriterionType.TEXT,
            "help_text": "Nur wenn sie von Anrede und Name abweicht.",
        },
    ),
    (
        "k.behrens",
        {
            "code": "hallenflaeche",
            "label": "Hallenfläche",
            "subject": COMPANY,
            "type": CriterionType.NUMBER,
            "help_text": "Quadratmeter; für die Kampagne Hallenklima vom Vorjahr.",
        },
    ),
    (
        "vertrieb",
        {
            "code": "lieblingsverein",
            "label": "Lieblingsverein",
            "subject": PERSON,
            "type": CriterionType.TEXT,
            "sensitivity": Sensitivity.PERSONALITY,
            "help_text": "Verrät etwas über den Menschen und bleibt ohne seine Einwilligung leer.",
        },
    ),
)


@transaction.atomic
def ask(*, staff: Mapping[str, User], at: datetime) -> None:
    """Define the criteria. Two of them nobody ever answers; after 90 days that shows."""
    for owner, values in CRITERIA:
        criteria.create(actor=None, owner=staff[owner], at=at, **values)
