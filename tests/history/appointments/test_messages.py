"""What the person is told, over what, and when."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.core import mail as outbox

from consent import circumstances
from consent.models import ContactDecision, Controller, EventKind, LedgerEvent
from consent.sending import mail
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import clock, errors
from history import tasks
from history.appointments import booking, changing, links, messages, reminding
from history.models import Activity, Appointment, AppointmentMessage, Touchpoint
from tests.history.days import day

Book = Callable[..., Appointment]


@pytest.fixture
def told(django_capture_on_commit_callbacks: Any) -> Any:
    """Everything inside is committed at its end, and what waits for that is sent."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def by_mail(email: ContactPoint) -> booking.Telling:
    return booking.Telling(channel="EMAIL", point=email)


def test_the_mail_confirms_and_carries_the_calendar_file(
    told: Any, book: Book, by_mail: Any, controller: Controller, person: Person
) -> None:
    with told():
        made = book(day(3, 19, 9), telling=by_mail, place="Uferweg 3")
    (sent,) = outbox.outbox
    assert sent.to == ["h.mayer@havelberg.example"]
    assert sent.subject == "Ihr Termin am 19. März 2026"
    assert sent.body == (
        "Guten Tag Mirjam Schultze,\n\nwir bestätigen Ihren Termin:\n\n"
        "Wartung\nDonnerstag, 19. März 2026, 10:00–11:00 Uhr\nmit Jonas Brandt\n"
        "Ort: Uferweg 3\n\nIm Anhang liegt der Termin für Ihren Kalender.\n\n"
        "Passt es doch nicht? Hier verschieben oder sagen Sie ab, ohne Anmeldung:\n"
        f"{links.of(made)}\n\nFreundliche Grüße\nNordlicht GmbH\n"
        "Am Speicher 14, 10997 Berlin, 030 23125 100\n"
    )
    assert "List-Unsubscribe" not in sent.extra_headers
    ((name, content, media_type),) = sent.attachments
    assert (name, media_type) == ("termin.ics", "text/calendar")
    calendar = icalendar.Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["SEQUENCE"], event["STATUS"]) == ("PUBLISH", 0, "CONFIRMED")
    assert (event.start, event.end) == (made.starts_at, made.ends_at)
    assert event["UID"] == f"{made.public_id}@einklang"
    message = AppointmentMessage.objects.get()
    assert (message.state, message.tries, message.problem) == ("SENT", 1, "")
    assert message.decision is not None
    assert message.decision.purpose == "appointment_confirm"
    assert message.touchpoint is not None
    assert (message.touchpoint.channel, message.touchpoint.direction) == ("EMAIL", "OUT")
    assert LedgerEvent.objects.filter(kind=EventKind.USED).count() == 1


def test_moved_and_cancelled_the_file_takes_its_place(
    told: Any, book: Book, by_mail: Any, controller: Controller, admin: User, at: datetime
) -> None:
    with told():
        made = book(day(3, 19, 9), telling=by_mail)
    with told():
        changing.move(actor=admin, appointment=made, starts_at=day(3, 20, 9), at=at)
    with told():
        changing.cancel(actor=None, appointment=made, at=at)
    files = [icalendar.Calendar.from_ical(each.attachments[0][1]) for each in outbox.outbox]
    assert [each.subject for each in outbox.outbox[1:]] == [
        "Ihr Termin ist verschoben auf den 20. März 2026",
        "Ihr Termin am 20. März 2026 ist abgesagt",
    ]
    assert [file["METHOD"] for file in files] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert [file.walk("VEVENT")[0]["SEQUENCE"] for file in files] == [0, 1, 2]
    assert len({file.walk("VEVENT")[0]["UID"] for file in files}) == 1
    assert "mein-termin" not in outbox.outbox[2].body


def test_an_sms_holds_the_day_and_the_link(
    told: Any, book: Book, mobile: ContactPoint, controller: Controller, settings: Any
) -> None:
    with told():
        made = book(day(3, 19, 9), telling=booking.Telling(channel="SMS", point=mobile))
    (file,) = Path(settings.SMS_FILE_PATH).glob("*.txt")
    assert file.read_text() == (
        "An: +4915228817386\n\nNordlicht GmbH: Ihr Termin am 19.03.2026, 10:00 Uhr ist "
        f"bestätigt. Ändern: {links.of(made)}\n"
    )


def test_a_letter_lies_in_the_line_and_is_a_task(
    told: Any, book: Book, home: ContactPoint, controller: Controller, admin: User
) -> None:
    with told():
        book(day(3, 19, 9), telling=booking.Telling(channel="LETTER", point=home))
    letter = Touchpoint.objects.get(channel="LETTER")
    (attached,) = letter.attachments.all()
    assert attached.name == "Brief.pdf"
    assert attached.stored.file.read().startswith(b"%PDF-")
    assert letter.body.count("Rufen Sie uns bitte an: 030 23125 100") == 1
    assert letter.consent_use is not None
    task = Activity.objects.get(kind="TASK")
    assert (task.assignee, task.subject) == (
        admin,
        "Brief drucken und zur Post geben: Ihr Termin am 19. März 2026",
    )


