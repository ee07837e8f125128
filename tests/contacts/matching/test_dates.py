"""Birth dates without silent guesses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.matching.normalise import Unreadable, birth_date

TODAY = date(2026, 3, 17)
BORN = date(1971, 2, 14)


@pytest.mark.parametrize(
    "text",
    [
        "14.02.1971",
        "14.2.71",
        "14. 2. 1971",
        "1971-02-14",
        "1971-02-14T00:00:00",
        "1971/02/14",
        "14. Februar 1971",
        "14. Feb. 1971",
        "14 february 71",
        "14/02/1971",
        "02/14/1971",
        "14-02-1971",
        "19710214",
        "14021971",
        "140271",
        "25978",
        "25978.0",
    ],
)
def test_one_day_in_every_notation(text: str) -> None:
    assert birth_date(text, today=TODAY) == BORN


def test_two_digit_years_belong_to_people_between_16_and_100() -> None:
    assert birth_date("01.01.05", today=TODAY) == date(2005, 1, 1)
    assert birth_date("01.01.10", today=TODAY) == date(2010, 1, 1)
    assert birth_date("01.01.27", today=TODAY) == date(1927, 1, 1)


@pytest.mark.parametrize(
    ("text", "code", "proposal"),
    [
        ("05/06/1971", "birth-date-ambiguous", "05.06.1971"),
        ("05-06-71", "birth-date-ambiguous", "05.06.1971"),
        ("01.01.20", "birth-date-ambiguous", "01.01.1920"),
        ("010203", "birth-date-ambiguous", "01.02.2003"),
        ("31.02.1971", "birth-date-impossible", ""),
        ("00.00.0000", "birth-date-impossible", ""),
        ("01.01.2027", "birth-date-impossible", ""),
        ("01.01.1890", "birth-date-impossible", ""),
        ("99999999", "birth-date-impossible", ""),
        ("Februar 1971", "birth-date-format", ""),
        ("unbekannt", "birth-date-format", ""),
        ("", "birth-date-format", ""),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, code: str, proposal: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        birth_date(text, today=TODAY)
    assert (refusal.value.code, refusal.value.proposal) == (code, proposal)
    assert "%(" not in str(refusal.value)


@given(st.dates(date(1900, 1, 1), TODAY))
def test_written_dates_are_read_back(day: date) -> None:
    assert birth_date(day.isoformat(), today=TODAY) == day
    assert birth_date(f"{day:%d.%m.%Y}", today=TODAY) == day


@given(st.text(alphabet="0123456789./- abFeJn", max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = birth_date(text, today=TODAY)
    except Unreadable:
        return
    assert date(1900, 1, 1) <= found <= TODAY
