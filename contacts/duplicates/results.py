"""Arrays as bytes, as shards hand them on."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np

from contacts.matching.grouping import Edges
from contacts.matching.store import shards
from contacts.models import MatchingRun, MatchingStep

_EDGES = ("first", "second", "weight", "pattern")


def packed(**arrays: Any) -> bytes:
    """Named arrays as one file."""
    file = BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, Any]:
    """What :func:`packed` made."""
    with np.load(BytesIO(data)) as file:
        return dict(file)


def of(run: MatchingRun, step: MatchingStep) -> Iterator[dict[str, Any]]:
    """The results of a step's shards in order."""
    for data in shards.results(run.pk, step):
        if data:
            yield unpacked(data)


def packed_edges(edges: Edges, **more: Any) -> bytes:
    """Edges, and what else there is."""
    return packed(**{name: getattr(edges, name) for name in _EDGES}, **more)


def edges_of(run: MatchingRun, step: MatchingStep) -> Edges:
    """All edges of a step, each pair once."""
    parts = [Edges(*(part[name] for name in _EDGES)) for part in of(run, step)]
    return Edges.merged(parts)
