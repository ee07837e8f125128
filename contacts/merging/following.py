"""What follows a merge or its undo: search keys, completeness and signatures of all who changed."""

from collections.abc import Sequence
from typing import Final

from celery import current_app
from django.db import transaction

from contacts import indexing
from contacts.matching.store import upkeep
from contacts.merging.links import Record
from contacts.models import Company, Employment, Merge, Person

AT_ONCE: Final = 300  # persons whose search keys are refreshed before the merge is done


def up(survivor: Record, others: Sequence[Record], *, merge: Merge) -> None:
    """Refresh the survivor and forget the signatures of the others."""
    upkeep.forget(merge.kind, [each.pk for each in others])
    refresh([survivor.pk], merge)


def refresh(ids: Sequence[int], merge: Merge) -> None:
    """Refresh records; of companies also the persons who work there, many of them by a worker.

    The persons are found by the name and place of their employer; until the worker is done,
    they are still found by the former one.
    """
    if merge.kind == Person.__name__.upper():
        indexing.refresh_persons(ids)
        return
    indexing.refresh_companies(ids, with_persons=False)
    staff = staff_of(ids)
    if len(staff) <= AT_ONCE:
        indexing.refresh_persons(staff)
        return
    companies = list(ids)
    transaction.on_commit(
        lambda: current_app.send_task("contacts.refresh_staff", [companies]), robust=True
    )


def staff_of(companies: Sequence[int]) -> list[int]:
    """The persons who work or worked at these companies."""
    roles = Employment.objects.filter(company__in=list(companies)).order_by("person_id")
    return list(roles.values_list("person_id", flat=True).distinct())


def refresh_staff(companies: Sequence[int]) -> int:
    """Refresh the persons who work at these companies; returns how many changed."""
    there = Company.objects.filter(pk__in=companies).values_list("pk", flat=True)
    return indexing.refresh_persons(staff_of(list(there)))
