"""Settling a suspect group in one act: make some of it one, and say who is not part of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import combinations
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.duplicates import decisions
from contacts.duplicates.decisions import Record, Verdict
from contacts.merging import locks, merges, undoing
from contacts.models import Merge, PairDecision
from crm.accounts.models import User
from crm.kernel import errors

R = TypeVar("R", bound=Record)


@transaction.atomic
def settle(
    *,
    actor: User,
    survivor: R,
    others: Sequence[R],
    apart: Sequence[R] = (),
    choices: Mapping[str, UUID | str] | None = None,
    despite_decision: bool = False,
    versions: Mapping[UUID, int] | None = None,
    at: datetime,
) -> Merge:
    """Make ``others`` one with ``survivor``; those ``apart`` are decided to be none of them.

    :raises errors.DomainError: what :func:`contacts.merging.merge` and
        :func:`contacts.duplicates.decisions.decide` refuse; nothing is done then
    """
    locks.one_at_a_time()
    for outside in apart:
        for record in (survivor, *others):
            _apart(actor, record, outside, at)
    return merges.merge(
        actor=actor,
        survivor=survivor,
        others=others,
        choices=choices,
        despite_decision=despite_decision,
        versions=versions,
        at=at,
    )


@transaction.atomic
def tell_apart(*, actor: User, records: Sequence[Record], at: datetime) -> list[PairDecision]:
    """Decide that none of these records is another of them.

    :raises errors.Invalid: there are fewer than two
    :raises errors.DomainError: what :func:`contacts.duplicates.decisions.decide` refuses
    """
    if len(records) < 2:
        raise errors.Invalid(
            {"records": [_("Verglichen werden zwei verschiedene Ansprechpartner oder Firmen.")]}
        )
    return [_apart(actor, first, second, at) for first, second in combinations(records, 2)]


@transaction.atomic
def undo(*, actor: User, merge: Merge, at: datetime) -> Merge:
    """Take :func:`settle` back as a whole: the merge, and what was decided with it."""
    undone = undoing.undo(actor=actor, merge=merge, at=at)
    if merge.merged_by_id == actor.pk:
        _take_back(actor, merge.merged_at, at)
    return undone


@transaction.atomic
def undo_telling_apart(*, actor: User, decision: PairDecision, at: datetime) -> int:
    """Take back all that was decided in the same act as this; how many decisions that were.

    :raises errors.Conflict: nothing of it holds any more
    """
    count = _take_back(actor, decision.decided_at, at) if decision.decided_by == actor else 0
    if not count:
        raise errors.Conflict(_("Diese Entscheidung ist schon zurückgenommen."))
    return count


def settled_on(user: User, day: date) -> int:
    """How many groups the user settled on this day: merges and tellings apart that still hold."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(date.fromordinal(day.toordinal() + 1), time.min))
    merged = Merge.objects.filter(
        merged_by=user, merged_at__gte=start, merged_at__lt=end, undone_at=None
    )
    decided = PairDecision.objects.filter(
        decided_by=user, decided_at__gte=start, decided_at__lt=end, withdrawn_at=None
    )
    moments = (
        merged.order_by()
        .values_list("merged_at")
        .union(decided.order_by().values_list("decided_at"))
    )
    return moments.count()


def _apart(actor: User, first: Record, second: Record, at: datetime) -> PairDecision:
    return decisions.decide(
        actor=actor, first=first, second=second, verdict=Verdict.DIFFERENT, at=at
    )


def _take_back(actor: User, moment: datetime, at: datetime) -> int:
    """Withdraw the decisions that the actor made at this very moment."""
    made = decisions.decisions_of(actor).filter(
        decided_by=actor, decided_at=moment, verdict=Verdict.DIFFERENT
    )
    found = list(made)
    for decision in found:
        decisions.withdraw(actor=actor, decision=decision, at=at)
    return len(found)
