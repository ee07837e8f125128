"""What runs found, and what people decided, in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from django.db import connection, transaction
from django.db.models import Count, Q
from psycopg.errors import UniqueViolation

from contacts.matching.grouping import Decided, Edges, Groups
from contacts.matching.store import shards
from contacts.models import MatchingKind, MatchingRun, PairDecision, SuspectGroup, SuspectPair

Ints = npt.NDArray[np.int64]
_PAIRS = SuspectPair._meta.db_table
_GROUPS = SuspectGroup._meta.db_table
_RUNS = MatchingRun._meta.db_table
_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_NUMBERING = 0x4D4E55  # any constant: the class of the lock
_INT8 = 20  # PostgreSQL's number of the type bigint


CURRENT = (
    f"SELECT id, finished_at, model_id FROM {_RUNS} "
    "WHERE is_current AND kind = %s AND model_id IS NOT NULL"
)
"""The run whose result holds, if it had a model, as SQL with its kind as parameter."""


class Current(NamedTuple):
    """The run whose result holds, if it had a model."""

    run: int
    finished_at: datetime
    model: int


@dataclass(frozen=True, slots=True)
class Found:
    """Edges with the number of the group that holds both ends (0: none does), groups and their
    numbers."""

    edges: Edges
    group: Ints
    groups: Groups
    numbers: Ints


def decided(kind: str) -> Decided:
    """The decisions that hold."""
    rows = PairDecision.objects.filter(withdrawn_at=None)
    name = MatchingKind(kind).value.lower()
    pairs = rows.filter(**{f"first_{name}__isnull": False}).values_list(
        f"first_{name}_id", f"second_{name}_id", "verdict"
    )
    found: dict[str, set[tuple[int, int]]] = {"SAME": set(), "DIFFERENT": set()}
    for first, second, verdict in pairs:
        found[verdict].add((first, second))
    return Decided(frozenset(found["SAME"]), frozenset(found["DIFFERENT"]))


def groups(kind: str) -> tuple[Ints, Ints]:
    """Members of the groups that hold, and the number of each one's group."""
    found = _fetched(
        f"SELECT unnest(g.members) AS members, g.number FROM {_GROUPS} g JOIN {_RUNS} r "
        f"ON r.generation = g.generation WHERE r.is_current AND r.kind = '{MatchingKind(kind)}' "
        "ORDER BY g.number",
        members=">i8",
        number=">i8",
    )
    return found["members"], found["number"]


@transaction.atomic
def fresh_numbers(count: int) -> Ints:
    """Numbers that no group had before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_NUMBERING])
        cursor.execute(
            "SELECT setval('contacts_suspectgroup_number', "
            "nextval('contacts_suspectgroup_number') + %s)",
            [count],
        )
        (last,) = cursor.fetchone()
    return np.arange(last - count, last, dtype=np.int64)


def edges(kind: str, generation: int) -> Edges:
    """The pairs of a generation."""
    found = _fetched(
        f"SELECT first_id, second_id, weight, pattern FROM {_PAIRS} WHERE generation = "
        f"{int(generation)} AND kind = '{MatchingKind(kind)}' ORDER BY first_id, second_id",
        first_id=">i8",
        second_id=">i8",
        weight=">f8",
        pattern=">u8",
    )
    return Edges(found["first_id"], found["second_id"], found["weight"], found["pattern"])


def _fetched(source: str, **columns: str) -> dict[str, npt.NDArray[Any]]:
    """Columns of eight bytes that are never null, strung together by the database: a row of its
    own for each would cost more than the query."""
    send = {"i8": "int8send", "u8": "int8send", "f8": "float8send"}
    strung = " || ".join(f"{send[kind[1:]]}({name})" for name, kind in columns.items())
    with shards.binary_cursor() as cursor:
        cursor.execute(f"SELECT string_agg({strung}, ''::bytea) FROM ({source}) AS rows")
        (data,) = cursor.fetchone() or (b"",)
    rows = np.frombuffer(data or b"", dtype=list(columns.items()))
    return {
        name: np.ascontiguousarray(rows[name]).astype(kind.lstrip(">"))
        for name, kind in columns.items()
    }


@transaction.atomic
def add_pairs(run: MatchingRun, found: Found, low: int, high: int) -> None:
    """Write a slice of the pairs of a new generation, in place of what a killed worker wrote."""
    edges = found.edges.kept(slice(low, high))
    try:
        with transaction.atomic():
            _copy_pairs(run, edges, found.group[low:high])
    except UniqueViolation:
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {_PAIRS} WHERE generation = %s AND kind = %s "
                "AND (first_id, second_id) BETWEEN (%s, %s) AND (%s, %s)",
                [run.generation, run.kind, int(edges.first[0]), int(edges.second[0]),
                 int(edges.first[-1]), int(edges.second[-1])],
            )  # fmt: skip
        _copy_pairs(run, edges, found.group[low:high])


@transaction.atomic
def add_groups(run: MatchingRun, found: Found) -> None:
    """Write the groups of a new generation."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {_GROUPS} WHERE generation = %s AND kind = %s", [run.generation, run.kind]
        )
    _copy_groups(run, found)


@transaction.atomic
def mend(run: MatchingRun, found: Found, seen: Ints, gone: Ints) -> None:
    """Replace the pairs of the records ``seen`` and the groups numbered ``gone`` in the run's
    generation by what was found."""
    with connection.cursor() as cursor:
        for column in ("first_id", "second_id"):
            # not a join: the planner knows nothing of a new generation and may pick a slow one
            cursor.execute(
                f"DELETE FROM {_PAIRS} WHERE {column} = ANY (%s) AND generation = %s",
                [seen.tolist(), run.generation],
            )
        cursor.execute(
            f"DELETE FROM {_GROUPS} WHERE generation = %s AND number = ANY (%s)",
            [run.generation, gone.tolist()],
        )
    _copy_pairs(run, found.edges, found.group)
    _copy_groups(run, found)


