"""The stock of a run on this machine."""

from functools import lru_cache, partial

from contacts.duplicates import shipped
from contacts.duplicates.setup import setup_of, workspace_of
from contacts.matching.blocking import Index
from contacts.matching.workspace import Workspace
from contacts.models import MatchingRun


@lru_cache(maxsize=1)
def _kept(public_id: str, run_id: int) -> Workspace:
    return workspace_of(MatchingRun.objects.defer("frequencies").get(pk=run_id))


def workspace(run: MatchingRun) -> Workspace:
    """The run's workspace; a worker keeps that of its last run."""
    found = _kept(str(run.public_id), run.pk)
    if run.figures.get("frequencies") == "shipped":
        found.shares_from(partial(shipped.shares, run.kind))
    return found


def forget() -> None:
    """Let go of the last run's arrays."""
    _kept.cache_clear()


def indexes(run: MatchingRun) -> list[Index]:
    """The blocks of all key types."""
    space = workspace(run)
    return [space.index(kind, number) for number, kind in enumerate(setup_of(run.kind).keys)]
