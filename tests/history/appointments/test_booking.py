"""Agreeing on an appointment, and whatever refuses it."""

import itertools
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from consent.models import LedgerEvent
from contacts.models import Person
from crm.accounts.models import RoleCode, User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.activities import handing_over, icalendar_file, planning, progress
from history.activities.phrases import Due
from history.appointments import booking, checking, kinds, slots, weeks
from history.models import (
    Activity,
    Appointment,
    AppointmentKind,
    AppointmentMessage,
    Touchpoint,
)
from tests.history.days import day


def nothing_happened() -> bool:
    tables: tuple[Any, ...] = (Appointment, Activity, Touchpoint, AppointmentMessage, LedgerEvent)
    return not any(table.objects.exists() for table in tables)


def test_it_stands_in_the_calendar_and_in_the_line(
    book: Any, admin: User, person: Person, brandt: User, at: datetime
) -> None:
    call = booking.CallTaken(number="030 23125 164", began_at=at - timedelta(minutes=2))
    made = book(day(3, 19, 9), note="Tor B", place="Uferweg 3", call=call)
    assert made.ends_at == day(3, 19, 10)
    assert made.blocked_until == day(3, 19, 10, 15)
    entry = made.activity
    assert (entry.assignee, entry.due_at, entry.ends_at) == (brandt, made.starts_at, made.ends_at)
    assert (entry.place, entry.note, entry.person) == ("Uferweg 3", "Tor B", person)
    written = made.touchpoint
    assert (written.channel, written.direction, written.outcome) == ("PHONE", "IN", "REACHED")
    assert written.subject == (
        "Termin vereinbart: Wartung, 19.03.2026, 10:00 Uhr, mit Jonas Brandt"
    )
    assert (written.happened_at, written.ended_at) == (at - timedelta(minutes=2), at)
    assert written.contact_value == "030 23125 164"
    assert AuditEntry.objects.filter(action="appointment.booked").count() == 1
    assert b"Wartung" in icalendar_file.of(user=brandt, at=at)


def test_a_call_that_is_written_by_itself_gets_a_note(book: Any) -> None:
    made = book(day(3, 19, 9), call=booking.CallTaken(is_written=True))
    assert made.touchpoint.channel == "NOTE"


@pytest.mark.parametrize(
    ("starts_at", "sentence"),
    [
        (day(3, 16, 9), "Dieser Zeitpunkt ist vorbei. Wählen Sie einen späteren."),
        (day(3, 21, 9), "Zu dieser Zeit arbeitet Jonas Brandt am 21.03.2026 nicht."),
        (day(3, 19, 16), "Zu dieser Zeit arbeitet Jonas Brandt am 19.03.2026 nicht."),
        (
            day(4, 3, 9),
            "Am 03.04.2026 ist bei Jonas Brandt Feiertag (Karfreitag). Wählen Sie einen anderen "
            "Tag.",
        ),
        (day(3, 19, 9).replace(year=2028), "Das ist mehr als ein Jahr hin."),
    ],
)
def test_a_time_that_cannot_be_agreed_is_refused(
    book: Any, starts_at: datetime, sentence: str
) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        book(starts_at)
    assert refusal.value.errors["starts_at"][0].startswith(sentence)
    assert nothing_happened()


def test_nobody_agrees_with_a_person_younger_than_sixteen(
    book: Any, person: Person, at: datetime
) -> None:
    person.birth_date = date(2010, 3, 18)  # sixteen tomorrow
    with pytest.raises(errors.Invalid) as refusal:
        book(day(3, 19, 9))
    assert "sorgeberechtigten Person" in refusal.value.message
    assert nothing_happened()
    person.birth_date = date(2010, 3, 17)
    assert book(day(3, 19, 9)).is_booked


def test_an_absent_employee_and_a_kind_out_of_use_are_refused(
    book: Any, admin: User, brandt: User, kind: AppointmentKind, at: datetime
) -> None:
    days = {"first_on": date(2026, 3, 19), "last_on": date(2026, 3, 19)}
    weeks.add_absence(actor=brandt, user=brandt, at=at, **days)
    with pytest.raises(errors.Invalid, match="ist Jonas Brandt nicht da"):
        book(day(3, 19, 9))
    gone = kinds.update(actor=admin, kind=kind, values={"is_active": False}, at=at)
    with pytest.raises(errors.Invalid, match="wird nicht mehr vereinbart"):
        book(day(3, 20, 9), kind=gone)
    assert nothing_happened()


