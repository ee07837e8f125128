"""Double opt-in: asked, sent, confirmed once, over the contact point itself."""

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import close_old_connections

from consent import consents, gate, links, preferences
from consent.links import Key, UnknownLink
from consent.models import (
    ConsentText,
    Controller,
    EventKind,
    EventPayload,
    Evidence,
    LedgerEvent,
    OptInConfirmation,
    OptInRequest,
)
from consent.optin import Press, confirming, purging, requests
from consent.optin.confirming import State
from consent.optin.requests import Wish
from consent.sending import mail
from contacts.models import ContactPoint, Person
from crm.kernel import errors

PRESS = Press(address="192.0.2.7", agent="Firefox 140", form="newsletter")
OTHER = Press(address="198.51.100.4", agent="Scanner", form="einwilligung")
Ask = Callable[..., OptInRequest]


@pytest.fixture
def ask(person: Person, controller: Controller, published: Any, at: datetime) -> Ask:
    """``ask({point: ["email"]})``: a form that was sent off."""
    texts: dict[str, ConsentText] = {}

    def send_off(
        ways: dict[ContactPoint, list[str]], code: str = "product-offer", **other: Any
    ) -> OptInRequest:
        if code not in texts:
            texts[code] = published(code)
        values: dict[str, Any] = {
            "actor": None,
            "person": person,
            "controller": controller,
            "text": texts[code],
            "wishes": [Wish(point, named) for point, named in ways.items()],
            "purposes": texts[code].purposes,
            "press": PRESS,
            "at": at,
        }
        return requests.request(**{**values, **other})

    return send_off


def token_in(message: Any) -> str:
    line = next(each for each in message.body.splitlines() if "/bestaetigen/" in each)
    assert line.startswith("https://crm.example/einwilligung/bestaetigen/")
    return line.rstrip("/").rpartition("/")[2]


def events(kind: EventKind) -> list[LedgerEvent]:
    return list(LedgerEvent.objects.filter(kind=kind))


def may_mail(person: Person, email: ContactPoint, at: datetime) -> bool:
    return bool(
        gate.may_contact(
            person=person, point=email, channel="email", purpose="product_offer", at=at
        )
    )


def test_a_form_sends_one_neutral_mail_and_allows_nothing_yet(
    ask: Ask, person: Person, email: ContactPoint, at: datetime
) -> None:
    ask({email: ["email"]})
    (message,) = outbox.outbox
    assert message.to == ["h.mayer@havelberg.example"]
    assert message.subject == "Bitte bestätigen Sie Ihre Einwilligung"
    assert message.alternatives == [] if hasattr(message, "alternatives") else True
    assert "List-Unsubscribe" not in message.extra_headers
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Nordlicht GmbH" in message.body
    assert "> Ja, Nordlicht GmbH darf mir Angebote" in message.body
    assert [len(events(kind)) for kind in (EventKind.PENDING, EventKind.CONFIRMED)] == [1, 0]
    assert not may_mail(person, email, at + timedelta(hours=1))


def test_the_button_confirms_with_all_that_proves_it(
    ask: Ask, person: Person, email: ContactPoint, at: datetime
) -> None:
    made = ask({email: ["email"]})
    later = at + timedelta(hours=2)
    answer = confirming.confirm_link(token=token_in(outbox.outbox[0]), press=OTHER, at=later)
    assert (answer.state, answer.is_new) == (State.GRANTED, True)
    (event,) = events(EventKind.CONFIRMED)
    assert (event.about, event.effective_at) == (answer.confirmation.consent_id, later)
    assert event.details == {"how": "email_link"}
    proof = Evidence.objects.get(sha256=event.evidence[0])
    assert (proof.grade, proof.kind) == ("B", "MAIL")
    with proof.file.open() as file:
        log = json.load(file)
    assert log["requested_from"] == {
        "address": "192.0.2.7", "agent": "Firefox 140", "form": "newsletter",
    }  # fmt: skip
    assert log["confirmed_from"] == {"address": "198.51.100.4", "agent": "Scanner"}
    assert log["message_id"] == outbox.outbox[0].extra_headers["Message-ID"]
    assert log["text"]["sha256"] == made.text.sha256
    assert may_mail(person, email, later)


