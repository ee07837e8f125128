"""What was settled on a day: records merged, merges undone, pairs decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

from django.db.models import Count, QuerySet
from django.utils import timezone

from contacts.duplicates import decisions
from contacts.merging import reading
from contacts.models import Merge, PairDecision
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission

Verdict = PairDecision.Verdict


class Act(StrEnum):
    """What settles a suspicion, or opens it again."""

    MERGED = "merged"
    SAME = "same"
    DIFFERENT = "different"
    UNDONE = "undone"


class _Way(NamedTuple):
    """Where an act is written: the columns of who and when, and what else its rows have."""

    who: str
    when: str
    conditions: Mapping[str, Any]


_WAYS: Final = {
    Act.MERGED: _Way("merged_by", "merged_at", {"undone_at": None}),
    Act.SAME: _Way("decided_by", "decided_at", {"verdict": Verdict.SAME}),
    Act.DIFFERENT: _Way("decided_by", "decided_at", {"verdict": Verdict.DIFFERENT}),
    Act.UNDONE: _Way("undone_by", "undone_at", {}),
}
OF_MERGES: Final = (Act.MERGED, Act.UNDONE)


@dataclass(frozen=True, slots=True)
class Share:
    """What one user did; ``user`` is None for the installation itself."""

    user: User | None
    counts: dict[Act, int]


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done on a day, by whom; what was taken back since does not count."""

    day: date
    counts: dict[Act, int]
    shares: list[Share]

    @property
    def total(self) -> int:
        """How many acts there were."""
        return sum(self.counts.values())


def sees_others(user: User) -> bool:
    """Whether the user learns what others settled: who has duplicates searched for does."""
    return bool(policy.may(user, Permission.DUPLICATES_RUN))


def acts_of(user: User) -> list[Act]:
    """The acts that the user may know of."""
    merges = policy.may(user, Permission.CONTACTS_MERGE)
    return [act for act in Act if merges or act not in OF_MERGES]


def rows_of(*, user: User, act: Act, day: date) -> QuerySet[Merge] | QuerySet[PairDecision]:
    """The merges or decisions of one act of the day, the last merge or decision first.

    About records that the user may all see, and the user's own, unless the user may know of
    those of others.

    :raises errors.NotPermitted: the role may not merge and asks for merges
    """
    way = _WAYS[act]
    rows: Any = reading.merges_of(user) if act in OF_MERGES else decisions.decisions_of(user)
    start, end = (_midnight(each) for each in (day, day + timedelta(days=1)))
    rows = rows.filter(**{f"{way.when}__gte": start, f"{way.when}__lt": end}, **way.conditions)
    if not sees_others(user):
        rows = rows.filter(**{way.who: user})
    found: QuerySet[Merge] | QuerySet[PairDecision] = rows.order_by("-pk")
    return found


def by(rows: Any, *, act: Act, who: User | None) -> Any:
    """Those of :func:`rows_of` that one user left; None is the installation itself."""
    return rows.filter(**{_WAYS[act].who: who})


def settled(*, user: User, day: date) -> Settled:
    """How much of what was settled on a day, and by whom: one query for each act, one for names.

    Those who did most come first, the installation itself last.
    """
    acts = acts_of(user)
    found: dict[int | None, dict[Act, int]] = {}
    for act in acts:
        who = _WAYS[act].who
        rows = rows_of(user=user, act=act, day=day).order_by().values(who)
        for row in rows.annotate(count=Count("pk")).values_list(who, "count"):
            found.setdefault(row[0], dict.fromkeys(acts, 0))[act] = row[1]
    names = User.objects.in_bulk([pk for pk in found if pk is not None])
    shares = [Share(names[pk] if pk else None, counts) for pk, counts in found.items()]
    shares.sort(key=_rank)
    counts = {act: sum(share.counts[act] for share in shares) for act in acts}
    return Settled(day, counts, shares)


def done_at(row: Merge | PairDecision, act: Act) -> datetime:
    """When the act of a row was done."""
    when: datetime = getattr(row, _WAYS[act].when)
    return when


def done_by(row: Merge | PairDecision, act: Act) -> User | None:
    """Who did it; None is the installation itself."""
    who: User | None = getattr(row, _WAYS[act].who)
    return who


def _rank(share: Share) -> tuple[bool, int, str]:
    name = share.user.full_name if share.user else ""
    return share.user is None, -sum(share.counts.values()), name


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
