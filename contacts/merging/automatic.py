"""Merging without asking, if an administrator switched it on: only what is sure and free of
contradictions, listed by day, each day undone with one act."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from contacts.merging import checks, contradicting, reading, refusals, sure, undoing
from contacts.models import (
    RECORDS,
    AutomaticMerging,
    MatchingKind,
    MatchingRun,
    Merge,
    MergeOrigin,
    SuspectGroup,
)
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors

_PAGE: Final = 200


@dataclass(slots=True)
class Outcome:
    """How many groups were merged, and how many were left for somebody to look at."""

    merged: int = 0
    left: int = 0


@dataclass(slots=True)
class DayUndone:
    """The merges of a day that were undone, and those that could not be, with the reason."""

    undone: list[Merge] = field(default_factory=list)
    refused: list[tuple[Merge, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Day:
    """How many merges a day saw, and how many of them were undone since."""

    day: date
    merged: int
    undone: int


def setting_of(kind: str) -> AutomaticMerging:
    """The setting of a kind; off until somebody switches it on."""
    return AutomaticMerging.objects.filter(kind=kind).first() or AutomaticMerging(kind=kind)


@transaction.atomic
def set_up(
    *, actor: User, kind: MatchingKind, is_on: bool, threshold: float, at: datetime
) -> AutomaticMerging:
    """Switch automatic merging of a kind on or off, from a weight in bits on.

    :raises errors.NotPermitted: only administrators may
    :raises errors.Invalid: the threshold is not in the band "sure"
    """
    policy.require(actor, policy.Permission.DUPLICATES_AUTOMATE)
    sure.require_threshold(threshold)
    setting = setting_of(kind)
    before = {"is_on": setting.is_on, "threshold": setting.threshold}
    after = {"is_on": is_on, "threshold": threshold}
    setting.is_on, setting.threshold = is_on, threshold
    setting.save()
    if changes := audit.diff(before, after):
        audit.record(
            actor=actor, action="duplicate.automation-set", at=at, target=setting, changes=changes
        )
    return setting


def run(kind: str, *, at: datetime) -> Outcome:
    """Merge the groups of the last run that are sure and free of contradictions.

    Each is a merge of its own; nothing happens while the setting is off. Safe to be repeated.
    """
    outcome = Outcome()
    setting = setting_of(kind)
    if not setting.is_on:
        return outcome
    for group in _sure(kind, setting.threshold):
        if _merged(group, setting.threshold, at):
            outcome.merged += 1
        else:
            outcome.left += 1
    return outcome


def _sure(kind: str, threshold: float) -> Iterator[SuspectGroup]:
    """Groups of the run that holds whose weakest pair is above the threshold, strongest first."""
    runs = MatchingRun.objects.filter(kind=kind, is_current=True).values("generation")
    rows = SuspectGroup.objects.filter(
        kind=kind, generation__in=runs, weakest__gte=threshold, size__lte=checks.MOST
    )
    ids = list(rows.order_by("-strength", "pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _PAGE):
        page = rows.in_bulk(ids[start : start + _PAGE])
        yield from (page[pk] for pk in ids[start : start + _PAGE] if pk in page)


def _merged(group: SuspectGroup, threshold: float, at: datetime) -> bool:
    records = list(RECORDS[group.kind].objects.filter(pk__in=group.members).order_by("pk"))
    if len(records) != group.size or not sure.complete([group], threshold):
        return False
    if contradicting.contradictions([records])[0]:
        return False
    reason = _("Automatisch: jedes Paar ab %(bits)s bit, kein Widerspruch.")
    try:
        sure.merge(
            actor=None,
            records=records,
            reason=reason % {"bits": f"{threshold:g}"},
            origin=MergeOrigin.AUTOMATIC,
            at=at,
        )
    except (errors.Conflict, refusals.MergeRefused):
        return False
    return True


def days(merges_seen: QuerySet[Merge]) -> list[Day]:
    """Merges by day, the last day first."""
    rows = (
        merges_seen.order_by()
        .annotate(day=TruncDate("merged_at"))
        .values("day")
        .annotate(merged=Count("pk"), undone=Count("pk", filter=Q(undone_at__isnull=False)))
        .order_by(F("day").desc())
    )
    return [Day(**row) for row in rows.values("day", "merged", "undone")]


def undo_day(*, actor: User | None, day: date, kind: str | None = None, at: datetime) -> DayUndone:
    """Undo the automatic merges of a day that hold, the last one first; each on its own, so that
    one that cannot be undone does not keep the others.

    :raises errors.NotPermitted: only administrators may
    """
    if actor is not None:
        policy.require(actor, policy.Permission.DUPLICATES_AUTOMATE)
    rows = reading.of_day(Merge.objects.all(), day)
    wanted = rows.filter(origin=MergeOrigin.AUTOMATIC, undone_at=None)
    if kind is not None:
        wanted = wanted.filter(kind=kind)
    outcome = DayUndone()
    for merge in wanted.order_by("-pk"):
        try:
            outcome.undone.append(undoing.undo(actor=actor, merge=merge, at=at))
        except errors.DomainError as refusal:
            outcome.refused.append((merge, refusal.message))
    return outcome
