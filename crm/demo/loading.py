"""Loading the demo company: set it up, write its files, import them, give out the customers,
take over its trade, remember what happened, agree on appointments, look for duplicates; then the
fair, whose visitors are compared as they come.

Every step is skipped when it was done before, so that an interrupted load goes on where it
stopped. A last audit row says that all is done; what users change or take back afterwards is
never loaded again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from contacts.models import Company, ImportRun, MatchingKind, Person, Source
from crm.accounts.models import User
from crm.demo import (
    appointing,
    consenting,
    customers,
    exhibiting,
    favourites,
    files,
    importing,
    matching,
    origins,
    questions,
    remembering,
    staff,
    staffing,
    trading,
)
from crm.demo.importing import Told
from crm.kernel import audit
from crm.kernel.models import AuditEntry

LOADED: Final = "demo.loaded"
AGE_OF_THE_COMPANY: Final = timedelta(days=400)  # so that unused criteria are old enough to show


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the stock holds afterwards."""

    persons: int
    companies: int
    rejected: int
    marked: int
    pairs: int
    groups: int


def is_loaded() -> bool:
    """Whether the demo company was loaded completely at some time."""
    return AuditEntry.objects.filter(action=LOADED).exists()


def load(
    *,
    folder: Path,
    clock: Callable[[], datetime],
    tell: Told,
    persons: int = 5000,
    companies: int = 1200,
) -> Loaded:
    """Load what is missing. ``folder`` receives the files; ``tell`` hears of progress.

    :raises importing.DemoImportFailed: a file could not be imported
    """
    people = _set_up(today=clock().date(), at=clock() - AGE_OF_THE_COMPANY)
    written = files.write_demo(folder, persons=persons, companies=companies, today=clock().date())
    with importing.queue(clock=clock, tell=tell) as queue:
        for file in written:
            source = Source.objects.get(name=origins.ORIGINS[file.origin]["name"])
            queue.bring_in(file=file, source=source, staff=people)
    customers.give_out(staff=people, at=clock())
    consenting.declare(at=clock())
    trading.bring_in(folder=folder, actor=people["admin"], clock=clock)
    remembering.remember(staff=people, at=clock())
    appointing.agree(staff=people, at=clock())
    found = {kind: matching.look(kind=kind, clock=clock, tell=tell) for kind in MatchingKind}
    runs = ImportRun.objects.filter(source__name__in=origins.names())
    loaded = Loaded(
        persons=Person.objects.count(),
        companies=Company.objects.count(),
        rejected=sum(run.rejected_count for run in runs),
        marked=sum(run.marked_count for run in runs),
        pairs=sum(run.pairs_found for run in found.values()),
        groups=sum(run.groups_found for run in found.values()),
    )
    exhibiting.exhibit(staff=people, at=clock())
    with transaction.atomic():
        audit.record(actor=None, action=LOADED, at=clock())
    return loaded


@transaction.atomic
def _set_up(*, today: date, at: datetime) -> dict[str, User]:
    emails = {colleague.email: colleague.mailbox for colleague in staff.COLLEAGUES}
    known = {emails[user.email]: user for user in User.objects.filter(email__in=emails)}
    if known:
        return known
    people = staffing.employ(at=at)
    questions.ask(staff=people, at=at)
    origins.name_all(today=today, at=at)
    favourites.share(staff=people, at=at)
    return people
