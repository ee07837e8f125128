"""The panel *Verkaufschancen* on the page of a person or a company."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from contacts.models import Company, Person
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import clock
from history.opportunities import of_record


def context_of(*, user: User, record: Person | Company) -> dict[str, Any]:
    """What ``opportunities/of_record.html`` needs (five queries, none without the permission).

    ``deals`` is None for who may not see opportunities; the template shows nothing then.
    """
    permissions = user.access.permissions
    if Permission.OPPORTUNITIES_VIEW not in permissions:
        return {"deals": None, "new_deal_url": ""}
    name = "person" if isinstance(record, Person) else "firma"
    query = urlencode({name: str(record.public_id)})
    may_edit = Permission.OPPORTUNITIES_EDIT in permissions
    return {
        "deals": of_record.read(user=user, record=record, at=clock.now()),
        "new_deal_url": f"{reverse('deal-new')}?{query}" if may_edit else "",
    }
