"""What is to be done about one person, company or deal: the panel *Nächster Schritt*."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from django.db.models import QuerySet

from contacts.models import Company, Person
from crm.accounts.models import User
from crm.kernel.prepared import SHAPE, prepared
from history.activities.planning import field_of
from history.activities.rows import Row, row
from history.models import Activity, Opportunity

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Steps:
    """The next open ones in the order in which they are due; ``has_more`` beyond them."""

    rows: list[Row]
    has_more: bool


def of_record(
    *, user: User, record: Person | Company | Opportunity, at: datetime, limit: int = SHOWN
) -> Steps:
    """The next steps on a record that the user may see; one query."""
    found = _open(user=user, about=field_of(record), number=record.pk, most=limit + 1)
    return Steps([row(each, at=at) for each in found[:limit]], has_more=len(found) > limit)


@prepared
def _open(
    *, user: User, about: str, number: int, most: Annotated[int, SHAPE]
) -> QuerySet[Activity]:
    rows = Activity.objects.visible_to(user).open().filter(**{about: number})
    return rows.with_subjects(user)[:most]
