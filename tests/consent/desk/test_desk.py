"""The desk: questions, coverage, findings, samples, proofs."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from consent import checkpoints, consents, recording
from consent.desk import coverage, files, findings, keeping, proofs, questions, samples
from consent.desk.questions import Asked
from consent.ledger import verifier
from consent.models import EventKind, LedgerEvent
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import errors

pytestmark = pytest.mark.django_db
Gives = Callable[..., LedgerEvent]
NOW = timedelta(days=10)
NOTHING = {"granted": 0, "review": 0, "ended": 0}


def asked(at: datetime, value: str = "0171 3920012", channel: str = "phone") -> Asked:
    return Asked(value=value, channel=channel, purpose="sales_call", at=at)


def test_one_question_two_answers(
    late_letter: LedgerEvent, call: LedgerEvent, person: Person, privacy: User, at: datetime
) -> None:
    (answer,) = questions.ask(user=privacy, asked=asked(call.effective_at), now=at + NOW)
    assert (answer.person, answer.use) == (person, call)
    assert (answer.then.outcome, answer.now.outcome) == ("ALLOW", "DENY")
    assert answer.is_violation is True
    file = answer.file
    assert file is not None
    assert file.text is not None
    assert file.text.body == "Ich willige ein, dass …"
    assert [entry.kind for entry in file.later] == ["used", "withdrawn"]
    assert [piece.name for piece in file.evidence] == ["Zettel.png"]
    assert file.keep_until == date(2031, 3, 17)


def test_without_a_contact_it_answers_for_the_moment(
    give_consent: Gives, number: ContactPoint, privacy: User, at: datetime
) -> None:
    give_consent(point=number, channels=["phone"], purposes=["sales_call"])
    before, after = (
        questions.ask(user=privacy, asked=asked(at + step), now=at + NOW)[0]
        for step in (-timedelta(hours=1), timedelta(hours=1))
    )
    assert (before.then.outcome, before.use, before.is_violation) == ("DENY", None, False)
    assert after.then.outcome == after.now.outcome == "ALLOW"


def test_a_question_that_cannot_be_answered(
    number: ContactPoint, privacy: User, sales: User, at: datetime
) -> None:
    with pytest.raises(errors.NotPermitted):
        questions.ask(user=sales, asked=asked(at), now=at)
    with pytest.raises(questions.Unknown, match="hat und hatte hier niemand"):
        questions.ask(user=privacy, asked=asked(at, "0171 3920055"), now=at)
    with pytest.raises(errors.Invalid) as wrong:
        questions.ask(user=privacy, asked=asked(at, "abc"), now=at)
    assert list(wrong.value.errors) == ["value"]
    with pytest.raises(errors.Invalid) as future:
        questions.ask(user=privacy, asked=asked(at + NOW), now=at)
    assert list(future.value.errors) == ["day"]


def test_coverage_counts_contact_points(
    give_consent: Gives, mailbox: ContactPoint, number: ContactPoint, at: datetime
) -> None:
    give_consent(channels=["email", "phone"], purposes=["product_offer"])
    ended = give_consent(point=number, channels=["phone"], purposes=["sales_call"])
    consents.withdraw(actor=None, consents=[ended], received_at=at, via="phone", at=at)
    give_consent(method="import", text=None, purposes=["partner_offer"])
    told = {
        (row.channel, row.purpose): (row.points, row.states, row.grades, row.open)
        for row in coverage.rows(at=at)
    }
    assert told["email", "product_offer"] == (1, NOTHING | {"granted": 1}, {"A": 1}, 0)
    assert told["phone", "sales_call"] == (1, NOTHING | {"ended": 1}, {}, 0)
    assert told["email", "partner_offer"] == (1, NOTHING | {"review": 1}, {}, 0)
    assert told["sms", "product_offer"] == (1, NOTHING, {}, 1)


def test_old_consents_are_to_be_reviewed(give_consent: Gives, at: datetime) -> None:
    give_consent(purposes=["product_offer"])
    later = at + timedelta(days=800)
    (row,) = [row for row in coverage.rows(at=later) if row.states["review"]]
    assert (row.channel, row.purpose, row.states["granted"]) == ("email", "product_offer", 0)
    assert [found.kind for found in findings.all_of(at=later)] == ["stale"]


def test_findings(
    late_letter: LedgerEvent, call: LedgerEvent, give_consent: Gives, at: datetime
) -> None:
    disputed = give_consent(method="import", text=None)
    undecided = recording.Draft(
        kind=EventKind.USED,
        effective_at=at,
        person=call.person,
        point=call.point,
        channels=["phone"],
        purposes=["sales_call"],
        details={"decision": "x"},
    )
    recording.append(undecided, actor=None, at=at)
    found = {each.kind: each for each in findings.all_of(at=at + NOW)}
    assert {kind: each.count for kind, each in found.items()} == {
        "violation": 1,
        "undecided": 1,
        "unproved": 1,
        "slow": 1,
    }
    assert found["violation"].events == (call,)
    assert found["unproved"].events == (disputed,)
    assert found["slow"].events == (late_letter,)
    assert found["violation"].urgency == "no"
    assert [entry.title for entry in found["slow"].entries()] == ["Einwilligung widerrufen"]
    assert findings.latency(at=at + NOW).longest == timedelta(days=3) - timedelta(minutes=30)


def test_nothing_is_found_where_nothing_is(give_consent: Gives, at: datetime) -> None:
    give_consent()
    assert findings.all_of(at=at) == []


def test_a_sample_can_be_drawn_again(
    call: LedgerEvent, consent_of_call: LedgerEvent, late_letter: LedgerEvent
) -> None:
    size = recording.size()
    first = samples.draw(count=5, seed=7, size=size)
    assert (first.among, [drawn.judged.use for drawn in first.drawn]) == (1, [call])
    (drawn,) = first.drawn
    assert (drawn.judged.is_violation, drawn.entry.title) == (True, "Kontakt auf dieser Grundlage")
    assert drawn.file is not None
    assert drawn.file.root == consent_of_call
    again = samples.draw(count=5, seed=7, size=size)
    assert [each.entry for each in again.drawn] == [drawn.entry]
    assert samples.draw(count=5, seed=7, size=call.seq - 1).drawn == []


def test_a_proof_convinces_the_verifier_alone(
    call: LedgerEvent, consent_of_call: LedgerEvent, at: datetime
) -> None:
    assert proofs.bundle([call]) is None
    checkpoints.make(at=at)
    bundle: Any = proofs.bundle([consent_of_call, call])
    seqs = [entry["event"]["seq"] for entry in bundle["entries"]]
    assert seqs == [consent_of_call.seq, call.seq]
    assert verifier.verify_inclusion(bundle).decision == "VALID"
    bundle["entries"][0]["event"]["channels"] = ["fax"]
    assert verifier.verify_inclusion(bundle).decision == "BROKEN"


@pytest.mark.parametrize(
    ("channels", "uses", "until"),
    [
        (["phone"], [], date(2029, 2, 28)),
        (["phone"], [datetime.fromisoformat("2025-07-01T22:30:00+00:00")], date(2030, 7, 2)),
        (["email"], [], date(2027, 12, 31)),
        (["email"], [datetime.fromisoformat("2025-07-01T12:00:00+00:00")], date(2028, 12, 31)),
    ],
)
def test_how_long_a_proof_is_kept(channels: list[str], uses: list[datetime], until: date) -> None:
    given = datetime.fromisoformat("2024-02-29T12:00:00+00:00")
    root = LedgerEvent(kind=EventKind.GRANTED, channels=channels, effective_at=given)
    later = [LedgerEvent(kind=EventKind.USED, effective_at=use) for use in uses]
    assert keeping.keep_until(root, later) == until


def test_the_files_of_consents_read_a_constant_number_of_times(
    give_consent: Gives, django_assert_num_queries: Any
) -> None:
    roots = [give_consent() for _number in range(4)]
    with django_assert_num_queries(7):
        files.of(roots)
