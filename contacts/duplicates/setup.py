"""What a kind of records is matched with, and where its run works."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from contacts.matching.blocking import COMPANY_KEYS, PERSON_KEYS, KeyType
from contacts.matching.model import COMPANIES, PERSONS, Layout
from contacts.matching.store import dictionary, snapshots
from contacts.matching.workspace import Workspace, folder_of
from contacts.models import MatchingKind, MatchingRun, MatchingScope


@dataclass(frozen=True, slots=True)
class Setup:
    """Fields and causes, and the key types."""

    layout: Layout
    keys: Sequence[KeyType]


SETUPS: Final = {
    MatchingKind.PERSON: Setup(PERSONS, PERSON_KEYS),
    MatchingKind.COMPANY: Setup(COMPANIES, COMPANY_KEYS),
}


def setup_of(kind: str) -> Setup:
    """The set-up of a kind."""
    return SETUPS[MatchingKind(kind)]


def workspace_of(run: MatchingRun) -> Workspace:
    """The run's arrays on this machine."""
    return Workspace(
        folder_of(str(run.public_id)),
        load=lambda: (snapshots.read(run.pk), snapshots.size(run)),
        dictionary=dictionary.whole,
        only_changed=run.scope == MatchingScope.CHANGED,
    )
