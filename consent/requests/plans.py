"""The plan of an erasure: what becomes of which data, before anything happens."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from consent import consents
from consent.models import ROOTS, EventPayload, Evidence, LedgerEvent, RetentionHold, Subject
from consent.requests import persons, proofs
from consent.requests.proofs import Proof
from consent.retention import deciding, rules
from consent.retention.deciding import Fate, Kept
from consent.retention.periods import Period
from consent.retention.schedule import RULES
from contacts.models import Person
from crm.kernel import personal_data
from crm.kernel.among import among_keys
from crm.kernel.personal_data import Declaration, Erasure, Hold, Whose

AUDIT = "kernel.auditentry"
OF_THE_LEDGER: tuple[type[models.Model], ...] = (EventPayload, Evidence)
"""Models whose rows go with their events, by :mod:`consent.erasing`."""


@dataclass(frozen=True, slots=True)
class Held:
    """Rows that are locked away ``until`` a day, by which rule."""

    rule: str
    until: date
    rows: frozenset[Any]

    @property
    def basis(self) -> str:
        """The law behind it."""
        return str(RULES[self.rule].basis)


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of the rows of one model: ``erased`` and ``spared`` are primary keys."""

    declaration: Declaration
    erased: frozenset[Any]
    spared: frozenset[Any]
    held: tuple[Held, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        """Whose rows."""
        return self.declaration.model

    @property
    def app(self) -> str:
        """The app that does it."""
        return str(apps.get_app_config(self.model._meta.app_label).verbose_name)

    @property
    def locked(self) -> int:
        """How many rows are locked away."""
        return sum(len(each.rows) for each in self.held)


@dataclass(frozen=True, slots=True)
class Plan:
    """``blockers`` are sentences: while there is one, nothing is erased. ``ending`` are consents
    that are still in force; ``suppressed`` how many contact points are put on the list."""

    person: Person
    whose: Whose
    lines: tuple[Line, ...]
    proofs: tuple[Proof, ...]
    blockers: tuple[str, ...]
    ending: tuple[LedgerEvent, ...]

    @property
    def suppressed(self) -> int:
        """Contact points that are nobody else's go onto the suppression list."""
        return len(self.whose.points)

    @property
    def is_partial(self) -> bool:
        """Whether something is held."""
        return any(line.held for line in self.lines)


def of(person: Person, *, today: date, whose: Whose | None = None) -> Plan:
    """What an erasure of the person would do today; of all of ``whose`` if that is given."""
    whose = whose or persons.whose(person)
    kept = proofs.to_keep(whose, today=today)
    lines = [
        line
        for declaration in personal_data.declarations()
        if (line := _line(declaration, whose, kept, today)) is not None
    ]
    return Plan(
        person=person,
        whose=whose,
        lines=tuple(lines),
        proofs=tuple(kept),
        blockers=tuple(_blockers(whose)),
        ending=tuple(consents.alive(_consents(whose))),
    )


def _consents(whose: Whose) -> list[LedgerEvent]:
    refs = Subject.objects.filter(person__in=whose.persons).values_list("ref", flat=True)
    return list(LedgerEvent.objects.filter(person__in=list(refs), kind__in=ROOTS))


def _line(
    declaration: Declaration, whose: Whose, kept: Iterable[Proof], today: date
) -> Line | None:
    if declaration.erasure == Erasure.KEEP or declaration.model._meta.label_lower == AUDIT:
        return None
    rows = personal_data.rows_of(declaration, whose)
    everything = set(rows.values_list("pk", flat=True))
    if not everything:
        return None
    if declaration.model in OF_THE_LEDGER:
        held = tuple(_held_proofs(declaration.model, kept, everything))
    else:
        held = tuple(_held(declaration, everything, today))
    locked = {pk for each in held for pk in each.rows}
    spared: set[Any] = set()
    if declaration.erasure == Erasure.ANONYMISE and declaration.model not in OF_THE_LEDGER:
        spared = everything
    elif declaration.shared is not None:
        alone = declaration.model._base_manager.filter(
            pk__in=among_keys(declaration.model, everything)
        )
        spared = set(alone.filter(declaration.shared(whose)).values_list("pk", flat=True))
    return Line(declaration, frozenset(everything - locked - spared), frozenset(spared), held)


def _held(declaration: Declaration, rows: set[Any], today: date) -> Iterable[Held]:
    periods = rules.periods() if declaration.holds else {}
    for hold in declaration.holds:
        found: dict[date, set[Any]] = {}
        days = declaration.model._base_manager.filter(
            hold.when, pk__in=among_keys(declaration.model, rows)
        )
        for pk, start in days.values_list("pk", hold.start):
            answer = deciding.decide(
                Kept(hold.rule, began_on=start, is_to_be_erased=True),
                today=today,
                periods=periods,
            )
            if answer.fate == Fate.HOLD_RESTRICTED and answer.until is not None:
                found.setdefault(answer.until, set()).add(pk)
        for until, keys in sorted(found.items()):
            yield Held(hold.rule, until, frozenset(keys))


def _held_proofs(
    model: type[models.Model], kept: Iterable[Proof], rows: set[Any]
) -> Iterable[Held]:
    """A piece of evidence is kept as long as the last consent that it proves."""
    until: dict[Any, tuple[date, str]] = {}
    for proof in kept:
        for pk in _rows_of_proof(model, proof) & rows:
            until[pk] = max(until.get(pk, (date.min, "")), (proof.until, proof.rule))
    found: dict[tuple[date, str], set[Any]] = {}
    for pk, end in until.items():
        found.setdefault(end, set()).add(pk)
    for (day, rule), keys in sorted(found.items()):
        yield Held(rule, day, frozenset(keys))


def _rows_of_proof(model: type[models.Model], proof: Proof) -> set[Any]:
    if model is EventPayload:
        return {event.public_id for event in proof.events}
    digests = {digest for event in proof.events for digest in event.evidence}
    rows = Evidence.objects.filter(sha256__in=digests)
    return set(rows.values_list("pk", flat=True))


def _blockers(whose: Whose) -> Iterable[str]:
    for ordered in RetentionHold.objects.filter(person__in=whose.persons):
        yield _("Aufbewahrung angeordnet: %(reason)s.") % {"reason": ordered.reason.rstrip(".")}
    for declaration in personal_data.declarations():
        for hold in declaration.holds:
            if hold.is_open is not None:
                yield from _open(declaration, hold, hold.is_open, whose)


def _open(declaration: Declaration, hold: Hold, still: Q, whose: Whose) -> Iterable[str]:
    for row in personal_data.rows_of(declaration, whose).filter(still):
        yield str(hold.why or _("%(row)s ist noch offen.")) % {"row": row}


def persons_with_holds(whose: Whose, *, today: date) -> set[int]:
    """Those of whom something is held or still open, among many."""
    found = set(
        RetentionHold.objects.filter(person__in=whose.persons).values_list("person", flat=True)
    )
    periods = rules.periods()
    for declaration in personal_data.declarations():
        for hold in declaration.holds:
            rows = personal_data.rows_of(declaration, whose)
            for path in declaration.subject:
                if path.endswith("person"):
                    owners = rows.values_list(path, hold.start)
                    found |= {
                        owner for owner, start in owners if _is_held(hold, start, today, periods)
                    }
                    if hold.is_open is not None:
                        still = rows.filter(hold.is_open)
                        found |= set(still.values_list(path, flat=True))
    roots = (proof.root.person for proof in proofs.to_keep(whose, today=today))
    subjects = Subject.objects.filter(ref__in=[ref for ref in roots if ref is not None])
    return (found | set(subjects.values_list("person", flat=True))) - {None}


def _is_held(hold: Hold, start: date, today: date, periods: Mapping[str, Period | None]) -> bool:
    kept = Kept(hold.rule, began_on=start, is_to_be_erased=True)
    found = deciding.decide(kept, today=today, periods=periods)
    return found.fate == Fate.HOLD_RESTRICTED
