"""Numbers and times in German and English."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from crm.ui import formats

AT = datetime(2026, 3, 3, 8, 12, tzinfo=UTC)
TODAY = date(2026, 3, 17)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (formats.number(5000), "5.000"),
        (formats.number(Decimal("-1.6")), "−1,6"),
        (formats.number(None), "–"),
        (formats.euros(12345), "12.345,00 €"),
        (formats.euros(Decimal(184500), cents=False), "184.500 €"),
        (formats.percent(0.61), "61 %"),
        (formats.percent(Decimal("0.125"), decimals=1), "12,5 %"),
        (formats.day(AT), "03.03.2026"),
        (formats.moment(AT, today=TODAY), "03.03.2026, 09:12 Uhr"),
        (formats.moment(AT, today=date(2026, 3, 3)), "heute, 09:12 Uhr"),
        (formats.near_day(date(2026, 3, 16), today=TODAY), "gestern"),
        (formats.near_day(date(2026, 3, 18), today=TODAY), "morgen"),
        (formats.near_day(None), "–"),
        (formats.duration(timedelta(seconds=8)), "8 Sekunden"),
        (formats.duration(timedelta(seconds=1)), "1 Sekunde"),
        (formats.duration(timedelta(minutes=12)), "12 Minuten"),
        (formats.duration(timedelta(hours=3)), "3 Stunden"),
    ],
)
def test_german_setting(shown: str, expected: str) -> None:
    assert shown == expected.replace(" €", "\xa0€").replace(" %", "\xa0%").replace(
        " Uhr", "\xa0Uhr"
    ).replace(" Sek", "\xa0Sek").replace(" Min", "\xa0Min").replace(" Stu", "\xa0Stu")


def test_near_midnight_the_local_day_counts() -> None:
    late = datetime(2026, 3, 16, 23, 30, tzinfo=UTC)  # 00:30 on the 17th in Berlin
    assert formats.near_day(late, today=TODAY) == "heute"


def test_english_setting() -> None:
    with translation.override("en"):
        assert formats.number(5000) == "5,000"
        assert formats.euros(12345) == "€12,345.00"
        assert formats.percent(0.61) == "61%"
        assert formats.day(AT) == "3 Mar 2026"


def test_a_long_address_breaks_before_its_at_sign() -> None:
    assert formats.breakable("j.maier@haus.example") == "j.maier<wbr>@haus.example"
    assert formats.breakable("030 23125 101") == "030 23125 101"
    assert formats.breakable("<b>@x") == "&lt;b&gt;<wbr>@x"
