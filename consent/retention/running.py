"""The run of the schedule: every night, in portions, with a protocol; or dry, as a preview.

Each portion is a transaction of its own: an interrupted run has erased some and nobody half.
"""

from collections.abc import Callable
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from consent import forgetting
from consent.models import (
    ContactDecision,
    OptInConfirmation,
    RequestState,
    RetentionRun,
    SubjectRequest,
)
from consent.optin import purging
from consent.requests import erasures, vault
from consent.retention import due, rules
from consent.retention.periods import Period
from contacts.models import ImportRow, Person
from contacts.models.imports import BUSY_STATES
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, clock, removing

AT_ONCE = 5000


def run(*, actor: User | None, at: datetime, dry_run: bool = False) -> RetentionRun:
    """Erase what has been kept long enough; gives the protocol.

    :raises errors.NotPermitted: the role does not manage requests
    """
    if actor is not None:
        policy.require(actor, policy.Permission.REQUESTS_MANAGE)
    today, periods = timezone.localdate(at), rules.periods()
    figures: dict[str, int] = {}
    kept = 0
    for code, act in _ACTS.items():
        period = periods.get(code)
        figures[code] = act(period, today, at, dry_run) if period else 0
    for code, find in _PERSONS.items():
        period = periods[code]
        if period is not None:
            gone, left = _persons(find(period, today), at=at, dry_run=dry_run)
            figures[code], kept = gone, kept + left
    figures["vault"] = vault.release(today=today, at=at, dry_run=dry_run)
    with transaction.atomic():
        made = RetentionRun.objects.create(
            is_dry=dry_run,
            figures=figures,
            kept=kept,
            started_at=at,
            finished_at=max(clock.now(), at),
            started_by=actor,
        )
        audit.record(
            actor=actor,
            action="retention.previewed" if dry_run else "retention.run",
            context=figures,
            at=at,
        )
    return made


def _persons(found: QuerySet[Person], *, at: datetime, dry_run: bool) -> tuple[int, int]:
    """How many were erased, and how many had to stay."""
    if dry_run:
        return found.count(), 0
    gone = kept = 0
    for numbers in due.batches(found):
        erased = erasures.expire(numbers, at=at)
        gone, kept = gone + erased, kept + len(numbers) - erased
    return gone, kept


def _ended(period: Period, today: date) -> QuerySet[Person]:
    return due.ended(period, today=today)


def _bought(period: Period, today: date) -> QuerySet[Person]:
    return due.bought(period, today=today)


def _decisions(period: Period, today: date, _at: datetime, dry_run: bool) -> int:
    rows = ContactDecision.objects.filter(decided_at__lt=_begin(period.kept_since(today)))
    return rows.count() if dry_run else _remove(rows)


def _imports(period: Period, today: date, _at: datetime, dry_run: bool) -> int:
    rows = ImportRow.objects.filter(run__finished_at__lt=_begin(period.kept_since(today))).exclude(
        run__state__in=BUSY_STATES
    )
    return rows.count() if dry_run else _remove(rows)


def _opt_ins(period: Period, today: date, at: datetime, dry_run: bool) -> int:
    if not dry_run:
        return purging.purge(at=at)
    since = _begin(period.kept_since(today))
    rows = OptInConfirmation.objects.filter(confirmed_at=None, request__requested_at__lt=since)
    return rows.count()


def _requests(period: Period, today: date, at: datetime, dry_run: bool) -> int:
    """That there was a request stays, by number and days; who asked does not."""
    rows = SubjectRequest.objects.exclude(state=RequestState.OPEN).exclude(requester="")
    rows = rows.filter(closed_at__lt=_begin(period.kept_since(today)))
    count = rows.count()
    if count and not dry_run:
        with transaction.atomic():
            forgetting.clear_requests(rows)
    return count


def _remove(rows: QuerySet[ContactDecision] | QuerySet[ImportRow]) -> int:
    count = 0
    while numbers := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            removing.remove(*removing.with_dependents({rows.model: numbers}))
        count += len(numbers)
    return count


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


_ACTS: dict[str, Callable[[Period, date, datetime, bool], int]] = {
    "doi_pending": _opt_ins,
    "contact_decision": _decisions,
    "import": _imports,
    "request_file": _requests,
}
_PERSONS: dict[str, Callable[[Period, date], QuerySet[Person]]] = {
    "bought_address": _bought,
    "master": _ended,
}
