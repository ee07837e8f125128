"""Saved views of lists: every change is one function here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from contacts import writing
from contacts.listing import ListName, ListQuery
from contacts.models import SavedView
from crm.accounts.models import User
from crm.kernel import audit, errors


def visible_to(*, user: User, list_name: ListName) -> list[SavedView]:
    """The user's own views of a list and those that others share, by name."""
    mine_or_shared = Q(owner=user.pk) | Q(is_shared=True)
    views = SavedView.objects.filter(mine_or_shared, list_name=list_name.value)
    return list(views.select_related("owner").order_by("name", "pk"))


def view_for(*, user: User, list_name: ListName, public_id: UUID | str) -> SavedView:
    """One view that the user may open.

    :raises errors.NotFound: there is none, or somebody keeps it to themselves
    """
    for view in visible_to(user=user, list_name=list_name):
        if str(view.public_id) == str(public_id):
            return view
    raise errors.NotFound(public_id=str(public_id))


@transaction.atomic
def save(
    *,
    actor: User,
    list_name: ListName,
    name: str,
    query: ListQuery,
    is_shared: bool = False,
    at: datetime,
) -> SavedView:
    """Keep a query under a name.

    :raises errors.Invalid: name missing, too long or taken
    """
    view = SavedView(
        owner=actor,
        list_name=list_name.value,
        name=name.strip(),
        query=query.encode(),
        is_shared=is_shared,
        created_at=at,
    )
    _check(view)
    view.save()
    changes = audit.diff({}, {"name": view.name, "query": view.query, "is_shared": is_shared})
    audit.record(actor=actor, action="saved-view.created", at=at, target=view, changes=changes)
    return view


@transaction.atomic
def update(
    *,
    actor: User,
    view: SavedView,
    name: str | None = None,
    query: ListQuery | None = None,
    is_shared: bool | None = None,
    at: datetime,
) -> SavedView:
    """Change name, query or sharing; what is None stays.

    :raises errors.Invalid: name missing, too long or taken
    :raises errors.NotPermitted: it is somebody else's view
    """
    view = _locked(actor, view)
    wanted = {
        "name": view.name if name is None else name.strip(),
        "query": view.query if query is None else query.encode(),
        "is_shared": view.is_shared if is_shared is None else is_shared,
    }
    changes = audit.diff({field: getattr(view, field) for field in wanted}, wanted)
    if changes:
        for field, value in wanted.items():
            setattr(view, field, value)
        _check(view)
        view.save()
        audit.record(actor=actor, action="saved-view.updated", at=at, target=view, changes=changes)
    return view


@transaction.atomic
def remove(*, actor: User, view: SavedView, at: datetime) -> None:
    """Forget a view; the records stay as they are.

    :raises errors.NotPermitted: it is somebody else's view
    """
    view = _locked(actor, view)
    changes = {"name": [view.name, ""], "query": [view.query, ""]}
    audit.record(actor=actor, action="saved-view.removed", at=at, target=view, changes=changes)
    view.delete()


def _locked(actor: User, view: SavedView) -> SavedView:
    fresh = SavedView.objects.select_for_update().filter(pk=view.pk).first()
    if fresh is None:
        raise errors.NotFound(public_id=str(view.public_id))
    if fresh.owner_id != actor.pk:
        raise errors.NotPermitted(_("Diese Ansicht gehört %(owner)s.") % {"owner": view.owner})
    return fresh


def _check(view: SavedView) -> None:
    if not view.name:
        raise errors.Invalid({"name": [_("Bitte geben Sie der Ansicht einen Namen.")]})
    writing.checked(view)
    same = SavedView.objects.filter(
        owner=view.owner_id, list_name=view.list_name, name__iexact=view.name
    )
    if same.exclude(pk=view.pk).exists():
        raise errors.Invalid({"name": [_("Eine Ansicht mit diesem Namen haben Sie schon.")]})
