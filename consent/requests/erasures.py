"""Erasure (Art. 17 GDPR): everything of a person goes; what a law keeps is locked away."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import consents, erasing, forgetting, suppression
from consent.models import (
    ErasureRun,
    EventKind,
    LedgerEvent,
    RequestArticle,
    RequestState,
    Subject,
    SubjectRequest,
    SuppressionList,
)
from consent.requests import cases, letters, logbook, persons, plans, vault
from consent.requests.plans import OF_THE_LEDGER, Line, Plan
from consent.suppression import Wanted
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import audit, errors, removing
from crm.kernel import erasing as sanctioned
from crm.kernel.among import among_keys
from crm.kernel.personal_data import Whose

REASON, RETENTION = "art-17", "retention"


class Blocked(errors.DomainError):
    """Something is still going on that needs the data."""

    code = "erasure-blocked"


class NotConfirmed(errors.DomainError):
    """The words typed are not those asked for."""

    code = "erasure-not-confirmed"
    default_message = gettext_lazy(
        "Bitte geben Sie den Namen genau so ein, wie er über dem Feld steht."
    )


def erase(*, actor: User | None, case: SubjectRequest, typed: str, at: datetime) -> ErasureRun:
    """Do what the plan says, all of it or nothing, and answer the request.

    ``typed`` is the full name of the person, as a confirmation.

    :raises cases.IdentityOpen: it is not known whose request it is
    :raises Blocked: something keeps the data for now; the sentences say what to do
    :raises NotConfirmed: ``typed`` is something else
    :raises errors.Conflict: the request asks for something else, or is answered
    """
    with vault.nothing_half_done(), transaction.atomic():
        cases.require_open(actor=actor, case=case)
        cases.require_identity(case)
        person = case.person
        if case.article != RequestArticle.ERASURE or person is None:
            raise errors.Conflict(_("Dieser Antrag verlangt keine Löschung."))
        if " ".join(typed.split()) != person.full_name:
            raise NotConfirmed(field="typed")
        return _run(actor=actor, person=person, case=case, reason=REASON, at=at, suppress=True)


def again(*, of: logbook.Entry, person: Person, at: datetime) -> ErasureRun:
    """Erase somebody whom an older backup brought back.

    :raises Blocked: in that backup something is still going on
    """
    with vault.nothing_half_done(), transaction.atomic():
        return _run(
            actor=None,
            person=person,
            case=None,
            reason=of.reason,
            at=at,
            suppress=of.reason == REASON,
        )


def expire(numbers: Sequence[int], *, at: datetime) -> int:
    """Erase persons whose data were kept long enough; gives how many.

    All at once, but one by one those of whom something has to be locked away under their name.
    Who has something open stays.
    """
    today = timezone.localdate(at)
    whose = persons.whose_of(numbers, with_values=False)
    special = plans.persons_with_holds(whose, today=today)
    alone = sorted(special & set(whose.persons))
    many = [number for number in numbers if number not in special]
    gone = 0
    if many:
        with transaction.atomic():
            _run_many(many, at=at)
        gone += len(many)
    for person in Person.objects.filter(pk__in=alone).order_by("pk"):
        try:
            with vault.nothing_half_done(), transaction.atomic():
                _run(
                    actor=None,
                    person=person,
                    case=None,
                    reason=RETENTION,
                    at=at,
                    suppress=_has_objected([person.pk]) != set(),
                    with_values=False,
                )
        except Blocked:
            continue
        gone += 1
    return gone


def _run_many(numbers: Sequence[int], *, at: datetime) -> None:
    """Nothing of these is held, and nothing is open."""
    today = timezone.localdate(at)
    whose = persons.whose_of(numbers, with_values=False)
    first = Person.objects.get(pk=numbers[0])
    objected = _has_objected(numbers)
    if objected:
        _suppress(persons.whose_of(objected).points, actor=None, at=at)
    plan = plans.of(first, today=today, whose=whose)
    _end_consents(plan, actor=None, reason=RETENTION, at=at)
    if plan.ending or objected:
        plan = plans.of(first, today=today, whose=whose)  # with the new events
    events = list(forgetting.events(whose))
    run = _log(plan, actor=None, case=None, reason=RETENTION, at=at)
    if events:
        erasing.erase(actor=None, events=events, reason=RETENTION, at=at)
    _forget(plan, run, at=at)


def _has_objected(numbers: Iterable[int]) -> set[int]:
    """Whose objection has to outlive them."""
    subjects = Subject.objects.filter(person__in=list(numbers))
    refs = dict(subjects.values_list("ref", "person"))
    events = LedgerEvent.objects.filter(person__in=list(refs), kind=EventKind.OBJECTED)
    return {refs[ref] for ref in events.values_list("person", flat=True) if ref in refs}


def _run(
    *,
    actor: User | None,
    person: Person,
    case: SubjectRequest | None,
    reason: str,
    at: datetime,
    suppress: bool,
    with_values: bool = True,
) -> ErasureRun:
    whose = persons.whose_of([person.pk], with_values=with_values)
    plan = plans.of(person, today=timezone.localdate(at), whose=whose)
    if plan.blockers:
        raise Blocked(" ".join(plan.blockers), blockers=list(plan.blockers))
    _end_consents(plan, actor=actor, reason=reason, at=at)
    if suppress:
        _suppress(whose.points, actor=actor, at=at)
    plan = plans.of(person, today=timezone.localdate(at), whose=whose)  # with the new events
    events = list(forgetting.events(plan.whose))
    run = _log(plan, actor=actor, case=case, reason=reason, at=at)
    vault.lock_away(plan=plan, run=run)
    if case is not None:
        _answer(case, plan, run, actor=actor, at=at)
    erasing.erase(actor=actor, events=events, reason=reason, at=at)
    _forget(plan, run, at=at)
    audit.record(
        actor=actor,
        action="request.erased",
        target=case,
        context={"run": run.public_id, "rows": sum(each[0] for each in run.figures.values())},
        at=at,
    )
    return run


def _end_consents(plan: Plan, *, actor: User | None, reason: str, at: datetime) -> None:
    """The proof of a consent that is in force is never taken away: it ends first."""
    for consent in plan.ending:
        consents.end(
            actor=actor,
            consent=consent,
            kind=EventKind.EXPIRED,
            reason=reason,
            effective_at=at,
            at=at,
        )


def _suppress(numbers: Sequence[int], *, actor: User | None, at: datetime) -> None:
    """Whoever wants to be forgotten is not to be written to after the next import."""
    points = ContactPoint.objects.filter(pk__in=numbers)
    suppression.suppress_all(
        actor=actor,
        wanted=[Wanted(point.kind, point.normalised) for point in points],
        effective_at=at,
        at=at,
        on=SuppressionList.INTERNAL,
        reason=REASON,
    )


def _log(
    plan: Plan, *, actor: User | None, case: SubjectRequest | None, reason: str, at: datetime
) -> ErasureRun:
    persons = Person.with_aliases.filter(pk__in=plan.whose.persons)
    points = ContactPoint.objects.filter(pk__in=plan.whose.points)
    run = ErasureRun.objects.create(
        request=case,
        reason=reason,
        persons=list(persons.values_list("public_id", flat=True)),
        points=list(points.values_list("public_id", flat=True)),
        figures=figures(plan),
        at=at,
        actor=actor,
    )
    transaction.on_commit(logbook.write_missing)
    return run


def figures(plan: Plan) -> dict[str, list[int]]:
    """By kind of data: how many rows are erased, spared and locked away."""
    counted: dict[str, list[int]] = {}
    for line in plan.lines:
        sums = counted.setdefault(line.declaration.data_kind, [0, 0, 0])
        for place, number in enumerate((len(line.erased), len(line.spared), line.locked)):
            sums[place] += number
    return counted


def _answer(
    case: SubjectRequest, plan: Plan, run: ErasureRun, *, actor: User | None, at: datetime
) -> None:
    """The letter is made while the name is still known; the file of the request keeps it."""
    letter = letters.erased(case=case, plan=plan, at=at)
    who = vault.identity(plan.person, plan.whose)
    vault.lock_request(case=case, run=run, letter=letter, at=at, who=who)
    cases.close(
        actor=actor,
        case=case,
        state=RequestState.DONE,
        outcome={"figures": run.figures, "held": _held(plan)},
        at=at,
    )


def _held(plan: Plan) -> list[dict[str, Any]]:
    return [
        {"rule": held.rule, "until": held.until, "rows": len(held.rows)}
        for line in plan.lines
        for held in line.held
    ]


def _forget(plan: Plan, run: ErasureRun, *, at: datetime) -> None:
    lines = [line for line in plan.lines if line.model not in OF_THE_LEDGER]
    going, emptied = removing.with_dependents({line.model: _going(line) for line in lines})
    for line in lines:
        spared = line.spared - going.get(line.model, set())
        if spared and line.declaration.spare is not None:
            rows = line.model._base_manager.filter(pk__in=among_keys(line.model, spared))
            line.declaration.spare(rows, plan.whose, at)
    _forget_in_audit(going, lines, plan.whose, run)
    removing.remove(going, emptied)


def _going(line: Line) -> set[Any]:
    return {*line.erased, *(pk for held in line.held for pk in held.rows)}


def _forget_in_audit(
    going: removing.Rows, lines: Iterable[Line], whose: Whose, run: ErasureRun
) -> None:
    places: dict[str, set[int]] = {}
    for model, keys in going.items():
        places.setdefault(_type(model), set()).update(key for key in keys if isinstance(key, int))
    for line in lines:
        places.setdefault(_type(line.model), set()).update(
            key for key in line.spared if isinstance(key, int)
        )
    sanctioned.forget_in_audit(places=places, words=whose.values, run=str(run.public_id))


def _type(model: type[models.Model]) -> str:
    return model._meta.label_lower
