"""Writing down a contact from somebody's page: who it was with is known, the rest is told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from consent import gate
from consent.models import ContactDecision
from contacts.models import Company, ContactPoint, ContactPointHolder, Person
from crm.accounts.models import User
from crm.kernel import errors
from history import touchpoints
from history.activities import planning
from history.attachments import Upload
from history.channels import TRAITS, Direction
from history.lines import Owner, column_of
from history.models import ActivityKind, Category, Opportunity, Touchpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody tells of a contact. ``purpose`` is the code of what it was for: only an
    outbound one to a person has any, and it is held against the gate. ``follow_up`` is when to come
    back to it (a phrase of :mod:`history.activities.phrases`), ``promised`` what was promised,
    until ``promised_until``."""

    channel: str
    direction: str = ""
    happened_at: datetime
    subject: str = ""
    body: str = ""
    outcome: str = ""
    category: Category | None = None
    opportunity: Opportunity | None = None
    contact_point: ContactPoint | None = None
    purpose: str = ""
    follow_up: str = ""
    promised: str = ""
    promised_until: datetime | None = None
    files: Sequence[Upload] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Composed:
    """The contact, and why the gate would not have allowed it (None: it did, or was not asked)."""

    touchpoint: Touchpoint
    refusal: gate.NotAllowed | None


@transaction.atomic
def compose(*, actor: User, owner: Owner, told: Told, at: datetime) -> Composed:
    """Write down a contact with the owner of a page, and what was promised in it.

    A contact that happened is written down even if the gate refuses it: that is told, and the
    contact has no decision to show.

    :raises errors.Invalid: a value is wrong
    :raises errors.NotFound: the number or address is nobody's on this page
    """
    _require_theirs(owner, told)
    decision, refusal = _permitted(actor, owner, told, at)
    deals = [told.opportunity] if told.opportunity else []
    touchpoint = touchpoints.record(
        actor=actor,
        channel=told.channel,
        direction=told.direction,
        happened_at=told.happened_at,
        persons=[(owner, "PARTNER")] if isinstance(owner, Person) else [],
        companies=[owner] if isinstance(owner, Company) else [],
        opportunities=[owner] if isinstance(owner, Opportunity) else deals,
        contact_point=told.contact_point,
        subject=told.subject,
        body=told.body,
        outcome=told.outcome,
        category=told.category,
        decision=decision,
        files=told.files,
        at=at,
    )
    if told.promised:
        _promise(actor, owner, told, touchpoint, at)
    if told.follow_up:
        subject = told.subject or told.body.partition("\n")[0][:100]
        planning.follow_up(actor=actor, about=owner, phrase=told.follow_up, subject=subject, at=at)
    return Composed(touchpoint, refusal)


def _require_theirs(owner: Owner, told: Told) -> None:
    if told.contact_point is None or isinstance(owner, Opportunity):
        return
    held = ContactPointHolder.objects.filter(contact_point=told.contact_point)
    if not held.filter(**{str(owner._meta.model_name): owner}).exists():
        raise errors.NotFound()


def _permitted(
    actor: User, owner: Owner, told: Told, at: datetime
) -> tuple[ContactDecision | None, gate.NotAllowed | None]:
    channel = TRAITS[told.channel].consent if told.channel in TRAITS else ""
    is_asked = told.purpose and channel and told.direction == Direction.OUTBOUND
    if not (is_asked and isinstance(owner, Person) and told.contact_point):
        return None, None
    try:
        decision = gate.permit(
            actor=actor,
            person=owner,
            point=told.contact_point,
            channel=channel,
            purpose=told.purpose,
            at=at,
        )
    except gate.NotAllowed as refusal:
        return None, refusal
    return decision, None


def _promise(actor: User, owner: Owner, told: Told, touchpoint: Touchpoint, at: datetime) -> None:
    if told.promised_until is None:
        raise errors.Invalid({"promised_until": [_("Bis wann ist das zugesagt?")]})
    values: dict[str, Any] = {
        "kind": ActivityKind.PROMISE,
        "subject": told.promised,
        "due_at": told.promised_until,
        "touchpoint": touchpoint,
        "opportunity": told.opportunity,
        column_of(owner): owner,
    }
    planning.plan(actor=actor, values=values, at=at)
