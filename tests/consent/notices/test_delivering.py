"""On their way: by mail, SMS and letter, each through the gate, each written down."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from consent import gate
from consent.desk import printing
from consent.desk.blocks import Heading, Quote, Text
from consent.models import EventKind, LedgerEvent, NoticeProvision, NoticeVersion
from consent.notices import asking, delivering, letters
from consent.notices.rules.due import Outcome
from contacts import addresses, contact_points
from contacts.models import ContactPoint, Person
from crm.kernel import errors

Publishes = Callable[..., NoticeVersion]


@pytest.fixture
def ways(person: Person, admin: Any, source: Any, at: datetime) -> dict[str, ContactPoint]:
    known: dict[str, Any] = {"actor": admin, "record": person, "source": source, "at": at}
    return {
        "email": contact_points.add(**known, kind="EMAIL", value="j@x.example").contact_point,
        "sms": contact_points.add(**known, kind="MOBILE", value="0171 3920012").contact_point,
    }


def outcome(person: Person, at: datetime) -> Outcome:
    return asking.due_for(
        person=person, purpose="appointment", medium="phone_inbound", at=at
    ).outcome


def test_a_mail_carries_everything_and_counts_a_day_later(
    notice: NoticeVersion, person: Person, ways: Any, at: datetime
) -> None:
    made = delivering.by_email(
        actor=None, person=person, point=ways["email"], version=notice, language="de", at=at
    )
    (sent,) = mail.outbox
    assert sent.to == ["j@x.example"]
    assert sent.subject == "Datenschutzhinweise: Termine"
    assert "Verantwortlich ist Nordlicht GmbH, Kai 1, 20457 Hamburg." in sent.body
    assert f"/hinweise/fassung/{notice.public_id}/" in sent.body
    assert "List-Unsubscribe" not in sent.extra_headers
    assert (made.status, made.reference) == ("sent", sent.extra_headers["Message-ID"])
    assert LedgerEvent.objects.filter(kind=EventKind.USED).count() == 1
    assert outcome(person, at + timedelta(hours=23)) == Outcome.LAYERED
    assert outcome(person, at + timedelta(hours=24)) == Outcome.NONE


def test_what_comes_back_does_not_count(
    notice: NoticeVersion, person: Person, ways: Any, at: datetime
) -> None:
    made = delivering.by_email(
        actor=None, person=person, point=ways["email"], version=notice, language="de", at=at
    )
    later = at + timedelta(days=2)
    back = delivering.bounce(actor=None, provision=made, person=person, at=later)
    assert outcome(person, later) == Outcome.LAYERED
    with pytest.raises(errors.Invalid):
        delivering.bounce(actor=None, provision=back, person=person, at=later)
    assert NoticeProvision.objects.count() == 2


def test_a_text_message_leads_to_the_version(
    notice: NoticeVersion, person: Person, ways: Any, at: datetime, settings: Any, tmp_path: Path
) -> None:
    settings.SMS_FILE_PATH = tmp_path
    made = delivering.by_sms(
        actor=None, person=person, point=ways["sms"], version=notice, language="de", at=at
    )
    (file,) = tmp_path.iterdir()
    assert file.read_text().endswith(f"/hinweise/fassung/{notice.public_id}/\n")
    assert (made.medium, made.status) == ("sms", "sent")


def test_nothing_goes_to_somebody_elses_mailbox(
    notice: NoticeVersion, person: Person, ways: Any, make_person: Any, at: datetime
) -> None:
    with pytest.raises(gate.NotAllowed):
        delivering.by_email(
            actor=None,
            person=make_person("Ute", "Fremd"),
            point=ways["email"],
            version=notice,
            language="de",
            at=at,
        )
    assert mail.outbox == []
    assert not NoticeProvision.objects.exists()


def test_a_letter_names_the_source_of_the_address_and_marks_what_is_new(
    publish: Publishes,
    person: Person,
    admin: Any,
    source: Any,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notice = publish("bought_addresses")
    with pytest.raises(errors.Invalid):
        delivering.as_letter(actor=None, person=person, version=notice, language="de", at=at)
    assert not NoticeProvision.objects.exists()
    addresses.add(
        actor=admin,
        record=person,
        values={"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"},
        source=source,
        at=at,
    )
    printed: dict[str, Any] = {}
    monkeypatch.setattr(printing, "to_pdf", lambda **given: printed.update(given) or b"%PDF")
    _made, provision = delivering.as_letter(
        actor=None, person=person, version=notice, language="de", at=at, new=("14.2.a",)
    )
    assert provision.status == "queued"
    blocks = printed["blocks"]
    assert printed["letterhead"] == printing.Letterhead(
        "Nordlicht GmbH · Kai 1 · 20457 Hamburg",
        ("Johanna Maier", "Am Speicher 14", "10997 Berlin"),
    )
    assert Heading("Wie lange wir speichern (neu)", level=2) in blocks
    assert Text(f"Wir haben Ihre Angaben von: {source.name}, erhalten am 17. März 2026.") in blocks
    assert any(isinstance(each, Quote) and "der Werbung" in each.text for each in blocks)


def test_the_pdf_is_an_archive(notice: NoticeVersion, at: datetime) -> None:
    first = letters.pdf(notice, language="en", at=at)
    assert first.startswith(b"%PDF-")
    assert b"<pdfaid:part>3</pdfaid:part>" in first


def test_a_letter_is_an_archive_too(notice: NoticeVersion, person: Person, at: datetime) -> None:
    made = letters.letter(notice, person=person, language="de", at=at)
    assert made.startswith(b"%PDF-")
    assert b"<pdfaid:part>3</pdfaid:part>" in made
