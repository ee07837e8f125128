"""How fast a run goes: chunk size, what happens at the same time, when garbage is collected."""

import gc
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import dropwhile, islice
from pathlib import Path
from typing import Final, NamedTuple

from django.utils import translation

from contacts.importing import ahead, elsewhere
from contacts.importing.cleaning.rows import Plan, prepare
from contacts.importing.prepared import PreparedRow
from contacts.importing.readers import open_table
from contacts.importing.readers.options import ReadOptions
from contacts.importing.readers.table import Row
from contacts.matching import remembering
from contacts.matching.remembering import Answers

CHUNK: Final = 1000
OWN_PROCESS_FROM: Final = 3 * CHUNK
Chunk = list[tuple[Row, PreparedRow]]


class Portion(NamedTuple):
    """Rows cleaned, and what the file's reader noticed so far. The last portion has no rows.

    ``answers`` are what another process found out about the rows.
    """

    chunk: Chunk
    notices: dict[str, int]
    answers: Answers = {}


@dataclass(frozen=True, slots=True)
class Reading:
    """Which rows of which file are to be cleaned how: those ``behind`` a line."""

    path: Path
    options: ReadOptions
    plan: Plan
    behind: int

    def portions(self) -> Iterator[Portion]:
        """The rows, cleaned, in portions of :data:`CHUNK`.

        :raises UnreadableFile: the file cannot be read (any more)
        """
        with open_table(self.path, self.options) as table:
            remaining = dropwhile(lambda row: row.number <= self.behind, table.rows)
            while taken := list(islice(remaining, CHUNK)):
                yield Portion(_cleaned(taken, self.plan), dict(table.notices))
            yield Portion([], dict(table.notices))

    def portions_with_answers(self) -> Iterator[Portion]:
        """The same for another process, with all that was found out about the rows."""
        remembering.put_on_record()
        for portion in self.portions():
            yield portion._replace(answers=remembering.recorded())


@contextmanager
def ahead_of_writing(reading: Reading, *, about: int) -> Iterator[Iterator[Portion]]:
    """The portions, each prepared while the one before it is written.

    ``about`` so many rows: many are prepared in a process of their own, on another core; few in a
    thread, while the database is waited for.
    """
    if about < OWN_PROCESS_FROM:
        with closing(_one_ahead(reading.portions())) as portions:
            yield portions
    else:
        with elsewhere.results(reading.portions_with_answers) as prepared:
            yield _learning(prepared)


def _cleaned(rows: Iterable[Row], plan: Plan) -> Chunk:
    chunk = []
    for row in rows:
        prepared = prepare(row, plan)
        ahead.foresee(prepared)
        chunk.append((row, prepared))
    return chunk


def _learning(portions: Iterable[Portion]) -> Iterator[Portion]:
    for portion in portions:
        remembering.learn(portion.answers)
        yield portion


def _one_ahead(portions: Iterator[Portion]) -> Generator[Portion, None, None]:
    """Take the next portion in a thread while this one is written."""
    language = translation.get_language()

    def following() -> Portion | None:
        with translation.override(language):
            return next(portions, None)

    with ThreadPoolExecutor(max_workers=1) as thread:
        coming = thread.submit(following)
        while portion := coming.result():
            coming = thread.submit(following)
            yield portion


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
