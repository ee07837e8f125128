"""Art. 13 in the call: only what is due is read, everything is written down, the rest follows."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as outbox

from consent import links as consent_links
from consent.models import Controller, NoticeProvision, NoticeVersion
from consent.notices import configuring, versions
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import errors
from history.appointments import booking, informing, messages
from history.models import Activity, Appointment, AppointmentMessage, Touchpoint
from tests import notice_cast
from tests.history.days import day

Book = Callable[..., Appointment]


@pytest.fixture
def notice(db: None, at: datetime) -> NoticeVersion:
    return notice_cast.published(at - timedelta(days=2))


@pytest.fixture
def by_mail(email: ContactPoint) -> booking.Telling:
    return booking.Telling(channel="EMAIL", point=email)


@pytest.fixture
def told(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def read(version: NoticeVersion, **values: Any) -> informing.Told:
    given = {"version": str(version.public_id), "is_read": True, "language": "de", "seconds": 31}
    return informing.Told(**(given | values))


def newer(controller: Controller, at: datetime) -> NoticeVersion:
    """The calendar moves to somebody in the USA."""
    configuring.name_recipient(
        actor=None, controller=controller, name="Calendar Corp.", category="calendar",
        country="US", safeguard="privacy_framework", purposes=["appointment"], is_surprising=True,
        at=at,
    )  # fmt: skip
    draft = versions.draft(actor=None, controller=controller, purpose="appointment", at=at)
    return versions.publish(actor=None, version=draft, at=at)


def test_what_was_read_is_written_down_and_the_rest_follows_with_the_mail(
    told: Any, book: Book, by_mail: Any, notice: NoticeVersion, person: Person, at: datetime
) -> None:
    due = informing.reading(person=person, channel="EMAIL", at=at)
    assert not due.is_news
    assert 20 < due.script.estimate.seconds < 60
    with told():
        book(day(3, 19, 9), telling=by_mail, notice=read(notice))
    spoken, sent = NoticeProvision.objects.order_by("id")
    assert (spoken.status, spoken.medium, spoken.seconds) == ("read_aloud", "phone", 31)
    assert set(spoken.items) == set(due.script.items)
    assert not spoken.is_whole
    assert (sent.status, sent.medium, sent.is_whole) == ("sent", "email", True)
    (mail,) = outbox.outbox
    assert sent.reference == mail.extra_headers["Message-ID"]
    assert mail.attachments[0][0] == "termin.ics"
    for row in notice.items.all():
        assert not row.is_applicable or row.texts["de"] in mail.body
    assert consent_links.notice_version(notice) in mail.body
    assert "(neu)" not in mail.body
    assert not Activity.objects.filter(kind="TASK").exists()


def test_the_second_call_reads_only_what_changed(
    told: Any, book: Book, by_mail: Any, notice: NoticeVersion, person: Person, at: datetime
) -> None:
    with told():
        book(day(3, 19, 9), telling=by_mail, notice=read(notice))
    later = at + timedelta(days=1, hours=1)
    same = informing.reading(person=person, channel="EMAIL", at=later)
    assert (same.items, same.script.items) == ([], ())
    assert "daran hat sich nichts geändert" in same.script.text
    changed = newer(notice.controller, later)
    delta = informing.reading(person=person, channel="EMAIL", at=later)
    assert delta.is_news
    assert "Calendar Corp." in delta.script.text
    assert {each.item for each in delta.items} == {"13.1.e", "13.1.f"}
    with told():
        book(day(3, 20, 9), telling=by_mail, notice=read(changed, seconds=9), at=later)
    assert set(NoticeProvision.objects.filter(status="read_aloud").first().items) == {
        "13.1.e",
        "13.1.f",
    }
    assert outbox.outbox[1].body.count("(neu)") == 2


def test_who_knows_everything_gets_no_second_copy_and_that_is_written_down_too(
    told: Any, book: Book, by_mail: Any, notice: NoticeVersion, person: Person, at: datetime
) -> None:
    with told():
        book(day(3, 19, 9), telling=by_mail, notice=read(notice))
    later = at + timedelta(days=1, hours=1)
    with told():
        book(day(3, 20, 9), telling=by_mail, notice=read(notice, seconds=4), at=later)
    assert "Datenschutz" not in outbox.outbox[1].body
    last = NoticeProvision.objects.first()
    assert (last.status, last.items, last.given_at) == ("read_aloud", {}, later)


def test_neither_read_nor_a_reason_books_nothing(
    book: Book, by_mail: Any, notice: NoticeVersion
) -> None:
    for said, field in (
        (read(notice, is_read=False), "notice"),
        (read(notice, is_read=False, reason="bored"), "reason"),
        (read(notice, is_read=False, reason="other"), "note"),
        (informing.Told(is_read=True), "notice"),
    ):
        with pytest.raises(errors.Invalid) as refusal:
            book(day(3, 19, 9), telling=by_mail, notice=said)
        assert list(refusal.value.errors) == [field]
    assert not Appointment.objects.exists()
    assert not NoticeProvision.objects.exists()
    assert not Touchpoint.objects.exists()


def test_a_skipped_script_leaves_a_task(
    told: Any, book: Book, by_mail: Any, notice: NoticeVersion, admin: User
) -> None:
    said = read(notice, is_read=False, reason="hung_up", note="Tunnel")
    with told():
        book(day(3, 19, 9), telling=by_mail, notice=said)
    row = NoticeProvision.objects.get(status="skipped")
    assert (row.reason, row.note, row.items) == ("hung_up", "Tunnel", {})
    task = Activity.objects.get(kind="TASK")
    assert (task.subject, task.assignee) == ("Datenschutzhinweise nachholen", admin)
    assert task.note == "hat aufgelegt. Tunnel"
    assert NoticeProvision.objects.filter(status="sent").count() == 1, (
        "the rest follows all the same"
    )


def test_later_means_at_the_appointment(book: Book, notice: NoticeVersion, brandt: User) -> None:
    made = book(day(3, 19, 9), notice=read(notice, is_read=False, reason="later"))
    row = NoticeProvision.objects.get()
    assert row.due_on == made.starts_at.date()
    tasks = Activity.objects.filter(kind="TASK")
    assert {(task.subject, task.assignee) for task in tasks} == {
        ("Datenschutzhinweise beim Termin übergeben", brandt)
    }


def test_in_brandenburg_it_waits_for_the_appointment(
    book: Book, notice: NoticeVersion, brandt: User
) -> None:
    Controller.objects.update(notice_profile="brandenburg")
    made = book(day(3, 19, 9), notice=read(notice, is_read=False))
    row = NoticeProvision.objects.get()
    assert (row.status, row.due_on) == ("deferred", made.starts_at.date())
    assert Activity.objects.get(kind="TASK").assignee == brandt


def test_without_a_published_notice_there_is_a_task_and_an_appointment(
    book: Book, by_mail: Any, db: None
) -> None:
    made = book(day(3, 19, 9), telling=by_mail, notice=informing.Told())
    task = Activity.objects.get(kind="TASK")
    assert task.subject == "Datenschutzhinweise nachholen"
    assert task.note
    assert made.is_booked
    assert not NoticeProvision.objects.exists()


def test_a_script_for_an_unknown_purpose_is_refused(
    notice: NoticeVersion, person: Person, at: datetime
) -> None:
    with pytest.raises(configuring.UnknownPurpose) as refusal:
        informing.reading(person=person, channel="EMAIL", at=at, purpose="raffle")
    assert refusal.value.message


def test_another_notice_came_into_force_during_the_call(
    book: Book, by_mail: Any, notice: NoticeVersion, at: datetime
) -> None:
    newer(notice.controller, at - timedelta(hours=1))
    with pytest.raises(errors.Invalid, match="passt nicht mehr"):
        book(day(3, 19, 9), telling=by_mail, notice=read(notice))
    assert not Appointment.objects.exists()


def test_an_sms_carries_the_link_to_the_notice(
    told: Any, book: Book, mobile: ContactPoint, notice: NoticeVersion, settings: Any
) -> None:
    way = booking.Telling(channel="SMS", point=mobile)
    with told():
        book(day(3, 19, 9), telling=way, notice=read(notice))
    (file,) = Path(settings.SMS_FILE_PATH).glob("*.txt")
    assert file.read_text().endswith(
        f"Datenschutzhinweise: {consent_links.notice_version(notice)}\n"
    )
    assert NoticeProvision.objects.filter(medium="sms", status="sent").count() == 1


def test_a_message_carries_its_notice_once(
    told: Any, book: Book, by_mail: Any, notice: NoticeVersion
) -> None:
    with told():
        book(day(3, 19, 9), telling=by_mail, notice=read(notice))
    message = AppointmentMessage.objects.get()
    assert (message.notice, message.notice_language, message.notice_new) == (notice, "de", [])


def test_a_letter_carries_it_on_its_own_pages(
    told: Any, book: Book, home: ContactPoint, notice: NoticeVersion
) -> None:
    way = booking.Telling(channel="LETTER", point=home)
    with told():
        book(day(3, 19, 9), telling=way, notice=read(notice))
    letter = Touchpoint.objects.get(channel="LETTER").attachments.get()
    assert len(re.findall(rb"/Type /Page\b", letter.stored.file.read())) == 2
    row = NoticeProvision.objects.get(medium="letter")
    assert (row.status, row.is_whole) == ("queued", True)


def test_a_letter_counts_once_it_went_to_the_post(
    told: Any, book: Book, home: ContactPoint, notice: NoticeVersion, admin: User, person: Person,
    at: datetime,
) -> None:  # fmt: skip
    way = booking.Telling(channel="LETTER", point=home)
    with told():
        book(day(3, 19, 9), telling=way, notice=read(notice))
    much_later = at + timedelta(days=30)
    assert informing.reading(person=person, channel="LETTER", at=much_later).items
    message = AppointmentMessage.objects.get()
    for _twice in range(2):
        messages.post(actor=admin, message=message, at=at)
    assert NoticeProvision.objects.filter(medium="letter", status="sent").count() == 1
    assert informing.reading(person=person, channel="LETTER", at=much_later).items == []


def test_a_mail_is_no_letter_to_be_posted(
    told: Any, book: Book, by_mail: Any, notice: NoticeVersion, admin: User, at: datetime
) -> None:
    with told():
        book(day(3, 19, 9), telling=by_mail, notice=read(notice))
    with pytest.raises(errors.Conflict, match="kein Brief"):
        messages.post(actor=admin, message=AppointmentMessage.objects.get(), at=at)