def current(kind: str) -> Current | None:
    """The run whose result holds."""
    with connection.cursor() as cursor:
        cursor.execute(CURRENT, [kind])
        row = cursor.fetchone()
    return Current(*row) if row else None


def count_bands(
    kind: str, generation: int, bands: Mapping[str, tuple[float, float | None]]
) -> dict[str, int]:
    """How many pairs of a generation are in each band (from, below)."""
    rows = SuspectPair.objects.filter(kind=kind, generation=generation)
    counts = {
        name: Count("pk", filter=Q(weight__gte=low) & (Q() if high is None else Q(weight__lt=high)))
        for name, (low, high) in bands.items()
    }
    found: dict[str, int] = rows.aggregate(**counts)
    return found


def count_groups(kind: str, generation: int) -> int:
    """How many groups a generation has."""
    return SuspectGroup.objects.filter(kind=kind, generation=generation).count()


def _copy_pairs(run: MatchingRun, edges: Edges, group: Ints) -> None:
    """Write pairs by binary COPY; rows without a group are shorter and go first."""
    columns = ["generation", "kind", "first_id", "second_id", "weight", "pattern", "group"]
    kind = run.kind.encode()
    parts = []
    for grouped in (False, True):
        at = np.flatnonzero((group > 0) == grouped)
        values: dict[str, tuple[str, Any]] = {
            "generation": (">i8", run.generation),
            "kind": (f"S{len(kind)}", kind),
            "first_id": (">i8", edges.first[at]),
            "second_id": (">i8", edges.second[at]),
            "weight": (">f8", edges.weight[at]),
            "pattern": (">i8", edges.pattern[at].view(np.int64)),
        }
        if grouped:
            values["group"] = (">i8", group[at])
        parts.append(_binary(len(at), len(columns), values, nulls=not grouped))
    _copy(_PAIRS, columns, parts)


def _copy_groups(run: MatchingRun, found: Found) -> None:
    """Write groups by binary COPY, those of one size together."""
    columns = ["generation", "kind", "number", "size", "strength", "weakest", "members"]
    strength, weakest = _strengths(found)
    starts = np.cumsum(found.groups.sizes) - found.groups.sizes
    kind = run.kind.encode()
    parts = []
    for size in np.unique(found.groups.sizes).tolist():
        at = np.flatnonzero(found.groups.sizes == size)
        members = np.zeros(len(at), dtype=[("head", ">i4", (5,)), ("item", [("n", ">i4"),
                                           ("pk", ">i8")], (size,))])  # fmt: skip
        members["head"] = (1, 0, _INT8, size, 1)
        members["item"]["n"] = 8
        members["item"]["pk"] = found.groups.members[starts[at][:, None] + np.arange(size)]
        parts.append(
            _binary(
                len(at),
                len(columns),
                {
                    "generation": (">i8", run.generation),
                    "kind": (f"S{len(kind)}", kind),
                    "number": (">i8", found.numbers[at]),
                    "size": (">i4", size),
                    "strength": (">f8", strength[at]),
                    "weakest": (">f8", weakest[at]),
                    "members": (members.dtype, members),
                },
                nulls=False,
            )
        )
    _copy(_GROUPS, columns, parts)


def _strengths(found: Found) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Weight of the strongest and of the weakest pair of each group (0 bits if it has none)."""
    order = np.argsort(found.numbers)
    inside = found.group > 0
    group = found.group[inside]
    at = order[np.searchsorted(found.numbers[order], group)] if len(order) else group
    strongest = np.full(len(found.numbers), -np.inf)
    weakest = np.full(len(found.numbers), np.inf)
    np.maximum.at(strongest, at, found.edges.weight[inside])
    np.minimum.at(weakest, at, found.edges.weight[inside])
    return (
        np.where(np.isfinite(strongest), strongest, 0.0),
        np.where(np.isfinite(weakest), weakest, 0.0),
    )


def _binary(count: int, fields: int, values: dict[str, tuple[Any, Any]], *, nulls: bool) -> bytes:
    """Rows in PostgreSQL's binary COPY format: each value behind its length; with ``nulls`` the
    one column that has no values is null and stands last."""
    layout: list[tuple[str, Any]] = [("fields", ">i2")]
    for name, (kind, _value) in values.items():
        layout += [(f"{name}_size", ">i4"), (name, kind)]
    if nulls:
        layout.append(("null", ">i4"))
    rows = np.zeros(count, dtype=layout)
    rows["fields"] = fields
    for name, (_kind, value) in values.items():
        rows[f"{name}_size"] = rows.dtype[name].itemsize
        rows[name] = value
    if nulls:
        rows["null"] = -1
    return rows.tobytes()


def _copy(table: str, columns: Sequence[str], parts: Sequence[bytes]) -> None:
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    statement = f"COPY {table} ({names}) FROM STDIN (FORMAT binary)"
    with connection.cursor() as cursor:
        # nothing of it holds before the run has finished, and that commit waits for all before it
        cursor.execute("SET LOCAL synchronous_commit = off")
        with cursor.copy(statement) as copy:
            _send(copy, parts)


def _send(copy: Any, parts: Sequence[bytes]) -> None:
    copy.write(_HEAD)
    for part in parts:
        copy.write(part)
    copy.write(_END)
