"""One activity as a list shows it to one user."""

from dataclasses import dataclass
from datetime import datetime

from contacts.models import Company, Person
from history.activities import due
from history.models import Activity, Opportunity


@dataclass(frozen=True, slots=True)
class Row:
    """``person``, ``company`` and ``opportunity`` are None also where the user may not see them.

    ``late_days`` counts the days since it was due; 0 for what is late today or not at all.
    """

    activity: Activity
    person: Person | None
    company: Company | None
    opportunity: Opportunity | None
    is_overdue: bool
    late_days: int

    @property
    def about(self) -> Person | Company | Opportunity | None:
        """What it is about first of all."""
        return self.person or self.company or self.opportunity


def row(activity: Activity, *, at: datetime) -> Row:
    """The row of an activity that was read by ``with_subjects``."""
    today = due.day_of(at)
    days = (today.date() - due.local(activity.due_at).date()).days
    return Row(
        activity=activity,
        person=activity.person if _sees(activity, "person") else None,
        company=activity.company if _sees(activity, "company") else None,
        opportunity=activity.opportunity if _sees(activity, "opportunity") else None,
        is_overdue=is_overdue(activity, at=at),
        late_days=max(days, 0) if activity.is_open else 0,
    )


def is_overdue(activity: Activity, *, at: datetime) -> bool:
    """Whether its hour has passed, its day, if only the day counts, or its end, if it has one."""
    limit = at if activity.has_time else due.day_of(at)
    return activity.is_open and (activity.ends_at or activity.due_at) < limit


def _sees(activity: Activity, name: str) -> bool:
    seen: bool = getattr(activity, f"sees_{name}")
    return seen
