"""When: what people type for a day. Tuesday, 17 March 2026, 10:12."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from history.activities import phrases
from history.activities.phrases import Reason, Unreadable

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 17, 10, 12, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14", "2026-03-31"),
        ("in 14 Tagen", "2026-03-31"),
        ("1 Tag", "2026-03-18"),
        ("3t", "2026-03-20"),
        ("2w", "2026-03-31"),
        ("2 Wochen", "2026-03-31"),
        ("in 3 Monaten", "2026-06-17"),
        ("3m", "2026-06-17"),
        ("heute", "2026-03-17"),
        ("  Morgen ", "2026-03-18"),
        ("übermorgen", "2026-03-19"),
        ("Mo", "2026-03-23"),
        ("Di", "2026-03-24"),
        ("nächsten Mittwoch", "2026-03-18"),
        ("so.", "2026-03-22"),
        ("24.03.", "2026-03-24"),
        ("24.3", "2026-03-24"),
        ("17.3.", "2026-03-17"),
        ("16.3.", "2027-03-16"),
        ("29.2.", "2028-02-29"),
        ("24. 3. 27", "2027-03-24"),
        ("24.03.2026", "2026-03-24"),
        ("2026-03-24", "2026-03-24"),
    ],
)
def test_days(text: str, day: str) -> None:
    due = phrases.parse(text, now=NOW)
    assert (due.at.isoformat()[:16], due.has_time) == (f"{day}T00:00", False)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("24.3. 14:30", "2026-03-24T14:30"),
        ("24.03.2026, 9:05", "2026-03-24T09:05"),
        ("morgen 9:00", "2026-03-18T09:00"),
        ("Mo um 14 Uhr", "2026-03-23T14:00"),
        ("14 8:30 Uhr", "2026-03-31T08:30"),
        ("14:30", "2026-03-17T14:30"),
        ("9:00", "2026-03-18T09:00"),
        ("16 Uhr", "2026-03-17T16:00"),
    ],
)
def test_hours(text: str, moment: str) -> None:
    due = phrases.parse(text, now=NOW)
    assert (due.at.isoformat()[:16], due.has_time) == (moment, True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4", "2026-03-23"),  # Saturday
        ("5", "2026-03-23"),  # Sunday
        ("6", "2026-03-23"),
        ("4 Tage", "2026-03-23"),
        ("21.3.", "2026-03-21"),  # named: meant
        ("Sa", "2026-03-21"),
        ("5m", "2026-08-17"),
    ],
)
def test_only_a_number_of_days_is_moved_off_a_weekend(text: str, day: str) -> None:
    assert phrases.parse(text, now=NOW).at.date().isoformat() == day


def test_a_number_of_days_is_moved_off_a_holiday_of_the_state() -> None:
    before = datetime(2026, 12, 30, 9, 0, tzinfo=BERLIN)

    def day(text: str, state: str) -> str:
        return f"{phrases.parse(text, now=before, state=state).at:%Y-%m-%d}"

    assert day("2", "") == "2027-01-04"  # Friday, 1 January, then the weekend
    assert (day("7", ""), day("7", "BW")) == ("2027-01-06", "2027-01-07")  # Epiphany
    assert (day("1w", "BW"), day("6.1.", "BW")) == ("2027-01-06", "2027-01-06")


def test_weeks_keep_the_weekday_and_months_end_with_the_month() -> None:
    saturday = datetime(2026, 1, 31, 9, 0, tzinfo=BERLIN)
    assert phrases.parse("2w", now=saturday).at.date().isoformat() == "2026-02-14"
    assert phrases.parse("1m", now=saturday).at.date().isoformat() == "2026-02-28"
    assert phrases.parse("morgen", now=saturday).at.date().isoformat() == "2026-02-01"


def test_an_hour_is_the_one_on_the_clock_also_after_the_change_to_summer_time() -> None:
    due = phrases.parse("30.3. 9:00", now=NOW)
    assert due.at.isoformat() == "2026-03-30T09:00:00+02:00"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        ("   ", Reason.EMPTY),
        ("bald", Reason.UNKNOWN),
        ("Maier", Reason.UNKNOWN),
        ("-3", Reason.UNKNOWN),
        ("14,5", Reason.UNKNOWN),
        ("99999", Reason.UNKNOWN),
        ("32.1.", Reason.NO_SUCH_DAY),
        ("30.2.", Reason.NO_SUCH_DAY),
        ("1.13.", Reason.NO_SUCH_DAY),
        ("2026-02-30", Reason.NO_SUCH_DAY),
        ("0000-01-01", Reason.NO_SUCH_DAY),
        ("morgen 25:00", Reason.NO_SUCH_HOUR),
        ("12:75", Reason.NO_SUCH_HOUR),
        ("9999", Reason.TOO_FAR),
        ("9999w", Reason.TOO_FAR),
        ("9999m", Reason.TOO_FAR),
        ("24.3.2056", Reason.TOO_FAR),
    ],
)
def test_what_is_no_day_says_why(text: str, reason: Reason) -> None:
    with pytest.raises(Unreadable) as refused:
        phrases.parse(text, now=NOW)
    assert refused.value.reason is reason
