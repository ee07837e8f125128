"""Runs of the batch: starting, stopping, watching. Screen, API and command call these."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contacts import access
from contacts.duplicates import cleaning, current, queueing
from contacts.models import (
    MatchingKind,
    MatchingRun,
    MatchingScope,
    MatchingShard,
    MatchingState,
    MatchingStep,
)
from contacts.models.matching import BUSY_MATCHING
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors

SHARES: Final = {
    MatchingStep.READ: 0.08,
    MatchingStep.INDEX: 0.17,
    MatchingStep.COMPARE: 0.35,
    MatchingStep.LEARN: 0.15,
    MatchingStep.WEIGH: 0.05,
    MatchingStep.GROUP: 0.12,
    MatchingStep.WRITE: 0.08,
}


class Busy(errors.DomainError):
    """A run over the same kind of records is under way."""

    code = "matching-busy"


class NotRunning(errors.DomainError):
    """The run has ended already."""

    code = "matching-ended"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: ``share`` from 0 to 1, ``done`` of ``total`` parts of the step."""

    share: float
    step: MatchingStep
    done: int
    total: int
    candidates: int
    found: int


@transaction.atomic
def start(
    *,
    actor: User | None,
    kind: MatchingKind,
    scope: MatchingScope,
    retrain: bool = False,
    at: datetime,
) -> MatchingRun:
    """Queue a run. Without a complete run before it, one over what has changed is a full one.

    :raises errors.NotPermitted: the role may not start runs
    :raises Busy: one of this kind is under way
    """
    if actor is not None:
        policy.require(actor, policy.Permission.DUPLICATES_RUN)
    before = current.run_of(kind)
    if retrain or before is None or before.model is None:
        scope = MatchingScope.FULL
    run = MatchingRun(
        kind=kind,
        scope=scope,
        retrain=retrain,
        started_by=actor,
        created_at=at,
        generation=before.generation if before and scope == MatchingScope.CHANGED else 0,
    )
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as error:
        raise Busy(
            _("Es wird gerade schon nach Dubletten gesucht. Bitte warten Sie, bis das fertig ist.")
        ) from error
    if not run.generation:
        run.generation = run.pk
        run.save(update_fields=["generation"])
    shard = MatchingShard.objects.create(run=run, step=MatchingStep.READ, number=0)
    context = {"kind": kind, "scope": scope, "retrain": retrain}
    audit.record(actor=actor, action="matching.started", at=at, target=run, context=context)
    transaction.on_commit(lambda: queueing.shard(shard.pk))
    return run


@transaction.atomic
def cancel(*, actor: User | None, run: MatchingRun, at: datetime) -> MatchingRun:
    """Stop a run; what the last complete one found stays.

    :raises errors.NotPermitted: the role may not stop runs
    :raises NotRunning: it has ended already
    """
    if actor is not None:
        policy.require(actor, policy.Permission.DUPLICATES_RUN)
    run = MatchingRun.objects.select_for_update().get(pk=run.pk)
    if run.state not in BUSY_MATCHING:
        raise NotRunning(_("Diese Suche ist schon beendet."), state=run.state)
    run.state, run.finished_at = MatchingState.CANCELLED, at
    run.save(update_fields=["state", "finished_at"])
    audit.record(actor=actor, action="matching.cancelled", at=at, target=run)
    transaction.on_commit(lambda: cleaning.clean_up(run))
    return run


def runs_of(user: User) -> QuerySet[MatchingRun]:
    """All runs, the last one first.

    :raises errors.NotPermitted: the role may not see runs
    """
    policy.require(user, policy.Permission.DUPLICATES_RUN)
    return MatchingRun.objects.select_related("model", "started_by").defer("frequencies")


def run_for(*, user: User, public_id: UUID | str) -> MatchingRun:
    """One run.

    :raises errors.NotFound: there is none
    """
    run = runs_of(user).filter(public_id=access.parsed(public_id)).first()
    if run is None:
        raise errors.NotFound(public_id=str(public_id))
    return run


def progress(run: MatchingRun) -> Progress:
    """How far the run is; one query."""
    step = MatchingStep(run.step)
    parts = list(run.shards.filter(step=step).values_list("is_done", flat=True))
    before = sum(SHARES[each] for each in list(SHARES)[: list(SHARES).index(step)])
    share = before + SHARES[step] * (sum(parts) / len(parts) if parts else 0)
    if run.state == MatchingState.DONE:
        share = 1.0
    return Progress(share, step, sum(parts), len(parts), run.candidates, run.pairs_found)
