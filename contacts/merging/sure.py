"""What may be merged without a look: each surely looks like each, and nothing contradicts."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from contacts.merging import merges, previewing
from contacts.merging.links import Record
from contacts.models import Merge, MergeOrigin, SuspectGroup, SuspectPair
from crm.accounts.models import User
from crm.kernel import errors

LOWEST: Final = 6.0  # bits: the band "sure"


def require_threshold(threshold: float) -> None:
    """:raises errors.Invalid: the threshold is not in the band "sure" """
    if not LOWEST <= threshold <= 100:
        message = _("Die Schwelle liegt zwischen %(lowest)s und 100 bit.")
        raise errors.Invalid({"threshold": [message % {"lowest": f"{LOWEST:.0f}"}]})


def complete(groups: Collection[SuspectGroup], threshold: float) -> set[int]:
    """The numbers of those groups (of one run) in which each was found to look like each, with
    at least this weight (one query)."""
    sizes = {group.number: group.size for group in groups}
    pairs = SuspectPair.objects.filter(
        generation__in={group.generation for group in groups},
        first_id__in=[pk for group in groups for pk in group.members],
        group__in=list(sizes),
        weight__gte=threshold,
    )
    counted = Counter(pairs.order_by().values_list("group", flat=True))
    return {number for number, size in sizes.items() if counted[number] == size * (size - 1) // 2}


def merge(
    *, actor: User | None, records: Sequence[Record], reason: str, origin: MergeOrigin, at: datetime
) -> Merge:
    """Merge them as they were read, into the one that is proposed.

    :raises errors.DomainError: what :func:`contacts.merging.merge` refuses
    """
    survivor = previewing.suggest_survivor(records)
    return merges.merge(
        actor=actor,
        survivor=survivor,
        others=[record for record in records if record.pk != survivor.pk],
        versions={record.public_id: record.version for record in records},
        reason=reason,
        origin=origin,
        at=at,
    )
