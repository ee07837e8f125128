"""Step 6: form groups, as far as people did not decide otherwise."""

import numpy as np

from contacts.duplicates import results, stocks
from contacts.duplicates.setup import setup_of
from contacts.duplicates.steps.weighing import model_of
from contacts.matching import grouping
from contacts.matching.grouping import Edges
from contacts.matching.store import findings
from contacts.models import MatchingRun, MatchingScope, MatchingShard, MatchingStep


def cut(run: MatchingRun) -> list[tuple[int, int]]:
    """One shard."""
    return [(0, 0)] if run.model is not None else []


def do(shard: MatchingShard) -> bytes:
    """Suspect pairs with their group's place in the list of groups, and the groups."""
    run = shard.run
    decided = findings.decided(run.kind)
    edges = grouping.without_different(_edges(run), decided)
    space, keys = stocks.workspace(run), setup_of(run.kind).keys
    for number, kind in enumerate(keys):
        space.index(kind, number)
    dropped = [space.dropped(number) for number in range(len(keys))]
    groups = grouping.groups(edges, decided, space.stock, model_of(run), keys, dropped)
    old = findings.groups(run.kind)
    numbers = grouping.numbered(groups, old, findings.fresh_numbers(len(groups)))
    members = np.array([pk for group in groups for pk in group], dtype=np.int64)
    sizes = np.array([len(group) for group in groups], dtype=np.int64)
    return results.packed_edges(
        edges, members=members, sizes=sizes, numbers=np.array(numbers, dtype=np.int64)
    )


def _edges(run: MatchingRun) -> Edges:
    """What the run found, and for what has not changed what the run before it found."""
    new = results.edges_of(run, MatchingStep.WEIGH)
    if run.scope == MatchingScope.FULL:
        return new
    space = stocks.workspace(run)
    changed = np.unique(np.asarray(space.raw["id"])[space.changed])
    old = findings.edges(run.kind, run.generation)
    present = np.unique(space.raw["id"])
    untouched = ~np.isin(old.first, changed) & ~np.isin(old.second, changed)
    untouched &= np.isin(old.first, present) & np.isin(old.second, present)
    return Edges.merged([new, old.kept(untouched)])


def sum_up(run: MatchingRun) -> None:
    """Note how much was found."""
    for part in results.of(run, MatchingStep.GROUP):
        run.pairs_found, run.groups_found = len(part["first"]), len(part["sizes"])
