# ruff: noqa: F811 - fixtures by name
"""The visitor says yes or no on their own phone: proved over the contact point, once."""

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.db import connection

from consent import gate, preferences
from consent.links import Key
from consent.models import (
    ConsentText,
    Controller,
    EventKind,
    EventPayload,
    Evidence,
    LedgerEvent,
    NoticeProvision,
    OptInConfirmation,
    OptInRequest,
)
from consent.notices import starters, versions
from consent.optin import Press, confirming
from contacts.models import ContactPoint, Person
from crm.kernel import errors
from history.fairs import capturing, visitor_links, visitor_ways, visitors
from history.fairs.capturing import Sent
from history.fairs.visitor_ways import Details
from history.fairs.visitors import Answer, Outcome, VisitorState
from history.models import Event, LeadCapture, LeadOptIn
from tests.consent_cast import _files_of_their_own  # noqa: F401 - messages of their own
from tests.visitor_cast import VALUES, MakesToken, client_id, device, fair, token_for  # noqa: F401

PRESS = Press(address="192.0.2.7", agent="Firefox 140", form="messe")
Decides = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def _nobody_looked_yet() -> None:
    cache.clear()


@pytest.fixture
def text(fair: Event, published: Any) -> ConsentText:
    """What the fair asks for: offers by e-mail, call and SMS."""
    made: ConsentText = published("fair")
    fair.texts.add(made)
    return made


@pytest.fixture
def decide(token_for: MakesToken, text: ConsentText, at: datetime) -> Decides:
    """``decide("email:email", "sms:mobile")``: these were ticked; ``False`` is a no."""

    def press(*ways: str, yes: bool = True, at: datetime = at, **other: Any) -> Outcome:
        link = visitor_links.read(other.pop("token", "") or token_for(), at=at)
        given = {**link.values, **other}
        answer = Answer(
            is_yes=yes,
            chosen=[f"{text.public_id}:{way}" for way in ways],
            details=Details.of(given),
        )
        return visitors.decide(link=link, answer=answer, press=PRESS, at=at)

    return press


def token_in(message: Any) -> str:
    line = next(each for each in message.body.splitlines() if "/bestaetigen/" in each)
    return str(line.rstrip("/").rpartition("/")[2])


def events(kind: EventKind) -> list[LedgerEvent]:
    return list(LedgerEvent.objects.filter(kind=kind))


def counts() -> list[int]:
    rows = (Person, LeadCapture, LedgerEvent, OptInRequest, Evidence, ContactPoint)
    return [model.objects.count() for model in rows]


def may(person: Person | None, kind: str, channel: str, at: datetime) -> bool:
    assert person is not None
    point = ContactPoint.objects.get(kind=kind)
    return bool(
        gate.may_contact(
            person=person, point=point, channel=channel, purpose="product_offer", at=at
        )
    )


def test_what_is_offered_is_what_can_be_proved(
    token_for: MakesToken, text: ConsentText, at: datetime
) -> None:
    visit = visitors.seen(link=visitor_links.read(token_for(), at=at), language="de", at=at)
    assert [(way.channel, way.field, way.value, way.proof) for way in visit.ways] == [
        ("email", "email", "h.mayer@havelberg.example", "link"),
        ("phone", "mobile", "0152 28817386", "code"),
        ("phone", "phone", "030 23125 101", "slip"),
        ("sms", "mobile", "0152 28817386", "code"),
    ]
    assert not visit.is_decided


def test_a_mobile_number_under_phone_is_one(fair: Event, text: ConsentText) -> None:
    details = Details.of({"phone": "0171 3920012"})
    assert (details.mobile, details.phone) == ("0171 3920012", "")
    ways = visitor_ways.offered(fair, details=details, language="de")
    assert [(way.channel, way.field, way.value) for way in ways] == [
        ("email", "email", ""),
        ("phone", "mobile", "0171 3920012"),
        ("sms", "mobile", "0171 3920012"),
    ]