def test_who_may_not_record_or_not_see_the_person_books_nothing(
    book: Any, make_user: Any, make_person: Any, team: Any
) -> None:
    with pytest.raises(errors.NotPermitted):
        book(day(3, 19, 9), actor=make_user(RoleCode.PRIVACY))
    stranger = make_user(RoleCode.SALES)
    with pytest.raises(errors.NotFound):
        book(day(3, 19, 9), actor=stranger)
    assert nothing_happened()


def test_a_slot_that_was_taken_names_the_next_ones(book: Any, brandt: User) -> None:
    book(day(3, 19, 9))
    before = (Activity.objects.count(), Touchpoint.objects.count())
    for begins in (day(3, 19, 9), day(3, 19, 9, 30), day(3, 19, 10), day(3, 19, 8, 30)):
        with pytest.raises(checking.SlotTaken) as refusal:
            book(begins)
    hours = [f"{timezone.localtime(each.starts_at):%H:%M}" for each in refusal.value.free]
    assert hours == ["12:00", "13:00", "14:00"]
    assert refusal.value.message == (
        "Diese Zeit ist bei Jonas Brandt inzwischen vergeben; es wurde nichts gesichert. "
        "Als Nächstes frei: Do, 19.03.2026, 12:00 · Do, 19.03.2026, 13:00 · "
        "Do, 19.03.2026, 14:00."
    )
    assert (Activity.objects.count(), Touchpoint.objects.count()) == before
    assert Appointment.objects.count() == 1


def test_the_database_refuses_what_two_forgot_to_ask(
    book: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(day(3, 19, 9))
    before = (Activity.objects.count(), Touchpoint.objects.count(), LedgerEvent.objects.count())
    monkeypatch.setattr(checking, "require_free", lambda **_values: None)
    with pytest.raises(checking.SlotTaken):
        book(day(3, 19, 10))  # begins in the pause
    after = (Activity.objects.count(), Touchpoint.objects.count(), LedgerEvent.objects.count())
    assert after == before
    assert book(day(3, 19, 10, 15)).is_booked


def test_the_entry_in_the_calendar_is_tied_to_what_was_agreed(
    book: Any, admin: User, brandt: User, at: datetime
) -> None:
    made = book(day(3, 19, 9))
    acts: list[Callable[..., Any]] = [
        lambda **who: planning.edit(values={"due_at": day(3, 20, 9)}, **who),
        lambda **who: progress.cancel(**who),
        lambda **who: progress.postpone(to=Due(day(3, 20, 9), has_time=True), **who),
        lambda **who: handing_over.hand_over(to=admin, **who),
    ]
    for act in acts:
        with pytest.raises(errors.Conflict, match="mit jemandem vereinbart"):
            act(actor=admin, activity=made.activity, at=at)
    assert handing_over.hand_over_all(actor=admin, absent=brandt, to=admin, at=at) == 0
    planning.edit(actor=brandt, activity=made.activity, values={"note": "Leiter mit"}, at=at)
    entry = Activity.objects.get(pk=made.activity.pk)
    assert (entry.due_at, entry.note, entry.state) == (made.starts_at, "Leiter mit", "OPEN")
    assert entry.assignee == brandt


@pytest.mark.django_db(transaction=True)
def test_no_two_appointments_overlap_however_many_book_at_once(
    book: Any, make_person: Any, brandt: User, at: datetime, kind: AppointmentKind
) -> None:
    """Eight agents want overlapping times at the same instant, three rounds."""
    people = [make_person("Person", f"Nummer{number}") for number in range(8)]
    ready, results, lock = threading.Barrier(8), [], threading.Lock()

    def want(number: int) -> None:
        try:
            for round_ in range(3):
                ready.wait(timeout=20)
                begins = day(3, 18 + round_, 8 + number % 3, 15 * (number % 4))
                try:
                    made = book(begins, person=people[number])
                    outcome: Any = made.pk
                except checking.SlotTaken as refusal:
                    outcome = refusal
                with lock:
                    results.append(outcome)
        finally:
            connection.close()

    threads = [threading.Thread(target=want, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    booked = list(Appointment.objects.order_by("employee", "starts_at"))
    assert len(results) == 24
    assert len(booked) == len([each for each in results if isinstance(each, int)])
    assert len(booked) >= 3
    for earlier, later in itertools.pairwise(booked):
        assert earlier.blocked_until <= later.starts_at
    assert Activity.objects.count() == Touchpoint.objects.count() == len(booked)
    for refusal in (each for each in results if not isinstance(each, int)):
        assert all(isinstance(slot, slots.Slot) for slot in refusal.free)
