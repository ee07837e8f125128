"""What an agent wants to know of a caller before the second ring."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import QuerySet

from contacts.models import Company, Person
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel.prepared import prepared
from history.models import (
    Activity,
    ActivityState,
    Opportunity,
    OpportunityState,
    Order,
    Participation,
    Stakeholder,
    Touchpoint,
)

MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Background:
    """The latest contacts and orders, what is open, each three at the most."""

    contacts: list[Touchpoint] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    deals: list[Opportunity] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)


def of(*, user: User, record: Person | Company, number: str) -> Background:
    """The background of a record that the user sees, calling from ``number``; four queries."""
    kind = "person" if isinstance(record, Person) else "company"
    own: dict[str, Any] = {"kind": kind, "record": record.pk}
    orders = _orders(**own)
    deals = _deals(user=user, **own)
    if Permission.HISTORY_VIEW not in user.access.permissions:
        return Background(deals=deals, orders=orders)
    return Background(
        contacts=_contacts(**own, numbers=(number,)),
        activities=_activities(**own),
        deals=deals,
        orders=orders,
    )


@prepared
def _orders(*, kind: str, record: int) -> QuerySet[Order]:
    return Order.objects.filter(**{kind: record})[:MOST]


@prepared
def _activities(*, kind: str, record: int) -> QuerySet[Activity]:
    due = Activity.objects.filter(**{kind: record}, state=ActivityState.OPEN)
    return due.select_related("assignee").order_by("due_at", "id")[:MOST]


@prepared
def _contacts(*, kind: str, record: int, numbers: tuple[str, ...]) -> QuerySet[Touchpoint]:
    """Of the record's own line and, while nobody was known by it, of the number's."""
    rows = Participation.objects.filter(is_current=True).order_by("-happened_at", "-touchpoint_id")
    of_number = rows.filter(
        contact_point__normalised__in=numbers, contact_point__kind__in=("PHONE", "MOBILE")
    )
    own = rows.filter(**{kind: record})
    first, second = (line.values("touchpoint")[:MOST] for line in (own, of_number))
    found = Touchpoint.objects.filter(pk__in=first.union(second))
    return found.select_related("agent")[:MOST]


@prepared
def _deals(*, user: User, kind: str, record: int) -> QuerySet[Opportunity]:
    """Open deals of the record, or in which it has a say."""
    own = Opportunity.objects.filter(**{kind: record}).order_by().values("pk")
    says = Stakeholder.objects.filter(**{kind: record}).order_by().values("opportunity")
    seen = Opportunity.objects.visible_to(user).filter(state=OpportunityState.OPEN)
    return seen.filter(pk__in=own.union(says)).select_related("stage").order_by("-id")[:MOST]
