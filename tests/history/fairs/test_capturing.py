"""A slip arrives: once however often it is sent, and whatever is in it."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from contacts.models import ContactPointHolder, Person
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.fairs import capturing, devices, suspects
from history.fairs.capturing import Arrival, Sent
from history.models import (
    Activity,
    CaptureDevice,
    Event,
    LeadCapture,
    LeadState,
    Participation,
    Touchpoint,
)
from tests.history.fairs.conftest import FULL, NAMED

Send = Callable[..., Arrival]


def test_a_slip_becomes_a_person_with_everything(send: Send, event: Event, sales: User) -> None:
    arrival = send(FULL)
    lead = LeadCapture.objects.get()
    assert arrival.is_new
    assert lead.problems == []
    assert (lead.state, lead.version, lead.is_late) == (LeadState.NEW, 1, False)
    person = lead.person
    assert person is not None
    assert (person.full_name, person.owner, person.source) == ("Hans Mayer", sales, event.source)
    assert person.confirmed_on == date(2026, 3, 17)
    held = ContactPointHolder.objects.filter(person=person).order_by("pk")
    assert [(each.contact_point.kind, each.contact_point.display) for each in held] == [
        ("EMAIL", "h.mayer@havelberg.example"),
        ("PHONE", "030 23125101"),
        ("MOBILE", "01522 8817386"),
    ]
    assert {each.source for each in held} == {event.source}


def test_its_contact_stands_in_the_line(send: Send, at: datetime, sales: User) -> None:
    send(FULL)
    contact = Touchpoint.objects.get()
    assert (contact.channel, contact.direction, contact.agent) == ("FAIR", "IN", sales)
    assert contact.happened_at == at - timedelta(minutes=5)
    assert contact.subject == (
        "Raumlicht Berlin 2026 · Hallen 3 und 4 auf LED, ohne einen Tag Stillstand."
    )
    assert contact.body.splitlines() == [
        "Leiter Technik, Havelberg Anlagenbau GmbH",
        "Bedarf: Hallen 3 und 4 auf LED, ohne einen Tag Stillstand.",
        "Volumen: 150–300",
        "Bis wann: in 6 Monaten",
        "Entscheidet: fachlich",
        "Priorität: A",
        "",
        "Kommt morgen wieder.",
    ]
    lead = LeadCapture.objects.get()
    assert Participation.objects.get().person == lead.person
    assert lead.touchpoint == contact


def test_sent_five_times_it_is_one(send: Send) -> None:
    first = send(FULL)
    rows = AuditEntry.objects.count()
    later = [send(FULL) for _n in range(4)]
    assert [first.is_new, *(each.is_new for each in later)] == [True, False, False, False, False]
    assert {each.lead.pk for each in later} == {first.lead.pk}
    assert Person.objects.count() == LeadCapture.objects.count() == Touchpoint.objects.count() == 1
    assert Activity.objects.count() == 1
    assert AuditEntry.objects.count() == rows
    assert LeadCapture.objects.get().version == 1


def test_two_devices_with_the_same_visitor_make_two_persons_and_say_so(
    send: Send, event: Event, make_user: Any, team: Any, at: datetime
) -> None:
    colleague = make_user("SALES", teams=[team])
    event.team.add(colleague)
    other, _secret = devices.register(actor=colleague, event=event, name="Telefon", at=at)
    first = send(FULL).lead
    second = send({**FULL, "name": "Hans Mayr"}, id=uuid4(), of=other).lead
    assert Person.objects.count() == 2
    assert second.person != first.person
    (found,) = suspects.of_lead(user=colleague, lead=second)
    assert first.person is not None
    assert (found.id, found.name, found.company) == (first.person.public_id, "Hans Mayer", "")


def test_without_a_name_it_waits(send: Send) -> None:
    lead = send({"company_name": "Havelberg", "email": "h@havelberg.example"}).lead
    assert lead.person is None
    assert not Person.objects.exists()
    assert not Touchpoint.objects.exists()
    assert not Activity.objects.exists()
    assert lead.problems == [
        "Es fehlt ein Name. Ergänzen Sie ihn, damit ein Ansprechpartner entsteht."
    ]
    later = send({"name": "Inge Voß"}, base={"name": ""}).lead
    assert later.person is not None
    assert later.problems == []
    assert (later.person.full_name, later.version) == ("Inge Voß", 2)
    assert later.person.contact_points.count() == 1
    assert Touchpoint.objects.count() == Activity.objects.count() == 1


def test_a_photo_alone_waits_too(send: Send) -> None:
    photo = {"sha256": "a" * 64, "size": 5, "kind": "CARD", "name": "karte.jpg"}
    lead = send({}, files=[photo]).lead
    assert lead.person is None
    assert lead.files.get().kind == "CARD"


def test_a_wrong_clock_is_corrected(send: Send, at: datetime) -> None:
    fast = timedelta(hours=3, minutes=7)
    said = at + fast - timedelta(minutes=30)
    lead = send(NAMED, captured_at=said.isoformat(), device_now=(at + fast).isoformat()).lead
    assert (lead.captured_at, lead.device_at) == (at - timedelta(minutes=30), said)
    assert lead.problems == []


def test_a_clock_off_by_a_minute_is_believed(send: Send, at: datetime) -> None:
    said, now = at - timedelta(minutes=30), at - timedelta(minutes=1)
    lead = send(NAMED, captured_at=said.isoformat(), device_now=now.isoformat()).lead
    assert lead.captured_at == said


def test_it_is_never_captured_in_the_future(send: Send, at: datetime) -> None:
    said = at + timedelta(days=2)
    lead = send(NAMED, captured_at=said.isoformat(), device_now=at.isoformat()).lead
    assert (lead.captured_at, lead.device_at) == (at, said)


@pytest.mark.parametrize("said", [None, "gestern", "2026-13-45T00:00:00Z", 7, "2026-03-17T10:00"])
def test_an_unreadable_clock_loses_no_lead(send: Send, at: datetime, said: Any) -> None:
    lead = send(NAMED, captured_at=said, device_now="x").lead
    assert lead.captured_at == at
    assert lead.problems == [
        "Wann der Zettel erfasst wurde, ist nicht lesbar; es gilt der Eingang."
    ]
    assert lead.person is not None


@pytest.mark.parametrize(
    "said", [datetime(1970, 1, 2, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)]
)
def test_a_day_before_there_was_a_fair_is_told(send: Send, said: datetime) -> None:
    lead = send(NAMED, captured_at=said.isoformat()).lead
    assert lead.captured_at == said
    assert f"Laut Gerät am {said:%d.%m.%Y} erfasst" in lead.problems[0]
    assert lead.person is not None


def test_after_the_event_was_closed_it_is_late(send: Send, event: Event, at: datetime) -> None:
    event.closed_at = at - timedelta(hours=1)
    event.save()
    lead = send(NAMED, of=CaptureDevice.objects.get()).lead
    assert lead.is_late
    assert lead.person is not None


def test_the_slip_of_somebody_else_is_left_alone(
    send: Send, event: Event, make_user: Any, at: datetime
) -> None:
    send(FULL)
    colleague = make_user("SALES")
    event.team.add(colleague)
    other, _secret = devices.register(actor=colleague, event=event, name="Telefon", at=at)
    with pytest.raises(capturing.LeadOfAnother):
        send({"name": "Jemand anders"}, of=other)
    with pytest.raises(errors.NotFound):
        capturing.lead_of(device=other, client_id=LeadCapture.objects.get().client_id)
    assert LeadCapture.objects.get().name == "Hans Mayer"


def test_who_records_no_history_captures_nothing(send: Send, sales: User) -> None:
    sales.roles.clear()
    del sales.access
    with pytest.raises(errors.NotPermitted):
        send(FULL)
    assert not LeadCapture.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_slip_over_eight_connections_at_once_is_one(
    device: CaptureDevice, at: datetime
) -> None:
    ready, lock = threading.Barrier(8), threading.Lock()
    outcomes: list[Any] = []
    numbers = [uuid4() for _n in range(3)]

    def sending() -> None:
        try:
            own = CaptureDevice.objects.select_related("user", "event__source").get(pk=device.pk)
            for number in numbers:
                ready.wait(timeout=30)
                sent = Sent(fields=FULL, captured_at=at.isoformat(), device_now=at.isoformat())
                found = capturing.arrive(device=own, client_id=number, sent=sent, at=at)
                with lock:
                    outcomes.append((found.lead.client_id, found.is_new))
        finally:
            connection.close()

    threads = [threading.Thread(target=sending) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert len(outcomes) == 24
    assert sorted(number for number, is_new in outcomes if is_new) == sorted(numbers)
    assert LeadCapture.objects.count() == Person.objects.count() == 3
    assert Touchpoint.objects.count() == Activity.objects.count() == 3


def _announce(device: CaptureDevice, client_id: UUID, at: datetime, **values: str) -> LeadCapture:
    return capturing.announce(
        device=device, client_id=client_id, device_at=at, values=values, at=at
    )


def test_a_visitor_may_be_quicker_than_the_slip(
    send: Send, device: CaptureDevice, client_id: UUID, at: datetime
) -> None:
    made = _announce(device, client_id, at, name="Hans Mayer", email=FULL["email"])
    assert (made.state, made.captured_by, made.event) == ("ANNOUNCED", device.user, device.event)
    person = made.person
    assert person is not None
    assert person.contact_points.get().contact_point.normalised == FULL["email"]
    assert not Touchpoint.objects.exists()
    assert not Activity.objects.exists()
    again = _announce(device, client_id, at, name="Hans Mayer", email=FULL["email"])
    assert (again.pk, again.person) == (made.pk, person)
    arrival = send({**FULL, "email": ""}, at=at + timedelta(hours=2))
    lead = LeadCapture.objects.get()
    assert arrival.is_new
    assert (lead.pk, lead.person, lead.state) == (made.pk, person, "NEW")
    assert (lead.email, lead.need, lead.version) == (FULL["email"], FULL["need"], 1)
    assert Person.objects.count() == Touchpoint.objects.count() == Activity.objects.count() == 1
    assert person.contact_points.count() == 3


def test_announcing_without_a_name_makes_no_person(
    device: CaptureDevice, client_id: UUID, at: datetime
) -> None:
    made = _announce(device, client_id, at, email=FULL["email"])
    assert made.person is None
    assert not Person.objects.exists()


def test_announcing_what_is_there_keeps_what_it_says(
    send: Send, device: CaptureDevice, client_id: UUID, at: datetime
) -> None:
    send(FULL)
    lead = _announce(device, client_id, at, name="Jemand", email="x@y.example")
    assert (lead.state, lead.name, lead.email) == ("NEW", "Hans Mayer", FULL["email"])
    assert Person.objects.count() == 1
    bare = send(NAMED, id=uuid4()).lead
    filled = _announce(device, bare.client_id, at, name="Hans Mayer", email="x@y.example")
    assert (filled.state, filled.email, filled.person) == ("NEW", "x@y.example", bare.person)
    assert filled.person is not None
    assert filled.person.contact_points.count() == 1
