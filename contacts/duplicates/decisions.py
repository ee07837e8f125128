"""What people decide of two records: the same, or not. Decisions bind every later run."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from contacts import access
from contacts.matching.store import upkeep
from contacts.merging import locks
from contacts.models import Company, MatchingRun, PairDecision, Person, SuspectPair
from crm.accounts.models import User
from crm.kernel import audit, errors

Record = Person | Company
Verdict = PairDecision.Verdict


@transaction.atomic
def decide(
    *, actor: User, first: Record, second: Record, verdict: Verdict, at: datetime
) -> PairDecision:
    """Record that two records are the same, or that they are not; an earlier decision gives way.

    :raises errors.Invalid: it is one record, or a person and a company
    :raises errors.NotFound: the actor may not see one of them
    :raises errors.NotPermitted: the role allows no changes
    """
    if type(first) is not type(second) or first.pk == second.pk:
        raise errors.Invalid(
            {"second": [_("Verglichen werden zwei verschiedene Ansprechpartner oder Firmen.")]}
        )
    locks.no_merge_meanwhile()
    for record in (first, second):
        access.require_editable(user=actor, record=record)
    first, second = sorted((first, second), key=lambda record: record.pk)
    name = first._meta.model_name or ""
    pair: dict[str, Any] = {f"first_{name}": first, f"second_{name}": second}
    type(first).objects.select_for_update(no_key=True).filter(
        pk__in=(first.pk, second.pk)
    ).order_by("pk").first()
    holding = PairDecision.objects.filter(withdrawn_at=None, **pair).first()
    if holding is not None and holding.verdict == verdict:
        return holding
    if holding is not None:
        _take_back(holding, actor=actor, at=at)
    decision = PairDecision.objects.create(
        **pair, verdict=verdict, weight=_weight(first, second), decided_by=actor, decided_at=at
    )
    _tell(decision, f"duplicate.{verdict.lower()}", actor=actor, at=at)
    return decision


@transaction.atomic
def withdraw(*, actor: User, decision: PairDecision, at: datetime) -> PairDecision:
    """Take a decision back; the next run weighs the pair as if it had not been made.

    :raises errors.NotFound: the actor may not see one of the records
    :raises errors.NotPermitted: the role allows no changes
    :raises errors.Conflict: it is taken back already
    """
    locks.no_merge_meanwhile()
    for record in records_of(decision):
        access.require_editable(user=actor, record=record)
    fresh = PairDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if fresh.withdrawn_at is not None:
        raise errors.Conflict(_("Diese Entscheidung ist schon zurückgenommen."))
    _take_back(fresh, actor=actor, at=at)
    _tell(fresh, "duplicate.withdrawn", actor=actor, at=at)
    return fresh


def decisions_of(user: User) -> QuerySet[PairDecision]:
    """The decisions that hold, about records that the user may both see; the last one first."""
    persons = Person.objects.visible_to(user).order_by()
    companies = Company.objects.visible_to(user).order_by()
    return (
        PairDecision.objects.filter(withdrawn_at=None)
        .filter(_both(persons, "person") | _both(companies, "company"))
        .select_related(
            "first_person", "second_person", "first_company", "second_company", "decided_by"
        )
    )


def decision_for(*, user: User, public_id: UUID | str) -> PairDecision:
    """One of :func:`decisions_of`.

    :raises errors.NotFound: there is none, or the user may not see it
    """
    decision = decisions_of(user).filter(public_id=access.parsed(public_id)).first()
    if decision is None:
        raise errors.NotFound(public_id=str(public_id))
    return decision


def records_of(decision: PairDecision) -> tuple[Record, Record]:
    """The two records that were decided about."""
    first = decision.first_person or decision.first_company
    second = decision.second_person or decision.second_company
    if first is None or second is None:
        raise ValueError("A decision is about two records.")
    return first, second


def _both(seen: QuerySet[Any], name: str) -> Q:
    """That both records are among those seen, looked up one by one."""
    first, second = (
        Exists(seen.filter(pk=OuterRef(f"{place}_{name}"))) for place in ("first", "second")
    )
    return Q(first) & Q(second)


def _take_back(decision: PairDecision, *, actor: User, at: datetime) -> None:
    decision.withdrawn_by, decision.withdrawn_at = actor, at
    decision.save(update_fields=["withdrawn_by", "withdrawn_at"])
    # a run over what has changed does not weigh unchanged pairs anew: what it left out stays out
    upkeep.mark_changed(decision.kind, [record.pk for record in records_of(decision)])


def _tell(decision: PairDecision, action: str, *, actor: User, at: datetime) -> None:
    """An audit row at each of the two records."""
    first, second = records_of(decision)
    for record, other in ((first, second), (second, first)):
        context = {"other": str(other.public_id), "decision": str(decision.public_id)}
        audit.record(actor=actor, action=action, at=at, target=record, context=context)


def _weight(first: Record, second: Record) -> float | None:
    """What the current run weighed the pair at."""
    kind = (first._meta.model_name or "").upper()
    current = MatchingRun.objects.filter(kind=kind, is_current=True).values("generation")
    pair = SuspectPair.objects.filter(
        kind=kind, generation__in=current, first_id=first.pk, second_id=second.pk
    )
    return pair.values_list("weight", flat=True).first()
