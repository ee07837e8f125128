"""The columns of the lists: what each shows, and which are shown when nobody chose."""

from collections.abc import Iterable

from contacts.listing.columns import answers, care, identity, reach
from contacts.listing.columns.kinds import Column, Kind, Value
from contacts.listing.rows import Need
from contacts.listing.scope import ListName, Scope

__all__ = ["Column", "Kind", "Value", "all_of", "chosen", "needs_of"]

USUAL = {
    ListName.PERSONS: (
        "name",
        "company",
        "city",
        "email",
        "phone",
        "owner",
        "completeness",
        "confirmed",
    ),
    ListName.COMPANIES: (
        "name",
        "erp_number",
        "city",
        "phone",
        "staff",
        "owner",
        "completeness",
        "confirmed",
    ),
}
_STATIC = [*identity.COLUMNS, *reach.COLUMNS, *care.COLUMNS]


def all_of(scope: Scope) -> list[Column]:
    """Every column of the list in order: the record, how it is reached, care, criteria."""
    static = [column for column in _STATIC if scope.name in column.lists]
    return [*static, *answers.columns_of(scope)]


def chosen(*, scope: Scope, codes: Iterable[str]) -> list[Column]:
    """The columns with these codes in the list's own order; the usual ones if there is none."""
    wanted = set(codes) or set(USUAL[scope.name])
    return [column for column in all_of(scope) if column.code in wanted]


def needs_of(columns: Iterable[Column]) -> frozenset[Need]:
    """Everything that has to be read for these columns."""
    return frozenset[Need]().union(*(column.needs for column in columns))