@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        ("EMAIL", "Für die Bestätigung fehlt die E‑Mail-Adresse."),
        ("SMS", "Für die Bestätigung fehlt die Mobilnummer."),
        ("LETTER", "Für den Brief fehlt die Anschrift."),
        ("FAX", "Auf diesem Weg lässt sich nichts bestätigen."),
    ],
)
def test_what_does_not_reach_the_person_is_refused(
    channel: str, sentence: str, book: Book, make_person: Any, point_of: Any
) -> None:
    foreign = point_of(make_person("Ute", "Wenzel"), "EMAIL", "wenzel@havelberg.example")
    for point in (None, foreign):
        with pytest.raises(errors.Invalid) as refusal:
            book(day(3, 19, 9), telling=booking.Telling(channel=channel, point=point))
        assert refusal.value.errors == {"channel": [sentence]}
    assert not Appointment.objects.exists()


def test_a_general_objection_to_marketing_stops_no_confirmation(
    told: Any, book: Book, by_mail: Any, person: Person, at: datetime, controller: Controller
) -> None:
    circumstances.object_to_marketing(actor=None, person=person, received_at=at, at=at, via="phone")
    with told():
        book(day(3, 19, 9), telling=by_mail)
    assert AppointmentMessage.objects.get().state == "SENT"


def test_the_gate_knows_the_appointment_and_forgets_it_when_it_is_over(
    told: Any, book: Book, by_mail: Any, controller: Controller, person: Person,
    email: ContactPoint,
) -> None:  # fmt: skip
    from consent import gate

    with told():
        book(day(3, 19, 9), telling=by_mail)
    asked = {"person": person, "point": email, "channel": "email"}
    reminder = gate.may_contact(purpose="appointment_reminder", at=day(3, 19, 8), **asked)
    later = gate.may_contact(purpose="appointment_reminder", at=day(3, 21, 8), **asked)
    offer = gate.may_contact(purpose="product_offer", at=day(3, 19, 8), **asked)
    assert (bool(reminder), bool(later), bool(offer)) == (True, False, False)


def test_what_the_server_did_not_take_is_tried_again(
    told: Any, book: Book, by_mail: Any, controller: Controller, at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def fail(_message: Any) -> None:
        raise mail.NotSent(problem="SMTPServerDisconnected")

    with monkeypatch.context() as broken:
        broken.setattr(mail, "_hand_over", fail)
        with told():
            book(day(3, 19, 9), telling=by_mail)
    message = AppointmentMessage.objects.get()
    assert (message.state, message.tries) == ("FAILED", 1)
    assert message.problem.startswith("Der Mailserver hat die Nachricht nicht angenommen.")
    assert Appointment.objects.get().is_booked
    assert not LedgerEvent.objects.filter(kind=EventKind.USED).exists()
    assert messages.deliver_waiting(at=at + timedelta(minutes=5)) == 1
    assert messages.deliver_waiting(at=at + timedelta(minutes=10)) == 0
    assert len(outbox.outbox) == 1


def test_what_is_not_allowed_becomes_a_task(
    told: Any, book: Book, by_mail: Any, controller: Controller, admin: User, person: Person,
    at: datetime, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(booking, "note_relation", lambda *_a, **_k: None)
    with told():
        book(day(3, 19, 9), telling=by_mail)
    message = AppointmentMessage.objects.get()
    assert (message.state, outbox.outbox) == ("REFUSED", [])
    task = Activity.objects.get(kind="TASK")
    assert task.assignee == admin
    assert task.subject.startswith("Bestätigung ging nicht hinaus: bitte anrufen (Wartung")
    assert not ContactDecision.objects.exists()
    assert messages.deliver_waiting(at=at + timedelta(minutes=5)) == 0


def test_a_reminder_goes_out_once_a_day_ahead(
    told: Any, book: Book, by_mail: Any, controller: Controller
) -> None:
    with told():
        book(day(3, 19, 9), telling=by_mail)
    assert reminding.remind(at=day(3, 18, 8, 59)) == 0
    with told():
        assert reminding.remind(at=day(3, 18, 9)) == 1
        assert reminding.remind(at=day(3, 18, 9, 5)) == 0
    assert [each.subject for each in outbox.outbox] == [
        "Ihr Termin am 19. März 2026",
        "Erinnerung an Ihren Termin am 19. März 2026",
    ]
    decision = AppointmentMessage.objects.last().decision
    assert decision.purpose == "appointment_reminder"


def test_nobody_is_reminded_of_what_was_cancelled_or_just_booked(
    told: Any, book: Book, by_mail: Any, controller: Controller, admin: User
) -> None:
    with told():
        gone = book(day(3, 19, 9), telling=by_mail)
        changing.cancel(actor=admin, appointment=gone, at=day(3, 17, 9, 30))
        book(day(3, 18, 8), telling=by_mail)
    assert reminding.remind(at=day(3, 17, 15)) == 0
    assert reminding.remind(at=day(3, 18, 9)) == 0
    subjects = [each.subject for each in outbox.outbox]
    assert "Ihr Termin am 18. März 2026" in subjects
    assert not any("Erinnerung" in subject for subject in subjects)


def test_an_english_speaker_is_told_in_english(
    told: Any, book: Book, by_mail: Any, controller: Controller, person: Person
) -> None:
    Person.objects.filter(pk=person.pk).update(language="en")
    with told():
        book(day(3, 19, 9), telling=by_mail)
    assert outbox.outbox[0].subject == "Your appointment on 19 March 2026"


def test_the_beat_reminds_and_sends_what_waits(
    told: Any, book: Book, by_mail: Any, controller: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(day(3, 19, 9), telling=by_mail)  # the confirmation still waits
    monkeypatch.setattr(clock, "now", lambda: day(3, 18, 10))
    with told():
        tasks.remind_of_appointments()
    assert sorted(each.subject for each in outbox.outbox) == [
        "Erinnerung an Ihren Termin am 19. März 2026",
        "Ihr Termin am 19. März 2026",
    ]