def test_a_text_is_offered_in_the_language_and_version_that_holds(
    fair: Event, text: ConsentText, published: Any, controller: Controller, at: datetime
) -> None:
    from consent import texts

    german = published("product-offer")
    fair.texts.set([german])
    english = published("product-offer", "en")
    assert visitor_ways.texts_of(fair, language="en") == [english]
    assert visitor_ways.texts_of(fair, language="de") == [german]
    newer = texts.draft(
        actor=None, code=german.code, form=german.form, title=german.title,
        body=german.body + " Neu.", channels=german.channels, purposes=german.purposes,
        elements=german.elements, controller=controller, at=at,
    )  # fmt: skip
    texts.publish(actor=None, text=newer, at=at)
    assert visitor_ways.texts_of(fair, language="de") == [newer]


def test_looking_writes_nothing(token_for: MakesToken, text: ConsentText, at: datetime) -> None:
    before = counts()
    visitors.seen(link=visitor_links.read(token_for(), at=at), language="de", at=at)
    assert counts() == before


def test_a_yes_by_e_mail_counts_once_it_is_confirmed(
    decide: Decides, text: ConsentText, client_id: UUID, at: datetime
) -> None:
    outcome = decide("email:email")
    lead = outcome.lead
    assert (lead.client_id, lead.state, lead.opt_in_request) == (
        client_id, "ANNOUNCED", outcome.made[0],
    )  # fmt: skip
    assert visitors.state_of(lead) == VisitorState.ASKED
    (message,) = outbox.outbox
    assert message.to == ["h.mayer@havelberg.example"]
    assert not may(lead.person, "EMAIL", "email", at)

    later = at + timedelta(minutes=2)
    confirming.confirm_link(token=token_in(message), press=PRESS, at=later)
    (pending,), (confirmed,) = events(EventKind.PENDING), events(EventKind.CONFIRMED)
    assert pending.channels == ["email"]
    assert pending.details == {"method": "web_form", "proof": "full", "grade": "D"}
    assert confirmed.about == pending.public_id
    proof = Evidence.objects.get(sha256=confirmed.evidence[0])
    assert (proof.grade, proof.kind) == ("B", "MAIL")
    with proof.file.open() as file:
        log = json.load(file)
    assert log["requested_from"] == {
        "address": "192.0.2.7", "agent": "Firefox 140", "form": f"messe/{client_id}",
    }  # fmt: skip
    assert visitors.state_of(lead) == VisitorState.CONFIRMED
    assert may(lead.person, "EMAIL", "email", later)
    assert not may(lead.person, "MOBILE", "sms", later)
    assert not LeadOptIn.objects.exists()  # the stand noted nothing


def test_mail_and_number_confirm_each_for_itself(
    decide: Decides, codes_sent: Any, at: datetime
) -> None:
    outcome = decide("email:email", "phone:mobile", "sms:mobile")
    assert len(outbox.outbox) == 1
    (code,) = codes_sent()
    by_sms = OptInConfirmation.objects.get(kind="sms_code")
    answer = confirming.confirm_code(ref=by_sms.ref, code=code, press=PRESS, at=at)
    assert answer.state == "GRANTED"
    (confirmed,) = events(EventKind.CONFIRMED)
    assert (confirmed.channels, confirmed.details) == (["phone", "sms"], {"how": "sms_code"})
    assert Evidence.objects.get(sha256=confirmed.evidence[0]).grade == "B"
    person = outcome.lead.person
    assert may(person, "MOBILE", "sms", at)
    assert may(person, "MOBILE", "phone", at)
    assert not may(person, "EMAIL", "email", at)


def test_pressed_twice_it_is_asked_once(decide: Decides, codes_sent: Any, at: datetime) -> None:
    first = decide("email:email", "sms:mobile")
    before = counts()
    again = decide("email:email", "sms:mobile", at=at + timedelta(minutes=1))
    assert counts() == before
    assert (len(outbox.outbox), len(codes_sent())) == (1, 1)
    assert again.lead == first.lead


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_time_are_one(
    token_for: MakesToken, text: ConsentText, at: datetime
) -> None:
    link = visitor_links.read(token_for(), at=at)
    answer = Answer(
        is_yes=True, chosen=[f"{text.public_id}:email:email"], details=Details.of(link.values)
    )
    said: list[str] = []

    def press() -> None:
        try:
            visitors.decide(link=link, answer=answer, press=PRESS, at=at)
            said.append("saved")
        except visitors.Busy:
            said.append("busy")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(said) == 3
    assert "saved" in said
    assert (Person.objects.count(), LeadCapture.objects.count(), len(outbox.outbox)) == (1, 1, 1)


