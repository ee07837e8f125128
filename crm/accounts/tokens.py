"""Keys for programs: made once, shown once, kept as a digest, revoked at any time."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts import policy
from crm.accounts.models import ApiToken, User
from crm.kernel import audit, errors

PREFIX = "ek_"


@transaction.atomic
def create(*, actor: User, user: User, name: str, at: datetime) -> tuple[ApiToken, str]:
    """Make a key for ``user`` and return it with its secret, which cannot be read again.

    :raises errors.Invalid: no name
    """
    _require_own(actor, user)
    if not name.strip():
        raise errors.Invalid({"name": [_("Bitte sagen Sie, wofür der Schlüssel ist.")]})
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name.strip()[:100], digest=_digest(secret), created_at=at
    )
    audit.record(actor=actor, action="api-token.created", at=at, target=token)
    return token, secret


@transaction.atomic
def revoke(*, actor: User, token: ApiToken, at: datetime) -> None:
    """End a key at once; revoking it again changes nothing."""
    _require_own(actor, token.user)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        audit.record(actor=actor, action="api-token.revoked", at=at, target=token)


def user_for(*, secret: str, at: datetime) -> User | None:
    """The active user whose key this is, or None. Remembers the day of use."""
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=_digest(secret), revoked_at__isnull=True, user__is_active=True)
        .first()
    )
    if token is None:
        return None
    if token.last_used_on != at.date():
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=at.date())
    return token.user


def _digest(secret: str) -> str:
    """A plain digest suffices: the secret holds 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _require_own(actor: User, user: User) -> None:
    if actor.pk != user.pk:
        policy.require(actor, policy.Permission.ACCOUNTS_MANAGE)
