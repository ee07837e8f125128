"""Telephone systems and extensions: every change is one function here."""

import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from contacts.access import parsed
from crm.accounts import policy
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import audit, errors
from history.calls import numbers
from history.models import Extension, TelephoneFormat, TelephoneSystem

PREFIX = "et_"


@transaction.atomic
def create(*, actor: User, name: str, format: str, at: datetime) -> tuple[TelephoneSystem, str]:
    """Add a system and return it with its secret, which cannot be read again.

    :raises errors.Invalid: no name, one that is taken, or an unknown format
    """
    policy.require(actor, Permission.TELEPHONY_MANAGE)
    name, problems = name.strip()[:100], dict[str, list[str]]()
    if not name:
        problems["name"] = [_("Bitte nennen Sie die Anlage.")]
    elif TelephoneSystem.objects.filter(name=name).exists():
        problems["name"] = [_("Eine Anlage dieses Namens gibt es schon.")]
    if format not in TelephoneFormat.values:
        problems["format"] = [_("Diese Form gibt es nicht.")]
    if problems:
        raise errors.Invalid(problems)
    secret = _new_secret()
    system = TelephoneSystem.objects.create(
        name=name, format=format, digest=_digest(secret), created_at=at
    )
    audit.record(actor=actor, action="telephone-system.created", at=at, target=system)
    return system, secret


@transaction.atomic
def renew_secret(*, actor: User, system: TelephoneSystem, at: datetime) -> str:
    """A new secret; the former one is worth nothing from now on."""
    policy.require(actor, Permission.TELEPHONY_MANAGE)
    secret = _new_secret()
    system.digest = _digest(secret)
    system.save(update_fields=["digest"])
    audit.record(actor=actor, action="telephone-system.secret-renewed", at=at, target=system)
    return secret


@transaction.atomic
def set_active(*, actor: User, system: TelephoneSystem, is_active: bool, at: datetime) -> None:
    """Take a system out of use, or into use again: events of one out of use are refused."""
    policy.require(actor, Permission.TELEPHONY_MANAGE)
    if system.is_active == is_active:
        return
    changes: audit.Changes = {"is_active": [system.is_active, is_active]}
    system.is_active = is_active
    system.save(update_fields=["is_active"])
    audit.record(
        actor=actor, action="telephone-system.updated", at=at, target=system, changes=changes
    )


@transaction.atomic
def add_extension(
    *,
    actor: User,
    system: TelephoneSystem,
    user: User,
    number: str = "",
    provider_id: str = "",
    at: datetime,
) -> Extension:
    """Say under what number, or as whom, a system calls a user.

    :raises errors.Invalid: neither is given, or one belongs to somebody already
    """
    policy.require(actor, Permission.TELEPHONY_MANAGE)
    kept, provider_id = numbers.of_extension(number), provider_id.strip()[:100]
    _require_free(system, number=number.strip(), kept=kept, provider_id=provider_id)
    extension = Extension.objects.create(
        system=system, user=user, number=kept, provider_id=provider_id
    )
    audit.record(
        actor=actor, action="extension.added", at=at, target=extension, context={"user": str(user)}
    )
    return extension


@transaction.atomic
def remove_extension(*, actor: User, extension: Extension, at: datetime) -> None:
    """A user is not called under this number any more."""
    policy.require(actor, Permission.TELEPHONY_MANAGE)
    audit.record(
        actor=actor,
        action="extension.removed",
        at=at,
        target=extension,
        context={"user": str(extension.user)},
    )
    extension.delete()


@transaction.atomic
def set_opens_at_once(*, user: User, opens: bool, at: datetime) -> None:
    """Whether a caller who is certain is opened without a card: the user's own choice."""
    rows = Extension.objects.filter(user=user).exclude(opens_at_once=opens)
    if rows.update(opens_at_once=opens):
        changes: audit.Changes = {"opens_at_once": [not opens, opens]}
        audit.record(
            actor=user, action="extension.opening-set", at=at, target=user, changes=changes
        )


def system_of(secret: str) -> TelephoneSystem | None:
    """The active system whose secret this is; every one is compared, in constant time."""
    digest, found = _digest(secret), None
    for system in TelephoneSystem.objects.filter(is_active=True):
        if hmac.compare_digest(system.digest, digest):
            found = system
    return found


def system_for(*, user: User, public_id: UUID | str) -> TelephoneSystem:
    """The system, for whoever manages them.

    :raises errors.NotFound: there is none
    """
    policy.require(user, Permission.TELEPHONY_MANAGE)
    found = TelephoneSystem.objects.filter(public_id=parsed(public_id)).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found


def _require_free(system: TelephoneSystem, *, number: str, kept: str, provider_id: str) -> None:
    problems: dict[str, list[str]] = {}
    rows = system.extensions.all()
    if number and (not kept or len(kept) > 40):
        problems["number"] = [_("„%(text)s“ ist keine Rufnummer.") % {"text": number}]
    elif not kept and not provider_id:
        problems["number"] = [_("Bitte nennen Sie die Rufnummer oder die Kennung bei der Anlage.")]
    if kept and rows.filter(number=kept).exists():
        problems["number"] = [_("Diese Rufnummer ist in dieser Anlage schon vergeben.")]
    if provider_id and rows.filter(provider_id=provider_id).exists():
        problems["provider_id"] = [_("Diese Kennung ist in dieser Anlage schon vergeben.")]
    if problems:
        raise errors.Invalid(problems)


def _new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def _digest(secret: str) -> str:
    """A plain digest suffices: the secret holds 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
