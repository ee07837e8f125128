"""A double opt-in: what a pressed button, a code or a mere visit is worth, and for how long."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from consent.decision import opting_in
from consent.decision.opting_in import Action, Again, State, Step, Waiting
from consent.decision.vectors import Vector, instant
from tests.consent.decision import rows

ASKED = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


def waiting(*, how: str = "email_link", **values: Any) -> Waiting:
    return Waiting(requested_at=ASKED, expires_at=ASKED + opting_in.lives(how), **values)


def step_of(vector: Vector) -> tuple[Waiting, Step]:
    """A row as a step; a code without its token was wrong if wrong ones are told."""
    given = vector.facts
    action = Action(given.get("action") or "")
    how = given.get("confirm_kind") or ("sms_code" if action is Action.CODE else "email_link")
    requested = instant(given["requested_at"])
    hours = given.get("ttl_hours")
    lives = timedelta(hours=hours) if hours is not None else opting_in.lives(how)
    wrong = given.get("wrong_attempts", 0)
    asked = Waiting(
        requested_at=requested,
        expires_at=requested + lives,
        confirmed_at=instant(given["confirmed_at"]) if given.get("confirmed_at") else None,
        withdrawn_at=instant(given["withdrawn_at"]) if given.get("withdrawn_at") else None,
        wrong_attempts=wrong,
        most_attempts=given.get("max_attempts", opting_in.MOST_ATTEMPTS),
        kept=timedelta(days=given.get("purge_days", 30)),
        text=given.get("text_at_request", ""),
    )
    step = opting_in.acted(
        asked,
        action,
        at=vector.at,
        is_right=given.get("token", "wrong" if wrong else "ok") == "ok",
        how=how,
        channels=given.get("channels", ()),
    )
    return asked, step


@pytest.mark.parametrize("vector", rows.of("doi"), ids=lambda vector: vector.id)
def test_published_row(vector: Vector) -> None:
    asked, step = step_of(vector)
    found = {
        "effective_at": step.effective_at and f"{step.effective_at:%Y-%m-%dT%H:%M:%SZ}",
        "new_event": step.is_new,
        "text_version": step.text,
        "purge_on": f"{opting_in.purge_on(asked.requested_at, kept=asked.kept):%Y-%m-%d}",
        **step.by_channel,
    }
    assert step.state == vector.decision
    assert {key: found[key] for key in vector.expected} == vector.expected


def test_the_button_confirms_until_seven_days_are_over() -> None:
    last = ASKED + timedelta(days=7) - timedelta(seconds=1)
    assert opting_in.pressed(waiting(), at=last) is State.GRANTED
    assert opting_in.pressed(waiting(), at=ASKED + timedelta(days=7)) is State.EXPIRED


def test_a_code_lasts_ten_minutes() -> None:
    asked = waiting(how="sms_code")
    assert opting_in.pressed(asked, at=ASKED + timedelta(minutes=9, seconds=59)) is State.GRANTED
    assert opting_in.pressed(asked, at=ASKED + timedelta(minutes=10)) is State.EXPIRED


def test_a_right_code_counts_from_then_on() -> None:
    at = ASKED + timedelta(minutes=2)
    step = opting_in.acted(
        waiting(how="sms_code", wrong_attempts=4, text="T1"),
        Action.CODE,
        at=at,
        how="sms_code",
        channels=["phone", "email", "post"],
    )
    assert step == Step(
        state=State.PARTIAL,
        effective_at=at,
        is_new=True,
        by_channel={
            "phone": State.GRANTED,
            "email": State.PENDING,
            "post": State.GRANTED,
        },
        text="T1",
    )


@pytest.mark.parametrize("action", [Action.NOTHING, Action.GET_ONLY])
def test_a_visit_declares_nothing(action: Action) -> None:
    step = opting_in.acted(waiting(), action, at=ASKED + HOUR, channels=["email"])
    assert step == Step(state=State.PENDING, by_channel={"email": State.PENDING})


def test_a_wrong_token_changes_nothing() -> None:
    step = opting_in.acted(waiting(), Action.POST_CONFIRM, at=ASKED + HOUR, is_right=False)
    assert step == Step(state=State.PENDING)


def test_a_link_proves_nothing_for_a_number_alone() -> None:
    step = opting_in.acted(
        waiting(), Action.POST_CONFIRM, at=ASKED + HOUR, channels=["phone", "post"]
    )
    assert step.state is State.PENDING
    assert not step.is_new
    assert step.effective_at is None


def test_a_locked_one_stays_locked_for_the_right_code() -> None:
    asked = waiting(how="sms_code", wrong_attempts=5)
    assert opting_in.pressed(asked, at=ASKED) is State.LOCKED


def test_a_withdrawal_at_the_same_instant_wins() -> None:
    at = ASKED + HOUR
    asked = waiting(withdrawn_at=at, confirmed_at=at)
    assert opting_in.acted(asked, Action.POST_CONFIRM, at=at).state is State.WITHDRAWN
    assert opting_in.state_of(asked, at=at - timedelta(seconds=1)) is State.PENDING


def test_what_was_confirmed_is_not_purged() -> None:
    late = ASKED + timedelta(days=40)
    assert opting_in.state_of(waiting(confirmed_at=ASKED + HOUR), at=late) is State.GRANTED
    assert opting_in.state_of(waiting(), at=late) is State.PURGE


def test_the_day_of_the_purge_begins_at_midnight() -> None:
    assert opting_in.purge_on(ASKED) == datetime(2026, 4, 1, tzinfo=UTC)


def test_a_form_is_what_all_its_channels_are() -> None:
    assert opting_in.whole([State.GRANTED, State.GRANTED]) is State.GRANTED
    assert opting_in.whole([State.GRANTED, State.PENDING]) is State.PARTIAL
    assert opting_in.whole([State.EXPIRED, State.PENDING]) is State.PENDING
    assert opting_in.whole([]) is State.PENDING
    assert opting_in.by_channel("carrier_pigeon", ["email"]) == {"email": State.PENDING}


@pytest.mark.parametrize(
    ("how", "after", "more", "asked", "expected"),
    [
        ("sms_code", timedelta(minutes=2), {}, [ASKED], Again.YES),
        ("sms_code", timedelta(minutes=11), {}, [ASKED], Again.YES),
        ("sms_code", timedelta(minutes=2), {"wrong_attempts": 5}, [ASKED], Again.YES),
        ("sms_code", timedelta(seconds=59), {}, [ASKED], Again.WAIT),
        ("sms_code", timedelta(minutes=1), {}, [ASKED], Again.YES),
        ("sms_code", HOUR, {}, [ASKED] * 4, Again.LIMIT),
        ("sms_code", 24 * HOUR, {}, [ASKED] * 4, Again.YES),
        ("sms_code", HOUR, {"confirmed_at": ASKED + HOUR}, [ASKED], Again.NEVER),
        ("sms_code", HOUR, {"withdrawn_at": ASKED}, [ASKED], Again.NEVER),
        ("sms_code", timedelta(days=31), {}, [ASKED], Again.NEVER),
        ("email_link", 2 * HOUR, {}, [ASKED], Again.NEVER),
        ("email_link", timedelta(days=7), {}, [ASKED], Again.YES),
        ("email_link", timedelta(days=9), {}, [ASKED, ASKED + HOUR], Again.LIMIT),
        ("email_link", timedelta(days=31), {}, [ASKED], Again.NEVER),
    ],
)
def test_one_more_message_only_where_the_first_may_be_lost(
    how: str, after: timedelta, more: dict[str, Any], asked: list[datetime], expected: Again
) -> None:
    found = opting_in.again(waiting(how=how, **more), at=ASKED + after, how=how, asked=asked)
    assert found == expected
