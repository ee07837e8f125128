"""What a person's or company's page tells of orders, invoices and rating; six queries at most.

A person's trade is the person's own and that of the companies where the person works and that the
user may see.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Case, Count, DecimalField, F, Q, QuerySet, Sum, When
from django.db.models.functions import Abs, TruncMonth

from contacts import access
from contacts.contact_points import Record
from contacts.models import Employment, Person
from crm.accounts.models import User
from crm.kernel.prepared import prepared
from history.models import Classification, Invoice, Order, OrderKind

MONTHS: Final = 12
SHOWN: Final = 3
MONEY: Final = DecimalField(max_digits=14, decimal_places=2)
REVENUE: Final = Case(
    When(kind=OrderKind.ORDER, then=F("total")),
    When(kind=OrderKind.RETURN, then=-Abs("total")),
    default=Decimal(0),
    output_field=MONEY,
)


@dataclass(frozen=True, slots=True)
class Month:
    """The revenue of one month; ``first`` is its first day."""

    first: date
    total: Decimal


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whose trade is meant."""

    person_id: int | None
    company_ids: tuple[int, ...]

    @property
    def theirs(self) -> Q:
        """The condition on rows of the ERP."""
        return Q(company__in=self.company_ids) | (
            Q(person=self.person_id) if self.person_id else Q(pk__in=[])
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Orders, newest first; ``next`` goes on behind the last one, empty at the end."""

    orders: list[Order]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Trade:
    """Twelve months up to the current one, the latest orders, what is still to be paid."""

    months: list[Month]
    orders: list[Order]
    open_invoices: list[Invoice] = field(default_factory=list)
    open_count: int = 0
    open_total: Decimal = Decimal(0)
    overdue_total: Decimal = Decimal(0)
    rating: Classification | None = None

    @property
    def total(self) -> Decimal:
        """The revenue of the twelve months."""
        return sum((month.total for month in self.months), Decimal(0))

    @property
    def is_empty(self) -> bool:
        """Whether the ERP has told nothing of them."""
        return not (self.orders or self.open_count or self.rating)


def of_record(*, record: Record, user: User, today: date) -> Trade:
    """The trade of a record that the user may see."""
    subjects = subjects_of(record, user=user, today=today)
    whose = subjects.theirs
    if not _known(person=subjects.person_id, companies=subjects.company_ids):
        return Trade(
            months=[Month(first, Decimal(0)) for first in first_of_months(today)], orders=[]
        )
    invoices = Invoice.objects.filter(whose, paid_on=None).order_by(
        F("due_on").asc(nulls_last=True), "pk"
    )
    sums = invoices.order_by().aggregate(
        count=Count("pk"), due=Sum("total"), overdue=Sum("total", filter=Q(due_on__lt=today))
    )
    return Trade(
        months=_months(whose, today),
        orders=list(Order.objects.filter(whose).order_by("-ordered_on", "-id")[:SHOWN]),
        open_invoices=list(invoices[:SHOWN]) if sums["count"] else [],
        open_count=sums["count"],
        open_total=sums["due"] or Decimal(0),
        overdue_total=sums["overdue"] or Decimal(0),
        rating=Classification.objects.filter(whose).order_by("-year", "person_id", "pk").first(),
    )


def orders_of(*, record: Record, user: User, today: date, after: str = "", limit: int = 25) -> Page:
    """A page of the orders of a record that the user may see, with their lines and invoices."""
    whose = subjects_of(record, user=user, today=today).theirs
    rows: QuerySet[Order] = Order.objects.filter(whose).order_by("-ordered_on", "-id")
    if place := _place(after):
        day, pk = place
        rows = rows.filter(Q(ordered_on__lt=day) | Q(ordered_on=day, pk__lt=pk))
    found = list(rows.prefetch_related("lines", "invoices")[: limit + 1])
    shown = found[:limit]
    has_more = len(found) > limit
    return Page(shown, f"{shown[-1].ordered_on:%Y%m%d}-{shown[-1].pk}" if has_more else "")


def subjects_of(record: Record, *, user: User, today: date) -> Subjects:
    """The record itself and, of a person, the present employers that the user may see."""
    if not isinstance(record, Person):
        return Subjects(None, (record.pk,))
    return Subjects(record.pk, tuple(_employers(user=user, person=record.pk, today=today)))


@prepared
def _employers(*, user: User, person: int, today: date) -> QuerySet[Employment, int]:
    roles: QuerySet[Any] = access.employments_of(user).filter(person=person)
    seen = roles.filter(company_is_seen=True)
    present = seen.filter(Q(ended_on=None) | Q(ended_on__gte=today)).order_by("company_id")
    return present.values_list("company_id", flat=True).distinct()


def first_of_months(today: date) -> list[date]:
    """The first days of the twelve months up to that of ``today``."""
    days = [today.replace(day=1)]
    while len(days) < MONTHS:
        days.append((days[-1] - timedelta(days=1)).replace(day=1))
    return days[::-1]


@prepared
def _known(*, person: int | None, companies: tuple[int, ...]) -> "QuerySet[Any, Any]":
    """Something, if the ERP has told anything of them."""
    whose = Subjects(person, companies).theirs
    rows: list[QuerySet[Any, Any]] = [
        model.objects.filter(whose).order_by().values("pk")[:1]
        for model in (Order, Invoice, Classification)
    ]
    return rows[0].union(*rows[1:])


def _months(whose: Q, today: date) -> list[Month]:
    firsts = first_of_months(today)
    rows = (
        Order.objects.filter(whose, ordered_on__gte=firsts[0], ordered_on__lte=today)
        .annotate(month=TruncMonth("ordered_on"))
        .values("month")
        .annotate(revenue=Sum(REVENUE))
        .order_by("month")
        .values_list("month", "revenue")
    )
    totals = dict(rows)
    return [Month(first, totals.get(first) or Decimal(0)) for first in firsts]


def _place(after: str) -> tuple[date, int] | None:
    """Day and id behind which a page goes on; None for what nobody gave."""
    day, _dash, pk = after.partition("-")
    if not (day.isascii() and day.isdecimal() and pk.isascii() and pk.isdecimal()):
        return None
    if len(day) != 8 or len(pk) > 18:
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:])), int(pk)
    except ValueError:
        return None
