# ruff: noqa: F811 - fixtures by name
"""Sign-ups: people enter themselves, the mailbox confirms, strangers change and learn nothing."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail as outbox

from consent import gate, suppression, texts
from consent.models import (
    ConsentText,
    EventKind,
    EventPayload,
    Evidence,
    LedgerEvent,
    NoticeProvision,
    OptInConfirmation,
    OptInRequest,
    SignUpForm,
)
from consent.optin import Press, asked, confirming, entering, purging, sign_up_forms, sign_ups
from consent.optin.asked import Course
from consent.optin.entering import Entry
from consent.sending import mail
from contacts.models import ContactPoint, ContactPointHolder, Person
from crm.accounts.models import RoleCode, User
from crm.kernel import clock, errors
from crm.kernel.audit import AuditEntry
from tests.browser.mails import link_in
from tests.sign_up_cast import MAILBOX, at_once, form, newsletter, notice  # noqa: F401 - fixtures

PRESS = Press(address="192.0.2.7", agent="Firefox 140", form="eintragen")
Enter = Callable[..., UUID]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)


@pytest.fixture
def enter(form: SignUpForm, newsletter: ConsentText, at_once: Any, at: datetime) -> Enter:
    """``enter(email=..., name=...)``: sent off, and carried out at once."""

    def send_off(**other: Any) -> UUID:
        moment, actor = other.pop("at", at), other.pop("actor", None)
        entry = {"text": newsletter.public_id, "email": MAILBOX, "agrees": True, **other}
        return entering.enter(
            code="newsletter", entry=Entry(**entry), press=PRESS, actor=actor, at=moment
        )

    return send_off


def count(kind: EventKind) -> int:
    return LedgerEvent.objects.filter(kind=kind).count()


def token_in(message: Any) -> str:
    return link_in(message.body, part="/bestaetigen/").rstrip("/").rpartition("/")[2]


def nothing_happened() -> bool:
    return not (
        OptInRequest.objects.exists()
        or Person.objects.exists()
        or ContactPoint.objects.exists()
        or count(EventKind.PENDING)
        or outbox.outbox
    )


def test_an_unknown_address_becomes_a_person_and_gets_one_neutral_mail(
    enter: Enter, form: SignUpForm, newsletter: ConsentText
) -> None:
    public_id = enter(name="Frau Dr. Lena Brandt", shown="<h1>Newsletter</h1>")
    person = Person.objects.get()
    assert (person.full_name, person.salutation, person.language) == (
        "Dr. Lena Brandt", "FRAU", "de",
    )  # fmt: skip
    assert (person.source, person.owner, person.team) == (form.source, None, None)
    assert form.source.kind == "WEB_FORM"
    assert ContactPointHolder.objects.get().contact_point.normalised == MAILBOX
    (message,) = outbox.outbox
    assert message.to == [MAILBOX]
    assert "> Ja, " in message.body
    assert "List-Unsubscribe" not in message.extra_headers
    made = OptInRequest.objects.get()
    assert (made.public_id, made.text, made.form) == (public_id, newsletter, "eintragen")
    assert (made.address, made.agent, made.requested_by) == ("192.0.2.7", "Firefox 140", None)
    assert [count(kind) for kind in (EventKind.PENDING, EventKind.CONFIRMED)] == [1, 0]
    assert AuditEntry.objects.filter(action="person.created", actor_id=None).count() == 1


def test_the_proof_holds_the_form_as_it_was_to_be_seen(enter: Enter) -> None:
    enter(shown="<h1>Newsletter</h1>")
    event = LedgerEvent.objects.get(kind=EventKind.PENDING)
    assert (event.details["method"], event.details["grade"]) == ("web_form", "D")
    log, shown = (Evidence.objects.get(sha256=each) for each in event.evidence)
    assert shown.file.read() == b"<h1>Newsletter</h1>"
    told = json.loads(log.file.read())
    assert told["form_sha256"] == shown.sha256
    assert (told["address"], told["agent"]) == ("192.0.2.7", "Firefox 140")
    body = EventPayload.objects.get(event=event.public_id).body
    assert (body["value"], body["address"]) == (MAILBOX, "192.0.2.7")


def test_the_time_of_the_press_counts_however_late_it_is_carried_out(
    enter: Enter, at: datetime
) -> None:
    pressed = at - timedelta(minutes=40)
    enter(at=pressed)
    assert OptInRequest.objects.get().requested_at == pressed
    event = LedgerEvent.objects.get(kind=EventKind.PENDING)
    assert (event.effective_at, event.recorded_at) == (pressed, at)


def test_the_notice_goes_along_and_is_written_down(enter: Enter) -> None:
    enter(language="plain")
    assert "Datenschutz" in outbox.outbox[0].body
    given = NoticeProvision.objects.get()
    assert (given.version.purpose, given.language, given.status) == ("advertising", "plain", "sent")


def test_confirmed_it_allows_and_the_grade_is_b(enter: Enter, at: datetime) -> None:
    enter()
    person, point = Person.objects.get(), ContactPoint.objects.get()
    ask = {"person": person, "point": point, "channel": "email", "purpose": "newsletter"}
    assert not gate.may_contact(**ask, at=at)
    confirming.confirm_link(token=token_in(outbox.outbox[0]), press=PRESS, at=at)
    assert gate.may_contact(**ask, at=at)


def test_who_gives_no_name_is_called_like_the_mailbox(enter: Enter) -> None:
    enter()
    assert Person.objects.get().full_name == MAILBOX
    enter(name="Lena Brandt")
    assert Person.objects.get().full_name == MAILBOX


@pytest.mark.parametrize("name", ["", "Hans Mayer", "H. Mayer", "Herr Mayer", "mayer, hans"])
def test_a_known_person_is_found_and_not_changed(
    enter: Enter, person: Person, email: ContactPoint, name: str
) -> None:
    before = Person.objects.get().version
    enter(email="H.Mayer@Havelberg.example", name=name)
    assert Person.objects.get().version == before
    assert OptInRequest.objects.get().person == person
    assert outbox.outbox[0].to == [email.normalised]


def test_somebody_else_at_the_same_mailbox_is_somebody_else(
    enter: Enter, person: Person, email: ContactPoint
) -> None:
    enter(email=email.normalised, name="Erika Mayer")
    other = OptInRequest.objects.get().person
    assert other != person
    assert {each.person for each in email.holders.all()} == {person, other}
    enter(email=email.normalised)
    assert {each.full_name for each in Person.objects.all()} == {
        "Hans Mayer", "Erika Mayer", email.normalised,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"agrees": False}, "agrees"),
        ({"email": ""}, "email"),
        ({"email": "lena.brandt"}, "email"),
        ({"email": "030 23125101"}, "email"),
        ({"name": "Herr und Frau Brandt"}, "name"),
        ({"name": "https://example.example @"}, "name"),
        ({"text": ""}, "text"),
        ({"text": "00000000-0000-4000-8000-000000000000"}, "text"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_happens(
    enter: Enter, at_once: Any, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        enter(**wrong)
    assert list(refusal.value.errors) == [field]
    assert at_once == []
    assert nothing_happened()


def test_only_what_is_in_force_for_web_forms_is_on_offer(
    enter: Enter, newsletter: ConsentText, published: Any, at: datetime
) -> None:
    for other in (published("slip"), published("newsletter", "en")):
        if other.code == "slip":
            with pytest.raises(errors.Invalid):
                enter(text=other.public_id)
    english = sign_up_forms.offer("newsletter", language="en").text
    assert english.language == "en"
    assert sign_up_forms.offer("newsletter", language="fr").text == newsletter
    texts.retire(actor=None, text=newsletter, at=at)
    texts.retire(actor=None, text=english, at=at)
    with pytest.raises(sign_up_forms.Closed):
        sign_up_forms.offer("newsletter", language="de")
    with pytest.raises(sign_up_forms.Closed):
        enter()
    assert nothing_happened()


def test_a_new_version_has_to_be_read_first(
    enter: Enter, newsletter: ConsentText, at: datetime
) -> None:
    values = ("code", "form", "title", "channels", "purposes", "elements", "controller")
    draft = texts.draft(
        actor=None, body="Ja, täglich.", at=at,
        **{name: getattr(newsletter, name) for name in values},
    )  # fmt: skip
    newest = texts.publish(actor=None, text=draft, at=at)
    with pytest.raises(errors.Invalid):
        enter()
    assert nothing_happened()
    enter(text=newest.public_id)
    assert OptInRequest.objects.get().text == newest


def test_a_closed_form_takes_nothing_and_what_was_sent_can_be_confirmed(
    enter: Enter, newsletter: ConsentText, at: datetime
) -> None:
    enter()
    sign_up_forms.close(actor=None, text=newsletter, at=at)
    with pytest.raises(sign_up_forms.Closed):
        enter(email="other@havelberg.example")
    assert Person.objects.count() == 1
    confirming.confirm_link(token=token_in(outbox.outbox[0]), press=PRESS, at=at)
    assert count(EventKind.CONFIRMED) == 1


def test_a_form_needs_a_fitting_text_a_notice_and_somebody_who_may(
    published: Any, sales: User, privacy: User, at: datetime
) -> None:
    text = published("newsletter")
    with pytest.raises(errors.NotPermitted):
        sign_up_forms.open_for(actor=sales, text=text, at=at)
    with pytest.raises(errors.Invalid) as refusal:
        sign_up_forms.open_for(actor=privacy, text=text, at=at)
    assert "Datenschutzhinweis" in refusal.value.errors["text"][0]
    with pytest.raises(errors.Invalid) as refusal:
        sign_up_forms.open_for(actor=privacy, text=published("sales-call"), at=at)
    assert len(refusal.value.errors["text"]) == 3
    assert not SignUpForm.objects.exists()


def test_a_form_opened_again_keeps_its_source(
    form: SignUpForm, newsletter: ConsentText, privacy: User, at: datetime
) -> None:
    sign_up_forms.close(actor=privacy, text=newsletter, at=at)
    assert sign_up_forms.open_for(actor=privacy, text=newsletter, at=at).source == form.source
    acts = AuditEntry.objects.filter(action__startswith="consent-text.form").order_by("pk")
    assert [each.action.rpartition("-")[2] for each in acts] == ["opened", "closed", "opened"]


def test_a_mailbox_gets_three_mails_a_day_and_no_more(enter: Enter, at: datetime) -> None:
    for _each in range(5):
        enter()
    assert len(outbox.outbox) == OptInRequest.objects.count() == sign_ups.MOST_MAILS == 3
    last = OptInConfirmation.objects.order_by("-pk")[0]
    enter(email="other@havelberg.example")
    assert len(outbox.outbox) == 4
    confirming.confirm_link(token=token_in(outbox.outbox[2]), press=PRESS, at=at)
    last.refresh_from_db()
    assert last.confirmed_at == at


def test_a_suppressed_address_gets_nothing(
    enter: Enter, email: ContactPoint, admin: User, at: datetime
) -> None:
    suppression.suppress(actor=admin, point=email, effective_at=at, at=at)
    assert isinstance(enter(email=email.normalised), UUID)
    assert outbox.outbox == []
    assert OptInConfirmation.objects.get().sent_at is None


def test_carried_out_twice_it_is_there_once(enter: Enter, at_once: Any, at: datetime) -> None:
    enter()
    sign_ups.carry_out(sign_ups.Wanted.read(at_once[0]), at=at)
    assert (OptInRequest.objects.count(), len(outbox.outbox)) == (1, 1)


def test_what_the_mail_server_did_not_take_is_sent_again(
    enter: Enter, at_once: Any, settings: Any, at: datetime
) -> None:
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(mail.NotSent):
        enter()
    assert asked.course_of(OptInConfirmation.objects.get(), at=at) == Course.UNSENT
    settings.EMAIL_BACKEND = working
    later = at + timedelta(minutes=2)
    sign_ups.carry_out(sign_ups.Wanted.read(at_once[0]), at=later)
    (message,) = outbox.outbox
    confirming.confirm_link(token=token_in(message), press=PRESS, at=later)
    assert (OptInRequest.objects.count(), count(EventKind.CONFIRMED)) == (1, 1)


def test_whoever_never_confirmed_is_gone_after_thirty_days(enter: Enter, at: datetime) -> None:
    enter(name="Lena Brandt", shown="<h1>Newsletter</h1>")
    assert purging.purge(at=at + timedelta(days=29)) == 0
    assert Person.objects.count() == 1
    assert purging.purge(at=at + timedelta(days=31)) == 1
    assert not Person.objects.exists()
    assert not ContactPoint.objects.exists()
    assert not OptInRequest.objects.exists()
    assert not EventPayload.objects.exists()
    assert not Evidence.objects.filter(erased_at=None).exists()


def test_who_was_known_before_or_confirmed_something_stays(
    enter: Enter, person: Person, email: ContactPoint, at: datetime
) -> None:
    enter(email=email.normalised)
    enter()
    confirming.confirm_link(token=token_in(outbox.outbox[1]), press=PRESS, at=at)
    enter()
    assert purging.purge(at=at + timedelta(days=31)) == 2
    assert Person.objects.count() == 2
    assert OptInRequest.objects.count() == 1


def test_the_proof_of_others_outlives_the_one_who_never_confirmed(
    enter: Enter, at: datetime
) -> None:
    enter(shown="<h1>Newsletter</h1>")
    enter(email="other@havelberg.example", shown="<h1>Newsletter</h1>")
    confirming.confirm_link(token=token_in(outbox.outbox[1]), press=PRESS, at=at)
    purging.purge(at=at + timedelta(days=31))
    event = LedgerEvent.objects.filter(kind=EventKind.PENDING).latest("seq")
    shown = Evidence.objects.get(sha256=event.evidence[1])
    assert shown.erased_at is None
    assert shown.file.read() == b"<h1>Newsletter</h1>"


def test_whose_key_a_website_used_is_told_and_has_to_record_consents(
    enter: Enter, sales: User, make_user: Any
) -> None:
    nobody = make_user(RoleCode.SALES)
    nobody.roles.clear()
    with pytest.raises(errors.NotPermitted):
        enter(actor=nobody)
    assert nothing_happened()
    enter(actor=sales)
    assert OptInRequest.objects.get().requested_by == sales


def test_the_list_tells_how_it_stands(enter: Enter, admin: User, sales: User, at: datetime) -> None:
    enter()
    enter(email="other@havelberg.example")
    confirming.confirm_link(token=token_in(outbox.outbox[1]), press=PRESS, at=at)
    later = at + timedelta(days=8)

    def told(course: Course | None, moment: datetime) -> list[str]:
        rows = asked.confirmations(user=admin, course=course, at=moment)
        assert {asked.course_of(each, at=moment) for each in rows} <= {course} or course is None
        return [each.point.normalised for each in rows]

    assert told(None, at) == ["other@havelberg.example", MAILBOX]
    assert told(Course.WAITING, at) == told(Course.OVER, later) == [MAILBOX]
    assert told(Course.CONFIRMED, later) == ["other@havelberg.example"]
    assert told(Course.UNSENT, at) == told(Course.WAITING, later) == []
    assert list(asked.confirmations(user=sales, at=at)) == []
