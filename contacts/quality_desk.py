"""All numbers of the data quality desk, counted at most every few minutes for each kind of view.

What was settled today is counted every time: who settles something looks for it here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.utils import timezone

from contacts.duplicates import settlements, tallies
from contacts.duplicates.settlements import Settled
from contacts.duplicates.tallies import OpenGroups
from contacts.listing import ListName, Scope, quality
from contacts.listing.quality import Figure, SourceFigure
from contacts.models import MatchingKind
from crm.accounts import policy
from crm.accounts.models import User, Visibility

KEPT: Final = timedelta(minutes=5)
KEY = "quality-desk"
KINDS: Final = {
    ListName.PERSONS: MatchingKind.PERSON,
    ListName.COMPANIES: MatchingKind.COMPANY,
}


@dataclass(frozen=True, slots=True)
class Part:
    """The numbers of one list; ``suspects`` are None before the first search for duplicates."""

    name: ListName
    total: int
    weaknesses: list[Figure]
    freshness: list[Figure]
    completeness: list[Figure]
    sources: list[SourceFigure]
    suspects: OpenGroups | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything the desk shows; ``parts`` as they were at ``at``."""

    at: datetime
    parts: list[Part]
    settled: Settled


def numbers(*, user: User, at: datetime, anew: bool = False) -> Numbers:
    """The numbers of what the user sees; ``anew`` does not take those counted before.

    :raises errors.NotPermitted: the role may not see contacts
    """
    policy.require(user, policy.Permission.CONTACTS_VIEW)
    counted_at, parts = _parts(user, at, anew=anew)
    today = timezone.localtime(at).date()
    return Numbers(counted_at, parts, settlements.settled(user=user, day=today))


def _parts(user: User, at: datetime, *, anew: bool) -> tuple[datetime, list[Part]]:
    key = f"{KEY}:{_sight(user)}"
    known: tuple[datetime, list[Part]] | None = None if anew else cache.get(key)
    if known is None:
        known = (at, [_part(Scope(name, user, at)) for name in ListName])
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
        suspects=tallies.open_groups(user=scope.user, kind=KINDS[scope.name]),
    )


def _sight(user: User) -> str:
    """Users who see everything share the numbers; nobody else does."""
    return "all" if user.access.visibility == Visibility.ALL else f"user-{user.pk}"
