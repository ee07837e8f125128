"""Teams and log-ins of Nordlicht Messetechnik."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from crm.accounts import users
from crm.accounts.models import User
from crm.demo.staff import COLLEAGUES, PASSWORD, TEAMS


@transaction.atomic
def employ(*, at: datetime) -> dict[str, User]:
    """Create teams and users; returns the users by mailbox (``vertrieb``, ``admin`` …).

    The password of the demo is short and known on purpose, so it does not pass through the rules
    for passwords.
    """
    teams = {name: users.create_team(actor=None, name=name, at=at) for name in TEAMS}
    staff = {
        colleague.mailbox: users.create_user(
            actor=None,
            email=colleague.email,
            first_name=colleague.first_name,
            last_name=colleague.last_name,
            roles=colleague.roles,
            teams=[teams[name] for name in colleague.teams],
            at=at,
        )
        for colleague in COLLEAGUES
    }
    User.objects.filter(pk__in=[user.pk for user in staff.values()]).update(
        password=make_password(PASSWORD)
    )
    return staff
