"""How often one was in touch with whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from crm.kernel.prepared import prepared
from history.models import Participation, Stakeholder
from history.opportunities.scoring import DECIDING


@dataclass(frozen=True, slots=True)
class Made:
    """Contacts with one person: how many, the last one when."""

    count: int = 0
    last_at: datetime | None = None


NONE = Made()


def with_persons(persons: Iterable[int]) -> dict[int, Made]:
    """By the numbers of persons (one query); who is not in it was never contacted."""
    counted = _counted(persons=tuple(persons))
    return {person: Made(count, last) for person, count, last in counted}


@prepared
def _counted(*, persons: tuple[int, ...]) -> "QuerySet[Participation, Any]":
    rows = Participation.objects.filter(person__in=persons, is_current=True)
    return rows.values_list("person").annotate(Count("pk"), Max("happened_at")).order_by()


def silent_decider() -> Exists:
    """For a query about opportunities: whether somebody decides with whom nobody was in touch."""
    contacts = Participation.objects.filter(person=OuterRef("person"), is_current=True)
    deciding = Stakeholder.objects.filter(
        opportunity=OuterRef("pk"), roles__overlap=sorted(DECIDING)
    )
    return Exists(deciding.filter(~Exists(contacts)))
