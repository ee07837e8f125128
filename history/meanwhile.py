"""What happened between the contacts of a line: changed data, declarations, moved deals.

A line tells of contacts; these stand between them in short, to be unfolded. Only some are read:
the rest has a page of its own (:mod:`contacts.changes`, :mod:`consent.histories`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from consent import histories, references
from consent.models import EventKind, LedgerEvent
from contacts import act_names
from contacts.models import Person
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel.models import AuditEntry
from crm.kernel.prepared import prepared
from history.lines import Owner

MOST: Final = 100
NOT_DECLARED: Final = (EventKind.USED, EventKind.MERGED, EventKind.UNMERGED, EventKind.INFORMED)
"""Uses are contacts themselves; the others say nothing that the person declared."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One of them. ``is_declared``: the person said so; ``light`` is a state or empty."""

    at: datetime
    title: str
    actor: str = ""
    is_declared: bool = False
    light: str = ""


def of(
    *, user: User, owner: Owner, since: datetime | None, until: datetime | None
) -> list[Happening]:
    """What happened after ``since`` and not after ``until``, the latest first (3 queries)."""
    found = _changes(owner, since, until)
    if isinstance(owner, Person) and policy.may(user, policy.Permission.CONSENT_VIEW):
        found += _declarations(owner, since, until)
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST]


def between(found: Sequence[Happening], moments: Sequence[datetime]) -> list[list[Happening]]:
    """Those before each of the ``moments`` of a line, which come the latest first, and those
    after the last one: one list more than there are moments."""
    gaps: list[list[Happening]] = [[] for _each in range(len(moments) + 1)]
    for each in found:
        gaps[sum(moment >= each.at for moment in moments)].append(each)
    return gaps


def _changes(owner: Owner, since: datetime | None, until: datetime | None) -> list[Happening]:
    told = _audited(of=owner._meta.label_lower, number=owner.pk, since=since, until=until)
    return [
        Happening(at, act_names.told(action, ()) or _("Angaben geändert"), actor)
        for at, action, actor in told
    ]


@prepared
def _audited(
    *, of: str, number: int, since: datetime | None, until: datetime | None
) -> "QuerySet[AuditEntry, tuple[datetime, str, str]]":
    rows = AuditEntry.objects.filter(_within("at", since, until), object_type=of, object_id=number)
    return rows.order_by("-pk").values_list("at", "action", "actor_label")[:MOST]


def _declarations(
    person: Person, since: datetime | None, until: datetime | None
) -> list[Happening]:
    refs = references.subjects_of([person.pk]).get(person.pk, [])
    return [
        Happening(
            at=event.effective_at,
            title=histories.title_of(event),
            is_declared=True,
            light=histories.SIGNS.get(EventKind(event.kind), ""),
        )
        for event in _declared(persons=tuple(refs), since=since, until=until)
    ]


@prepared
def _declared(
    *, persons: tuple[UUID, ...], since: datetime | None, until: datetime | None
) -> QuerySet[LedgerEvent]:
    rows = LedgerEvent.objects.filter(_within("effective_at", since, until), person__in=persons)
    return rows.exclude(kind__in=NOT_DECLARED).order_by("-seq")[:MOST]


def _within(column: str, since: datetime | None, until: datetime | None) -> Q:
    bounds = {f"{column}__gt": since, f"{column}__lte": until}
    return Q(**{name: moment for name, moment in bounds.items() if moment is not None})
