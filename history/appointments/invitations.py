"""An appointment as a calendar file (RFC 5545) for the person with whom it was agreed."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from consent.models import Controller
from history.appointments import links
from history.models import Appointment

NAME = "termin.ics"


def of(appointment: Appointment, *, controller: Controller, at: datetime) -> bytes:
    """The event as it stands; a cancelled one takes itself out of the calendar again."""
    calendar = Calendar()
    calendar.add("prodid", "-//Einklang//Termine//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH" if appointment.is_booked else "CANCEL")
    event = Event()
    event.add("uid", f"{appointment.public_id}@einklang")
    event.add("dtstamp", at)
    event.add("sequence", appointment.sequence)
    event.add("summary", f"{appointment.kind.name}, {controller.name}")
    event.add("dtstart", timezone.localtime(appointment.starts_at))
    event.add("dtend", timezone.localtime(appointment.ends_at))
    event.add("status", "CONFIRMED" if appointment.is_booked else "CANCELLED")
    if appointment.place:
        event.add("location", appointment.place)
    event.add("organizer", _organizer(controller))
    if appointment.is_booked:
        event.add("url", links.of(appointment))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _organizer(controller: Controller) -> vCalAddress:
    sender = controller.email or settings.DEFAULT_FROM_EMAIL
    address = vCalAddress(f"mailto:{sender}")
    address.params["cn"] = vText(controller.name)
    return address
