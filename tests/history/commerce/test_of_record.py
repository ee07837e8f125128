"""What the page of a record tells of trade, and to whom."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contacts import employments
from history.commerce import of_record
from history.models import Classification, Invoice, Order, OrderKind

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 17)


@pytest.fixture
def maier(make_person, havelberg, admin, source, at):
    person = make_person("Johannes", "Maier")
    employments.add(actor=admin, person=person, company=havelberg, values={}, source=source, at=at)
    return person


@pytest.fixture
def make_order(source, at):
    count = 0

    def make(customer, day, total="100.00", **values):
        nonlocal count
        count += 1
        kind = customer._meta.model_name
        values = {"number": f"A-{count}", "kind": OrderKind.ORDER, **values, kind: customer}
        return Order.objects.create(
            ordered_on=day, total=Decimal(total), source=source, updated_at=at, **values
        )

    return make


@pytest.fixture
def make_invoice(source, at):
    def make(customer, number, total, **values):
        return Invoice.objects.create(
            number=number, invoiced_on=TODAY, total=Decimal(total), source=source, updated_at=at,
            **{customer._meta.model_name: customer}, **values,
        )  # fmt: skip

    return make


def test_twelve_months_without_quotes_and_less_returns(havelberg, admin, make_order):
    make_order(havelberg, date(2025, 3, 31), "9.00")
    make_order(havelberg, date(2025, 4, 1), "24024.50")
    make_order(havelberg, date(2026, 1, 28), "12345.00")
    make_order(havelberg, date(2026, 1, 29), "345.00", kind=OrderKind.RETURN)
    make_order(havelberg, date(2026, 1, 30), "-45.00", kind=OrderKind.RETURN)
    make_order(havelberg, date(2026, 2, 1), "777.00", kind=OrderKind.QUOTE)
    make_order(havelberg, date(2026, 3, 18), "5.00")
    trade = of_record.of_record(record=havelberg, user=admin, today=TODAY)
    assert len(trade.months) == 12
    assert (trade.months[0].first, trade.months[-1].first) == (date(2025, 4, 1), date(2026, 3, 1))
    told = {month.first.month: month.total for month in trade.months if month.total}
    assert told == {4: Decimal("24024.50"), 1: Decimal("11955.00")}
    assert trade.total == Decimal("35979.50")
    assert [order.total for order in trade.orders] == [
        Decimal("5.00"), Decimal("777.00"), Decimal("-45.00"),
    ]  # fmt: skip


def test_a_person_has_its_own_and_the_employers(maier, havelberg, admin, make_order):
    own, firm = make_order(maier, TODAY), make_order(havelberg, TODAY - timedelta(days=1))
    page = of_record.orders_of(record=maier, user=admin, today=TODAY)
    assert page.orders == [own, firm]
    assert of_record.orders_of(record=havelberg, user=admin, today=TODAY).orders == [firm]
    maier.employments.update(ended_on=TODAY - timedelta(days=1))
    assert of_record.orders_of(record=maier, user=admin, today=TODAY).orders == [own]


def test_an_employer_that_the_user_may_not_see_tells_nothing(
    maier, havelberg, sales, team, other_team, make_order, make_invoice
):
    type(maier).objects.filter(pk=maier.pk).update(team=team)
    type(havelberg).objects.filter(pk=havelberg.pk).update(team=other_team, owner=None)
    make_order(havelberg, TODAY)
    make_invoice(havelberg, "R-1", "10")
    assert of_record.of_record(record=maier, user=sales, today=TODAY).is_empty


def test_open_invoices_and_the_rating(havelberg, admin, make_invoice, source, at):
    make_invoice(havelberg, "R-1", "10.00", due_on=TODAY - timedelta(days=1))
    make_invoice(havelberg, "R-2", "20.00", due_on=TODAY)
    make_invoice(havelberg, "R-3", "40.00", paid_on=TODAY)
    make_invoice(havelberg, "R-4", "80.00")
    for year, abc in ((2024, "B"), (2025, "A")):
        Classification.objects.create(
            company=havelberg, year=year, abc=abc, source=source, updated_at=at
        )
    trade = of_record.of_record(record=havelberg, user=admin, today=TODAY)
    assert [each.number for each in trade.open_invoices] == ["R-1", "R-2", "R-4"]
    assert (trade.open_count, trade.open_total) == (3, Decimal("110.00"))
    assert trade.overdue_total == Decimal("10.00")
    assert trade.rating.abc == "A"


def test_pages_show_every_order_once(havelberg, admin, make_order):
    made = [make_order(havelberg, TODAY - timedelta(days=number // 3)) for number in range(11)]
    seen, after = [], ""
    while True:
        page = of_record.orders_of(record=havelberg, user=admin, today=TODAY, after=after, limit=4)
        seen += page.orders
        if not (after := page.next):
            break
    assert sorted(seen, key=lambda order: (-order.ordered_on.toordinal(), -order.pk)) == seen
    assert sorted(order.pk for order in seen) == [order.pk for order in made]


@pytest.mark.parametrize("after", ["x", "-", "20260231-1", "20260101-" + "9" * 19, "²-1"])
def test_a_cursor_that_nobody_gave_begins_at_the_top(havelberg, admin, make_order, after):
    order = make_order(havelberg, TODAY)
    page = of_record.orders_of(record=havelberg, user=admin, today=TODAY, after=after)
    assert page.orders == [order]


def test_queries_do_not_grow_with_the_stock(
    maier, havelberg, admin, make_order, make_invoice, django_assert_num_queries
):
    for number in range(20):
        make_order(havelberg, TODAY - timedelta(days=number))
        make_invoice(havelberg, f"R-{number}", "1")
    admin.access  # noqa: B018 - read before, as in a request
    with django_assert_num_queries(7):
        of_record.of_record(record=maier, user=admin, today=TODAY)
    with django_assert_num_queries(4):
        of_record.orders_of(record=maier, user=admin, today=TODAY)
