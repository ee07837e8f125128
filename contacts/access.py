"""Where records are fetched, access is granted: every screen, API view and command comes here."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from contacts.models import Company, Employment, ImportRun, Person
from crm.accounts import policy
from crm.accounts.models import User, Visibility
from crm.kernel import errors
from crm.kernel.prepared import SHAPE, prepared

R = TypeVar("R", bound=Person | Company)


def person_for(*, user: User, public_id: UUID | str, related: Sequence[str] = ()) -> Person:
    """The person, if the user may see it; of one that was merged, the record it went into.

    ``related`` names what is read with it.

    :raises errors.NotFound: there is none, or the user may not see it
    """
    return _record_for(user, Person, public_id, related)


def company_for(*, user: User, public_id: UUID | str, related: Sequence[str] = ()) -> Company:
    """The company, if the user may see it; of one that was merged, the record it went into.

    ``related`` names what is read with it.

    :raises errors.NotFound: there is none, or the user may not see it
    """
    return _record_for(user, Company, public_id, related)


def _record_for(user: User, model: type[R], public_id: UUID | str, related: Sequence[str]) -> R:
    """The record or, of an alias, its survivor: whether that may be seen decides alone."""
    wanted = parsed(public_id)
    for column in ("public_id", "aliases__public_id"):
        for found in _seen(
            user=user,
            model=cast(Any, model),
            related=tuple(related),
            column=column,
            public_id=wanted,
        ):
            return cast(R, found)
    raise errors.NotFound(public_id=str(public_id))


@prepared
def _seen(
    *,
    user: User,
    model: type[Person | Company],
    related: Annotated[tuple[str, ...], SHAPE],
    column: str,
    public_id: UUID,
) -> QuerySet[Any]:
    seen: QuerySet[Any] = model.objects.visible_to(user).order_by()
    if related:
        seen = seen.select_related(*related)
    return seen.filter(**{column: public_id})[:1]


def survivor_of(model: type[R], public_id: UUID | str) -> R | None:
    """The record that an alias leads to, whoever asks; None if it is no alias."""
    rows: Any = model._default_manager.all()
    found: R | None = rows.filter(aliases__public_id=parsed(public_id)).first()
    return found


def employments_of(user: User) -> QuerySet[Employment]:
    """The roles of persons that the user may see.

    ``company_is_seen`` of each says whether the user may see the company, too. Where somebody
    works is told with the person; that the company is a record, and which one, is not.
    """
    companies = Company.objects.visible_to(user).order_by()
    roles = Employment.objects.filter(person__in=Person.objects.visible_to(user).order_by())
    return roles.annotate(
        company_is_seen=Exists(companies.filter(pk=OuterRef("company")))
    ).select_related("person", "company", "source")


def imports_of(user: User) -> QuerySet[ImportRun]:
    """The imports that the user may see: own ones, those for the user's teams, or all."""
    policy.require(user, policy.Permission.CONTACTS_IMPORT)
    runs = ImportRun.objects.select_related("source", "created_by", "owner", "team")
    if user.access.visibility == Visibility.ALL:
        return runs
    return runs.filter(Q(created_by=user.pk) | Q(owner=user.pk) | Q(team__in=user.access.team_ids))


def import_for(*, user: User, public_id: UUID | str) -> ImportRun:
    """The import, if the user may see it.

    :raises errors.NotPermitted: the role may not import
    :raises errors.NotFound: there is none, or the user may not see it
    """
    run = imports_of(user).filter(public_id=parsed(public_id)).first()
    if run is None:
        raise errors.NotFound(public_id=str(public_id))
    return run


def require_editable(*, user: User, record: Person | Company) -> None:
    """Pass if the user may change the record.

    :raises errors.NotPermitted: the role allows no changes
    :raises errors.NotFound: the user may not even see it
    """
    if not type(record).objects.visible_to(user).filter(pk=record.pk).exists():
        raise errors.NotFound(public_id=str(record.public_id))
    policy.require(user, policy.Permission.CONTACTS_EDIT)


def parsed(public_id: UUID | str) -> UUID:
    """A public id as it comes from an address.

    :raises errors.NotFound: it is none
    """
    try:
        return public_id if isinstance(public_id, UUID) else UUID(public_id)
    except ValueError as error:
        raise errors.NotFound(public_id=str(public_id)) from error
