"""The list of opportunities: one page of it, by keyset, the latest change first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from crm.accounts.models import User
from history.models import Opportunity
from history.models.opportunity import OpportunityQuerySet
from history.opportunities import board, next_steps
from history.opportunities.board import Card
from history.opportunities.narrowing import Narrowing

SIZE = 50
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Page:
    """``previous`` and ``next`` are cursors, empty if there is no such page; ``is_capped`` says
    that there are more than ``total``."""

    cards: list[Card]
    previous: str
    next: str
    total: int
    is_capped: bool


def read(
    *,
    user: User,
    narrowing: Narrowing,
    at: datetime,
    after: str = "",
    before: str = "",
    size: int = SIZE,
) -> Page:
    """One page as the user may see it: three queries at any depth."""
    rows = chosen(user=user, narrowing=narrowing)
    counted = rows.order_by()[: MOST_COUNTED + 1].count()
    found, has_previous, has_next = _window(rows, after=after, before=before, size=size)
    steps = next_steps.earliest(found)
    return Page(
        cards=[board.card(each, step=steps.get(each.pk), at=at) for each in found],
        previous=_cursor(found[0]) if found and has_previous else "",
        next=_cursor(found[-1]) if found and has_next else "",
        total=min(counted, MOST_COUNTED),
        is_capped=counted > MOST_COUNTED,
    )


def chosen(*, user: User, narrowing: Narrowing) -> OpportunityQuerySet:
    """The opportunities that are meant, the latest change first."""
    rows = narrowing.narrowed(Opportunity.objects.visible_to(user), user=user)
    related = ("company", "person", "owner", "team", "stage", "pipeline", "close_reason")
    return rows.select_related(*related).order_by("-updated_at", "-pk")


def _window(
    rows: OpportunityQuerySet, *, after: str, before: str, size: int
) -> tuple[list[Opportunity], bool, bool]:
    """A page, and whether there are others before and after it."""
    if (place := _place(before)) is not None:
        moment, number = place
        newer = rows.filter(Q(updated_at__gt=moment) | Q(updated_at=moment, pk__gt=number))
        found = list(newer.order_by(F("updated_at").asc(), "pk")[: size + 1])
        return found[:size][::-1], len(found) > size, True
    place = _place(after)
    if place is not None:
        moment, number = place
        rows = rows.filter(Q(updated_at__lte=moment), Q(updated_at__lt=moment) | Q(pk__lt=number))
    found = list(rows[: size + 1])
    return found[:size], place is not None, len(found) > size


def _cursor(opportunity: Opportunity) -> str:
    return f"{opportunity.updated_at.isoformat()}_{opportunity.pk}"


def _place(cursor: str) -> tuple[datetime, int] | None:
    """What a cursor says; None for none and for nonsense."""
    moment, _sign, number = cursor.partition("_")
    try:
        read_moment = datetime.fromisoformat(moment.replace(" ", "+"))
    except ValueError:
        return None
    known = number.isascii() and number.isdecimal() and len(number) < 19
    return (read_moment, int(number)) if known and read_moment.tzinfo else None
