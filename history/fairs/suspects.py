"""Who in the stock looks like the visitor: asked while typing, and of what a slip became."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contacts.duplicates import offering, typed
from contacts.duplicates.offering import Offered
from contacts.duplicates.typed import Typed, TypedPoint
from contacts.models import ContactPointKind, MatchingKind, Person
from crm.accounts.models import User
from history.models import LeadCapture


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A known person whom the user may see; ``band`` says how much they look alike."""

    id: UUID
    name: str
    company: str
    band: str


def offer(*, user: User, lead: LeadCapture) -> offering.Offer:
    """Whom the person of the lead looks like, as the user may see it, with the reasons; nobody as
    long as the lead has none."""
    if lead.person is None:
        return offering.NOTHING
    return offering.offer(user=user, record=lead.person)


def of_lead(*, user: User, lead: LeadCapture) -> list[Lookalike]:
    """The same in short, for devices."""
    return _told(offer(user=user, lead=lead).suspects)


def of_typed(
    *, user: User, name: str, company: str, email: str, phone: str, today: date
) -> list[Lookalike]:
    """Whom somebody looks like of whom only this is known so far; nothing is written."""
    points = [
        TypedPoint(kind, value)
        for kind, value in ((ContactPointKind.EMAIL, email), (ContactPointKind.PHONE, phone))
        if value
    ]
    facts = typed.of_person(Typed(name=name, company_name=company, points=points), today=today)
    found = offering.offer(user=user, record=facts, kind=MatchingKind.PERSON)
    return _told(found.suspects)


def _told(found: Sequence[Offered]) -> list[Lookalike]:
    return [
        Lookalike(each.record.public_id, each.record.full_name, _company(each.record), each.band)
        for each in found
        if isinstance(each.record, Person)
    ]


def _company(person: Person) -> str:
    """Where the person works, as far as that is told with the person."""
    roles = [role for role in person.employments.all() if role.ended_on is None]
    roles.sort(key=lambda role: (not role.is_primary, role.pk))
    return roles[0].company.name if roles else ""
