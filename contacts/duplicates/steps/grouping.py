"""Step 6: form groups, as far as people did not decide otherwise."""

import numpy as np
import numpy.typing as npt

from contacts.duplicates import results, stocks
from contacts.duplicates.setup import setup_of
from contacts.duplicates.steps.weighing import model_of
from contacts.matching import grouping
from contacts.matching.explain import PROBABLE, SURE
from contacts.matching.grouping import Decided, Edges
from contacts.matching.store import findings
from contacts.models import MatchingRun, MatchingScope, MatchingShard, MatchingStep

Ints = npt.NDArray[np.int64]


def cut(run: MatchingRun) -> list[tuple[int, int]]:
    """One shard."""
    return [(0, 0)] if run.model is not None else []


def do(shard: MatchingShard) -> bytes:
    """Suspect pairs, the groups and their numbers; of a run over what has changed only those
    that may differ from before (of the records ``seen``)."""
    run = shard.run
    decided = findings.decided(run.kind)
    old = findings.groups(run.kind)
    touched = None
    edges = results.edges_of(run, MatchingStep.WEIGH)
    if run.scope == MatchingScope.CHANGED:
        touched = _touched(run, decided, old)
        edges = _with_older(run, edges)
    edges = grouping.without_different(edges, decided)
    space, keys = stocks.workspace(run), setup_of(run.kind).keys
    for number, kind in enumerate(keys):
        space.index(kind, number)
    dropped = [space.dropped(number) for number in range(len(keys))]
    groups, seen = grouping.groups(
        edges, decided, space.stock, model_of(run), keys, dropped, touched=touched
    )
    if touched is not None:
        seen = np.union1d(seen, touched)
        edges = edges.kept(_among(edges.first, seen) | _among(edges.second, seen))
    numbers = grouping.numbered(groups, old, findings.fresh_numbers(len(groups)))
    return results.packed_edges(
        edges,
        group=groups.of_edges(edges, numbers),
        members=groups.members,
        sizes=groups.sizes,
        numbers=numbers,
        seen=seen,
        gone=np.unique(old[1][_among(old[0], seen)]),
    )


def _touched(run: MatchingRun, decided: Decided, old: tuple[Ints, Ints]) -> Ints:
    """Records whose groups may differ: changed ones, those decided about, and whoever was in a
    group with one of them."""
    space = stocks.workspace(run)
    named = [pk for pair in (*decided.same, *decided.different) for pk in pair]
    found = np.union1d(space.raw["id"][space.changed], np.array(named, dtype=np.int64))
    members, number = old
    return np.union1d(found, members[np.isin(number, np.unique(number[_among(members, found)]))])


def _with_older(run: MatchingRun, new: Edges) -> Edges:
    """What the run found, and for what has not changed what the runs before it found."""
    space = stocks.workspace(run)
    present = space.raw["id"]
    changed = present[space.changed]
    old = findings.edges(run.kind, run.generation)
    kept = ~_among(old.first, changed) & ~_among(old.second, changed)
    kept &= _among(old.first, present) & _among(old.second, present)
    return Edges.merged([new, old.kept(kept)])


def _among(values: Ints, ordered: Ints) -> npt.NDArray[np.bool_]:
    """Which of the values occur among ordered ones."""
    if not len(ordered):
        return np.zeros(len(values), dtype=bool)
    at = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: npt.NDArray[np.bool_] = ordered[at] == values
    return found


def sum_up(run: MatchingRun) -> None:
    """Note how much was found, and how sure it is."""
    if run.scope == MatchingScope.CHANGED:
        return
    for part in results.of(run, MatchingStep.GROUP):
        run.pairs_found, run.groups_found = len(part["first"]), len(part["sizes"])
        run.figures["bands"] = bands(part["weight"])


def bands(weight: npt.NDArray[np.float64]) -> dict[str, int]:
    """How many pairs are sure, probable and possible."""
    sure, probable = int((weight >= SURE).sum()), int((weight >= PROBABLE).sum())
    return {"SURE": sure, "PROBABLE": probable - sure, "POSSIBLE": len(weight) - probable}
