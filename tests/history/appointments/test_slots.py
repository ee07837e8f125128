"""When somebody is free: working hours, holidays, absences, and what is agreed already."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.accounts.models import RoleCode, User
from crm.kernel import errors, working_days
from history.activities import planning
from history.appointments import slots, staff, weeks
from history.appointments.spans import Span, without
from history.models import AppointmentKind
from tests.history.days import day

BEGIN = datetime(2026, 3, 19, tzinfo=UTC)


def hours_of(found: list[slots.Slot]) -> list[str]:
    return [f"{timezone.localtime(slot.starts_at):%d %H:%M}" for slot in found]


@pytest.fixture
def free(kind: AppointmentKind, brandt: User, at: datetime) -> Callable[..., list[str]]:
    """``free(date(2026, 3, 19))``: the hours on which Brandt can be booked."""

    def read(first: date, last: date | None = None) -> list[str]:
        found = slots.free(kind=kind, first=first, last=last or first, at=at, employees=[brandt])
        return hours_of(found)

    return read


def test_the_usual_week_is_monday_to_friday_from_nine_to_five(free: Any) -> None:
    assert free(date(2026, 3, 19)) == [f"19 {hour:02}:00" for hour in range(9, 17)]
    assert free(date(2026, 3, 21), date(2026, 3, 22)) == []


def test_what_is_over_is_not_free(free: Any) -> None:
    """It is 10:12 on the 17th."""
    assert free(date(2026, 3, 17))[0] == "17 11:00"
    assert free(date(2026, 3, 16)) == []


def test_an_appointment_takes_its_time_and_its_pause(free: Any, book: Any) -> None:
    book(day(3, 19, 9))  # 10:00 to 11:00, free again at 11:15
    assert free(date(2026, 3, 19))[:3] == ["19 12:00", "19 13:00", "19 14:00"]


def test_an_entry_of_ones_own_takes_its_time(free: Any, brandt: User, at: datetime) -> None:
    values = {"subject": "Betriebsversammlung", "kind": "APPOINTMENT", "has_time": True}
    planning.plan(actor=brandt, values=values | {"due_at": day(3, 19, 11)}, at=at)  # 12 to 13
    assert "19 12:00" not in free(date(2026, 3, 19))
    assert "19 11:00" not in free(date(2026, 3, 19)), "its pause would reach into the meeting"
    assert "19 13:00" in free(date(2026, 3, 19))


def test_holidays_are_those_of_the_federal_state(free: Any, brandt: User, at: datetime) -> None:
    women, thursday = date(2027, 3, 8), date(2026, 6, 4)  # Berlin alone; Corpus Christi: Bavaria
    week: dict[str, Any] = {"actor": brandt, "user": brandt, "hours": weeks.USUAL, "at": at}
    assert free(women)
    assert free(thursday)
    weeks.set_week(federal_state="BE", **week)
    assert free(women) == []
    assert free(thursday)
    weeks.set_week(federal_state="BY", **week)
    assert free(women)
    assert free(thursday) == []
    assert free(date(2026, 12, 25)) == []


def test_a_holiday_has_a_name_in_both_languages() -> None:
    assert working_days.holiday(date(2026, 12, 25), state="BE") == "Erster Weihnachtstag"
    with translation.override("en"):
        assert working_days.holiday(date(2026, 12, 25), state="BE") == "Christmas Day"
    assert working_days.holiday(date(2026, 12, 28), state="BE") == ""


def test_a_week_of_ones_own(free: Any, brandt: User, at: datetime) -> None:
    hours = {3: [(time(8), time(10)), (time(14, 30), time(16))]}
    weeks.set_week(actor=brandt, user=brandt, hours=hours, at=at)
    assert free(date(2026, 3, 18), date(2026, 3, 19)) == ["19 08:00", "19 09:00", "19 14:30"]


def test_whoever_is_absent_is_not_free(free: Any, brandt: User, at: datetime) -> None:
    away = {"first_on": date(2026, 3, 19), "last_on": date(2026, 3, 20)}
    absence = weeks.add_absence(actor=brandt, user=brandt, at=at, **away)
    assert free(date(2026, 3, 19), date(2026, 3, 20)) == []
    weeks.remove_absence(actor=brandt, absence=absence, at=at)
    assert len(free(date(2026, 3, 19), date(2026, 3, 20))) == 16


@pytest.mark.parametrize(
    "hours",
    [
        {0: [(time(9), time(9))]},
        {0: [(time(9), time(12)), (time(11), time(14))]},
        {7: [(time(9), time(12))]},
    ],
)
def test_a_week_that_cannot_be_is_refused(hours: Any, brandt: User, at: datetime) -> None:
    with pytest.raises(errors.Invalid):
        weeks.set_week(actor=brandt, user=brandt, hours=hours, at=at)
    assert weeks.week_of(brandt).is_usual


def test_only_a_lead_changes_the_week_of_somebody_else(
    brandt: User, make_user: Any, at: datetime
) -> None:
    colleague, lead = make_user(RoleCode.SERVICE), make_user(RoleCode.TEAM_LEAD)
    with pytest.raises(errors.NotPermitted):
        weeks.set_week(actor=colleague, user=brandt, hours={}, at=at)
    with pytest.raises(errors.NotPermitted):
        weeks.add_absence(
            actor=colleague, user=brandt, first_on=at.date(), last_on=at.date(), at=at
        )
    assert weeks.week_of(brandt).is_usual
    weeks.set_week(actor=lead, user=brandt, hours={}, at=at)
    assert weeks.week_of(brandt).hours == {}


def test_whoever_was_taken_out_or_records_no_contacts_is_not_booked(
    brandt: User, make_user: Any, kind: AppointmentKind, team: Any, at: datetime
) -> None:
    make_user(RoleCode.PRIVACY)
    shut = make_user(RoleCode.SALES, teams=[team])
    weeks.set_week(actor=shut, user=shut, hours=weeks.USUAL, is_bookable=False, at=at)
    assert brandt in staff.employees_for(kind)
    assert shut not in staff.employees_for(kind)
    kind.team = team
    assert staff.employees_for(kind) == []


def test_a_month_of_everybody_is_six_queries(
    book: Any, make_user: Any, kind: AppointmentKind, at: datetime,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for number in range(5):
        user = make_user(RoleCode.SERVICE)
        weeks.set_week(actor=user, user=user, hours=weeks.USUAL, federal_state="BE", at=at)
        book(day(3, 19 + number % 2, 9), employee=user)
    with django_assert_num_queries(6):
        found = slots.free(kind=kind, first=date(2026, 3, 17), last=date(2026, 4, 16), at=at)
    assert len({slot.employee.pk for slot in found}) >= 6


@st.composite
def spans(draw: Any) -> Span:
    begins, length = draw(st.integers(0, 60)), draw(st.integers(1, 30))
    start = BEGIN + timedelta(minutes=begins)
    return Span(start, start + timedelta(minutes=length))


def minutes_of(found: list[Span]) -> set[int]:
    minute = timedelta(minutes=1)
    return {
        number
        for span in found
        for number in range((span.begins - BEGIN) // minute, (span.ends - BEGIN) // minute)
    }


@settings(deadline=None, max_examples=60)
@given(st.lists(spans(), max_size=3), st.lists(spans(), max_size=4))
def test_what_is_left_is_what_was_there_and_is_not_taken(
    given_spans: list[Span], taken: list[Span]
) -> None:
    left = without(given_spans, taken)
    assert minutes_of(left) == minutes_of(given_spans) - minutes_of(taken)
    assert all(any(whole.holds(rest) for whole in given_spans) for rest in left)
    assert not any(rest.overlaps(cut) for rest in left for cut in taken)


def test_a_spread_takes_the_first_and_the_last_of_each_day(
    kind: AppointmentKind, brandt: User, at: datetime
) -> None:
    found = slots.free(
        kind=kind, first=date(2026, 3, 19), last=date(2026, 3, 20), at=at, employees=[brandt]
    )
    assert hours_of(slots.spread(found, each_day=3)) == [
        "19 09:00", "19 12:00", "19 16:00", "20 09:00", "20 12:00", "20 16:00",
    ]  # fmt: skip
    assert hours_of(slots.spread(found[:2], each_day=3)) == ["19 09:00", "19 10:00"]
    assert hours_of(slots.spread(found, each_day=1)) == ["19 09:00", "20 09:00"]
