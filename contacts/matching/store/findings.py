"""What runs found, and what people decided, in the database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection, transaction

from contacts.matching.grouping import Decided, Edges
from contacts.models import MatchingKind, MatchingRun, PairDecision, SuspectGroup, SuspectPair

Ints = npt.NDArray[np.int64]
_PAIRS = SuspectPair._meta.db_table
_GROUPS = SuspectGroup._meta.db_table
_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_INT8 = 20  # PostgreSQL's number of the type bigint


@dataclass(frozen=True, slots=True)
class Found:
    """Edges, and groups one behind the other: ``members`` cut by ``sizes``, with ``numbers``."""

    edges: Edges
    members: Ints
    sizes: Ints
    numbers: Ints

    def group_of_edges(self) -> Ints:
        """For each edge the number of the group that holds both ends, 0 if none does."""
        if not len(self.members):
            return np.zeros(len(self.edges), dtype=np.int64)
        order = np.argsort(self.members)
        members = self.members[order]
        numbers = np.repeat(self.numbers, self.sizes)[order]

        def number(ids: Ints) -> Ints:
            at = np.minimum(np.searchsorted(members, ids), len(members) - 1)
            return np.where(members[at] == ids, numbers[at], -1)

        one, other = number(self.edges.first), number(self.edges.second)
        return np.where((one == other) & (one > 0), one, 0)

    def lists(self) -> Iterator[tuple[int, list[int]]]:
        """(number, members) of each group."""
        cuts = np.cumsum(self.sizes)[:-1]
        for number, members in zip(
            self.numbers.tolist(), np.split(self.members, cuts), strict=True
        ):
            yield number, members.tolist()


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


def groups(kind: str) -> list[tuple[int, list[int]]]:
    """(number, members) of the groups that hold."""
    rows = SuspectGroup.objects.filter(kind=kind, generation__in=_current(kind)).order_by("number")
    return list(rows.values_list("number", "members"))


def fresh_numbers(count: int) -> list[int]:
    """Numbers that no group had before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('contacts_suspectgroup_number') FROM generate_series(1, %s)", [count]
        )
        return [number for (number,) in cursor.fetchall()]


def edges(kind: str, generation: int) -> Edges:
    """The pairs of a generation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(first_id), array_agg(second_id), array_agg(weight), "
            "array_agg(pattern) FROM "
            f"(SELECT * FROM {_PAIRS} WHERE generation = %s AND kind = %s "
            "ORDER BY first_id, second_id) AS pairs",
            [generation, kind],
        )
        first, second, weight, pattern = cursor.fetchone()
    return Edges(
        np.array(first or [], dtype=np.int64),
        np.array(second or [], dtype=np.int64),
        np.array(weight or [], dtype=np.float64),
        np.array(pattern or [], dtype=np.int64).view(np.uint64),
    )


@transaction.atomic
def add(run: MatchingRun, found: Found, low: int, high: int) -> None:
    """Write a slice of the pairs of a new generation; the first slice brings the groups."""
    edges, group = _sliced(found, low, high)
    with connection.cursor() as cursor:
        if len(edges):
            cursor.execute(
                f"DELETE FROM {_PAIRS} WHERE generation = %s AND kind = %s "
                "AND (first_id, second_id) BETWEEN (%s, %s) AND (%s, %s)",
                [run.generation, run.kind, int(edges.first[0]), int(edges.second[0]),
                 int(edges.first[-1]), int(edges.second[-1])],
            )  # fmt: skip
        if low == 0:
            cursor.execute(
                f"DELETE FROM {_GROUPS} WHERE generation = %s AND kind = %s",
                [run.generation, run.kind],
            )
    _copy_pairs(run, edges, group)
    if low == 0:
        _copy_groups(run, found)


@transaction.atomic
def mend(run: MatchingRun, found: Found, changed: Ints) -> None:
    """Replace the pairs of changed records in the run's generation, and the groups that differ."""
    group = found.group_of_edges()
    fresh = np.isin(found.edges.first, changed) | np.isin(found.edges.second, changed)
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {_PAIRS} WHERE generation = %s AND kind = %s "
            "AND (first_id = ANY (%s) OR second_id = ANY (%s))",
            [run.generation, run.kind, changed.tolist(), changed.tolist()],
        )
        kept = found.edges.kept(~fresh)
        cursor.execute(
            f"DELETE FROM {_PAIRS} p WHERE generation = %s AND kind = %s AND NOT EXISTS "
            "(SELECT FROM unnest(%s::bigint[], %s::bigint[]) AS k(a, b) "
            "WHERE k.a = p.first_id AND k.b = p.second_id)",
            [run.generation, run.kind, kept.first.tolist(), kept.second.tolist()],
        )
        cursor.execute(
            f'UPDATE {_PAIRS} p SET "group" = nullif(k.number, 0) '
            "FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS k(a, b, number) "
            "WHERE p.generation = %s AND p.kind = %s AND p.first_id = k.a AND p.second_id = k.b "
            'AND p."group" IS DISTINCT FROM nullif(k.number, 0)',
            [kept.first.tolist(), kept.second.tolist(), group[~fresh].tolist(), run.generation,
             run.kind],
        )  # fmt: skip
    _copy_pairs(run, found.edges.kept(fresh), group[fresh])
    _mend_groups(run, found)


def _mend_groups(run: MatchingRun, found: Found) -> None:
    table = dict(
        SuspectGroup.objects.filter(kind=run.kind, generation=run.generation).values_list(
            "number", "members"
        )
    )
    strength, weakest = _strengths(found)
    rows = {
        number: (members, strength[at], weakest[at])
        for at, (number, members) in enumerate(found.lists())
    }
    stale = [number for number, members in table.items() if rows.get(number, ([],))[0] != members]
    SuspectGroup.objects.filter(kind=run.kind, generation=run.generation, number__in=stale).delete()
    missing = [number for number in rows if number not in table or number in set(stale)]
    SuspectGroup.objects.bulk_create(
        SuspectGroup(
            generation=run.generation,
            kind=run.kind,
            number=number,
            members=rows[number][0],
            size=len(rows[number][0]),
            strength=rows[number][1],
            weakest=rows[number][2],
        )
        for number in missing
    )


def _sliced(found: Found, low: int, high: int) -> tuple[Edges, Ints]:
    mask = np.zeros(len(found.edges), dtype=bool)
    mask[low:high] = True
    return found.edges.kept(mask), found.group_of_edges()[mask]


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
    starts = np.cumsum(found.sizes) - found.sizes
    kind = run.kind.encode()
    parts = []
    for size in np.unique(found.sizes).tolist():
        at = np.flatnonzero(found.sizes == size)
        members = np.zeros(len(at), dtype=[("head", ">i4", (5,)), ("item", [("n", ">i4"),
                                           ("pk", ">i8")], (size,))])  # fmt: skip
        members["head"] = (1, 0, _INT8, size, 1)
        members["item"]["n"] = 8
        members["item"]["pk"] = found.members[starts[at][:, None] + np.arange(size)]
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
    group = found.group_of_edges()
    inside = group > 0
    at = order[np.searchsorted(found.numbers[order], group[inside])] if len(order) else group[:0]
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
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(_HEAD)
        for part in parts:
            copy.write(part)
        copy.write(_END)


def _current(kind: str) -> Any:
    return MatchingRun.objects.filter(kind=kind, is_current=True).values("generation")
