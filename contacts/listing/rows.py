"""Records with what a list shows beside them, read for many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, prefetch_related_objects

from contacts.listing.filters.place import current_addresses, current_roles
from contacts.listing.scope import ListName, Scope
from contacts.models import (
    Address,
    AddressKind,
    Company,
    ContactPointHolder,
    ContactPointStatus,
    CriterionValue,
    Employment,
    ExternalId,
    Person,
)

_PLACE = ("kind", "street", "house_number", "po_box", "postal_code", "city", "country")


class Need(StrEnum):
    """What a column needs besides the record; each costs a fixed number of queries."""

    OWNER = "owner"
    TEAM = "team"
    SOURCE = "source"
    ROLE = "role"
    POINTS = "points"
    ADDRESS = "address"
    VALUES = "values"
    NUMBERS = "numbers"
    STAFF = "staff"


class Role(NamedTuple):
    """What a person does now, and where."""

    company: str
    function: str
    department: str


class Point(NamedTuple):
    """An active contact point: its kind, and how it is shown."""

    kind: str
    display: str


@dataclass(slots=True)
class Row:
    """One record of a list. ``points`` holds active contact points, preferred ones first;
    ``values`` the answers to criteria by code; ``staff`` the number of persons at a company."""

    record: Any
    role: Role | None = None
    address: Address | None = None
    points: list[Point] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    numbers: list[ExternalId] = field(default_factory=list)
    staff: int = 0

    def reached_by(self, *kinds: str) -> list[str]:
        """What is shown of the contact points of these kinds."""
        return [point.display for point in self.points if point.kind in kinds]


def compose(
    *, scope: Scope, records: Sequence[Person | Company], needs: Iterable[Need]
) -> list[Row]:
    """The rows for ``records`` in their order; the number of queries depends on ``needs`` only."""
    wanted = frozenset(needs)
    names = [need.value for need in (Need.OWNER, Need.TEAM, Need.SOURCE) if need in wanted]
    prefetch_related_objects(records, *names)
    rows = {record.pk: Row(record) for record in records}
    for need, add in _ADDERS.items():
        if need in wanted and rows:
            add(scope, rows)
    return list(rows.values())


def _add_roles(scope: Scope, rows: dict[int, Row]) -> None:
    """The current role at a company: the primary one, else the latest."""
    roles = Employment.objects.filter(current_roles(scope), person__in=list(rows))
    for person, name, legal_form, function, department in roles.order_by(
        "person", "is_primary", "id"
    ).values_list("person_id", "company__name", "company__legal_form", "function", "department"):
        company = f"{name} {legal_form}" if legal_form else name
        rows[person].role = Role(company, function, department)


def _add_points(scope: Scope, rows: dict[int, Row]) -> None:
    points = _held(scope, ContactPointHolder.objects.all(), rows)
    active = points.filter(status=ContactPointStatus.ACTIVE).order_by("-is_preferred", "id")
    for record, kind, display in active.values_list(
        f"{scope.name.holder}_id", "contact_point__kind", "contact_point__display"
    ):
        rows[record].points.append(Point(kind, display))


def _add_addresses(scope: Scope, rows: dict[int, Row]) -> None:
    """The current address: the one for business if there are several."""
    addresses = _held(scope, Address.objects.filter(current_addresses(scope)), rows)
    for address in addresses.only(f"{scope.name.holder}_id", *_PLACE).order_by("-id"):
        row = rows[_holder(scope, address)]
        if row.address is None or address.kind == AddressKind.BUSINESS:
            row.address = address


def _add_values(scope: Scope, rows: dict[int, Row]) -> None:
    values = _held(scope, CriterionValue.objects.filter(superseded_at=None), rows)
    for value in values.select_related("criterion").order_by():
        rows[_holder(scope, value)].values[value.criterion.code] = value.value


def _add_numbers(scope: Scope, rows: dict[int, Row]) -> None:
    for number in _held(scope, ExternalId.objects.all(), rows).order_by("system", "value"):
        rows[_holder(scope, number)].numbers.append(number)


def _add_staff(scope: Scope, rows: dict[int, Row]) -> None:
    """Persons who work at a company now, as far as the user may see them."""
    if scope.name is not ListName.COMPANIES:
        return
    seen = Q(person__in=Person.objects.visible_to(scope.user).order_by())
    roles = Employment.objects.filter(current_roles(scope), seen, company__in=list(rows))
    counts = roles.order_by().values_list("company").annotate(n=Count("person", distinct=True))
    for company, count in counts:
        rows[company].staff = count


def _held(scope: Scope, related: QuerySet[Any], rows: dict[int, Row]) -> QuerySet[Any]:
    return related.filter(**{f"{scope.name.holder}__in": list(rows)})


def _holder(scope: Scope, datum: Any) -> int:
    pk: int = getattr(datum, f"{scope.name.holder}_id")
    return pk


_ADDERS = {
    Need.ROLE: _add_roles,
    Need.POINTS: _add_points,
    Need.ADDRESS: _add_addresses,
    Need.VALUES: _add_values,
    Need.NUMBERS: _add_numbers,
    Need.STAFF: _add_staff,
}
