"""Populations of German contacts with truth, drawn for measuring how duplicates are found.

What is common to all (names, towns, streets and their shares) is fixed; persons are drawn in
blocks of one size, each from a generator of its own, so a population depends on its number of
records and its seed alone.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa

from benchmarks.populations import colleagues, households
from benchmarks.populations.names import first_name_frequencies, surname_frequencies
from benchmarks.populations.urns import Columns, Dice, Numbers, generator

__all__ = ["KINDS", "first_name_frequencies", "generate", "surname_frequencies"]

_BLOCK = 50_000

Draw = Callable[[Dice, Numbers], tuple[Numbers, Columns]]
KINDS: dict[str, tuple[Draw, tuple[float, ...]]] = {
    "household": (households.records, households.COPY_SHARES),
    "b2b": (colleagues.records, colleagues.COPY_SHARES),
}


def generate(records: int, *, seed: int = 7, kind: str = "household") -> pa.Table:
    """A table of ``records`` rows in no order: rec_id, entity_id and the columns of the kind."""
    table = pa.concat_tables(_blocks(records, seed, kind)).combine_chunks()
    order = generator(seed, 0).permutation(records)
    shuffled = table.take(pa.array(order))
    return shuffled.add_column(0, "rec_id", pa.array(np.arange(records)))


def _blocks(records: int, seed: int, kind: str) -> Iterator[pa.Table]:
    draw, shares = KINDS[kind]
    copies = _copies(generator(seed, 1), records, shares)
    for index, begin in enumerate(range(0, len(copies), _BLOCK)):
        who, columns = draw(generator(seed, 2, index), copies[begin : begin + _BLOCK])
        texts = {name: pa.array(column, type=pa.string()) for name, column in columns.items()}
        yield pa.table({"entity_id": pa.array(who + begin), **texts})


def _copies(dice: Dice, records: int, shares: tuple[float, ...]) -> Numbers:
    """How many further records each entity has, so that the records are as many as asked for."""
    copies_each = float(np.average(np.arange(len(shares)), weights=shares))
    entities = max(1, round(records * round(1 / (1 + copies_each), 3)))
    limits = np.cumsum(np.array(shares) / sum(shares))[:-1]
    copies = np.searchsorted(limits, dice.random(entities), side="right")
    while missing := records - entities - int(copies.sum()):
        least = 0 if missing > 0 else 1
        chosen = np.flatnonzero(copies == least)
        chosen = chosen if len(chosen) else np.flatnonzero(copies > least)
        chosen = dice.permutation(chosen)[: abs(missing)]
        copies[chosen] += 1 if missing > 0 else -1
    return copies