def test_looking_changes_nothing(ask: Ask, email: ContactPoint, at: datetime) -> None:
    ask({email: ["email"]})
    token, before = token_in(outbox.outbox[0]), LedgerEvent.objects.count()
    for _each in range(3):
        assert confirming.look_by_token(token, at=at).state == State.PENDING
    assert LedgerEvent.objects.count() == before


def test_a_second_press_is_harmless(ask: Ask, email: ContactPoint, at: datetime) -> None:
    ask({email: ["email"]})
    token = token_in(outbox.outbox[0])
    confirming.confirm_link(token=token, press=PRESS, at=at)
    again = confirming.confirm_link(token=token, press=OTHER, at=at + timedelta(days=20))
    assert (again.state, again.is_new) == (State.GRANTED, False)
    assert again.confirmation.confirmed_at == at
    assert len(events(EventKind.CONFIRMED)) == 1


def test_the_secret_itself_is_nowhere(ask: Ask, email: ContactPoint, at: datetime) -> None:
    ask({email: ["email"]})
    token = token_in(outbox.outbox[0])
    confirming.confirm_link(token=token, press=PRESS, at=at)
    kept = [str(row.__dict__) for row in OptInConfirmation.objects.all()]
    kept += [str(payload.body) for payload in EventPayload.objects.all()]
    for evidence in Evidence.objects.all():
        with evidence.file.open() as file:
            kept.append(file.read().decode())
    assert not [each for each in kept if token in each]
    assert len(token) == 22


@pytest.mark.parametrize("token", ["", "x", "a" * 22, "ü", "../..", "0" * 5000])
def test_a_forged_token_is_unknown(ask: Ask, email: ContactPoint, token: str, at: datetime) -> None:
    ask({email: ["email"]})
    with pytest.raises(UnknownLink):
        confirming.confirm_link(token=token, press=PRESS, at=at)
    assert events(EventKind.CONFIRMED) == []


def test_seven_days_and_not_an_instant_more(ask: Ask, email: ContactPoint, at: datetime) -> None:
    ask({email: ["email"]})
    token = token_in(outbox.outbox[0])
    late = confirming.confirm_link(token=token, press=PRESS, at=at + timedelta(days=7))
    assert (late.state, late.is_new) == (State.EXPIRED, False)
    assert events(EventKind.CONFIRMED) == []
    in_time = at + timedelta(days=7) - timedelta(microseconds=1)
    assert confirming.confirm_link(token=token, press=PRESS, at=in_time).state == State.GRANTED


def test_what_was_withdrawn_in_between_stays_withdrawn(
    ask: Ask, person: Person, email: ContactPoint, controller: Controller, at: datetime
) -> None:
    ask({email: ["email"]})
    hour = timedelta(hours=1)
    key = Key(person, email, controller)
    assert preferences.withdraw_all(key=key, press=PRESS, at=at + hour) == 1
    token = token_in(outbox.outbox[0])
    answer = confirming.confirm_link(token=token, press=PRESS, at=at + 2 * hour)
    assert (answer.state, answer.is_new) == (State.WITHDRAWN, False)
    assert events(EventKind.CONFIRMED) == []
    assert not may_mail(person, email, at + 3 * hour)


def test_the_text_that_was_shown_counts(
    ask: Ask, email: ContactPoint, controller: Controller, at: datetime
) -> None:
    from consent import texts

    made = ask({email: ["email"]})
    old = made.text
    newer = texts.draft(
        actor=None, code=old.code, form=old.form, title=old.title, body=old.body + " Neu.",
        channels=old.channels, purposes=old.purposes, elements=old.elements,
        controller=controller, at=at,
    )  # fmt: skip
    texts.publish(actor=None, text=newer, at=at)
    confirming.confirm_link(
        token=token_in(outbox.outbox[0]), press=PRESS, at=at + timedelta(hours=1)
    )
    (event,) = events(EventKind.CONFIRMED)
    assert event.text == old.sha256 != newer.sha256


