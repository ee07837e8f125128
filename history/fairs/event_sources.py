"""The source of an event: what is captured there comes from it."""

from datetime import datetime

from django.utils.translation import gettext as _

from contacts import sources
from contacts.models import Source, SourceKind
from crm.accounts.models import User
from crm.kernel import errors


def take(name: str, *, actor: User, at: datetime) -> Source:
    """One of this name that belongs to no event, else a new one.

    :raises errors.Invalid: another kind of source is called so
    """
    left = Source.objects.filter(kind=SourceKind.FAIR, name__iexact=name, event=None).first()
    if left is not None:
        return sources.update(actor=actor, source=left, values={"is_active": True}, at=at)
    try:
        return sources.create(actor=actor, kind=SourceKind.FAIR, name=name, at=at)
    except errors.Invalid as error:
        raise _taken() from error


def rename(source: Source, name: str, *, actor: User, at: datetime) -> Source:
    """Call it as the event is called.

    :raises errors.Invalid: another source is called so
    """
    try:
        return sources.update(actor=actor, source=source, values={"name": name}, at=at)
    except errors.Invalid as error:
        raise _taken() from error


def _taken() -> errors.Invalid:
    return errors.Invalid(
        {"name": [_("Eine Herkunft mit diesem Namen gibt es schon. Nennen Sie das Jahr dazu.")]}
    )
