"""Many sure groups settled at once: first which can be and what speaks against the others."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.duplicates import current, queue, settling
from contacts.merging import automatic, checks, contradicting, sure
from contacts.merging.links import Record
from contacts.models import RECORDS, Merge, MergeOrigin, PairDecision, SuspectGroup
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors

MOST: Final = 100  # groups at once


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group with its visible members, and why it is not merged without a look ("": it is)."""

    number: int
    strength: float
    records: list[Record]
    objection: str


@dataclass(slots=True)
class Gathered:
    """What became of many groups."""

    merged: list[Merge] = field(default_factory=list)
    left: list[tuple[int, str]] = field(default_factory=list)


def threshold_of(kind: str) -> float:
    """From which weight on groups are suggested: what the administration set."""
    return automatic.setting_of(kind).threshold


def candidates(
    *, user: User, kind: str, wanted: queue.Filter, threshold: float,
    numbers: Collection[int] | None = None,
) -> list[Candidate]:  # fmt: skip
    """The strongest open groups, every found pair of which weighs at least the threshold; the
    number of queries is constant.

    :raises errors.Invalid: the threshold is not in the band "sure"
    """
    sure.require_threshold(threshold)
    run = current.run_of(kind)
    if run is None:
        return []
    rows = queue.groups(user, kind, run, wanted).filter(
        weakest__gte=threshold, size__lte=checks.MOST
    )
    if numbers is not None:
        rows = rows.filter(number__in=numbers)
    found = list(rows.order_by("-strength", "pk")[:MOST])
    seen = _records(user, kind, found)
    complete = sure.complete(found, threshold)
    members = [[seen[pk] for pk in row.members if pk in seen] for row in found]
    contradicted = contradicting.contradictions(members)
    return [
        Candidate(
            row.number, row.strength, records, _objection(row, records, complete, contradiction)
        )
        for row, records, contradiction in zip(found, members, contradicted, strict=True)
    ]


def merge_all(
    *, actor: User, kind: str, numbers: Collection[int], threshold: float, at: datetime
) -> Gathered:
    """Merge those of the groups to which there is no objection; each is a merge of its own, so
    that one that is refused does not keep the others.

    :raises errors.NotPermitted: the role may not merge
    """
    policy.require(actor, policy.Permission.CONTACTS_MERGE)
    reason = _("Gesammelt: jedes Paar ab %(bits)s Bit, kein Widerspruch.")
    outcome = Gathered()
    for each in candidates(
        user=actor, kind=kind, wanted=queue.Filter(is_open=True), threshold=threshold,
        numbers=numbers,
    ):  # fmt: skip
        if each.objection:
            outcome.left.append((each.number, each.objection))
            continue
        try:
            merge = sure.merge(
                actor=actor,
                records=each.records,
                reason=reason % {"bits": f"{threshold:g}"},
                origin=MergeOrigin.BY_HAND,
                at=at,
            )
            outcome.merged.append(merge)
        except errors.DomainError as refusal:
            outcome.left.append((each.number, refusal.message))
    return outcome


@transaction.atomic
def tell_all_apart(
    *, actor: User, kind: str, numbers: Collection[int], threshold: float, at: datetime
) -> list[PairDecision]:
    """Decide of each of the groups that its records are all different.

    :raises errors.DomainError: what :func:`contacts.duplicates.settling.tell_apart` refuses;
        nothing is decided then
    """
    made: list[PairDecision] = []
    for each in candidates(
        user=actor, kind=kind, wanted=queue.Filter(is_open=True), threshold=threshold,
        numbers=numbers,
    ):  # fmt: skip
        if len(each.records) > 1:
            made += settling.tell_apart(actor=actor, records=each.records, at=at)
    return made


def _records(user: User, kind: str, found: Sequence[SuspectGroup]) -> dict[int, Record]:
    ids = [pk for row in found for pk in row.members]
    rows = RECORDS[kind].objects.visible_to(user).filter(pk__in=ids)
    return {record.pk: record for record in rows.select_related("source")}


def _objection(
    row: SuspectGroup, records: Sequence[Record], complete: Collection[int], contradiction: str
) -> str:
    if hidden := row.size - len(records):
        return ngettext(
            "%(n)s Eintrag dürfen Sie nicht sehen", "%(n)s Einträge dürfen Sie nicht sehen", hidden
        ) % {"n": hidden}
    if row.number not in complete:
        return _("nicht jeder gleicht jedem")
    return contradiction
