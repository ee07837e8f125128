"""The team at a glance: who has how much to do, and what nobody has taken yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from crm.accounts import policy
from crm.accounts.models import User, Visibility
from history.activities import due
from history.activities.day import end_of_week
from history.models import Activity
from history.models.activity import is_late


@dataclass(frozen=True, slots=True)
class Member:
    """How much is open; ``user`` is None for what lies with a team and nobody has taken."""

    user: User | None
    open: int
    overdue: int
    week: int
    next_at: datetime | None


def members(*, user: User, at: datetime) -> list[Member]:
    """The colleagues of the user's teams (or all of them, to who sees everything), those with
    the most overdue first; three queries.

    :raises errors.NotPermitted: the role does not lead
    """
    policy.require(user, policy.Permission.HISTORY_MANAGE)
    colleagues = User.objects.filter(is_active=True)
    seen = Activity.objects.visible_to(user).open()
    if user.access.visibility != Visibility.ALL:
        colleagues = colleagues.filter(teams__in=user.access.team_ids).distinct()
        seen = seen.filter(Q(assignee__in=colleagues) | Q(team__in=user.access.team_ids))
    today = due.day_of(at)
    late = is_late(at=at, today=today)
    numbers = (
        seen.order_by()
        .values("assignee")
        .annotate(
            open=Count("pk"),
            overdue=Count("pk", filter=late),
            week=Count("pk", filter=Q(due_at__lt=end_of_week(at))),
            next_at=Min("due_at", filter=Q(due_at__gte=at)),
        )
    )
    found: dict[int | None, dict[str, Any]] = {each["assignee"]: dict(each) for each in numbers}
    rows = [_member(each, found.get(each.pk)) for each in colleagues]
    if None in found:
        rows.append(_member(None, found[None]))
    return sorted(rows, key=lambda each: (-each.overdue, -each.open))


def _member(user: User | None, numbers: dict[str, Any] | None) -> Member:
    empty: dict[str, Any] = {"open": 0, "overdue": 0, "week": 0, "next_at": None}
    known = numbers or empty
    return Member(user=user, **{name: known[name] for name in empty})
