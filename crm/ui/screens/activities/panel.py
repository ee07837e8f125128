"""The panel *Nächster Schritt* on the page of a person, a company or a deal.

The page includes ``activities/of_record.html`` with :func:`of_record` in its context as
``steps``; its style is ``ui/screens/activities.css``.
"""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from contacts.models import Company, Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.ui.screens.activities import lines
from history import activities
from history.activities.planning import field_of
from history.models import Opportunity


def of_record(
    *, user: User, record: Person | Company | Opportunity, at: datetime, here: str
) -> dict[str, Any]:
    """The context of the panel; one query. ``here`` is the address of the page around it."""
    steps = activities.of_record(user=user, record=record, at=at)
    query = urlencode({field_of(record): str(record.public_id), "next": here})
    return {
        "lines": lines.lines(steps.rows, at=at),
        "has_more": steps.has_more,
        "may_view": bool(policy.may(user, Permission.HISTORY_VIEW)),
        "may_record": bool(policy.may(user, Permission.HISTORY_RECORD)),
        "plan_url": f"{reverse('activity-new')}?{query}",
        "here": here,
    }
