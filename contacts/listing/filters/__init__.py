"""Everything a list can be narrowed down by."""

from contacts.listing.filters import belonging, care, channels, criteria, origin, place
from contacts.listing.filters.kinds import Choice, Entry, Filter, Group, choice_of, choices_of
from contacts.listing.scope import Scope

__all__ = ["Choice", "Entry", "Filter", "Group", "choice_of", "choices_of", "find", "offered"]

_STATIC = {
    filter.code: filter
    for module in (belonging, place, channels, care, origin)
    for filter in module.FILTERS
}


def find(*, scope: Scope, code: str) -> Filter | None:
    """The filter of this code if the list has it."""
    if code.startswith(criteria.PREFIX):
        return next((found for found in criteria.filters_of(scope) if found.code == code), None)
    found = _STATIC.get(code)
    return found if found and scope.name in found.lists else None


def offered(*, scope: Scope) -> list[tuple[Group, list[Filter]]]:
    """The filters by group, as they are offered to people."""
    everything = [
        filter
        for filter in (*_STATIC.values(), *criteria.filters_of(scope))
        if filter.offered and scope.name in filter.lists
    ]
    grouped = [(group, [f for f in everything if f.group is group]) for group in Group]
    return [(group, found) for group, found in grouped if found]
