"""What a chunk is going to write, collected row by row and sent table by table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from psycopg.types.json import Jsonb

from contacts.importing.prepared import Holder, PreparedAddress, PreparedPoint
from contacts.importing.storing import bulk
from contacts.importing.storing.journal import Journal
from contacts.models import (
    Address,
    ContactPointHolder,
    ContactPointKind,
    CriterionValue,
    Employment,
    ExternalId,
)

SOURCED: Final = ("source_id", "confirmed_on", "created_at")
HELD: Final = ("person_id", "company_id", *SOURCED)


class Origin(NamedTuple):
    """Where a datum of the row comes from: source, day of confirmation, moment of writing (as
    text: it is the same for many rows, and turning it into text each time is slow)."""

    source_id: int
    confirmed_on: date | None
    at: str

    def values(self) -> tuple[Any, ...]:
        """Values of :data:`SOURCED`."""
        return tuple(self)


class Owner(NamedTuple):
    """The record that gets a datum, and the journal to note it in (none for new records)."""

    kind: Holder
    id: int
    journal: Journal | None = None

    def values(self) -> tuple[int | None, int | None]:
        """Values of ``person_id`` and ``company_id``."""
        return (self.id, None) if self.kind == "person" else (None, self.id)


@dataclass(slots=True)
class _Rows:
    """New rows of one table, in the order of ``columns`` but without their id."""

    model: type[Any]
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    owners: list[Owner] = field(default_factory=list)

    def add(self, row: tuple[Any, ...], owner: Owner) -> None:
        self.rows.append(row)
        self.owners.append(owner)

    def send(self) -> None:
        """Write the rows; only those to be journalled get their id in advance."""
        pairs = list(zip(self.rows, self.owners, strict=True))
        noted = [(row, owner.kind, owner.journal) for row, owner in pairs if owner.journal]
        if len(noted) < len(pairs):
            plain = (row for row, owner in pairs if owner.journal is None)
            bulk.insert(self.model, self.columns, plain)
        if noted:
            ids = list(bulk.next_ids(self.model, len(noted)))
            rows = ((pk, *row) for pk, (row, _kind, _journal) in zip(ids, noted, strict=True))
            bulk.insert(self.model, ("id", *self.columns), rows)
            for pk, (_row, kind, journal) in zip(ids, noted, strict=True):
                journal.made(kind, self.model, pk)


@dataclass(slots=True)
class Batch:
    """Everything that hangs on persons and companies; contact points get their ids at the end."""

    points: list[tuple[Owner, Origin, PreparedPoint]] = field(default_factory=list)
    places: list[tuple[Owner, Origin, PreparedAddress]] = field(default_factory=list)
    employments: _Rows = field(
        default_factory=lambda: _Rows(
            Employment,
            ("person_id", "company_id", "function", "department", "is_primary", *SOURCED),
        )
    )
    external_ids: _Rows = field(
        default_factory=lambda: _Rows(ExternalId, ("system", "value", *HELD))
    )
    values: _Rows = field(
        default_factory=lambda: _Rows(
            CriterionValue, ("criterion_id", "value", "recorded_by_id", *HELD)
        )
    )

    def add_employment(
        self,
        *,
        person: Owner,
        company_id: int,
        function: str,
        department: str,
        is_primary: bool,
        origin: Origin,
    ) -> None:
        """The person works at the company."""
        row = (person.id, company_id, function, department, is_primary, *origin.values())
        self.employments.add(row, person)

    def add_external_id(self, *, system: str, value: str, owner: Owner, origin: Origin) -> None:
        """The record's number in the source."""
        self.external_ids.add((system, value, *owner.values(), *origin.values()), owner)

    def add_value(
        self, *, criterion_id: int, value: Any, actor_id: int | None, owner: Owner, origin: Origin
    ) -> None:
        """The record's answer to a criterion."""
        row = (criterion_id, Jsonb(value), actor_id, *owner.values(), *origin.values())
        self.values.add(row, owner)

    def send(self, point_ids: dict[bulk.PointKey, int]) -> None:
        """Write what was collected except who holds contact points; ``point_ids`` hold every
        contact point named."""
        self._addresses(point_ids).send()
        for rows in (self.employments, self.external_ids, self.values):
            rows.send()

    def send_holders(self, point_ids: dict[bulk.PointKey, int]) -> None:
        """Write who holds which contact points: most rows, so other work can be done meanwhile."""
        self._holders(point_ids).send()

    def wanted_points(self) -> list[tuple[str, str, str]]:
        """(kind, normalised, display) of all contact points, postal ones included."""
        postal = ContactPointKind.POSTAL.value
        return [
            *((p.kind, p.normalised, p.display) for _owner, _origin, p in self.points),
            *((postal, a.key, a.display) for _owner, _origin, a in self.places),
        ]

    def held_points(self) -> Iterator[tuple[Owner, Origin, PreparedPoint]]:
        """The contact points in order, each once for whoever holds it."""
        taken: set[tuple[str, int, str, str]] = set()
        for owner, origin, point in self.points:
            key = (owner.kind, owner.id, point.kind, point.normalised)
            if key not in taken:
                taken.add(key)
                yield owner, origin, point

    def _holders(self, point_ids: dict[bulk.PointKey, int]) -> _Rows:
        columns = ("contact_point_id", "purpose", "label", "is_preferred", "status")
        rows = _Rows(ContactPointHolder, (*columns, "verified_how", *HELD))
        for owner, origin, point in self.held_points():
            pk = point_ids[point.kind, point.normalised]
            row = (pk, point.purpose, "", False, "ACTIVE", "", *owner.values(), *origin.values())
            rows.add(row, owner)
        return rows

    def _addresses(self, point_ids: dict[bulk.PointKey, int]) -> _Rows:
        rows = _Rows(Address, ("contact_point_id", "kind", *ADDRESS_FIELDS, *HELD))
        for owner, origin, place in self.places:
            pk = point_ids[ContactPointKind.POSTAL.value, place.key]
            fields = tuple(getattr(place, name) for name in ADDRESS_FIELDS)
            row = (pk, place.kind, *fields, *owner.values(), *origin.values())
            rows.add(row, owner)
        return rows


ADDRESS_FIELDS: Final[Sequence[str]] = (
    "street",
    "house_number",
    "extra",
    "po_box",
    "postal_code",
    "city",
    "country",
)
