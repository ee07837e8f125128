"""Saved views of the lists as something to narrow the queue of suspect groups down by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from contacts import saved_views
from contacts.listing import ListName, Scope, matching
from contacts.listing import query as queries
from contacts.models import MatchingKind, SavedView
from crm.accounts.models import User
from crm.kernel import errors

LISTS: Final = {MatchingKind.PERSON: ListName.PERSONS, MatchingKind.COMPANY: ListName.COMPANIES}


@dataclass(frozen=True, slots=True)
class Viewed:
    """A saved view, and which records it means for the user who asks, at one instant."""

    view: SavedView
    condition: Q


def views_of(*, user: User, kind: str) -> list[SavedView]:
    """The views that the user can choose from, by name."""
    return saved_views.visible_to(user=user, list_name=LISTS[MatchingKind(kind)])


def named(*, user: User, kind: str, public_id: UUID | str, at: datetime) -> Viewed:
    """A view to filter by.

    :raises errors.NotFound: there is none for these records, or somebody keeps it to themselves
    :raises errors.Invalid: it asks for something that is no longer there
    """
    scope = Scope(LISTS[MatchingKind(kind)], user, at)
    try:
        view = saved_views.view_for(user=user, list_name=scope.name, public_id=public_id)
    except errors.NotFound as error:
        text = _("Diese Ansicht gibt es hier nicht (mehr), oder sie ist nicht für alle sichtbar.")
        raise errors.NotFound(text, field="view", view=str(public_id)) from error
    try:
        query = queries.parse_string(scope=scope, text=view.query)
    except errors.Invalid as error:
        text = _("Die Ansicht „%(name)s“ lässt sich nicht mehr anwenden: %(why)s")
        told = text % {"name": view.name, "why": error.message}
        raise errors.Invalid({"view": [told]}) from error
    return Viewed(view, matching.condition_of(scope=scope, query=query))
