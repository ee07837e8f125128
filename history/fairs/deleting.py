"""On the day of an event, leads that came to nothing are deleted, with whom nothing else keeps.

A lead came to nothing that was not taken over by then. Its visitor goes, too, if the record came
only from this event, nobody has had to do with it since, and no consent is in force. That is done
by the erasure of :mod:`consent.requests.erasures`, so that what a law holds stays locked away.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from consent.requests import erasures
from consent.retention import loose
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import audit, erasing, removing
from crm.kernel.among import among_keys
from history.models import (
    Activity,
    Attachment,
    Event,
    LeadCapture,
    LeadFile,
    LeadState,
    Participation,
    StoredFile,
    Touchpoint,
)


@dataclass(frozen=True, slots=True)
class Deleted:
    """What went at one event, or would go: ``kept`` are visitors whose slip goes and who stay."""

    event: Event
    leads: int
    persons: int
    kept: int


def run(*, actor: User | None = None, at: datetime, dry_run: bool = False) -> list[Deleted]:
    """Delete what is due, event by event; each is a transaction of its own, with an audit row.

    Events without such leads are left out.
    """
    found = []
    for event in due(on=timezone.localdate(at)):
        going = leads_of(event)
        if not going:
            continue
        found.append(_told(event, going, at) if dry_run else _delete(event, going, actor, at))
    return found


def due(*, on: date) -> list[Event]:
    """The events whose day it is, or was."""
    return list(Event.objects.filter(delete_on__lte=on).select_related("source").order_by("pk"))


def leads_of(event: Event) -> list[LeadCapture]:
    """Those that came to nothing so far."""
    rows = event.leads.exclude(state=LeadState.TAKEN_OVER)
    return list(rows.select_related("person", "event__source").order_by("pk"))


def going_persons(event: Event, leads: list[LeadCapture], *, at: datetime) -> list[Person]:
    """The visitors who go with their slips."""
    persons = [lead.person for lead in leads if lead.person is not None]
    return loose.loose(persons, source=event.source, but=_own(leads), at=at)


def _told(event: Event, leads: list[LeadCapture], at: datetime) -> Deleted:
    visitors = {lead.person_id for lead in leads if lead.person_id}
    persons = len(going_persons(event, leads, at=at))
    return Deleted(event, len(leads), persons, len(visitors) - persons)


def _delete(event: Event, leads: list[LeadCapture], actor: User | None, at: datetime) -> Deleted:
    visitors = {lead.person_id for lead in leads if lead.person_id}
    numbers = [lead.pk for lead in leads]
    with transaction.atomic():
        persons = [person.pk for person in going_persons(event, leads, at=at)]
        gone = erasures.expire(persons, at=at) if persons else 0
        _remove(numbers)
        told = Deleted(event, len(leads), gone, len(visitors) - gone)
        audit.record(
            actor=actor,
            action="event.leads-deleted",
            at=at,
            target=event,
            context={"leads": told.leads, "persons": told.persons, "kept": told.kept},
        )
    return told


def _remove(numbers: list[int]) -> None:
    """The slips that are still there, and files that nothing else needs."""
    left = list(LeadCapture.objects.filter(pk__in=numbers).order_by().values_list("pk", flat=True))
    files = LeadFile.objects.filter(lead__in=left, stored__isnull=False)
    stored = set(files.order_by().values_list("stored", flat=True))
    removing.remove(*removing.with_dependents({LeadCapture: left}))
    needed = {
        *Attachment.objects.filter(stored__in=stored).values_list("stored", flat=True),
        *LeadFile.objects.filter(stored__in=stored).values_list("stored", flat=True),
    }
    removing.remove(*removing.with_dependents({StoredFile: stored - needed}))
    erasing.forget_in_audit(
        places={LeadCapture._meta.label_lower: numbers}, words=(), run="event.leads-deleted"
    )


def _own(leads: list[LeadCapture]) -> dict[type[models.Model], Q]:
    """The slips themselves and what came of them: they keep nobody."""
    talks = [lead.touchpoint_id for lead in leads if lead.touchpoint_id]
    tasks = [lead.activity_id for lead in leads if lead.activity_id]
    return {
        LeadCapture: Q(pk__in=among_keys(LeadCapture, [lead.pk for lead in leads])),
        Participation: Q(touchpoint__in=among_keys(Touchpoint, talks)),
        Activity: Q(pk__in=among_keys(Activity, tasks)),
    }
