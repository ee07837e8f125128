"""Rows that somebody chose in a list: some by name, or everything that the query means."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contacts.listing import matching
from contacts.listing.filters.identifiers import as_uuid
from contacts.listing.query import ListQuery
from contacts.listing.scope import Scope
from crm.kernel import errors

MOST_AT_ONCE = 10_000


class TooMany(errors.DomainError):
    """More rows than may be changed in one step; narrower conditions help."""

    code = "too-many-rows"


@dataclass(frozen=True, slots=True)
class Selection:
    """``public_ids`` of chosen rows, or None for everything that ``query`` means."""

    query: ListQuery
    public_ids: frozenset[str] | None = None


def selected(*, scope: Scope, selection: Selection) -> QuerySet[Any]:
    """The chosen records that the user may see. Unknown identifiers are left out."""
    if selection.public_ids is None:
        return matching.records(scope=scope, query=selection.query)
    return scope.visible().filter(public_id__in=_known(selection.public_ids))


def for_change(*, scope: Scope, selection: Selection) -> QuerySet[Any]:
    """The chosen records, to be changed in one step.

    :raises errors.Invalid: nothing is chosen
    :raises TooMany: more than :data:`MOST_AT_ONCE`
    """
    records = selected(scope=scope, selection=selection)
    count = records.values("pk")[: MOST_AT_ONCE + 1].count()
    if count == 0:
        raise errors.Invalid({"selection": [_("Bitte wählen Sie zuerst Einträge aus.")]})
    if count > MOST_AT_ONCE:
        raise TooMany(
            _("Auf einmal lassen sich höchstens %(most)s Einträge ändern. Bitte grenzen Sie ein.")
            % {"most": f"{MOST_AT_ONCE:,}".replace(",", ".")},
            most=MOST_AT_ONCE,
        )
    return records


def _known(public_ids: Iterable[str]) -> list[Any]:
    return [found for text in sorted(public_ids) if (found := as_uuid(text))]
