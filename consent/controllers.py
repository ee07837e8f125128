"""Controllers: in whose name the installation contacts people."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consent.models import Controller
from crm.accounts.models import User
from crm.kernel import audit, errors
from crm.kernel.prepared import prepared

FIELDS = (
    "name",
    "street",
    "postal_code",
    "city",
    "email",
    "phone",
    "website",
    "representative",
    "privacy_officer",
    "privacy_contact",
    "authority",
    "notice_profile",
)
"""What is told of a controller."""

FIRST_NAME = "Unser Unternehmen"


def ensure(*, using: str = "default") -> None:
    """Give a new installation its one controller; runs after every migration."""
    controllers = Controller.objects.using(using)
    if not controllers.filter(is_default=True).exists():
        controllers.create(name=FIRST_NAME, is_default=True)


def default() -> Controller:
    """The controller where nobody names one."""
    for found in _defaults():
        return found
    raise Controller.DoesNotExist


@prepared
def _defaults() -> QuerySet[Controller]:
    return Controller.objects.filter(is_default=True)


def active() -> QuerySet[Controller]:
    """Those in whose name somebody may be contacted."""
    return Controller.objects.filter(is_active=True)


def controller_for(public_id: object) -> Controller:
    """The active controller.

    :raises errors.NotFound: there is none with this id
    """
    found = active().filter(public_id=str(public_id)).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found


@transaction.atomic
def describe(
    *, actor: User | None, controller: Controller, values: Mapping[str, str], at: datetime
) -> Controller:
    """Change what is told of a controller: name, address, contacts, officer, authority.

    :raises errors.Invalid: the name is missing or taken, an address cannot be one
    """
    row = Controller.objects.select_for_update().get(pk=controller.pk)
    before = {name: getattr(row, name) for name in FIELDS}
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name].strip())
    try:
        row.full_clean()
    except ValidationError as error:
        sentences = {
            name if name in FIELDS else "name": texts for name, texts in error.message_dict.items()
        }
        if Controller.objects.exclude(pk=row.pk).filter(name__iexact=row.name).exists():
            sentences["name"] = [_("Diesen Namen hat schon ein anderer Verantwortlicher.")]
        raise errors.Invalid(sentences) from error
    row.save()
    after = {name: getattr(row, name) for name in FIELDS}
    if changes := audit.diff(before, after):
        audit.record(actor=actor, action="controller.changed", target=row, changes=changes, at=at)
    return row
