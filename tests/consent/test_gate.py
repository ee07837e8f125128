"""The gate: what is allowed is kept, can be replayed and is used once; a no leaves nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consent import circumstances, consents, gate, suppression
from consent.decision import serial
from consent.decision.codes import Code, Ground, Outcome
from consent.models import ContactDecision, EventKind, LedgerEvent, PointReference, Subject
from contacts.models import ContactPoint, Person
from crm.accounts.models import User

pytestmark = pytest.mark.django_db
Gives = Callable[..., LedgerEvent]


@pytest.fixture
def ask(person: Person, mailbox: ContactPoint, at: datetime) -> dict[str, Any]:
    """A newsletter by e-mail, an hour after everything."""
    return {
        "person": person,
        "point": mailbox,
        "channel": "email",
        "purpose": "newsletter",
        "at": at + timedelta(hours=1),
    }


def test_nobody_is_asked_about_by_writing(ask: dict[str, Any]) -> None:
    decision = gate.may_contact(**ask)
    assert not decision
    assert decision.codes == (Code.CONSENT_MISSING, Code.SEC7_3_NO_SALE)
    assert not Subject.objects.exists()
    assert not PointReference.objects.exists()


def test_a_consent_allows_and_its_withdrawal_forbids(
    ask: dict[str, Any], give_consent: Gives
) -> None:
    consent = give_consent()
    allowed = gate.may_contact(**ask)
    assert (allowed.outcome, allowed.ground) == (Outcome.ALLOW, Ground.CONSENT)
    assert allowed.decisive == str(consent.public_id)

    consents.withdraw(
        actor=None, consents=[consent], received_at=ask["at"], via="letter", at=ask["at"]
    )
    refused = gate.may_contact(**ask)
    assert refused.outcome == Outcome.DENY
    assert Code.CONSENT_WITHDRAWN in refused.codes


def test_what_was_known_then(ask: dict[str, Any], give_consent: Gives) -> None:
    consent = give_consent()
    keyed_in = ask["at"] + timedelta(days=2)
    consents.withdraw(
        actor=None, consents=[consent], received_at=ask["at"], via="letter", at=keyed_in
    )
    assert gate.may_contact(**ask, known_at=ask["at"])
    assert not gate.may_contact(**ask, known_at=keyed_in)


def test_an_unknown_channel_or_purpose_is_a_no(ask: dict[str, Any], give_consent: Gives) -> None:
    give_consent()
    assert Code.UNKNOWN_CHANNEL in gate.may_contact(**{**ask, "channel": "pigeon"}).codes
    assert Code.UNKNOWN_PURPOSE in gate.may_contact(**{**ask, "purpose": "fun"}).codes


def test_a_letter_does_not_go_to_a_mailbox(ask: dict[str, Any]) -> None:
    assert gate.may_contact(**{**ask, "channel": "post"}) == gate.WRONG_POINT


def test_a_refusal_keeps_nothing(ask: dict[str, Any], admin: User) -> None:
    with pytest.raises(gate.NotAllowed) as refused:
        gate.permit(actor=admin, **ask)
    assert refused.value.data["codes"] == ["CONSENT_MISSING", "SEC7_3_NO_SALE"]
    assert not ContactDecision.objects.exists()


def test_a_kept_decision_is_replayed_whatever_came_later(
    ask: dict[str, Any], give_consent: Gives, admin: User
) -> None:
    consent = give_consent()
    kept = gate.permit(actor=admin, **ask)
    consents.withdraw(
        actor=None, consents=[consent], received_at=ask["at"], via="letter", at=ask["at"]
    )
    assert (kept.ruleset, kept.profile, kept.size) == ("2026-11", "strict_de", kept.size)
    assert serial.as_json(gate.replay(kept)) == kept.answer
    assert not gate.may_contact(**ask)


def test_a_use_is_about_the_consent_and_happens_once(
    ask: dict[str, Any], give_consent: Gives, admin: User
) -> None:
    consent = give_consent()
    kept = gate.permit(actor=admin, **ask)
    used = gate.use(actor=admin, decision=kept, reference="<1@x>", at=ask["at"])

    assert (used.kind, used.about) == (EventKind.USED, consent.public_id)
    assert used.details == {
        "decision": str(kept.public_id),
        "ground": "CONSENT",
        "ruleset": "2026-11",
    }
    with pytest.raises(gate.NotUsable):
        gate.use(actor=admin, decision=kept, reference="<2@x>", at=ask["at"])
    assert LedgerEvent.objects.filter(kind=EventKind.USED).count() == 1


def test_a_decision_gets_old(ask: dict[str, Any], give_consent: Gives, admin: User) -> None:
    give_consent()
    kept = gate.permit(actor=admin, **ask)
    with pytest.raises(gate.NotUsable):
        gate.use(actor=admin, decision=kept, reference="x", at=ask["at"] + timedelta(minutes=15))
    assert not LedgerEvent.objects.filter(kind=EventKind.USED).exists()


def test_a_review_is_cleared_with_a_reason_and_for_a_time(
    ask: dict[str, Any], give_consent: Gives, admin: User, person: Person, mailbox: ContactPoint
) -> None:
    give_consent(flaws={"coupled": "contest"})
    assert gate.may_contact(**ask).outcome == Outcome.REVIEW
    until = ask["at"] + timedelta(days=1)
    circumstances.clear(
        actor=admin,
        person=person,
        point=mailbox,
        channel="email",
        purpose="newsletter",
        reason="Gewinnspiel mit zwei genannten Partnern",
        until=until,
        at=ask["at"],
    )
    assert gate.may_contact(**ask).outcome == Outcome.ALLOW_IF
    assert gate.may_contact(**{**ask, "at": until}).outcome == Outcome.REVIEW
    assert gate.may_contact(**{**ask, "purpose": "product_offer"}).outcome == Outcome.DENY


def test_suppression_outlives_the_contact_point(
    ask: dict[str, Any], give_consent: Gives, mailbox: ContactPoint
) -> None:
    give_consent()
    entry = suppression.suppress(
        actor=None, point=mailbox, effective_at=ask["at"], at=ask["at"], reason="Anruf"
    )
    assert Code.SUPPRESSED in gate.may_contact(**ask).codes
    again = suppression.suppress(actor=None, point=mailbox, effective_at=ask["at"], at=ask["at"])
    assert again == entry

    suppression.lift(actor=None, entry=entry, reason="selbst gewünscht", at=ask["at"])
    assert gate.may_contact(**ask)


def test_one_question_takes_two_statements(ask: dict[str, Any], give_consent: Gives) -> None:
    give_consent()
    with CaptureQueriesContext(connection) as statements:
        gate.may_contact(**ask)
    assert len(statements) == 2
