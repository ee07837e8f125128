"""What writing a chunk needs to know about its run."""

from dataclasses import dataclass
from datetime import date, datetime

from contacts.importing.storing.batch import Origin
from contacts.models import Company, ImportRun, Person
from crm.accounts.models import User


@dataclass(frozen=True, slots=True)
class Context:
    """``owners`` maps e-mail addresses to (user, first team); ``criteria`` codes to ids;
    ``hand_sources`` are the sources of what users typed in; ``earlier_runs`` imported the same
    file from the same source; ``at`` is the moment of writing."""

    run: ImportRun
    actor: User | None
    owners: dict[str, tuple[int, int | None]]
    criteria: dict[str, int]
    hand_sources: frozenset[int]
    earlier_runs: tuple[int, ...]
    at: datetime

    @property
    def system(self) -> str:
        """The name under which numbers of the source are kept."""
        return self.run.source.name[:100]

    def origin(self, confirmed_on: date | None) -> Origin:
        """Where the data of a row come from that was confirmed that day."""
        return Origin(self.run.source_id, confirmed_on, self.at.isoformat())

    def belonging(self, email: str) -> tuple[int | None, int | None]:
        """Owner and team of a new record: the row's owner, else those of the run."""
        if email in self.owners:
            return self.owners[email]
        return self.run.owner_id, self.run.team_id

    def visible(self, model: type[Person] | type[Company], ids: set[int]) -> set[int]:
        """Those of the ids that the importing user may see."""
        if self.actor is None or not ids:
            return ids
        seen = model.objects.visible_to(self.actor).filter(pk__in=ids)
        return set(seen.values_list("pk", flat=True))
