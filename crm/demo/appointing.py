"""When the colleagues of the demo company work, and what they have agreed for the next weeks."""

import random
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from contacts.models import Person
from crm.accounts.models import User
from history.appointments import booking, kinds, slots, weeks
from history.models import Appointment, AppointmentKind

COUNT, DAYS, SPARED = 30, 21, 40
LONG: weeks.Hours = {
    **dict.fromkeys(range(4), ((time(8), time(12)), (time(13), time(17)))),
    4: ((time(8), time(14)),),
}
PART_TIME: weeks.Hours = dict.fromkeys((0, 1, 3), ((time(9), time(13)),))
WEEKS: tuple[tuple[str, str, weeks.Hours], ...] = (
    ("vertrieb", "HH", weeks.USUAL),
    ("k.behrens", "HH", weeks.USUAL),
    ("service", "HH", LONG),
    ("vertrieb-sued", "BY", LONG),
    ("a.oeztuerk", "BW", PART_TIME),
)
AWAY = ("k.behrens", 7, 11)  # first and last day from today
OUT_OF_THE_CALENDAR = ("admin", "marketing")
NOTES = (
    "Tor B, wird am Empfang abgeholt.",
    "Möchte Muster sehen.",
    "Bitte vorher kurz anrufen.",
    "",
    "",
)


@transaction.atomic
def agree(*, staff: Mapping[str, User], at: datetime) -> None:
    """Working weeks, an absence, and appointments; nothing if there are some already."""
    if Appointment.objects.exists():
        return
    for mailbox, state, hours in WEEKS:
        user = staff[mailbox]
        weeks.set_week(actor=user, user=user, hours=hours, federal_state=state, at=at)
    for mailbox in OUT_OF_THE_CALENDAR:
        user = staff[mailbox]
        weeks.set_week(actor=user, user=user, hours=weeks.USUAL, is_bookable=False, at=at)
    mailbox, first, last = AWAY
    today = timezone.localtime(at).date()
    weeks.add_absence(
        actor=staff[mailbox], user=staff[mailbox], first_on=today + timedelta(days=first),
        last_on=today + timedelta(days=last), at=at,
    )  # fmt: skip
    _book(staff, at=at)


def _book(staff: Mapping[str, User], *, at: datetime) -> None:
    draw = random.Random(COUNT)
    known = kinds.active()
    people = list(Person.objects.filter(birth_date=None).order_by("pk")[SPARED : SPARED + COUNT])
    for person in people:
        kind, employee = draw.choice(known), staff[draw.choice(WEEKS)[0]]
        if (slot := _free(kind, employee, draw, at=at)) is not None:
            booking.book(
                actor=employee if _sees(employee, person) else staff["admin"],
                person=person,
                kind=kind,
                employee=employee,
                starts_at=slot.starts_at,
                note=draw.choice(NOTES),
                at=at,
            )


def _free(
    kind: AppointmentKind, employee: User, draw: random.Random, *, at: datetime
) -> slots.Slot | None:
    first = timezone.localtime(at).date() + timedelta(days=draw.randrange(1, DAYS))
    last = first + timedelta(days=3)  # a weekend may lie between
    found = slots.free(kind=kind, first=first, last=last, at=at, employees=[employee])
    return draw.choice(found) if found else None


def _sees(user: User, person: Any) -> bool:
    return Person.objects.visible_to(user).filter(pk=person.pk).exists()
