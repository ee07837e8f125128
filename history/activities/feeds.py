"""The calendar subscription: one secret address per user, renewed or ended at any time.

Whoever knows the address reads the activities of its user, nothing else. It is shown once and
kept as a digest, as keys for programs are.
"""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit
from history.models import CalendarFeed


@transaction.atomic
def subscribe(*, actor: User, at: datetime) -> str:
    """A new secret for the actor's own calendar; the one before ends.

    :raises errors.NotPermitted: the role sees no history
    """
    policy.require(actor, policy.Permission.HISTORY_VIEW)
    secret = secrets.token_urlsafe(32)
    feed, is_new = CalendarFeed.objects.update_or_create(
        user=actor, defaults={"digest": _digest(secret), "created_at": at, "last_used_on": None}
    )
    if is_new:
        audit.record(actor=actor, action="calendar-feed.created", at=at, target=feed)
    else:
        audit.record(actor=actor, action="calendar-feed.rotated", at=at, target=feed)
    return secret


@transaction.atomic
def revoke(*, actor: User, at: datetime) -> None:
    """End the actor's subscription; without one nothing happens."""
    feed = CalendarFeed.objects.select_for_update().filter(user=actor).first()
    if feed is not None:
        audit.record(actor=actor, action="calendar-feed.revoked", at=at, target=feed)
        feed.delete()


def user_for(*, secret: str, at: datetime) -> User | None:
    """The user whose calendar may be read with it, or None. Remembers the day of use."""
    found = CalendarFeed.objects.select_related("user")
    feed = found.filter(digest=_digest(secret), user__is_active=True).first()
    if feed is None or not policy.may(feed.user, policy.Permission.HISTORY_VIEW):
        return None
    if feed.last_used_on != at.date():
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_on=at.date())
    return feed.user


def _digest(secret: str) -> str:
    """A plain digest suffices: the secret holds 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
