"""Criteria that tell much about a person, texts that name them, and consents to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from consent import consents, controllers, evidences, texts
from consent.models import ConsentText, LedgerEvent, TextForm
from contacts import criteria
from contacts.models import Criterion, Person
from crm.accounts.models import User

CLUB, FAITH = "Lieblingsverein", "Religion"
PNG = b"\x89PNG\r\n\x1a\n"


def guarded(
    admin: User, *, at: datetime, label: str = CLUB, sensitivity: str = "PERSONALITY", **more: Any
) -> Criterion:
    """A criterion whose answers need a consent."""
    return criteria.create(
        actor=admin,
        label=label,
        type=more.pop("type", "TEXT"),
        subject=more.pop("subject", "PERSON"),
        sensitivity=sensitivity,
        at=at,
        **more,
    )


def drafted(*about: Criterion, at: datetime, **more: Any) -> ConsentText:
    """A draft that names the criteria."""
    wanted: dict[str, Any] = {
        "code": "angaben",
        "form": TextForm.PAPER,
        "title": "Angaben zur Person",
        "body": "Sie dürfen sich merken: " + ", ".join(each.label for each in about) + ".",
        "channels": [],
        "purposes": [texts.KEEPING],
        "criteria": [each.code for each in about],
        "elements": [*texts.OF_CRITERIA],
        "controller": controllers.default(),
        **more,
    }
    return texts.draft(actor=None, at=at, **wanted)


def published(*about: Criterion, at: datetime, **more: Any) -> ConsentText:
    """The same, published."""
    return texts.publish(actor=None, text=drafted(*about, at=at, **more), at=at)


def consented(
    person: Person,
    criterion: Criterion,
    text: ConsentText,
    *,
    at: datetime,
    declared_at: datetime | None = None,
    grade: str = "A",
    content: bytes = b"",
    method: str = "paper",
    declared: Mapping[str, Any] | None = None,
) -> LedgerEvent:
    """A signed slip for the criterion; ``declared`` is what the declaration says otherwise."""
    slip = evidences.store(
        content=PNG + (content or criterion.code.encode() + grade.encode()),
        kind="SCAN",
        grade=grade,
        media_type="image/png",
        name="Zettel.png",
        at=at,
    )
    return consents.grant(
        actor=None,
        declaration=consents.Declaration(
            **{
                "person": person,
                "point": None,
                "controller": text.controller,
                "channels": [],
                "purposes": text.purposes,
                "criterion": criterion,
                "method": method,
                "declared_at": declared_at or at,
                "text": text,
                "evidence": [slip],
                **(declared or {}),
            }
        ),
        at=at,
    )


def withdrawn(consent: LedgerEvent, *, at: datetime) -> Sequence[LedgerEvent]:
    """The consent, withdrawn."""
    return consents.withdraw(
        actor=None, consents=[consent], received_at=at, at=at, via="letter", payload={}
    )


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
