"""The pot: contacts that nobody looks after and nobody plans anything with."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from contacts.listing import keyset
from contacts.listing.counting import Count
from contacts.listing.scope import ListName
from contacts.listing.sorting import parse
from crm.accounts.models import User
from history.activities.counting import counts
from history.models import Activity

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Persons or companies in German order; ``next`` is a cursor, empty at the end."""

    records: list[Any]
    total: Count
    next: str


def page(*, user: User, name: ListName, after: str = "", limit: int = PAGE_SIZE) -> Page:
    """The records without owner and without anything open that the user may see; two queries."""
    sorting = parse("name")
    assert sorting is not None
    records = neglected(user=user, name=name)
    start = keyset.parse(after, sorting=sorting)
    wanted = records.select_related("team").defer("search")
    found = keyset.read(wanted, sorting=sorting, limit=limit + 1, start=start, backwards=False)
    shown, before = found[:limit], start.before if start else 0
    cursor = keyset.cursor_of(shown[-1], sorting=sorting, before=before + limit) if shown else ""
    return Page(shown, counts(records)[0], str(cursor) if len(found) > limit else "")


def total(*, user: User) -> Count:
    """How many persons lie in the pot."""
    return counts(neglected(user=user, name=ListName.PERSONS))[0]


def neglected(*, user: User, name: ListName) -> QuerySet[Any]:
    """All of them, in no order."""
    planned = Activity.objects.open().filter(**{name.holder: OuterRef("pk")})
    records: Any = name.model.objects
    seen: QuerySet[Any] = records.visible_to(user).order_by()
    return seen.filter(~Exists(planned.order_by()), owner=None)
