"""One-time links with which a user chooses a password: for new accounts and forgotten ones."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors


class Deactivated(errors.DomainError):
    """A deactivated account gets no link."""

    code = "account-deactivated"


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """The two parts of the address; valid for PASSWORD_RESET_TIMEOUT seconds and once."""

    uid: str
    token: str


@transaction.atomic
def issue(*, actor: User, user: User, at: datetime) -> PasswordLink:
    """Issue a link that an administrator hands to the user; the audit row tells who did.

    :raises Deactivated: the account is deactivated
    """
    policy.require(actor, policy.Permission.ACCOUNTS_MANAGE)
    if not user.is_active:
        raise Deactivated(_("Das Konto ist stillgelegt. Nehmen Sie es zuerst wieder in Betrieb."))
    audit.record(actor=actor, action="user.password-link-issued", at=at, target=user)
    return PasswordLink(
        uid=urlsafe_base64_encode(force_bytes(user.pk)),
        token=default_token_generator.make_token(user),
    )
