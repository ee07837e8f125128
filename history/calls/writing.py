"""The contact that a call leaves in the history: written once, when the call is over."""

from datetime import datetime

from django.db.models import Q

from contacts import contact_points
from contacts.models import Company, ContactPoint, ContactPointHolder, ContactPointKind, Person
from history import touchpoints
from history.calls.folding import Story
from history.channels import Channel
from history.models import Call, ParticipantRole
from history.touchpoints import Times

REACHABLE = ("ACTIVE", "BOUNCED")


def write(*, call: Call, story: Story, at: datetime) -> None:
    """Write the contact into the line of the one person, else the one company, that holds the
    number; else it hangs on the number. A suppressed or internal number leaves the call alone.

    The caller holds the call's lock and saves it.
    """
    call.is_written = True
    point = point_of(call.partner)
    if point is None:
        return
    persons, companies = _holders(point)
    call.contact_point = point
    call.touchpoint = touchpoints.record(
        actor=None,
        channel=Channel.PHONE,
        direction=story.direction,
        happened_at=story.ringing_at,
        persons=[(persons[0], ParticipantRole.PARTNER)] if len(persons) == 1 else (),
        companies=companies if not persons and len(companies) == 1 else (),
        contact_point=point,
        contact_value=point.display,
        outcome=story.outcome,
        times=Times(answered_at=story.answered_at, ended_at=story.ended_at),
        agent=call.agent,
        system=f"telephony-{call.system_id}",
        external_id=call.call_id,
        at=at,
    )


def point_of(number: str) -> ContactPoint | None:
    """The contact point of a number in E.164: the one that is held, made if there is none."""
    if not number:
        return None
    kinds = (ContactPointKind.PHONE, ContactPointKind.MOBILE)
    rows = ContactPoint.objects.filter(normalised=number, kind__in=kinds)
    found = sorted(rows.prefetch_related("holders"), key=lambda row: -len(row.holders.all()))
    if found:
        return found[0]
    reading = contact_points.read(kind=ContactPointKind.PHONE, value=number)
    made, _created = ContactPoint.objects.get_or_create(
        kind=reading.kind,
        normalised=reading.normalised,
        defaults={"display": reading.display},
    )
    return made


def _holders(point: ContactPoint) -> tuple[list[Person], list[Company]]:
    """Whoever can be reached there, told or untold to the agent."""
    held = ContactPointHolder.objects.filter(contact_point=point, status__in=REACHABLE)
    rows = held.filter(Q(person__isnull=False) | Q(company__isnull=False))
    found = list(rows.select_related("person", "company").order_by("id"))
    persons = [each.person for each in found if each.person]
    companies = [each.company for each in found if each.company]
    return persons, companies
