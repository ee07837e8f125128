"""What holds for every question and all facts."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consent.decision import consents, decide, serial
from consent.decision.codes import PURPOSES, Channel, Code, Doubt, Ground, Outcome
from consent.decision.facts import (
    Confirmation,
    Consent,
    Decision,
    Fact,
    Facts,
    Message,
    Objection,
    Point,
    Question,
    Sale,
    Withdrawal,
)
from consent.decision.opting_in import CONFIRMS
from consent.decision.words import explain
from tests.consent.decision import strategies
from tests.consent.decision.strategies import NOW, marketing, questions

LATER = NOW + timedelta(days=1)
ELEMENTS: list[dict[str, Any]] = [
    {"sale": "none"},
    {"point": "cp2"},
    {"is_from_sale": False},
    {"is_own_similar": False},
    {"has_notice": False},
    {"at": LATER},
    {"message": Message(has_opt_out_notice=False)},
]
"""What a sale lacks if it is no ground."""
some = settings(max_examples=40, deadline=None)


def signed(question: Question, **values: Any) -> Consent:
    """A consent without a flaw for just what is asked."""
    given: dict[str, Any] = {
        "at": NOW - timedelta(days=1),
        "recorded_at": NOW - timedelta(days=1),
        "event": "signed",
        "person": question.person,
        "point": question.point,
        "controller": question.controller,
        "channels": frozenset({question.channel}),
        "purposes": frozenset({question.purpose}),
        "method": "paper",
    }
    return Consent(**{**given, **values})


def allowing(question: Question) -> Facts:
    """Nothing but a consent to what is asked."""
    holders = frozenset({question.person})
    return Facts(point=Point(holders=holders), consents=(signed(question),))


@some
@given(marketing)
def test_a_sound_consent_is_enough_where_nothing_refuses(question: Question) -> None:
    assert decide(question, allowing(question)).ground is Ground.CONSENT


@some
@given(marketing, strategies.consents, st.booleans())
def test_a_withdrawal_wins_ties(question: Question, other: Consent, at_once: bool) -> None:
    """At the instant asked for, or at the very instant of the consent; whatever was declared
    before it, by whichever piece of paper."""
    at = NOW if at_once else NOW - timedelta(days=1)
    end = Withdrawal(at=at, recorded_at=at, event="end")
    known = (
        signed(question, withdrawals=(end,)),
        signed(question, event="twin"),
        replace(other, at=min(other.at, at)),
    )
    decision = decide(question, replace(allowing(question), consents=known))
    assert decision.outcome is Outcome.DENY
    assert Code.CONSENT_WITHDRAWN in decision.codes


@some
@given(marketing, strategies.facts, strategies.consents)
def test_an_objection_wins_ties(question: Question, facts: Facts, other: Consent) -> None:
    at = NOW - timedelta(days=1)
    objected = Objection(
        at=at, recorded_at=at, event="no", scope="marketing_all", person=question.person
    )
    known = (signed(question, at=at), replace(other, at=min(other.at, at)))
    facts = replace(
        facts, consents=known, objections=(*facts.objections, objected), restrictions=()
    )
    assert decide(question, facts).outcome is Outcome.DENY


@some
@given(
    marketing,
    st.sampled_from([timedelta(0), timedelta(days=1), timedelta(days=700)]),
    strategies.several(strategies.facts_only),
    strategies.several(strategies.confirmations),
)
def test_evidence_never_flips_an_objection(
    question: Question,
    before: timedelta,
    uses: tuple[Fact, ...],
    confirmations: tuple[Confirmation, ...],
) -> None:
    """Confirmed, used or proven later: a consent is as old as its declaration."""
    at = NOW - timedelta(days=2)
    late = Fact(at=NOW, recorded_at=NOW, event="late")
    proven = signed(
        question,
        at=at - before,
        uses=(late, *uses),
        confirmations=(
            *(
                Confirmation(at=NOW, recorded_at=NOW, event=how, how=how, point=question.point)
                for how in CONFIRMS
            ),
            *confirmations,
        ),
    )
    facts = replace(allowing(question), consents=(proven,))
    assert decide(question, facts).ground is Ground.CONSENT
    objected = Objection(
        at=at, recorded_at=at, event="no", scope="marketing_all", person=question.person
    )
    decision = decide(question, replace(facts, objections=(objected,)))
    assert decision.outcome is Outcome.DENY
    assert Code.OBJECTION_ART21 in decision.codes


@some
@given(
    marketing,
    st.sampled_from([timedelta(days=3), timedelta(days=800), timedelta(days=1500)]),
    st.booleans(),
    strategies.facts,
)
def test_what_is_recorded_later_changes_nothing(
    question: Question, age: timedelta, is_objected: bool, news: Facts
) -> None:
    """Facts of every kind, and every part of a fact that was known."""
    question = replace(question, known_at=NOW)
    at = NOW - timedelta(days=2)
    objected = Objection(
        at=at, recorded_at=at, event="no", scope="marketing_all", person=question.person
    )
    facts = replace(
        allowing(question),
        consents=(signed(question, at=NOW - age),),
        objections=(objected,) if is_objected else (),
    )
    assert decide(question, _grown(facts, news)) == decide(question, facts)


def _grown(facts: Facts, news: Facts) -> Facts:
    after = NOW + timedelta(seconds=1)
    late = Fact(at=NOW - timedelta(days=1), recorded_at=after, event="late")
    end = Withdrawal(at=late.at, recorded_at=after, event="late end")
    extra: dict[str, Any] = {
        name: (*(replace(each, recorded_at=after) for each in values), *getattr(facts, name))
        for name, values in _tuples(news)
    }
    (known,) = facts.consents
    confirmed = Confirmation(
        at=late.at, recorded_at=after, event="late", how="email_link", point=known.point
    )
    grown = replace(known, uses=(late,), withdrawals=(end,), confirmations=(confirmed,))
    extra["consents"] = (grown, *extra["consents"][:-1])
    extra["objections"] = tuple(replace(each, lifted=late) for each in extra["objections"])
    return replace(facts, died=late, **extra)


def _are_facts(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(each, Fact) for each in value)


@some
@given(
    questions(channel=st.sampled_from(["", "push", "e-mail", "EMAIL"]) | st.text(max_size=5)),
)
def test_an_unknown_channel_is_a_no(question: Question) -> None:
    assume(question.channel not in set(Channel))
    assert decide(question, allowing(question)).outcome is Outcome.DENY


@some
@given(questions(purpose=st.text(max_size=8)))
def test_an_unknown_purpose_is_a_no(question: Question) -> None:
    assume(question.purpose not in PURPOSES)
    assert decide(question, allowing(question)).outcome is Outcome.DENY


@some
@given(marketing, st.text(max_size=6))
def test_an_unknown_status_method_or_scope_is_a_no(question: Question, word: str) -> None:
    allowed = allowing(question)
    broken = replace(allowed, point=replace(allowed.point, status=f"{word}?"))
    assert decide(question, broken).outcome is Outcome.DENY
    unproven = replace(allowed, consents=(signed(question, method=f"{word}?"),))
    assert decide(question, unproven).ground is not Ground.CONSENT
    objected = Objection(
        at=NOW, recorded_at=NOW, event="no", scope=f"{word}?", person=question.person
    )
    assert decide(question, replace(allowed, objections=(objected,))).outcome is Outcome.DENY


@some
@given(
    questions(
        channel=st.sampled_from(["email", "sms", "messenger", "social_dm"]),
        purpose=st.sampled_from(["newsletter", "product_offer", "satisfaction_survey"]),
    ),
    st.sampled_from(ELEMENTS),
    strategies.facts,
)
def test_none_of_the_elements_of_7_3_can_be_missing(
    question: Question, element: dict[str, Any], facts: Facts
) -> None:
    change = {**element}
    question = replace(question, message=Message(has_opt_out_notice=True))
    whole = Sale(
        at=NOW - timedelta(days=30),
        recorded_at=NOW - timedelta(days=30),
        event="sale",
        point=question.point,
        is_from_sale=True,
        is_own_similar=True,
        has_notice=True,
    )
    known = replace(allowing(question), consents=(), sales=(whole,))
    is_mail = question.channel == Channel.EMAIL
    assert decide(question, known).outcome is (Outcome.ALLOW_IF if is_mail else Outcome.REVIEW)
    question = replace(question, message=change.pop("message", question.message))
    broken = replace(whole, **change)
    assert decide(question, replace(known, sales=(broken,))).outcome is Outcome.DENY
    assert decide(question, replace(facts, sales=(broken,))).outcome is not Outcome.ALLOW_IF


@some
@given(questions(), strategies.facts, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_does_not_matter(
    question: Question, facts: Facts, shuffler: Any
) -> None:
    mixed: dict[str, Any] = {}
    for name, values in _tuples(facts):
        copy = list(values)
        shuffler.shuffle(copy)
        mixed[name] = tuple(copy)
    shuffled = replace(facts, **mixed)
    assert decide(question, shuffled) == decide(question, facts)
    assert serial.as_json(shuffled) == serial.as_json(facts)


def _tuples(facts: Facts) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for each in fields(facts):
        if _are_facts(getattr(facts, each.name)):
            yield each.name, getattr(facts, each.name)


@some
@given(questions(known_at=st.none() | strategies.instants), strategies.facts)
def test_a_replay_gives_what_was_recorded(question: Question, facts: Facts) -> None:
    decision = decide(question, facts)
    asked = serial.from_json(Question, serial.as_json(question))
    known = serial.from_json(Facts, serial.as_json(facts))
    assert asked == question
    assert decide(asked, known) == decision
    assert serial.from_json(Decision, serial.as_json(decision)) == decision


@some
@given(questions(known_at=st.none() | strategies.instants), strategies.facts)
def test_every_answer_has_reasons_and_words(question: Question, facts: Facts) -> None:
    decision = decide(question, facts)
    assert bool(decision) is (decision.ground is not Ground.NONE)
    assert bool(decision) is not bool(decision.codes)
    assert set(decision.doubts) <= set(Doubt)
    for language in ("de", "en"):
        told = explain(decision, language)
        assert told.headline
        assert told.sentences


@some
@given(strategies.instants, st.integers(0, 60))
def test_months_end_with_the_month(moment: Any, months: int) -> None:
    later = consents.months_later(moment, months)
    assert (later.year * 12 + later.month) - (moment.year * 12 + moment.month) == months
    assert later.day <= moment.day
