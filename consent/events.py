"""Events as the rules read them: the columns that a rule looks at, without hashes and payloads."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db import connection

from consent.models import ABOUT_THE_POINT

_COLUMNS = (
    "seq, public_id, kind, person, point, controller, channels, purposes, effective_at::text, "
    "recorded_at::text, about, details::text"
)
"""Times and details come as text: Python's own readers are the quickest."""


class Told(Protocol):
    """What the rules look at; a :class:`consent.models.LedgerEvent` tells it, too."""

    @property
    def seq(self) -> int: ...
    @property
    def public_id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...
    @property
    def person(self) -> UUID | None: ...
    @property
    def point(self) -> UUID | None: ...
    @property
    def controller(self) -> UUID | None: ...
    @property
    def channels(self) -> Sequence[str]: ...
    @property
    def purposes(self) -> Sequence[str]: ...
    @property
    def effective_at(self) -> datetime: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def about(self) -> UUID | None: ...
    @property
    def details(self) -> Mapping[str, Any]: ...


class Event(NamedTuple):
    """One event of the ledger."""

    seq: int
    public_id: UUID
    kind: str
    person: UUID | None
    point: UUID | None
    controller: UUID | None
    channels: list[str]
    purposes: list[str]
    effective_at: datetime
    recorded_at: datetime
    about: UUID | None
    details: Mapping[str, Any]


def concerning(
    *,
    persons: Sequence[str | UUID] = (),
    points: Sequence[str | UUID] = (),
    opened: Sequence[str | UUID] = (),
    size: int | None = None,
) -> list[Event]:
    """Events of these persons, objections over these contact points, and suppressions with what
    became of them: those of the first ``size``, in the order of the ledger (one statement)."""
    conditions, parameters = _conditions(persons, points, opened)
    if not conditions:
        return []
    where = f"({' OR '.join(conditions)})"
    if size is not None:
        where, parameters = f"{where} AND seq <= %s", [*parameters, size]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM consent_ledgerevent WHERE {where} ORDER BY seq", parameters
        )
        return [_event(row) for row in cursor.fetchall()]


def _conditions(
    persons: Sequence[str | UUID], points: Sequence[str | UUID], opened: Sequence[str | UUID]
) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    parameters: list[Any] = []
    if persons:
        conditions.append("person = ANY(%s::uuid[])")
        parameters.append(_array(persons))
    if points:
        conditions.append(f"(point = ANY(%s::uuid[]) AND kind IN ({_KINDS}))")
        parameters.append(_array(points))
    if opened:
        conditions.append("public_id = ANY(%s::uuid[]) OR about = ANY(%s::uuid[])")
        parameters += [_array(opened)] * 2
    return conditions, parameters


def _array(ids: Sequence[str | UUID]) -> str:
    """One parameter, however many there are."""
    return f"{{{','.join(map(str, ids))}}}"


def _event(row: Sequence[Any]) -> Event:
    effective_at, recorded_at, about, details = row[8:]
    return Event._make(
        (
            *row[:8],
            datetime.fromisoformat(effective_at),
            datetime.fromisoformat(recorded_at),
            about,
            _NOTHING if details == "{}" else json.loads(details),
        )
    )


_KINDS = ", ".join(f"'{kind}'" for kind in ABOUT_THE_POINT)
_NOTHING: Mapping[str, Any] = {}
