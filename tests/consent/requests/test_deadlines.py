"""Periods of requests and of retention, day by day."""

from datetime import date

import pytest

from consent.requests import deadlines
from consent.requests.deadlines import Clock
from consent.retention import deciding, periods
from consent.retention.deciding import Fate, Kept
from crm.kernel import working_days


@pytest.mark.parametrize(
    ("received", "internal", "legal"),
    [
        (date(2026, 3, 5), date(2026, 4, 5), date(2026, 4, 7)),  # Easter Sunday and Monday
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 2)),  # no 31st; a Saturday
        (date(2024, 1, 30), date(2024, 2, 29), date(2024, 2, 29)),
        (date(2026, 11, 25), date(2026, 12, 25), date(2026, 12, 28)),  # Christmas, Sat, Sun
        (date(2026, 12, 1), date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_a_month_ends_on_a_working_day(received: date, internal: date, legal: date) -> None:
    due = deadlines.due(Clock(received), today=received, state="")
    assert (due.internal, due.legal, due.paused) == (internal, legal, 0)


def test_a_holiday_of_one_state_moves_the_day_there_alone() -> None:
    clock = Clock(date(2026, 5, 4))  # Corpus Christi is 4 June 2026
    assert deadlines.due(clock, today=date(2026, 5, 4), state="BY").legal == date(2026, 6, 5)
    assert deadlines.due(clock, today=date(2026, 5, 4), state="BE").legal == date(2026, 6, 4)
    assert "BY" in working_days.STATES


def test_the_clock_stands_still_while_a_proof_is_awaited() -> None:
    waiting = Clock(date(2026, 3, 5), identity_asked_on=date(2026, 3, 6))
    assert deadlines.due(waiting, today=date(2026, 3, 10), state="").internal == date(2026, 4, 9)
    assert deadlines.is_standing(waiting, today=date(2026, 3, 10))
    came = Clock(date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 15))
    assert deadlines.due(came, today=date(2026, 4, 1), state="").internal == date(2026, 4, 14)
    assert not deadlines.is_standing(came, today=date(2026, 4, 1))


def test_who_asks_late_does_not_gain_time() -> None:
    late = Clock(date(2026, 3, 5), date(2026, 3, 9), date(2026, 3, 20))
    assert deadlines.due(late, today=date(2026, 3, 21), state="").paused == 0


def test_an_extension_gives_two_months_more() -> None:
    clock = Clock(date(2026, 3, 2), extended_on=date(2026, 3, 20))
    assert deadlines.due(clock, today=date(2026, 3, 20), state="").internal == date(2026, 6, 2)
    assert deadlines.first_due(clock, today=date(2026, 3, 20), state="").legal == date(2026, 4, 2)


def test_periods_end_as_the_civil_code_says() -> None:
    assert periods.years(5).until(date(2024, 2, 29)) == date(2029, 2, 28)
    assert periods.years(8, from_year_end=True).until(date(2026, 3, 10)) == date(2034, 12, 31)
    assert periods.days(30).until(date(2026, 1, 10)) == date(2026, 2, 9)
    assert periods.years(5).is_shorter_than(periods.years(5, from_year_end=True))
    assert not periods.years(9).is_shorter_than(periods.years(8, from_year_end=True))


@pytest.mark.parametrize(
    ("kept", "fate", "until"),
    [
        (
            Kept("phone_consent_proof", date(2024, 2, 29), is_to_be_erased=True),
            Fate.HOLD_RESTRICTED,
            date(2029, 2, 28),
        ),
        (Kept("email_consent_proof", date(2020, 1, 1)), Fate.KEEP, None),  # in force, no end
        (Kept("suppression_hash", date(2001, 1, 1), is_to_be_erased=True), Fate.KEEP, None),
        (Kept("doi_pending", date(2026, 3, 1), is_to_be_erased=True), Fate.DELETE, None),
        (Kept("trade_letter", date(2019, 5, 1)), Fate.DELETE, date(2025, 12, 31)),
    ],
)
def test_what_is_to_be_done(kept: Kept, fate: Fate, until: date | None) -> None:
    found = deciding.decide(kept, today=date(2026, 3, 17))
    assert found.fate == fate
    if until is not None or kept.rule == "email_consent_proof":
        assert found.until == until
