"""Messages leave with a permit for exactly this contact, or not at all."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from consent import consents, evidences, gate, links, references
from consent.models import (
    ContactDecision,
    Controller,
    EventKind,
    LedgerEvent,
)
from consent.sending import mail, permits, sms
from contacts.models import ContactPoint, Person
from crm.platform.mail_sink import MailSink


@pytest.fixture
def sink(settings: Any) -> Iterator[MailSink]:
    with MailSink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


@pytest.fixture
def permit(person: Person, controller: Controller, at: datetime) -> Callable[..., ContactDecision]:
    """A permit as the gate gives it; what is named is different."""

    def make(way: ContactPoint, channel: str, purpose: str, **other: Any) -> ContactDecision:
        values: dict[str, Any] = {
            "subject": references.subject_of(person),
            "point": references.point_of(way),
            "channel": channel,
            "purpose": purpose,
            "outcome": "ALLOW",
            "ground": "CONSENT",
            "ruleset": "2026-11",
            "profile": "strict_de",
            "question": {"controller": str(controller.public_id)},
            "circumstances": {},
            "answer": {"decisive": ""},
            "size": 0,
            "decided_at": at,
            "expires_at": at + timedelta(minutes=15),
        }
        return ContactDecision.objects.create(**{**values, **other})

    return make


@pytest.fixture
def newsletter(
    person: Person, email: ContactPoint, published: Any, controller: Controller, at: datetime
) -> LedgerEvent:
    proof = evidences.store(
        content=b"%PDF-1.7 slip", kind="SCAN", grade="A", media_type="application/pdf", at=at
    )
    return consents.grant(
        actor=None,
        declaration=consents.Declaration(
            person=person,
            point=email,
            controller=controller,
            channels=["email"],
            purposes=["newsletter"],
            method="paper",
            declared_at=at,
            text=published("slip"),
            evidence=[proof],
        ),
        at=at,
    )


def send_mail(
    decision: ContactDecision,
    person: Person,
    point: ContactPoint,
    controller: Controller,
    at: datetime,
    **other: Any,
) -> mail.Sent:
    values: dict[str, Any] = {
        "actor": None,
        "decision": decision,
        "person": person,
        "point": point,
        "purpose": "newsletter",
        "controller": controller,
        "subject": "Neues vom Speicher",
        "body": "Guten Tag,\n\nes gibt Neues.",
        "at": at,
    }
    return mail.send(**{**values, **other})


def test_an_allowed_mail_leaves_and_its_use_is_recorded(
    sink: MailSink, newsletter: LedgerEvent, person: Person, email: ContactPoint,
    controller: Controller, at: datetime,
) -> None:  # fmt: skip
    decision = gate.permit(
        actor=None, person=person, point=email, channel="email", purpose="newsletter",
        controller=controller, at=at,
    )  # fmt: skip
    sent = send_mail(decision, person, email, controller, at)

    (taken,) = sink.messages
    assert taken.recipients == ("h.mayer@havelberg.example",)
    assert taken.message["Message-ID"] == sent.message_id
    assert taken.message["From"] == "Nordlicht GmbH <einklang@localhost>"
    assert hashlib.sha256(taken.text.replace("\r\n", "\n").encode()).hexdigest() == sent.body_sha256
    assert sent.use.kind == EventKind.USED
    assert LedgerEvent.objects.filter(kind=EventKind.USED).count() == 1


def test_advertising_names_its_sender_and_the_way_out(
    sink: MailSink, permit: Any, person: Person, email: ContactPoint, controller: Controller,
    newsletter: LedgerEvent, at: datetime,
) -> None:  # fmt: skip
    decision = gate.permit(
        actor=None, person=person, point=email, channel="email", purpose="newsletter",
        controller=controller, at=at,
    )  # fmt: skip
    send_mail(decision, person, email, controller, at)
    (taken,) = sink.messages
    assert "Nordlicht GmbH, Am Speicher 14, 10997 Berlin" in taken.text
    assert "https://crm.example/einstellungen/" in taken.text
    assert taken.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = taken.message["List-Unsubscribe"].strip("<>")
    key = links.read(address.rstrip("/").rsplit("/", 2)[-2])
    assert (key.person, key.point, key.purpose) == (person, email, "newsletter")


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "DENY"},
        {"outcome": "REVIEW"},
        {"purpose": "product_offer"},
        {"channel": "sms"},
        {"point": None},
        {"expires_at": "past"},
        {"decided_at": "future"},
        {"subject": "other"},
        {"point": "other"},
    ],
    ids=str,
)
def test_a_permit_for_something_else_sends_nothing(
    wrong: dict[str, Any], sink: MailSink, permit: Any, person: Person, email: ContactPoint,
    mobile: ContactPoint, controller: Controller, make_person: Any, at: datetime,
) -> None:  # fmt: skip
    meant = {
        "past": at,
        "future": at + timedelta(seconds=1),
        "other": references.subject_of(make_person("Hanna", "Meyer"))
        if "subject" in wrong
        else references.point_of(mobile),
    }
    wrong = {name: meant.get(str(value), value) for name, value in wrong.items()}
    decision = permit(
        email, wrong.pop("channel", "email"), wrong.pop("purpose", "newsletter"), **wrong
    )
    with pytest.raises(permits.NoPermit, match="Es wurde nichts gesendet"):
        send_mail(decision, person, email, controller, at)
    assert sink.messages == []
    assert not LedgerEvent.objects.filter(kind=EventKind.USED).exists()


def test_a_merged_person_is_still_the_one_of_the_permit(
    permit: Any, person: Person, email: ContactPoint, controller: Controller, at: datetime
) -> None:
    from consent.models import Subject

    other = Subject.objects.create(person=person, made_for=person.pk + 1)
    decision = permit(email, "email", "newsletter", subject=other.ref)
    contact = permits.Contact(
        person=person, point=email, channel="email", purpose="newsletter", controller=controller
    )
    permits.require(decision, contact, at=at)


def test_what_the_server_refuses_is_told_and_not_recorded_as_used(
    sink: MailSink, permit: Any, person: Person, email: ContactPoint, controller: Controller,
    at: datetime,
) -> None:  # fmt: skip
    sink.refuse = "550 no such mailbox"
    with pytest.raises(mail.NotSent, match="Mailserver"):
        send_mail(permit(email, "email", "newsletter"), person, email, controller, at)
    assert sink.messages == []
    assert not LedgerEvent.objects.filter(kind=EventKind.USED).exists()


def test_a_subject_cannot_smuggle_in_headers(
    sink: MailSink, permit: Any, person: Person, email: ContactPoint, controller: Controller,
    newsletter: LedgerEvent, at: datetime,
) -> None:  # fmt: skip
    decision = permit(email, "email", "newsletter")
    send_mail(decision, person, email, controller, at, subject="Neu\r\nBcc: a@b.example")
    (taken,) = sink.messages
    assert taken.message["Bcc"] is None
    assert taken.recipients == ("h.mayer@havelberg.example",)


def test_an_sms_goes_to_the_mobile_number_alone(
    permit: Any, person: Person, mobile: ContactPoint, email: ContactPoint, codes_sent: Any,
    controller: Controller,
    at: datetime,
) -> None:  # fmt: skip
    known = {
        "actor": None,
        "person": person,
        "purpose": "doi_confirmation",
        "controller": controller,
        "text": "123456",
        "at": at,
    }
    sent = sms.send(decision=permit(mobile, "sms", "doi_confirmation"), point=mobile, **known)
    assert codes_sent() == ["123456"]
    assert sent.body_sha256 == hashlib.sha256(b"123456").hexdigest()
    with pytest.raises(permits.NoPermit, match="havelberg"):
        sms.send(decision=permit(email, "sms", "doi_confirmation"), point=email, **known)
    assert codes_sent() == ["123456"]
