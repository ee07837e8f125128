"""Step 2: order the keys, count how many share them, and how frequent everything is."""

import json
from dataclasses import asdict

from contacts.duplicates import stocks
from contacts.duplicates.fillers_told import told
from contacts.duplicates.setup import setup_of
from contacts.matching.store import shards
from contacts.models import MatchingRun, MatchingShard, MatchingStep

_ARRAYS = ("given", "surname", "birth", "mail", "phone", "place", "firm")
_TOGETHER = 3


def cut(run: MatchingRun) -> list[tuple[int, int]]:
    """The dictionary, then some key types or some arrays of frequencies a shard.

    Whoever takes the first fetches the names while another one fetches the signatures.
    """
    count = 1 + len(setup_of(run.kind).keys) + len(_ARRAYS)
    several = [(low, min(low + _TOGETHER, count)) for low in range(1, count, _TOGETHER)]
    return [(0, 1), *several]


def do(shard: MatchingShard) -> bytes:
    """Compute them on this machine, and tell what the key types bring and drop."""
    space, keys = stocks.workspace(shard.run), setup_of(shard.run.kind).keys
    tallies = {}
    if shard.low == 0:
        space.fetch_names()
        return b"{}"
    for number in range(shard.low - 1, shard.high - 1):
        if number < len(keys):
            tallies[number] = asdict(space.tally(keys[number], number))
        else:
            space.frequency(_ARRAYS[number - len(keys)])
    return json.dumps(tallies).encode()


def sum_up(run: MatchingRun) -> None:
    """Note what each key type brings and drops, and which values are fillers."""
    keys = setup_of(run.kind).keys
    tallies: dict[str, dict[str, int]] = {}
    for data in shards.results(run.pk, MatchingStep.INDEX):
        tallies |= json.loads(data)
    run.figures["keys"] = [
        {"name": kind.name, "cap": kind.cap, **tallies[str(number)]}
        for number, kind in enumerate(keys)
    ]
    space = stocks.workspace(run)
    run.figures["fillers"] = space.fillers.as_json()
    run.figures["fillers_told"] = told(space, run.kind)
