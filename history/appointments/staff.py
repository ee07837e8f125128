"""Who can be booked."""

from django.db.models import QuerySet

from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import errors
from history.models import AppointmentKind

MOST = 60


def employees_for(kind: AppointmentKind) -> list[User]:
    """Those who keep such appointments; one query."""
    rows = _bookable()
    if kind.team_id is not None:
        rows = rows.filter(teams=kind.team_id)
    return list(rows[:MOST])


def employee_for(*, kind: AppointmentKind, public_id: object) -> User:
    """One of them.

    :raises errors.NotFound: nobody with this id keeps such appointments
    """
    for each in employees_for(kind):
        if str(each.public_id) == str(public_id):
            return each
    raise errors.NotFound(public_id=str(public_id))


def _bookable() -> QuerySet[User]:
    codes = [
        code
        for code, granted in policy.GRANTS.items()
        if policy.Permission.HISTORY_RECORD in granted
    ]
    rows = User.objects.filter(is_active=True, roles__code__in=codes)
    return rows.exclude(working_week__is_bookable=False).distinct().order_by("last_name", "pk")
