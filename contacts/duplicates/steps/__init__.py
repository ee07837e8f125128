"""The steps of a run, each a module with ``cut`` (its shards), ``do`` (one shard) and
``sum_up`` (what the run remembers of it)."""

from typing import Final, Protocol

from contacts.duplicates.steps import comparing, grouping, indexing, learning, reading, weighing
from contacts.duplicates.steps import writing as writing
from contacts.models import MatchingRun, MatchingShard, MatchingStep


class Step(Protocol):
    """What every step's module offers."""

    def cut(self, run: MatchingRun) -> list[tuple[int, int]]:
        """Bounds of the shards; none if there is nothing to do."""

    def do(self, shard: MatchingShard) -> bytes:
        """The shard's result; outside of any transaction."""

    def sum_up(self, run: MatchingRun) -> None:
        """Note on the run (not yet saved) what the shards brought."""


STEPS: Final[dict[MatchingStep, Step]] = {
    MatchingStep.READ: reading,
    MatchingStep.INDEX: indexing,
    MatchingStep.COMPARE: comparing,
    MatchingStep.LEARN: learning,
    MatchingStep.WEIGH: weighing,
    MatchingStep.GROUP: grouping,
    MatchingStep.WRITE: writing,
}