def test_a_form_with_e_mail_and_phone_yields_two_confirmations(
    ask: Ask, person: Person, email: ContactPoint, mobile: ContactPoint, codes_sent: Any,
    at: datetime,
) -> None:  # fmt: skip
    made = ask({email: ["email"], mobile: ["phone", "sms"]})
    assert len(outbox.outbox) == 1
    (code,) = codes_sent()
    confirming.confirm_link(token=token_in(outbox.outbox[0]), press=PRESS, at=at)
    assert len(events(EventKind.CONFIRMED)) == 1
    minute = at + timedelta(minutes=1)
    asked = {"person": person, "purpose": "product_offer", "at": minute}
    assert gate.may_contact(point=email, channel="email", **asked)
    assert not gate.may_contact(point=mobile, channel="sms", **asked)
    by_sms = made.confirmations.get(kind="sms_code")
    answer = confirming.confirm_code(
        ref=by_sms.ref, code=f" {code[:3]} {code[3:]}", press=PRESS, at=minute
    )
    assert answer.state == State.GRANTED
    assert gate.may_contact(point=mobile, channel="sms", **asked)
    assert gate.may_contact(point=mobile, channel="phone", **asked)


def test_five_wrong_codes_lock_it_for_the_right_one_too(
    ask: Ask, mobile: ContactPoint, codes_sent: Any, at: datetime
) -> None:
    ref = ask({mobile: ["sms"]}).confirmations.get().ref
    (code,) = codes_sent()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    left = [
        confirming.confirm_code(ref=ref, code=wrong, press=PRESS, at=at).attempts_left
        for _each in range(4)
    ]
    assert left == [4, 3, 2, 1]
    fifth = confirming.confirm_code(ref=ref, code=wrong, press=PRESS, at=at)
    assert (fifth.state, fifth.attempts_left) == (State.LOCKED, 0)
    assert confirming.confirm_code(ref=ref, code=code, press=PRESS, at=at).state == State.LOCKED
    assert events(EventKind.CONFIRMED) == []


def test_a_code_lives_ten_minutes(
    ask: Ask, mobile: ContactPoint, codes_sent: Any, at: datetime
) -> None:
    ref = ask({mobile: ["sms"]}).confirmations.get().ref
    (code,) = codes_sent()
    late = at + timedelta(minutes=10)
    assert confirming.confirm_code(ref=ref, code=code, press=PRESS, at=late).state == State.EXPIRED
    assert events(EventKind.CONFIRMED) == []


@pytest.mark.parametrize("code", ["", "abc", "١٢٣٤٥٦", "1" * 400])
def test_what_is_no_code_is_a_wrong_code(
    ask: Ask, mobile: ContactPoint, code: str, at: datetime
) -> None:
    ref = ask({mobile: ["sms"]}).confirmations.get().ref
    answer = confirming.confirm_code(ref=ref, code=code, press=PRESS, at=at)
    assert (answer.state, answer.attempts_left) == (State.PENDING, 4)


def test_one_mail_per_request(ask: Ask, person: Person, email: ContactPoint, at: datetime) -> None:
    ask({email: ["email"]})
    with pytest.raises(gate.NotAllowed):
        gate.permit(
            actor=None, person=person, point=email, channel="email", purpose="doi_confirmation",
            at=at,
        )  # fmt: skip
    assert len(outbox.outbox) == 1


