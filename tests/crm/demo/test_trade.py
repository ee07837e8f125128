"""The trade of the demo company: one world, every day the same, taken over without remarks but
those that are meant."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contacts import companies
from crm.demo import cast, trade, trading
from history.commerce import of_record
from history.models import Classification, Invoice, Order, OrderLine, Takeover, WaitingRow

TODAY = date(2026, 3, 17)
CUSTOMERS = [cast.HAVELBERG.company_number, "10511", "10523", "10538", "20001", "20002"]


def test_the_same_day_gives_the_same_files(tmp_path):
    first = trade.write(tmp_path / "a", customers=CUSTOMERS, today=TODAY)
    again = trade.write(tmp_path / "b", customers=reversed(CUSTOMERS), today=TODAY)
    for kind in list(first)[:2]:
        assert first[kind].read_bytes() == again[kind].read_bytes()


@pytest.mark.parametrize(
    ("today", "numbers"),
    [
        (TODAY, ["A-2026-0117", "A-2025-1902", "A-2025-1388"]),
        (date(2026, 11, 26), ["A-2026-0117", "A-2025-1902", "A-2025-1388"]),
        (date(2025, 12, 1), ["A-2025-1902", "A-2025-1388"]),
        (date(2028, 2, 29), ["A-2028-0117", "A-2027-1902", "A-2027-1388"]),
        (date(2028, 1, 1), ["A-2027-0117", "A-2026-1902", "A-2026-1388"]),
    ],
)
def test_what_the_mock_ups_tell_is_never_in_the_future(today, numbers):
    found = trade.known(today=today)
    assert [sale.number for sale in found] == numbers
    assert all(sale.day <= today for sale in found)


def test_numbers_are_given_once_and_nothing_happens_later():
    sales = trade.made(CUSTOMERS, today=TODAY)
    assert len({sale.number for sale in sales}) == len(sales)
    assert all(TODAY - trade.SPAN - timedelta(days=1) < sale.day <= TODAY for sale in sales)


@pytest.mark.django_db
def test_it_is_taken_over_as_it_stands(tmp_path, settings, admin, source, at):
    settings.MEDIA_ROOT = tmp_path / "media"
    known = {"actor": admin, "source": source, "at": at}
    firms = [
        companies.create(values={"name": f"Firma {number}", "erp_number": number}, **known)
        for number in CUSTOMERS
    ]
    rows = trading.bring_in(folder=tmp_path, actor=admin, clock=lambda: at)
    runs = list(Takeover.objects.order_by("pk"))
    assert sum(run.rows for run in runs) == rows
    assert [run.refused for run in runs] == [1, 0, 0, 0]
    assert WaitingRow.objects.filter(kind="ORDERS").count() == 2
    assert Order.objects.count() == runs[0].created > 5
    assert OrderLine.objects.count() == runs[1].created > 5
    assert Invoice.objects.filter(order=None).count() == 0
    assert Classification.objects.exists()
    told = of_record.of_record(record=firms[0], user=admin, today=TODAY)
    assert [(order.number, order.total) for order in told.orders] == [
        ("A-2026-0117", Decimal("12345.00")),
        ("A-2025-1902", Decimal("31870.50")),
        ("A-2025-1388", Decimal("24024.50")),
    ]
    assert told.total == Decimal("68240.00")
    assert trading.bring_in(folder=tmp_path, actor=admin, clock=lambda: at) == 0
