"""From weighed pairs to groups: components, and the guard for those that are doubtful."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from contacts.matching import blocking, clustering, comparison
from contacts.matching.blocking import KeyType, View
from contacts.matching.model import Model
from contacts.matching.stock import Pairs, Stock

Ints = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Edges:
    """Suspect pairs: record ids, smaller first, and weights in bits; sorted, each pair once."""

    first: Ints
    second: Ints
    weight: Doubles
    pattern: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.first)

    @classmethod
    def merged(cls, parts: "Sequence[Edges]") -> "Edges":
        """All parts as one; of a pair that occurs twice the stronger occurrence stays."""
        columns = [
            np.concatenate([getattr(part, name) for part in parts]) if parts else np.zeros(0, kind)
            for name, kind in (
                ("first", np.int64), ("second", np.int64), ("weight", float), ("pattern", np.uint64)
            )
        ]  # fmt: skip
        first, second, weight, pattern = columns
        order = np.lexsort((pattern, -weight, second, first))
        first, second = first[order], second[order]
        fresh = np.ones(len(first), dtype=bool)
        fresh[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
        return cls(first[fresh], second[fresh], weight[order][fresh], pattern[order][fresh])

    def kept(self, keep: npt.NDArray[np.bool_] | slice) -> "Edges":
        """Some of them."""
        return Edges(self.first[keep], self.second[keep], self.weight[keep], self.pattern[keep])


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided: pairs of ids (smaller first) that are one, and that are not."""

    same: frozenset[tuple[int, int]] = frozenset()
    different: frozenset[tuple[int, int]] = frozenset()


def without_different(edges: Edges, decided: Decided) -> Edges:
    """The edges without those that people called different."""
    if not decided.different:
        return edges
    keep = [
        pair not in decided.different
        for pair in zip(edges.first.tolist(), edges.second.tolist(), strict=True)
    ]
    return edges.kept(np.array(keep, dtype=bool))


@dataclass(frozen=True, slots=True)
class Groups:
    """Record ids, group after group, and how many belong to each."""

    members: Ints
    sizes: Ints

    def __len__(self) -> int:
        return len(self.sizes)

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> "Groups":
        """From one list of members per group."""
        return cls(
            np.array([pk for members in lists for pk in members], dtype=np.int64),
            np.array([len(members) for members in lists], dtype=np.int64),
        )

    def places(self) -> Ints:
        """For each member the place of its group."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def of_edges(self, edges: Edges, numbers: Ints) -> Ints:
        """For each edge the number (of ``numbers``, one a group) of the group that holds both
        ends, 0 if none does."""
        if not len(self):
            return np.zeros(len(edges), dtype=np.int64)
        order = np.argsort(self.members)
        members, number = self.members[order], numbers[self.places()][order]

        def found(ids: Ints) -> Ints:
            at = np.minimum(np.searchsorted(members, ids), len(members) - 1)
            return np.where(members[at] == ids, number[at], -1)

        one, other = found(edges.first), found(edges.second)
        return np.where((one == other) & (one > 0), one, 0)

    def lists(self) -> list[list[int]]:
        """One list of members per group."""
        return [part.tolist() for part in np.split(self.members, np.cumsum(self.sizes)[:-1])]


def groups(
    edges: Edges,
    decided: Decided,
    stock: Stock,
    model: Model,
    types: Sequence[KeyType],
    dropped: Sequence[npt.NDArray[np.uint32]],
    *,
    touched: Ints | None = None,
) -> tuple[Groups, Ints]:
    """The groups of two and more records, and the ids of all records looked at.

    With ``touched`` only the components of these records are looked at.
    """
    same = np.array(sorted(decided.same), dtype=np.int64).reshape(-1, 2)
    first = np.concatenate((edges.first, same[:, 0]))
    second = np.concatenate((edges.second, same[:, 1]))
    ids = _different(np.concatenate((first, second)))
    a, b = np.searchsorted(ids, first), np.searchsorted(ids, second)
    packed = _different(a * len(ids) + b)
    a, b = packed // max(len(ids), 1), packed % max(len(ids), 1)
    label = clustering.components(len(ids), a, b)
    doubt = clustering.doubtful(label, a, b)
    doubt |= _touched(ids, label, decided)
    wanted = np.ones(len(ids), dtype=bool)
    if touched is not None:
        wanted = np.isin(label, label[np.isin(ids, touched)])
        doubt &= wanted
    found = [_complete(ids, label, wanted & ~doubt)]
    if doubt.any():
        weights = _inside(ids, label, doubt, edges, stock, model, types, dropped)
        split: list[list[int]] = []
        for anchor, members in _members(ids, label, doubt).items():
            inside = set(members)
            split += clustering.guarded(
                members,
                weights[anchor],
                together=[pair for pair in decided.same if pair[0] in inside],
                apart=[pair for pair in decided.different if pair[0] in inside],
            )
        found.append(Groups.of([members for members in split if len(members) > 1]))
    whole = Groups(
        np.concatenate([each.members for each in found]),
        np.concatenate([each.sizes for each in found]),
    )
    return whole, ids[wanted]


def _different(values: Ints) -> Ints:
    """The different values in order; sorting beats np.unique's table of hashes here."""
    ordered = np.sort(values)
    different: Ints = ordered[np.diff(ordered, prepend=-1) != 0]
    return different


