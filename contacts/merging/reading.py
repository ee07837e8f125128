"""Merges as a user may see them."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from contacts import access
from contacts.merging.links import Record
from contacts.models import Company, MatchingKind, Merge, MergeMember, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors
from crm.kernel.prepared import prepared


def merges_of(user: User) -> QuerySet[Merge]:
    """The merges of whose records the user may see all, the last one first.

    :raises errors.NotPermitted: the role may not merge
    """
    policy.require(user, policy.Permission.CONTACTS_MERGE)
    members = MergeMember.objects.filter(merge=OuterRef("pk")).order_by()
    merges = Merge.objects.filter(Exists(members.filter(is_survivor=True)))
    for name, model in (("person", Person), ("company", Company)):
        rows: Any = model.with_aliases
        seen = rows.visible_to(user).order_by().filter(pk=OuterRef(name))
        hidden = members.filter(~Exists(seen), **{f"{name}__isnull": False})
        merges = merges.exclude(Exists(hidden))
    return merges.select_related("merged_by", "undone_by", "redoes").prefetch_related(
        "members__person", "members__company"
    )


def merge_for(*, user: User, public_id: UUID | str) -> Merge:
    """One of :func:`merges_of`.

    :raises errors.NotFound: there is none, or the user may not see one of its records
    """
    merge = merges_of(user).filter(public_id=access.parsed(public_id)).first()
    if merge is None:
        raise errors.NotFound(public_id=str(public_id))
    return merge


def of_record(*, user: User, record: Record) -> QuerySet[Merge]:
    """The merges that a record took part in."""
    about = str(record._meta.model_name)
    if not _memberships(about=about, number=record.pk):
        policy.require(user, policy.Permission.CONTACTS_MERGE)
        return Merge.objects.none()
    took_part = MergeMember.objects.filter(**{about: record.pk})
    return merges_of(user).filter(members__in=took_part)


@prepared
def _memberships(*, about: str, number: int) -> QuerySet[MergeMember, int]:
    rows = MergeMember.objects.filter(**{about: number}).order_by()
    return rows.values_list("pk", flat=True)[:1]


def named(merges: QuerySet[Merge], public_id: UUID) -> QuerySet[Merge]:
    """Those in which a record of this public id took part, now an alias or not."""
    members = MergeMember.objects.filter(
        Q(person__public_id=public_id) | Q(company__public_id=public_id)
    )
    return merges.filter(pk__in=members.values("merge"))


def of_day(merges: QuerySet[Merge], day: date) -> QuerySet[Merge]:
    """Those of one day in the installation's time zone."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(date.fromordinal(day.toordinal() + 1), time.min))
    return merges.filter(merged_at__gte=start, merged_at__lt=end)


def survivor_of(merge: Merge) -> Record:
    """The record that the others went into.

    :raises errors.NotFound: it is gone
    """
    for member in merge.members.all():
        if member.is_survivor:
            return record_of(member)
    raise errors.NotFound(public_id=str(merge.public_id))


def record_of(member: MergeMember) -> Record:
    """The person or company."""
    record = member.person or member.company
    if record is None:
        raise errors.NotFound
    return record


def model_of(merge: Merge) -> type[Record]:
    """Persons or companies."""
    return Person if merge.kind == MatchingKind.PERSON else Company
