"""How fast a run goes: chunk size, what happens at the same time, when garbage is collected."""

import gc
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import dropwhile, islice
from typing import Final

from django.utils import translation

from contacts.importing import ahead
from contacts.importing.cleaning.rows import Plan, prepare
from contacts.importing.prepared import PreparedRow
from contacts.importing.readers.table import Row

CHUNK: Final = 1000
Chunk = list[tuple[Row, PreparedRow]]


def prepared_chunks(rows: Iterator[Row], plan: Plan, *, behind: int) -> Iterator[Chunk]:
    """The rows behind a position, cleaned, in portions of :data:`CHUNK`."""
    remaining = dropwhile(lambda row: row.number <= behind, rows)
    while taken := list(islice(remaining, CHUNK)):
        chunk = []
        for row in taken:
            prepared = prepare(row, plan)
            ahead.foresee(prepared)
            chunk.append((row, prepared))
            if row.number % 4 == 0:
                time.sleep(0)  # whoever writes goes first
        yield chunk


def one_ahead(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Prepare the next chunk in a thread while this one is written: the database has a core of
    its own, and waiting for it costs nothing."""
    language = translation.get_language()

    def following() -> Chunk | None:
        with translation.override(language):
            return next(chunks, None)

    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(following)
        while chunk := coming.result():
            coming = thread.submit(following)
            yield chunk


@contextmanager
def rare_garbage_collection() -> Iterator[None]:
    """Look for circular garbage less often: a chunk makes many objects and hardly a circle, and
    looking costs a fifth of the time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
