"""One more code or link: a request of its own, limited, and what was sent before is void."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection

from consent import gate, suppression, texts
from consent.decision.opting_in import Again
from consent.models import Controller, EventKind, LedgerEvent, OptInConfirmation
from consent.optin import Press, confirming, renewing, requests
from consent.optin.confirming import State
from consent.optin.requests import Wish
from consent.sending import gateways
from contacts.models import ContactPoint, Person

PRESS = Press(address="198.51.100.4", agent="Firefox 140", form="einwilligung")
MINUTE = timedelta(minutes=1)
Ask = Callable[..., OptInConfirmation]


@pytest.fixture
def ask(person: Person, controller: Controller, published: Any, at: datetime) -> Ask:
    """``ask(mobile, ["sms"])``: the confirmation of a form that was sent off at ``at``."""
    text = published("product-offer")

    def send_off(point: ContactPoint, named: list[str]) -> OptInConfirmation:
        made = requests.request(
            actor=None, person=person, controller=controller, text=text,
            wishes=[Wish(point, named)], purposes=text.purposes,
            press=Press(form="messe:7"), at=at,
        )  # fmt: skip
        return made.confirmations.select_related("request", "point", "consent").get()

    return send_off


def count(kind: EventKind) -> int:
    return LedgerEvent.objects.filter(kind=kind).count()


def again(first: OptInConfirmation, at: datetime) -> OptInConfirmation:
    return renewing.again(confirmation=first, press=PRESS, at=at)


def enter(confirmation: OptInConfirmation, code: str, at: datetime) -> State:
    return confirming.confirm_code(ref=confirmation.ref, code=code, press=PRESS, at=at).state


def test_the_new_code_counts_and_the_old_one_does_not(
    ask: Ask, mobile: ContactPoint, codes_sent: Any, at: datetime
) -> None:
    first = ask(mobile, ["phone", "sms"])
    later = at + 2 * MINUTE
    second = again(first, later)
    old, new = codes_sent()
    assert enter(first, old, later) == State.EXPIRED
    assert count(EventKind.CONFIRMED) == 0
    assert enter(second, new, later + MINUTE) == State.GRANTED
    confirmed = LedgerEvent.objects.get(kind=EventKind.CONFIRMED)
    assert confirmed.about == second.consent_id != first.consent_id
    assert (second.channels, second.request.form) == (["phone", "sms"], "messe:7")
    assert second.request.address == "198.51.100.4"
    ended = LedgerEvent.objects.get(kind=EventKind.EXPIRED)
    assert (ended.about, ended.details) == (first.consent_id, {"reason": "asked-again"})


def test_a_locked_code_can_be_replaced(
    ask: Ask, mobile: ContactPoint, codes_sent: Any, at: datetime
) -> None:
    first = ask(mobile, ["sms"])
    later = at + 2 * MINUTE
    for _try in range(5):
        enter(first, "nothing", later)
    second = again(first, later)
    assert enter(second, codes_sent()[-1], later) == State.GRANTED


def test_within_a_minute_nothing_is_sent(
    ask: Ask, mobile: ContactPoint, codes_sent: Any, at: datetime
) -> None:
    first = ask(mobile, ["sms"])
    before = LedgerEvent.objects.count()
    with pytest.raises(renewing.NotAgain) as refused:
        again(first, at + MINUTE - timedelta(seconds=1))
    assert refused.value.why == Again.WAIT
    assert (LedgerEvent.objects.count(), len(codes_sent())) == (before, 1)


def test_three_new_codes_a_day_whichever_page_they_are_asked_from(
    ask: Ask, mobile: ContactPoint, codes_sent: Any, at: datetime
) -> None:
    first = ask(mobile, ["sms"])
    for number in range(1, 4):
        again(first, at + number * 2 * MINUTE)
    with pytest.raises(renewing.NotAgain) as refused:
        again(OptInConfirmation.objects.latest("pk"), at + 10 * MINUTE)
    assert refused.value.why == Again.LIMIT
    assert len(codes_sent()) == 4
    again(first, at + timedelta(hours=24))
    assert len(codes_sent()) == 5


def test_what_was_confirmed_by_the_new_code_is_not_asked_again_from_the_old_page(
    ask: Ask, mobile: ContactPoint, codes_sent: Any, at: datetime
) -> None:
    first = ask(mobile, ["sms"])
    second = again(first, at + 2 * MINUTE)
    enter(second, codes_sent()[-1], at + 3 * MINUTE)
    look = confirming.look_by_ref(first.ref, at=at + 9 * MINUTE)
    assert renewing.may(look, at=at + 9 * MINUTE) == Again.NEVER
    with pytest.raises(renewing.NotAgain):
        again(first, at + 9 * MINUTE)
    assert len(codes_sent()) == 2


def test_if_the_new_code_cannot_be_sent_the_old_one_still_counts(
    ask: Ask, mobile: ContactPoint, codes_sent: Any, monkeypatch: Any, at: datetime
) -> None:
    first = ask(mobile, ["sms"])

    def refuse() -> gateways.Gateway:
        raise gateways.GatewayFailed

    with monkeypatch.context() as broken:
        broken.setattr(gateways, "configured", refuse)
        with pytest.raises(gateways.GatewayFailed):
            again(first, at + 2 * MINUTE)
    failed = OptInConfirmation.objects.latest("pk")
    assert confirming.look(failed, at=at + 2 * MINUTE).state == State.EXPIRED
    assert enter(first, codes_sent()[0], at + 3 * MINUTE) == State.GRANTED


def test_a_suppressed_number_gets_no_new_code(
    ask: Ask, mobile: ContactPoint, codes_sent: Any, at: datetime
) -> None:
    first = ask(mobile, ["sms"])
    suppression.suppress_all(
        actor=None, wanted=[suppression.Wanted(mobile.kind, mobile.normalised)],
        effective_at=at, at=at,
    )  # fmt: skip
    with pytest.raises(gate.NotAllowed):
        again(first, at + 2 * MINUTE)
    assert len(codes_sent()) == 1


def test_an_expired_link_is_replaced_once_by_the_same_neutral_mail(
    ask: Ask, email: ContactPoint, at: datetime
) -> None:
    first = ask(email, ["email"])
    with pytest.raises(renewing.NotAgain) as too_early:
        again(first, at + timedelta(days=6))
    assert too_early.value.why == Again.NEVER
    week = at + timedelta(days=8)
    second = again(first, week)
    old, new = outbox.outbox
    assert new.subject == old.subject == "Bitte bestätigen Sie Ihre Einwilligung"
    assert new.extra_headers["Auto-Submitted"] == "auto-generated"
    assert confirming.look(second, at=week).state == State.PENDING
    with pytest.raises(renewing.NotAgain) as twice:
        again(second, at + timedelta(days=16))
    assert twice.value.why == Again.LIMIT
    assert len(outbox.outbox) == 2


def test_no_message_about_a_text_that_is_in_force_no_more(
    ask: Ask, mobile: ContactPoint, codes_sent: Any, at: datetime
) -> None:
    first = ask(mobile, ["sms"])
    texts.retire(actor=None, text=first.request.text, at=at)
    first.request.text.refresh_from_db()
    with pytest.raises(renewing.NotAgain) as refused:
        again(first, at + 2 * MINUTE)
    assert refused.value.why == Again.NEVER
    assert len(codes_sent()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_send_one_code(
    ask: Ask, mobile: ContactPoint, codes_sent: Any, at: datetime
) -> None:
    first = ask(mobile, ["sms"])
    start, came = threading.Barrier(2), []

    def press() -> None:
        try:
            start.wait(10)
            came.append(again(first, at + 2 * MINUTE))
        except renewing.NotAgain as refusal:
            came.append(refusal.why)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(type(each).__name__ for each in came) == ["Again", "OptInConfirmation"]
    assert Again.WAIT in came
    assert len(codes_sent()) == 2