def test_a_code_that_lapsed_may_be_asked_for_again(
    decide: Decides, codes_sent: Any, at: datetime
) -> None:
    decide("sms:mobile")
    decide("sms:mobile", at=at + timedelta(minutes=11))
    assert len(codes_sent()) == 2
    assert Person.objects.count() == 1


def test_a_corrected_address_is_the_one_that_is_asked(
    decide: Decides, token_for: MakesToken, at: datetime
) -> None:
    outcome = decide("email:email", email="hans@havelberg.example")
    assert [message.to for message in outbox.outbox] == [["hans@havelberg.example"]]
    held = outcome.lead.person.contact_points.values_list("contact_point__normalised", flat=True)
    assert "hans@havelberg.example" in held


def test_a_lead_that_is_there_already_stays_one_person(
    decide: Decides, device: Any, client_id: UUID, at: datetime
) -> None:
    lead = capturing.announce(
        device=device, client_id=client_id, device_at=at, values={"name": "Hans Mayer"}, at=at
    )
    outcome = decide("email:email", "sms:mobile")
    assert outcome.lead.person == lead.person
    assert (Person.objects.count(), LeadCapture.objects.count()) == (1, 1)
    assert sorted(lead.person.contact_points.values_list("contact_point__kind", flat=True)) == [
        "EMAIL", "MOBILE", "PHONE",
    ]  # fmt: skip


def test_a_landline_does_not_cost_the_other_ways(decide: Decides, text: ConsentText) -> None:
    outcome = decide("email:email", "phone:phone")
    assert [way.value for way in outcome.by_slip] == ["030 23125 101"]
    assert [each.channels for each in OptInConfirmation.objects.all()] == [["email"]]