def _touched(ids: Ints, label: Ints, decided: Decided) -> npt.NDArray[np.bool_]:
    """Whether somebody decided about a record of the component: then the guard looks at it."""
    named = np.array(
        [pk for pair in (*decided.same, *decided.different) for pk in pair], dtype=np.int64
    )
    return np.isin(label, label[np.isin(ids, named)])


def _complete(ids: Ints, label: Ints, wanted: npt.NDArray[np.bool_]) -> Groups:
    """The components of these records as they are."""
    order = np.flatnonzero(wanted)
    order = order[np.argsort(label[order], kind="stable")]
    starts = np.flatnonzero(np.diff(label[order], prepend=-1))
    return Groups(ids[order], np.diff(np.append(starts, len(order))))


def _members(ids: Ints, label: Ints, doubt: npt.NDArray[np.bool_]) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for anchor, pk in zip(label[doubt].tolist(), ids[doubt].tolist(), strict=True):
        found[anchor].append(pk)
    return found


def _inside(
    ids: Ints,
    label: Ints,
    doubt: npt.NDArray[np.bool_],
    edges: Edges,
    stock: Stock,
    model: Model,
    types: Sequence[KeyType],
    dropped: Sequence[npt.NDArray[np.uint32]],
) -> defaultdict[int, dict[tuple[int, int], float]]:
    """Weights of all candidate pairs inside the doubtful components, by component."""
    wanted = np.flatnonzero(np.isin(stock.rows["id"], ids[doubt]))
    owners = np.asarray(stock.rows["id"][wanted], dtype=np.int64)
    component = label[np.searchsorted(ids, owners)]
    a, b = blocking.pairs_among(View(stock.rows.taken(wanted), stock.names), types, dropped)
    inside = (component[a] == component[b]) & (owners[a] != owners[b])
    a, b = a[inside], b[inside]
    places = wanted.astype(np.int32)
    patterns = comparison.compare(Pairs.of(stock, places[a], places[b]), model.layout.fields)
    found: defaultdict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for x, y, anchor, weight in zip(
        owners[a].tolist(),
        owners[b].tolist(),
        component[a].tolist(),
        model.weights(patterns).tolist(),
        strict=True,
    ):
        pair = (min(x, y), max(x, y))
        found[anchor][pair] = max(weight, found[anchor].get(pair, -np.inf))
    # an edge weighed earlier (an incremental run keeps those of unchanged records) counts as is
    places_first = np.searchsorted(ids, edges.first)
    for at in np.flatnonzero(doubt[places_first]).tolist():
        pair = (int(edges.first[at]), int(edges.second[at]))
        found[int(label[places_first[at]])][pair] = float(edges.weight[at])
    return found


def numbered(new: Groups, old: tuple[Ints, Ints], fresh: Ints) -> Ints:
    """A number for each new group: that of the old group it shares most members with, if no
    other shares more with it; else the next of ``fresh``.

    ``old`` are the members of the old groups and the number of each one's group.
    """
    members, number = old
    order = np.argsort(members)
    at = np.minimum(np.searchsorted(members[order], new.members), max(len(members) - 1, 0))
    known = members[order][at] == new.members if len(members) else np.zeros(len(at), dtype=bool)
    claims = np.stack((new.places()[known], number[order][at[known]] if len(members) else at[:0]))
    (place, wanted), shared = np.unique(claims, axis=1, return_counts=True)
    ranked = np.lexsort((place, wanted, -shared))
    numbers = np.zeros(len(new), dtype=np.int64)
    taken: set[int] = set()
    for group, claim in zip(place[ranked].tolist(), wanted[ranked].tolist(), strict=True):
        if not numbers[group] and claim not in taken:
            numbers[group] = claim
            taken.add(claim)
    without = numbers == 0
    numbers[without] = fresh[: int(without.sum())]
    return numbers
