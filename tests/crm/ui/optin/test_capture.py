"""Forms of colleagues: slip, call, fair, double opt-in; withdrawal and objection."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from consent import gate, standing
from consent.models import EventKind, EventPayload, Evidence, LedgerEvent
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import clock

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
WAV = b"RIFF" + b"0" * 40


@pytest.fixture
def client(sales: User, monkeypatch: Any, at: datetime) -> Client:
    monkeypatch.setattr(clock, "now", lambda: at)
    logged_in = Client()
    logged_in.force_login(sales)
    return logged_in


@pytest.fixture
def person(make_person: Any, team: Any) -> Person:
    return make_person("Hans", "Mayer", team=team)


def scan(content: bytes = PNG, kind: str = "image/png") -> SimpleUploadedFile:
    return SimpleUploadedFile("zettel.png", content, content_type=kind)


def local(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


def url(person: Person, way: str) -> str:
    return f"/ansprechpartner/{person.public_id}/einwilligung/{way}/"


def consents() -> list[LedgerEvent]:
    return list(LedgerEvent.objects.filter(kind__in=[EventKind.GRANTED, EventKind.REFUSED]))


@pytest.fixture
def slip(published: Any, email: ContactPoint, mobile: ContactPoint, at: datetime) -> Any:
    """What a filled form for a paper slip sends; what is named is different."""
    text = published("slip")

    def values(**other: Any) -> dict[str, Any]:
        return {
            "text": str(text.public_id),
            "ways": [f"{email.public_id}:email", f"{mobile.public_id}:phone"],
            "answer": "yes",
            "declared_at": local(at - timedelta(hours=1)),
            "proof": scan(),
            "note": "Am Empfang abgegeben",
            **other,
        }

    return values


def test_a_slip_with_its_photo_is_grade_a_and_allows(
    client: Client, person: Person, email: ContactPoint, slip: Any, sales: User, at: datetime
) -> None:
    answer = client.post(url(person, "papier"), slip())
    assert answer.status_code == 303
    first, second = consents()
    assert {(*first.channels,), (*second.channels,)} == {("email",), ("phone",)}
    assert first.details["method"] == "paper"
    assert first.actor == sales.public_id
    assert Evidence.objects.get().grade == "A"
    assert EventPayload.objects.get(event=first.public_id).body["note"] == "Am Empfang abgegeben"
    assert gate.may_contact(
        person=person, point=email, channel="email", purpose="newsletter", at=at
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"proof": ""}, "Foto oder einen Scan"),
        ({"ways": []}, "mindestens einen Weg"),
        ({"text": ""}, "Bitte wählen Sie den Text"),
        ({"declared_at": "2027-01-01T10:00"}, "liegt in der Zukunft"),
        ({"declared_at": "2020-01-01T10:00"}, "erst nach der Erklärung veröffentlicht"),
        ({"declared_at": "gestern"}, "gültig"),
        ({"proof": "empty"}, "leer"),
        ({"proof": "lying"}, "passt nicht zu ihrer Art"),
        ({"proof": "program"}, "nicht als Nachweis aufbewahrt"),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_slip_is_said_and_nothing_is_written(
    client: Client, person: Person, slip: Any, wrong: dict[str, Any], said: str
) -> None:
    files = {
        "empty": scan(b""),
        "lying": scan(b"MZ" + b"0" * 40),
        "program": scan(b"MZ", "application/x-msdownload"),
    }
    wrong = {
        name: files.get(value, value) if isinstance(value, str) else value
        for name, value in wrong.items()
    }
    answer = client.post(url(person, "papier"), slip(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert consents() == []


def test_a_no_on_the_phone_is_recorded_as_one(
    client: Client, person: Person, mobile: ContactPoint, published: Any, at: datetime
) -> None:
    text = published("sales-call")
    page = client.get(url(person, "telefon")).content.decode()
    assert "Darf Nordlicht GmbH Sie künftig unter dieser Nummer anrufen" in page
    values = {
        "text": str(text.public_id), "ways": [f"{mobile.public_id}:phone"], "answer": "no",
        "direction": "oral_inbound", "customer": "no", "declared_at": local(at),
    }  # fmt: skip
    assert client.post(url(person, "telefon"), values).status_code == 303
    (event,) = consents()
    assert (event.kind, event.details["grade"]) == (EventKind.REFUSED, "C")


@pytest.mark.parametrize("customer", ["no", "silent_after_announcement"])
def test_a_recording_nobody_agreed_to_is_refused(
    client: Client,
    person: Person,
    mobile: ContactPoint,
    published: Any,
    customer: str,
    at: datetime,
) -> None:
    text = published("sales-call")
    values = {
        "text": str(text.public_id), "ways": [f"{mobile.public_id}:phone"], "answer": "yes",
        "direction": "oral_inbound", "customer": customer, "agent": "on",
        "declared_at": local(at), "proof": scan(WAV, "audio/wav"),
    }  # fmt: skip
    answer = client.post(url(person, "telefon"), values)
    assert answer.status_code == 422
    assert "§ 201" in answer.content.decode()
    assert consents() == []
    assert not Evidence.objects.exists()
    values |= {"customer": "yes_before", "proof": scan(WAV, "audio/wav")}
    assert client.post(url(person, "telefon"), values).status_code == 303
    assert consents()[0].details["grade"] == "A"


def test_a_spoken_yes_is_confirmed_in_writing(
    client: Client, person: Person, email: ContactPoint, mobile: ContactPoint, published: Any,
    at: datetime,
) -> None:  # fmt: skip
    text = published("sales-call")
    values = {
        "text": str(text.public_id), "ways": [f"{mobile.public_id}:phone"], "answer": "yes",
        "direction": "oral_outbound", "customer": "no", "declared_at": local(at),
        "send_to": str(email.public_id),
    }  # fmt: skip
    assert client.post(url(person, "telefon"), values).status_code == 303
    (message,) = outbox.outbox
    assert "https://crm.example/einstellungen/" in message.body
    assert "Darf Nordlicht GmbH" in message.body
    assert LedgerEvent.objects.filter(kind=EventKind.USED).count() == 1


def test_asking_for_a_double_opt_in_sends_it(
    client: Client, person: Person, email: ContactPoint, published: Any
) -> None:
    text = published("newsletter")
    values = {"text": str(text.public_id), "ways": [f"{email.public_id}:email"]}
    assert client.post(url(person, "formular"), values).status_code == 303
    assert len(outbox.outbox) == 1
    again = client.post(url(person, "formular"), {**values, "ways": ["forged:email"]})
    assert again.status_code == 422
    assert len(outbox.outbox) == 1


def test_without_a_published_text_there_is_nothing_to_record(
    client: Client, person: Person, email: ContactPoint
) -> None:
    page = client.get(url(person, "papier")).content.decode()
    assert "Es ist noch kein Text veröffentlicht" in page
    assert client.get(url(person, "brieftaube")).status_code == 404


def test_a_withdrawal_counts_from_its_receipt(
    client: Client, person: Person, email: ContactPoint, slip: Any, at: datetime
) -> None:
    client.post(url(person, "papier"), slip(declared_at=local(at - timedelta(hours=5))))
    (by_mail,) = [line for line in standing.of(person, at=at) if line.channel == "email"]
    received = at - timedelta(hours=2)
    values = {
        "what": [by_mail.key], "objection": "", "received_at": local(received), "via": "letter",
        "wording": "Bitte keine E-Mails mehr.",
    }  # fmt: skip
    end = f"/ansprechpartner/{person.public_id}/widerruf/"
    assert client.post(end, values).status_code == 303
    (event,) = LedgerEvent.objects.filter(kind=EventKind.WITHDRAWN)
    assert (event.effective_at, event.details) == (received, {"via": "letter"})
    assert EventPayload.objects.get(event=event.public_id).body["wording"] == (
        "Bitte keine E-Mails mehr."
    )
    asked = {"person": person, "point": email, "channel": "email", "purpose": "newsletter"}
    assert not gate.may_contact(**asked, at=at)


@pytest.mark.parametrize(
    ("hours", "said"), [(-6, "vor der Einwilligung"), (1, "liegt in der Zukunft")]
)
def test_a_withdrawal_before_the_consent_or_in_the_future_is_refused(
    client: Client, person: Person, slip: Any, hours: int, said: str, at: datetime
) -> None:
    client.post(url(person, "papier"), slip(declared_at=local(at - timedelta(hours=5))))
    line = standing.of(person, at=at)[0]
    values = {
        "what": [line.key], "objection": "marketing_all", "via": "phone",
        "received_at": local(at + timedelta(hours=hours)),
    }  # fmt: skip
    answer = client.post(f"/ansprechpartner/{person.public_id}/widerruf/", values)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    kinds = [EventKind.WITHDRAWN, EventKind.OBJECTED]
    assert not LedgerEvent.objects.filter(kind__in=kinds).exists()


@pytest.mark.parametrize(
    ("objection", "scope"),
    [
        ("marketing_all", "marketing_all"),
        ("channel:phone", "channel"),
        ("purpose:newsletter", "purpose"),
    ],
)
def test_an_objection_is_recorded_with_its_scope(
    client: Client, person: Person, objection: str, scope: str, at: datetime
) -> None:
    values = {"objection": objection, "received_at": local(at), "via": "phone", "wording": "Nein"}
    answer = client.post(f"/ansprechpartner/{person.public_id}/widerruf/", values)
    assert answer.status_code == 303
    (event,) = LedgerEvent.objects.filter(kind=EventKind.OBJECTED)
    assert event.details == {"scope": scope, "via": "phone"}


def test_nothing_chosen_is_told(client: Client, person: Person, at: datetime) -> None:
    values = {"received_at": local(at), "via": "phone"}
    answer = client.post(f"/ansprechpartner/{person.public_id}/widerruf/", values)
    assert answer.status_code == 422
    assert "Bitte wählen Sie, was widerrufen" in answer.content.decode()


def test_the_page_of_a_person_leads_there(client: Client, person: Person) -> None:
    page = client.get(f"/ansprechpartner/{person.public_id}/").content.decode()
    assert url(person, "papier") in page
    assert f"/ansprechpartner/{person.public_id}/widerruf/" in page
