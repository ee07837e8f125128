"""What readers leave in a line: pins for everybody, and what is new to each of them."""

from datetime import datetime, timedelta
from typing import cast

from django.db import connection, transaction
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


def visit(*, user: User, owner: Owner, at: datetime) -> datetime | None:
    """Note that the user looks at a line; the time since which everything is new to them (one
    statement: it happens with each look).

    None at the first visit: then everything is new, and nothing is marked.
    """
    column = f"{column_of(owner)}_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Visit._meta.db_table} AS known (user_id, {column}, at)"
            f" VALUES (%(user)s, %(owner)s, %(at)s)"
            f" ON CONFLICT (user_id, {column}) WHERE {column} IS NOT NULL DO UPDATE SET"
            " seen_at = CASE WHEN known.at < %(before)s THEN known.at ELSE known.seen_at END,"
            " at = CASE WHEN known.at < %(before)s THEN %(at)s ELSE known.at END"
            " RETURNING seen_at",
            {"user": user.pk, "owner": owner.pk, "at": at, "before": at - SITTING},
        )
        [(seen_at,)] = cursor.fetchall()
    return cast(datetime | None, seen_at)
