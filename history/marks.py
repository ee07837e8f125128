"""What readers leave in a line: pins for everybody, and what is new to each of them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel.prepared import prepared
from history.lines import Owner, column_of
from history.models import Pin, Touchpoint, Visit

SITTING = timedelta(minutes=30)
"""Looking again within this time is the same visit."""


@transaction.atomic
def pin(*, actor: User, touchpoint: Touchpoint, owner: Owner, at: datetime) -> Pin:
    """Let a contact stand above a line.

    :raises errors.NotPermitted: the role may not
    """
    policy.require(actor, policy.Permission.HISTORY_RECORD)
    row, _is_new = Pin.objects.get_or_create(
        touchpoint=touchpoint,
        **{column_of(owner): owner},
        defaults={"pinned_by": actor, "pinned_at": at},
    )
    return row


@transaction.atomic
def unpin(*, actor: User, touchpoint: Touchpoint, owner: Owner) -> None:
    """Take a contact from above a line."""
    policy.require(actor, policy.Permission.HISTORY_RECORD)
    Pin.objects.filter(touchpoint=touchpoint, **{column_of(owner): owner}).delete()


def pinned(*, owner: Owner) -> list[int]:
    """The numbers of what is pinned above a line, the last pinned first."""
    return _pins(about=column_of(owner), number=owner.pk)


@prepared
def _pins(*, about: str, number: int) -> QuerySet[Pin, int]:
    pins = Pin.objects.filter(**{about: number}).order_by("-pinned_at", "-pk")
    return pins.values_list("touchpoint_id", flat=True)


@transaction.atomic
def visit(*, user: User, owner: Owner, at: datetime) -> datetime | None:
    """Note that the user looks at a line; the time since which everything is new to them.

    None at the first visit: then everything is new, and nothing is marked.
    """
    row, is_new = Visit.objects.select_for_update().get_or_create(
        user=user, **{column_of(owner): owner}, defaults={"at": at}
    )
    if not is_new and at - row.at > SITTING:
        row.seen_at, row.at = row.at, at
        row.save(update_fields=["seen_at", "at"])
    return row.seen_at