def test_a_request_for_one_contact_point_allows_no_message_to_another(
    ask: Ask, person: Person, email: ContactPoint, mobile: ContactPoint, settings: Any, at: datetime
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    with pytest.raises(mail.NotSent):
        ask({email: ["email"]})
    asked = {"actor": None, "person": person, "purpose": "doi_confirmation", "at": at}
    with pytest.raises(gate.NotAllowed):
        gate.permit(point=mobile, channel="sms", **asked)
    assert gate.permit(point=email, channel="email", **asked)
    assert OptInConfirmation.objects.get().sent_at is None


def test_a_suppressed_address_gets_no_mail(
    ask: Ask, person: Person, email: ContactPoint, at: datetime
) -> None:
    from consent import suppression

    suppression.suppress(actor=None, point=email, effective_at=at, at=at)
    with pytest.raises(gate.NotAllowed):
        ask({email: ["email"]})
    assert outbox.outbox == []


@pytest.mark.parametrize(
    ("kind", "value", "named"),
    [
        ("EMAIL", "a@havelberg.example", ["sms"]),
        ("PHONE", "030 23125 101", ["phone"]),
        ("PHONE", "030 23125 101", ["sms"]),
        ("EMAIL", "a@havelberg.example", []),
    ],
)
def test_what_cannot_be_confirmed_is_refused_before_anything_is_written(
    ask: Ask, person: Person, point_of: Any, kind: str, value: str, named: list[str]
) -> None:
    point = point_of(person, kind, value)
    with pytest.raises(errors.Invalid):
        ask({point: named})
    assert not OptInRequest.objects.exists()
    assert not LedgerEvent.objects.filter(kind=EventKind.PENDING).exists()


def test_a_contact_point_of_somebody_else_is_refused(
    ask: Ask, make_person: Any, point_of: Any
) -> None:
    foreign = point_of(make_person("Hanna", "Meyer"), "EMAIL", "hanna@havelberg.example")
    with pytest.raises(consents.NotHeld):
        ask({foreign: ["email"]})
    assert not OptInRequest.objects.exists()
    assert outbox.outbox == []


def test_nobody_confirmed_for_thirty_days_and_nothing_personal_is_left(
    ask: Ask, email: ContactPoint, mobile: ContactPoint, at: datetime
) -> None:
    ask({email: ["email"], mobile: ["sms"]})
    confirming.confirm_link(token=token_in(outbox.outbox[0]), press=PRESS, at=at)
    day = timedelta(days=1)
    assert purging.purge(at=at + 30 * day - timedelta(seconds=1)) == 0
    pending = OptInConfirmation.objects.get(kind="sms_code").consent
    assert purging.purge(at=at + 30 * day) == 1
    assert purging.purge(at=at + 31 * day) == 0
    assert not EventPayload.objects.filter(event=pending.public_id).exists()
    assert not Evidence.objects.filter(sha256__in=pending.evidence, erased_at=None).exists()
    assert [each.about for each in events(EventKind.EXPIRED)] == [pending.public_id]
    assert [each.kind for each in OptInConfirmation.objects.all()] == ["email_link"]
    assert OptInRequest.objects.count() == 1


def test_links_to_settings_cannot_be_forged(
    person: Person, email: ContactPoint, controller: Controller
) -> None:
    signed = links.sign(Key(person, email, controller))
    assert links.read(signed) == Key(person, email, controller)
    for wrong in ("", "x", signed[:-1], signed + "a", signed.swapcase(), signed.replace(":", "")):
        with pytest.raises(UnknownLink):
            links.read(wrong)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_write_one_event(ask: Ask, email: ContactPoint, at: datetime) -> None:
    ask({email: ["email"]})
    token = token_in(outbox.outbox[0])
    start, answers = threading.Barrier(2), []

    def press() -> None:
        try:
            start.wait(10)
            answers.append(confirming.confirm_link(token=token, press=PRESS, at=at))
        finally:
            close_old_connections()
            from django.db import connection

            connection.close()

    threads = [threading.Thread(target=press) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answer.is_new for answer in answers) == [False, True]
    assert {answer.state for answer in answers} == {State.GRANTED}
    assert len(events(EventKind.CONFIRMED)) == 1
