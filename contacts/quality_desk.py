"""All numbers of the quality screen, counted at most every few minutes for each kind of view."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from contacts.listing import ListName, Scope, quality
from contacts.listing.quality import Figure, SourceFigure
from crm.accounts.models import User, Visibility

KEPT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Part:
    """The numbers of one list."""

    name: ListName
    total: int
    weaknesses: list[Figure]
    freshness: list[Figure]
    completeness: list[Figure]
    sources: list[SourceFigure]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything the screen shows, as it was at ``at``."""

    at: datetime
    parts: list[Part]


def numbers(*, user: User, at: datetime, anew: bool = False) -> Numbers:
    """The numbers of what the user sees; ``anew`` does not take those counted before."""
    key = f"quality:{_sight(user)}"
    known: Numbers | None = None if anew else cache.get(key)
    if known is None:
        known = Numbers(at, [_part(Scope(name, user, at)) for name in ListName])
        cache.set(key, known, KEPT.total_seconds())
    return known


def _part(scope: Scope) -> Part:
    fresh = quality.freshness_measures(today=scope.today)
    complete = quality.completeness_measures()
    measures = [*quality.WEAKNESSES, *fresh, *complete]
    found = quality.figures(scope=scope, measures=measures)
    first, second = len(quality.WEAKNESSES), len(quality.WEAKNESSES) + len(fresh)
    return Part(
        name=scope.name,
        total=found[0].total,
        weaknesses=found[:first],
        freshness=found[first:second],
        completeness=found[second:],
        sources=quality.by_source(scope=scope),
    )


def _sight(user: User) -> str:
    """Users who see everything share the numbers; nobody else does."""
    return "all" if user.access.visibility == Visibility.ALL else f"user-{user.pk}"
