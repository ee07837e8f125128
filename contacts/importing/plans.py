"""Everything about a run that is the same for each of its rows, read once."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from contacts import qualification
from contacts.importing import settings
from contacts.importing.cleaning.cells import columns_of
from contacts.importing.cleaning.problems import Refused
from contacts.importing.cleaning.rows import CriterionReader, Plan
from contacts.importing.prepared import Holder
from contacts.importing.readers.table import Problem
from contacts.importing.storing.context import Context
from contacts.importing.storing.matching import TAKEN_BACK
from contacts.models import Criterion, CriterionSubject, ImportRun, Source, SourceKind
from crm.accounts.models import User
from crm.kernel import errors


def plan_of(run: ImportRun, *, at: datetime) -> Plan:
    """How to clean the rows of the run."""
    chosen = settings.of(run)
    mapping = chosen.mapping
    used = {code for code in mapping.columns.values() if code} | set(mapping.defaults)
    return Plan(
        columns=columns_of(mapping, chosen.header),
        today=at.date(),
        defaults=mapping.defaults,
        region=mapping.options.get("region", "DE"),
        area_code=mapping.options.get("area_code", ""),
        licensed=frozenset(run.source.licensed_channels),
        criteria={
            criterion.code: _reader(criterion)
            for criterion in importable_criteria()
            if f"criterion.{criterion.code}" in used
        },
        owners=frozenset(_owners()) if "owner.email" in used else frozenset(),
    )


def context_of(run: ImportRun, *, at: datetime) -> Context:
    """What writing the rows of the run needs."""
    earlier = ImportRun.objects.filter(
        file_hash=run.file_hash, source=run.source, dry_run=False
    ).exclude(pk=run.pk)
    by_hand = Source.objects.filter(kind=SourceKind.MANUAL)
    return Context(
        run=run,
        actor=run.created_by,
        owners=_owners(),
        criteria={criterion.code: criterion.pk for criterion in importable_criteria()},
        hand_sources=frozenset(by_hand.values_list("pk", flat=True)),
        earlier_runs=tuple(earlier.exclude(state__in=TAKEN_BACK).values_list("pk", flat=True)),
        at=at,
    )


def importable_criteria() -> list[Criterion]:
    """Criteria that a file may fill: active ones whose values need nobody's consent."""
    criteria = Criterion.objects.filter(is_active=True).prefetch_related("choices")
    return [each for each in criteria if each.sensitivity not in qualification.GUARDED]


def _owners() -> dict[str, tuple[int, int | None]]:
    """Active users by e-mail, each with the first of the user's teams."""
    teams: dict[int, int] = {}
    memberships = User.teams.through.objects.order_by("-team_id")
    for user_id, team_id in memberships.values_list("user_id", "team_id"):
        teams[user_id] = team_id
    users: Iterable[tuple[int, str]] = User.objects.filter(is_active=True).values_list(
        "pk", "email"
    )
    return {email: (pk, teams.get(pk)) for pk, email in users}


def _reader(criterion: Criterion) -> CriterionReader:
    holder: Holder = "person" if criterion.subject == CriterionSubject.PERSON else "company"
    return CriterionReader(holder, _read(criterion))


def _read(criterion: Criterion) -> Callable[[str, str], Any]:
    def read(text: str, column: str) -> Any:
        try:
            return qualification.clean(criterion=criterion, value=text)
        except errors.Invalid as error:
            proposal = _("Berichtigen Sie den Wert oder übersetzen Sie ihn in der Zuordnung.")
            raise Refused(Problem("criterion", error.message, column, proposal)) from error

    return read
