"""Sources: where data come from, under which licence, until when; every change is one function."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import writing
from contacts.models import ContactPointKind, Source, SourceKind
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors

FIELDS = (
    "kind",
    "name",
    "supplier",
    "licence",
    "licensed_channels",
    "use_until",
    "remark",
    "is_active",
)


@transaction.atomic
def create(
    *,
    actor: User | None,
    kind: str,
    name: str,
    supplier: str = "",
    licence: str = "",
    licensed_channels: Iterable[str] = (),
    use_until: date | None = None,
    remark: str = "",
    at: datetime,
) -> Source:
    """Create a source. ``actor`` is None only for the installation itself.

    :raises errors.Invalid: name missing or taken; bought addresses without licence or use-until
    """
    if actor is not None:
        require_manager(actor)
    source = Source(
        kind=kind,
        name=name.strip(),
        supplier=supplier.strip(),
        licence=licence.strip(),
        licensed_channels=sorted(set(licensed_channels)),
        use_until=use_until,
        remark=remark,
        created_at=at,
    )
    _check(source)
    source.save()
    changes = audit.diff({}, {name: getattr(source, name) for name in FIELDS})
    audit.record(actor=actor, action="source.created", at=at, target=source, changes=changes)
    return source


@transaction.atomic
def update(*, actor: User, source: Source, values: dict[str, Any], at: datetime) -> Source:
    """Change fields of a source (keys: :data:`FIELDS`).

    :raises errors.Invalid: as in :func:`create`
    """
    policy.require(actor, policy.Permission.SOURCES_MANAGE)
    if unknown := sorted(set(values) - set(FIELDS)):
        raise errors.Invalid({name: [_("Dieses Feld gibt es nicht.")] for name in unknown})
    source = Source.objects.select_for_update().get(pk=source.pk)
    changes = audit.diff({name: getattr(source, name) for name in values}, values)
    if changes:
        for name, value in values.items():
            setattr(source, name, value)
        _check(source)
        source.save()
        audit.record(actor=actor, action="source.updated", at=at, target=source, changes=changes)
    return source


@transaction.atomic
def by_hand(*, at: datetime) -> Source:
    """The source of what users type in without naming another."""
    name = _("Von Hand erfasst")
    source = Source.objects.filter(kind=SourceKind.MANUAL).order_by("pk").first()
    return source or create(actor=None, kind=SourceKind.MANUAL, name=name, at=at)


def usable(source: Source, *, on: date) -> bool:
    """Whether data of the source may be used on the day."""
    return source.use_until is None or on <= source.use_until


def require_manager(actor: User) -> None:
    """Sources are made by who manages them and by who imports."""
    if policy.may(actor, policy.Permission.CONTACTS_IMPORT):
        return
    policy.require(actor, policy.Permission.SOURCES_MANAGE)


def _check(source: Source) -> None:
    problems: dict[str, list[str]] = {}
    if not source.name:
        problems["name"] = [_("Bitte geben Sie der Herkunft einen Namen.")]
    elif Source.objects.filter(name__iexact=source.name).exclude(pk=source.pk).exists():
        problems["name"] = [_("Eine Herkunft mit diesem Namen gibt es schon.")]
    if set(source.licensed_channels) - set(ContactPointKind.values):
        problems["licensed_channels"] = [_("Diesen Kanal gibt es nicht.")]
    if source.kind == SourceKind.SUPPLIER:
        if not source.licence:
            problems["licence"] = [_("Gekaufte Adressen brauchen die Angabe der Lizenz.")]
        if source.use_until is None:
            problems["use_until"] = [
                _("Gekaufte Adressen brauchen ein Datum, bis zu dem sie genutzt werden dürfen.")
            ]
    if problems:
        raise errors.Invalid(problems)
    writing.checked(source)