@pytest.mark.parametrize(
    ("ways", "other", "field", "said"),
    [
        ([], {}, "ways", "mindestens einen Weg"),
        (["fax:mobile"], {}, "ways", "mindestens einen Weg"),
        (["phone:phone"], {}, "ways", "030 23125 101 ist ein Festnetzanschluss"),
        (["email:email"], {"email": ""}, "email", "Bitte ausfüllen"),
        (["email:email"], {"email": "h.mayer@"}, "email", "„h.mayer@“ ist keine"),
        (["sms:mobile"], {"mobile": "12"}, "mobile", "12"),
        (["email:email"], {"name": ""}, "name", "Ihren Namen"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    decide: Decides, ways: list[str], other: dict[str, str], field: str, said: str
) -> None:
    before = counts()
    with pytest.raises(errors.Invalid) as refusal:
        decide(*ways, **other)
    assert list(refusal.value.errors) == [field]
    assert said in refusal.value.errors[field][0]
    assert counts() == before
    assert outbox.outbox == []


def test_a_no_is_recorded_as_one_with_its_form(
    decide: Decides, text: ConsentText, at: datetime
) -> None:
    outcome = decide(yes=False)
    found = {tuple(event.channels): event for event in events(EventKind.REFUSED)}
    assert set(found) == {("email",), ("phone", "sms")}
    assert len(events(EventKind.REFUSED)) == 3  # mailbox, mobile, landline
    event = found["email",]
    assert event.text == text.sha256
    assert event.details == {"method": "web_form", "proof": "full", "grade": "D"}
    assert EventPayload.objects.get(event=event).body == {
        "name": "Hans Mayer",
        "value": "h.mayer@havelberg.example",
        "address": "192.0.2.7",
        "agent": "Firefox 140",
        "form": f"messe/{outcome.lead.client_id}",
    }
    with Evidence.objects.get(sha256=event.evidence[0]).file.open() as file:
        assert json.load(file)["answer"] == "no"
    assert (visitors.state_of(outcome.lead), outbox.outbox) == (VisitorState.REFUSED, [])
    before = counts()
    decide(yes=False, at=at + timedelta(minutes=1))
    assert counts() == before


def test_a_no_after_a_yes_withdraws_it(decide: Decides, at: datetime) -> None:
    lead = decide("email:email").lead
    confirming.confirm_link(token=token_in(outbox.outbox[0]), press=PRESS, at=at)
    later = at + timedelta(hours=1)
    decide(yes=False, at=later)
    (withdrawn,) = events(EventKind.WITHDRAWN)
    assert (withdrawn.effective_at, withdrawn.details) == (later, {"via": "preference_page"})
    assert visitors.state_of(lead) == VisitorState.REFUSED
    assert not may(lead.person, "EMAIL", "email", later)


def slip(text: ConsentText, answer: str) -> dict[str, Any]:
    asked = [
        {"text": str(text.public_id), "channel": each, "answer": answer}
        for each in ("email", "phone", "sms")
    ]
    return {**VALUES, "opt_ins": asked}


@pytest.mark.parametrize("noted", ["YES", "NOT_ASKED"])
def test_what_the_stand_noted_does_not_outweigh_a_no_of_the_visitor(
    decide: Decides, text: ConsentText, device: Any, client_id: UUID, noted: str, at: datetime
) -> None:
    decide(yes=False)
    later = at + timedelta(minutes=10)
    sent = Sent(fields=slip(text, noted), captured_at=at.isoformat(), device_now=later.isoformat())
    lead = capturing.arrive(device=device, client_id=client_id, sent=sent, at=later).lead
    assert events(EventKind.GRANTED) == []
    said = [each for each in lead.problems if "Nein auf dem eigenen Gerät" in each]
    assert len(said) == (3 if noted == "YES" else 0)
    assert visitors.state_of(lead) == VisitorState.REFUSED
    assert Person.objects.count() == 1


def test_a_no_of_the_visitor_ends_what_the_stand_noted(
    decide: Decides, text: ConsentText, device: Any, client_id: UUID, at: datetime
) -> None:
    sent = Sent(fields=slip(text, "YES"), captured_at=at.isoformat(), device_now=at.isoformat())
    capturing.arrive(device=device, client_id=client_id, sent=sent, at=at)
    assert events(EventKind.GRANTED) != []
    decide(yes=False, at=at + timedelta(minutes=5))
    assert len(events(EventKind.WITHDRAWN)) == len(events(EventKind.GRANTED))
    assert sorted(LeadOptIn.objects.values_list("channel", "answer")) == [
        ("email", "NO"), ("phone", "NO"), ("sms", "NO"),
    ]  # fmt: skip


def test_a_slip_that_arrives_after_the_yes_is_the_same_person(
    decide: Decides, text: ConsentText, device: Any, client_id: UUID, at: datetime
) -> None:
    decide("email:email")
    confirming.confirm_link(token=token_in(outbox.outbox[0]), press=PRESS, at=at)
    later = at + timedelta(hours=2)
    sent = Sent(
        fields=slip(text, "NOT_ASKED"), captured_at=at.isoformat(), device_now=later.isoformat()
    )
    for _time in range(2):
        lead = capturing.arrive(device=device, client_id=client_id, sent=sent, at=later).lead
    assert (Person.objects.count(), LeadCapture.objects.count()) == (1, 1)
    assert (lead.state, visitors.state_of(lead)) == ("NEW", VisitorState.CONFIRMED)
    assert may(lead.person, "EMAIL", "email", later)


def test_a_yes_after_a_no_may_still_be_given(decide: Decides, at: datetime) -> None:
    decide(yes=False)
    later = at + timedelta(minutes=5)
    lead = decide("email:email", at=later).lead
    assert visitors.state_of(lead) == VisitorState.ASKED
    confirming.confirm_link(token=token_in(outbox.outbox[0]), press=PRESS, at=later)
    assert visitors.state_of(lead) == VisitorState.CONFIRMED
    assert may(lead.person, "EMAIL", "email", later)


def test_a_no_of_somebody_without_a_name_is_kept_beside_the_slip(
    decide: Decides, token_for: MakesToken
) -> None:
    lead = decide(yes=False, token=token_for(name=""), name="").lead
    assert lead.person is None
    assert sorted(LeadOptIn.objects.values_list("channel", "answer", "recorded")) == [
        ("email", "NO", None), ("phone", "NO", None), ("sms", "NO", None),
    ]  # fmt: skip
    assert visitors.state_of(lead) == VisitorState.REFUSED
    assert events(EventKind.REFUSED) == []


def test_one_link_sets_off_eight_messages_and_no_more(
    decide: Decides, text: ConsentText, at: datetime
) -> None:
    for number in range(8):
        decide("email:email", email=f"opfer{number}@havelberg.example")
    before = counts()
    with pytest.raises(visitors.TooManyMessages):
        decide("email:email", email="opfer9@havelberg.example")
    assert (counts(), len(outbox.outbox)) == (before, 8)


def test_states_of_many_leads_cost_one_query(
    decide: Decides, device: Any, at: datetime, django_assert_num_queries: Any
) -> None:
    asked = decide("email:email").lead
    none = capturing.announce(
        device=device, client_id=UUID(int=1), device_at=at, values={"name": "X Y"}, at=at
    )
    opened = capturing.announce(
        device=device, client_id=UUID(int=2), device_at=at, values={"name": "X Z"}, at=at
    )
    token = visitor_links.make(
        device=device, client_id=opened.client_id, device_at=at, values={"name": "X Z"}
    )
    visitors.seen(link=visitor_links.read(token, at=at), language="de", at=at)
    with django_assert_num_queries(1):
        states = visitors.states_of([asked, none, opened])
    assert states == {asked.pk: "asked", none.pk: "none", opened.pk: "opened"}


def test_a_closed_fair_still_takes_an_answer(decide: Decides, fair: Event, at: datetime) -> None:
    fair.closed_at = at - timedelta(hours=1)
    fair.save()
    assert visitors.state_of(decide("email:email").lead) == VisitorState.ASKED


def test_a_server_that_is_down_loses_nothing(decide: Decides, settings: Any, at: datetime) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    outcome = decide("email:email", "sms:mobile")
    assert [problem[:34] for problem in outcome.problems] == ["Der Mailserver hat die Nachricht n"]
    assert outcome.lead.opt_in_request is not None
    sent = OptInConfirmation.objects.values_list("kind", "sent_at")
    assert sorted(sent) == [("email_link", None), ("sms_code", at)]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    decide("email:email", "sms:mobile", at=at + timedelta(minutes=1))
    assert len(outbox.outbox) == 1


def test_the_notice_goes_with_the_mail_and_arrives_with_the_answer(
    decide: Decides, controller: Controller, at: datetime
) -> None:
    from consent.models import NoticeVersion

    controller.authority = "Berliner Beauftragte für Datenschutz"
    controller.save()
    starters.create(actor=None, controller=controller, at=at)
    draft = versions.draft(actor=None, controller=controller, purpose="fair", at=at)
    notice: NoticeVersion = versions.publish(actor=None, version=draft, at=at)
    decide("email:email")
    (message,) = outbox.outbox
    assert "Datenschutzhinweise: Gespräche auf Messen" in message.body
    assert f"https://crm.example/hinweise/fassung/{notice.public_id}/" in message.body
    assert "Berliner Beauftragte für Datenschutz" in message.body
    later = at + timedelta(minutes=3)
    confirming.confirm_link(token=token_in(message), press=PRESS, at=later)
    confirming.confirm_link(token=token_in(message), press=PRESS, at=later)
    given = NoticeProvision.objects.order_by("id").values_list(
        "version", "medium", "status", "given_at", "is_whole", "reference"
    )
    reference = message.extra_headers["Message-ID"]
    assert list(given) == [
        (notice.pk, "email", "sent", at, True, reference),
        (notice.pk, "email", "delivered", later, True, reference),
    ]


def test_what_is_withdrawn_elsewhere_shows_here_too(
    decide: Decides, controller: Controller, at: datetime
) -> None:
    lead = decide("email:email").lead
    confirming.confirm_link(token=token_in(outbox.outbox[0]), press=PRESS, at=at)
    point = ContactPoint.objects.get(kind="EMAIL")
    preferences.withdraw_all(key=Key(lead.person, point, controller), press=PRESS, at=at)
    assert visitors.state_of(lead) == VisitorState.REFUSED
