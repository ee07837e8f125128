"""A user's activities as a calendar file (RFC 5545), for programs that subscribe to it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from crm.accounts.models import User
from history.activities import due
from history.activities.rows import Row, row
from history.models import Activity, ActivityState

PAST, AHEAD, MOST = timedelta(days=30), timedelta(days=366), 2000
POINT = timedelta(minutes=15)


def of(*, user: User, at: datetime, base_url: str = "") -> bytes:
    """What the user has from 30 days ago to a year ahead; two queries.

    Appointments take their time; what has an hour stands a quarter of an hour and what has a day
    all of it, both without being busy. What is cancelled or done is left out, except for
    appointments that took place. ``base_url`` is what the pages of the activities begin with.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Einklang//Aktivitäten//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Einklang: {user.full_name}")
    calendar.add("x-wr-timezone", timezone.get_current_timezone_name())
    calendar.add("refresh-interval", POINT, parameters={"VALUE": "DURATION"})
    for each in _rows(user, at):
        calendar.add_component(_event(each, at=at, base_url=base_url))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _rows(user: User, at: datetime) -> Iterable[Row]:
    mine = Activity.objects.visible_to(user).filter(assignee=user)
    near = mine.filter(due_at__gte=at - PAST, due_at__lt=at + AHEAD)
    held = near.filter(state=ActivityState.DONE, starts_at__isnull=False)
    wanted = near.filter(state=ActivityState.OPEN) | held
    return (row(each, at=at) for each in wanted.with_subjects(user)[:MOST])


def _event(each: Row, *, at: datetime, base_url: str) -> Event:
    activity = each.activity
    event = Event()
    event.add("uid", f"{activity.public_id}@einklang")
    event.add("dtstamp", activity.updated_at)
    event.add("last-modified", activity.updated_at)
    event.add("sequence", activity.version - 1)
    event.add("summary", _summary(each))
    begins = due.local(activity.due_at)
    if not activity.has_time:
        event.add("dtstart", begins.date())
        event.add("dtend", begins.date() + timedelta(days=1))
    else:
        event.add("dtstart", begins)
        event.add("dtend", due.local(activity.ends_at or activity.due_at + POINT))
    event.add("transp", "OPAQUE" if activity.starts_at else "TRANSPARENT")
    if activity.place:
        event.add("location", activity.place)
    if activity.note:
        event.add("description", activity.note)
    if base_url:
        event.add("url", f"{base_url}/aktivitaeten/{activity.public_id}/")
    return event


def _summary(each: Row) -> str:
    if each.person:
        return f"{each.person.full_name}: {each.activity.subject}"
    if each.company:
        return f"{each.company.full_name}: {each.activity.subject}"
    return each.activity.subject
