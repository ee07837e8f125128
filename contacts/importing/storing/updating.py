"""Known persons of a chunk: what a row says anew is added, what differs is overwritten.

What somebody entered by hand stays, and the row's result says so. Nothing is taken away; an
address or employer that the same source now gives differently ends.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from contacts import writing
from contacts.importing.prepared import PreparedAddress
from contacts.importing.readers.table import Problem
from contacts.importing.storing.batch import Batch, Owner
from contacts.importing.storing.context import Context
from contacts.importing.storing.employers import Employer
from contacts.importing.storing.present import Stored
from contacts.importing.storing.results import Result
from contacts.importing.storing.roles import Roles
from contacts.models import (
    Address,
    CriterionValue,
    Employment,
    ImportOutcome,
    Person,
)
from crm.kernel.audit import Act, Changes

FIELDS: Final = (
    "salutation",
    "title",
    "given_name",
    "particle",
    "surname",
    "birth_date",
    "language",
    "remark",
)


@dataclass(slots=True)
class Updates:
    """Compares rows with their persons and collects the changes."""

    context: Context
    batch: Batch
    stored: dict[int, Stored]
    acts: list[Act] = field(default_factory=list)
    _persons: dict[int, Person] = field(default_factory=dict)
    _addresses: list[Address] = field(default_factory=list)
    _values: list[CriterionValue] = field(default_factory=list)
    _roles: Roles = field(init=False)

    def __post_init__(self) -> None:
        self._roles = Roles(self.context, self.batch)

    def add(self, result: Result, employer: Employer | None) -> None:
        """Compare one row with its person."""
        stored = self.stored[result.person_id or 0]
        changes = self._fields(result, stored.person)
        changes |= self._reach(result, stored)
        if employer is not None:
            origin = self.context.origin(result.row.confirmed_on)
            changes |= self._roles.compare(result, stored, employer, origin)
        changes |= self._answers(result, stored)
        if not changes:
            return
        person = stored.person
        result.outcome = ImportOutcome.UPDATED.value
        result.journal.version("person", person.pk, before=person.version, after=person.version + 1)
        person.version += 1
        person.updated_at = self.context.at
        self._persons[person.pk] = person
        target = ("contacts.person", person.pk, person.full_name)
        self.acts.append(Act("person.updated", target, changes, {"row": result.row.number}))

    @property
    def changed_ids(self) -> list[int]:
        """Persons that were changed."""
        return sorted(self._persons)

    def send(self) -> None:
        """Write what was overwritten; what was added is in the batch."""
        fields = [*FIELDS, "confirmed_on", "field_sources", "version", "updated_at"]
        _save(Person, self._persons.values(), fields)
        _save(Address, self._addresses, ["valid_to"])
        employment_fields = ["function", "department", "is_primary", "ended_on"]
        _save(Employment, self._roles.changed.values(), employment_fields)
        _save(CriterionValue, self._values, ["superseded_at"])

    def _fields(self, result: Result, person: Person) -> Changes:
        changes: Changes = {}
        kept: list[str] = []
        before: dict[str, Any] = {"field_sources": dict(person.field_sources)}
        source, confirmed = self.context.run.source, result.row.confirmed_on
        for name in FIELDS:
            value, old = getattr(result.row.person, name), getattr(person, name)
            if not value or value == old:
                continue
            if old and self._by_hand(person, name):
                kept.append(name)
                continue
            changes[name] = [old, value]
            before[name] = old
            setattr(person, name, value)
            writing.note_source(person, name, source=source, confirmed_on=confirmed)
        if person.source_id == source.pk and confirmed and confirmed != person.confirmed_on:
            changes["confirmed_on"] = [person.confirmed_on, confirmed]
            before["confirmed_on"] = person.confirmed_on
            person.confirmed_on = confirmed
        if changes:
            result.journal.changed("person", Person, person.pk, before)
        if kept:
            result.problems.append(_kept(kept))
        return changes

    def _by_hand(self, person: Person, name: str) -> bool:
        source = person.field_sources.get(name, {}).get("source", person.source_id)
        return source in self.context.hand_sources

    def _reach(self, result: Result, stored: Stored) -> Changes:
        changes: Changes = {}
        origin, owner = self.context.origin(result.row.confirmed_on), self._owner(result)
        for point in result.row.points:
            if point.holder == "person" and (point.kind, point.normalised) not in stored.points:
                stored.points.add((point.kind, point.normalised))
                self.batch.points.append((owner, origin, point))
                changes[point.kind] = ["", point.display]
        for place in result.row.addresses:
            if place.key not in {each.contact_point.normalised for each in stored.addresses}:
                changes |= self._move(result, stored, place)
                self.batch.places.append((owner, origin, place))
        number = result.row.person.number if result.row.person else ""
        if number and not stored.numbers:
            stored.numbers.add(number)
            self.batch.add_external_id(
                system=self.context.system, value=number, owner=owner, origin=origin
            )
            changes[self.context.system] = ["", number]
        return changes

    def _move(self, result: Result, stored: Stored, place: PreparedAddress) -> Changes:
        """The source's only address of that kind is over; the new one takes its place."""
        former = [
            each
            for each in stored.addresses
            if each.kind == place.kind and each.source_id == self.context.run.source_id
        ]
        if len(former) != 1:
            return {f"{place.kind} {place.display}": ["", place.display]}
        old = former[0]
        last_day = self.context.at.date() - timedelta(days=1)
        if old.valid_from is None or old.valid_from <= last_day:
            result.journal.changed("person", Address, old.pk, {"valid_to": old.valid_to})
            old.valid_to = last_day
            self._addresses.append(old)
            stored.addresses.remove(old)
        return {place.kind: [str(old), place.display]}

    def _answers(self, result: Result, stored: Stored) -> Changes:
        changes: Changes = {}
        for answer in result.row.values:
            criterion = self.context.criteria[answer.criterion]
            current = stored.values.get(criterion)
            if answer.holder != "person" or (current and current.value == answer.value):
                continue
            if current is not None and current.source_id in self.context.hand_sources:
                result.problems.append(_kept([answer.criterion]))
                continue
            if current is not None:
                result.journal.changed(
                    "person", CriterionValue, current.pk, {"superseded_at": None}
                )
                current.superseded_at = self.context.at
                self._values.append(current)
                del stored.values[criterion]
            self.batch.add_value(
                criterion_id=criterion,
                value=answer.value,
                actor_id=self.context.run.created_by_id,
                owner=self._owner(result),
                origin=self.context.origin(result.row.confirmed_on),
            )
            changes[answer.criterion] = [current.value if current else None, answer.value]
        return changes

    def _owner(self, result: Result) -> Owner:
        return Owner("person", result.person_id or 0, result.journal)


def _save(model: Any, rows: Iterable[Any], fields: Sequence[str]) -> None:
    unique = list({row.pk: row for row in rows}.values())
    if unique:
        model.objects.bulk_update(unique, list(fields), batch_size=500)


def _kept(names: Sequence[str]) -> Problem:
    labels = [_label(name) for name in names]
    message = _("Behalten, weil von Hand erfasst: %(fields)s.") % {"fields": ", ".join(labels)}
    return Problem("kept-by-hand", message)


def _label(name: str) -> str:
    labels = {
        "salutation": _("Anrede"),
        "title": _("Titel"),
        "given_name": _("Vorname"),
        "particle": _("Namenszusatz"),
        "surname": _("Nachname"),
        "birth_date": _("Geburtsdatum"),
        "language": _("Sprache"),
        "remark": _("Bemerkung"),
    }
    return str(labels.get(name, name))
