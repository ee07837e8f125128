"""After a restore: what was erased since the backup is erased again."""

from dataclasses import dataclass
from datetime import datetime

from consent.requests import erasures, logbook
from contacts.models import Person


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many erasures the log knows, how many persons are back, and were erased again."""

    known: int
    due: int
    erased: int
    blocked: tuple[str, ...]


def replay(*, at: datetime, dry_run: bool = False) -> Replayed:
    """Erase everybody whom the log names and the database has; each in a transaction of its own."""
    known = due = erased = 0
    blocked: list[str] = []
    for entry in list(logbook.entries()):
        known += 1
        for person in Person.objects.filter(public_id__in=entry.persons):
            due += 1
            if dry_run:
                continue
            try:
                erasures.again(of=entry, person=person, at=at)
            except erasures.Blocked as error:
                blocked.append(f"{person.public_id}: {error.message}")
            else:
                erased += 1
    return Replayed(known, due, erased, tuple(blocked))
