"""Events of calls: twice, out of order, with parts missing; one contact comes of them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts import companies, contact_points
from contacts.models import ContactPoint
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history import calls, telephony
from history.calls import generic, sipgate
from history.models import (
    Call,
    CallEvent,
    CallState,
    Outcome,
    Participation,
    TelephoneFormat,
    TelephoneSystem,
    Touchpoint,
)

NUMBER = "4921112345678"


@pytest.fixture
def system(admin, at) -> TelephoneSystem:
    made, _secret = telephony.create(
        actor=admin, name="sipgate", format=TelephoneFormat.SIPGATE, at=at
    )
    return made


@pytest.fixture
def agent(system, admin, service, at):
    telephony.add_extension(actor=admin, system=system, user=service, provider_id="w0", at=at)
    return service


def events_of(at: datetime, *, cause: str = "normalClearing", answered: bool = True) -> list[Any]:
    """A call from outside with events that carry their own times."""
    told = [
        {"event": "ringing", "from": NUMBER, "to": "493012345", "agents": ["w0"], "at": at},
        {"event": "answered", "agents": ["w0"], "at": at + timedelta(seconds=7)},
        {"event": "ended", "cause": cause, "at": at + timedelta(seconds=67)},
    ]
    if not answered:
        del told[1]
    later = at + timedelta(hours=1)
    return [generic.read({"call_id": "c1", "direction": "in", **each}, at=later) for each in told]


def told(call: Call) -> dict[str, Any]:
    """All that a call and its contact say, without what counts rows and writing."""
    call = Call.objects.get(pk=call.pk)
    own = ("direction", "caller", "called", "other_side", "rung", "agent_id", "ringing_at",
           "answered_at", "ended_at", "state", "cause", "is_voicemail", "is_written")  # fmt: skip
    contact = ("direction", "happened_at", "answered_at", "ended_at", "agent_id", "outcome",
               "contact_value")  # fmt: skip
    return {name: getattr(call, name) for name in own} | {
        f"touchpoint.{name}": getattr(call.touchpoint, name) for name in contact
    }


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_in_every_order_and_however_often_the_same_comes_of_it(
    data, system, agent, make_person, at
) -> None:
    answered = data.draw(st.booleans())
    events = events_of(at, answered=answered, cause="normalClearing" if answered else "cancel")
    once = data.draw(st.permutations(events))
    again = data.draw(st.lists(st.sampled_from(events), max_size=4))
    later = at + timedelta(hours=1)
    with transaction.atomic():
        for event in events:
            call = calls.take(system=system, event=event, at=later)
        in_order = told(call)
        transaction.set_rollback(True)
    with transaction.atomic():
        for event in [*once, *again, *once]:
            call = calls.take(system=system, event=event, at=later)
        assert told(call) == in_order
        assert Touchpoint.objects.count() == 1
        assert CallEvent.objects.count() == len(events)
        transaction.set_rollback(True)


def test_a_call_is_written_once_with_its_times(system, agent, at) -> None:
    later = at + timedelta(hours=1)
    for event in events_of(at):
        call = calls.take(system=system, event=event, at=later)
    contact = Touchpoint.objects.get()
    assert call.touchpoint == contact
    assert (contact.channel, contact.direction, contact.outcome) == ("PHONE", "IN", "REACHED")
    assert contact.happened_at == at
    assert contact.answered_at == at + timedelta(seconds=7)
    assert contact.ended_at == at + timedelta(seconds=67)
    assert contact.agent == agent
    assert Participation.objects.get().contact_point == contact.contact_point
    assert contact.contact_point.normalised == "+4921112345678"


def test_it_stands_in_the_line_of_the_one_who_holds_the_number(
    system, agent, make_person, admin, source, at
) -> None:
    person = make_person("Johannes", "Maier")
    contact_points.add(
        actor=admin, record=person, kind="PHONE", value="0211/12345678", source=source, at=at
    )
    for event in events_of(at):
        calls.take(system=system, event=event, at=at + timedelta(hours=1))
    assert Participation.objects.get().person == person
    assert ContactPoint.objects.count() == 1


def test_of_two_who_hold_the_number_nobody_is_guessed(
    system, agent, make_person, admin, source, at
) -> None:
    for name in ("Maier", "Abel"):
        contact_points.add(
            actor=admin, record=make_person("Anna", name), kind="PHONE", value="0211/12345678",
            source=source, at=at,
        )  # fmt: skip
    for event in events_of(at):
        calls.take(system=system, event=event, at=at + timedelta(hours=1))
    assert Participation.objects.get().contact_point is not None


def test_a_company_of_its_own_gets_the_call(system, agent, admin, source, at) -> None:
    company = companies.create(actor=admin, values={"name": "Werft GmbH"}, source=source, at=at)
    contact_points.add(
        actor=admin, record=company, kind="PHONE", value="0211/12345678", source=source, at=at
    )
    for event in events_of(at):
        calls.take(system=system, event=event, at=at + timedelta(hours=1))
    assert Participation.objects.get().company == company


@pytest.mark.parametrize(
    ("cause", "outcome"),
    [("cancel", Outcome.MISSED), ("busy", Outcome.MISSED), ("noAnswer", Outcome.MISSED)],
)
def test_nobody_took_it(system, agent, at, cause, outcome) -> None:
    for event in events_of(at, cause=cause, answered=False):
        calls.take(system=system, event=event, at=at + timedelta(hours=1))
    contact = Touchpoint.objects.get()
    assert contact.outcome == outcome
    assert contact.answered_at is None
    assert contact.agent == agent


def pushed(at: datetime, **fields: Any) -> Any:
    """What sipgate sends."""
    plain = {name.rstrip("_"): value for name, value in fields.items()}
    lists = {n: v if isinstance(v, list) else [v] for n, v in plain.items()}
    return sipgate.read({"callId": ["s1"], **lists}, at=at)


def test_sipgate_out_of_order_with_the_times_of_arrival(system, agent, at) -> None:
    call = {"from": NUMBER, "to": "493012345", "direction": "in"}
    orders = (
        {"event": "hangup", "cause": "normalClearing", **call},
        {"event": "answer", "userId": "w0", **call},
        {"event": "newCall", "userId[]": ["w0", "w1"], "user[]": ["Anna", "Bo"], **call},
    )
    for seconds, fields in enumerate(orders):
        came = at + timedelta(seconds=seconds)
        calls.take(system=system, event=pushed(came, **fields), at=came)
    contact = Touchpoint.objects.get()
    assert (contact.happened_at, contact.answered_at, contact.ended_at) == (at, at, at)
    assert contact.agent == agent


def test_the_voicemail_took_it(system, agent, at) -> None:
    call = {"from": NUMBER, "to": "493012345", "direction": "in"}
    for fields in (
        {"event": "newCall", "userId[]": ["w0"], **call},
        {"event": "answer", "user": "voicemail", **call},
        {"event": "hangup", "cause": "normalClearing", **call},
    ):
        calls.take(system=system, event=pushed(at, **fields), at=at)
    assert Touchpoint.objects.get().outcome == Outcome.VOICEMAIL


def test_a_call_from_us(system, agent, at) -> None:
    call = {"from": "493012345", "to": NUMBER, "direction": "out"}
    for fields in (
        {"event": "newCall", "userId[]": ["w0"], **call},
        {"event": "hangup", "cause": "busy", **call},
    ):
        calls.take(system=system, event=pushed(at, **fields), at=at)
    contact = Touchpoint.objects.get()
    assert (contact.direction, contact.outcome) == ("OUT", Outcome.NOT_REACHED)
    assert contact.contact_point.normalised == f"+{NUMBER}"
    assert contact.agent == agent


@pytest.mark.parametrize("number", ["anonymous", "", "10", "sip:anonymous@example.net"])
def test_a_number_that_is_suppressed_or_internal_leaves_the_call_only(
    system, agent, at, number
) -> None:
    call = {"from": number, "to": "493012345", "direction": "in"}
    for fields in (
        {"event": "newCall", "userId[]": ["w0"], **call},
        {"event": "hangup", "cause": "cancel", **call},
    ):
        calls.take(system=system, event=pushed(at, **fields), at=at)
    kept = Call.objects.get()
    assert kept.is_written
    assert kept.touchpoint is None
    assert kept.state == CallState.ENDED
    assert not Touchpoint.objects.exists()
    assert not ContactPoint.objects.exists()


def test_what_got_lost_is_not_waited_for_for_ever(system, agent, at) -> None:
    events = events_of(at)
    later = at + timedelta(hours=1)
    calls.take(system=system, event=events[2], at=later)
    assert calls.settle(at=later + timedelta(seconds=14)) == 0
    calls.take(system=system, event=events[0], at=later)
    assert not Touchpoint.objects.exists()
    assert calls.settle(at=later + timedelta(seconds=15)) == 1
    assert calls.settle(at=later + timedelta(seconds=30)) == 0
    contact = Touchpoint.objects.get()
    assert (contact.outcome, contact.answered_at) == (Outcome.REACHED, None)
    calls.take(system=system, event=events[1], at=later + timedelta(minutes=1))
    assert Touchpoint.objects.count() == 1
    assert CallEvent.objects.count() == 3


def test_a_call_that_never_ended_is_written_after_half_a_day(system, agent, at) -> None:
    calls.take(system=system, event=events_of(at)[0], at=at + timedelta(hours=1))
    assert calls.settle(at=at + timedelta(hours=12)) == 0
    assert calls.settle(at=at + timedelta(hours=13)) == 1
    assert Touchpoint.objects.get().outcome == Outcome.MISSED


def test_an_event_without_a_call_is_refused(at) -> None:
    with pytest.raises(errors.Invalid) as refused:
        sipgate.read({"event": ["newCall"], "from": [NUMBER]}, at=at)
    assert refused.value.field == "callId"
    assert sipgate.read({"event": ["dtmf"], "callId": ["1"], "dtmf": ["1"]}, at=at) is None


def test_a_secret_belongs_to_one_active_system(system, admin, service, at) -> None:
    other, secret = telephony.create(actor=admin, name="PBX", format="GENERIC", at=at)
    assert telephony.system_of(secret) == other
    assert telephony.system_of(secret + "x") is None
    telephony.set_active(actor=admin, system=other, is_active=False, at=at)
    assert telephony.system_of(secret) is None
    written = AuditEntry.objects.count()
    with pytest.raises(errors.NotPermitted):
        telephony.renew_secret(actor=service, system=system, at=at)
    assert AuditEntry.objects.count() == written


def test_an_extension_is_of_one_user(system, agent, admin, sales, at) -> None:
    telephony.add_extension(actor=admin, system=system, user=sales, number="030 12345-67", at=at)
    for wrong in ({"number": "+493012345 67"}, {"provider_id": "w0"}, {}, {"number": "kein"}):
        with pytest.raises(errors.Invalid):
            telephony.add_extension(actor=admin, system=system, user=agent, **wrong, at=at)
    assert system.extensions.count() == 2
