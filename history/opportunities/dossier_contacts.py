"""The latest contacts of an opportunity and of those who have a say in it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from crm.accounts import policy
from crm.accounts.models import User
from history.models import Participation
from history.opportunities.page import Page

MOST = 30
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact in four words: when, over what, with whom, about what."""

    at: datetime
    channel: str
    who: str
    said: str


def latest(*, user: User, page: Page) -> list[Contact]:
    """The latest first, each once (one query); of people only those whom the user may see."""
    if policy.Permission.HISTORY_VIEW not in user.access.permissions:
        return []
    persons = [each.stakeholder.person_id for each in page.members if each.person_is_seen]
    rows = Participation.objects.filter(
        Q(opportunity=page.opportunity) | Q(person__in=persons), is_current=True
    )
    rows = rows.select_related("touchpoint", "person").order_by("-happened_at", "-touchpoint")
    found: dict[int, list[Participation]] = {}
    for row in rows[: 2 * MOST]:
        found.setdefault(row.touchpoint_id, []).append(row)
    return [_contact(each) for each in list(found.values())[:MOST]]


def _contact(rows: list[Participation]) -> Contact:
    touchpoint = rows[0].touchpoint
    said = " – ".join(each for each in (touchpoint.subject, touchpoint.body) if each)
    return Contact(
        at=touchpoint.happened_at,
        channel=str(touchpoint.get_channel_display()),
        who=", ".join(str(row.person) for row in rows if row.person),
        said=said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…",
    )
