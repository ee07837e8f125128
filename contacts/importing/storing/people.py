"""New persons of a chunk."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from contacts.importing.prepared import PreparedPerson, PreparedRow
from contacts.importing.storing import bulk, records, suspects
from contacts.importing.storing.batch import Batch, Owner
from contacts.importing.storing.context import Context
from contacts.importing.storing.employers import Employer
from contacts.importing.storing.results import Result
from contacts.importing.storing.suspects import Newcomer
from contacts.matching.signatures import Facts
from contacts.models import ImportOutcome, Person
from contacts.searching.keys import PersonKeys
from crm.kernel.audit import Act


@dataclass(slots=True)
class People:
    """Makes a person of each row; ``send`` writes them once their contact points have ids."""

    context: Context
    batch: Batch
    results: list[Result] = field(default_factory=list)
    employers: dict[int, Employer] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)

    def add(self, results: Sequence[Result], employers: dict[int, Employer]) -> None:
        """Give each row's person its id and collect what hangs on it."""
        ids = bulk.next_ids(Person, len(results))
        for result in results:
            result.person_id = next(ids)
            result.outcome = ImportOutcome.CREATED.value
            result.journal.made("person", Person, result.person_id)
            result.journal.version("person", result.person_id, before=0, after=1)
            self._collect(result, employers.get(result.row.number))
        self.results.extend(results)
        self.employers.update(employers)

    def facts(self) -> dict[int, Facts]:
        """What matching needs to know of the persons alone."""
        return {result.person_id: _facts(result) for result in self.results if result.person_id}

    def _collect(self, result: Result, employer: Employer | None) -> None:
        row, person = result.row, result.row.person
        if person is None or result.person_id is None:
            raise ValueError("A row without a person makes none.")
        origin = self.context.origin(row.confirmed_on)
        owner = Owner("person", result.person_id)
        if employer is not None:
            self.batch.add_employment(
                person=owner,
                company_id=employer.id,
                function=person.function,
                department=person.department,
                is_primary=True,
                origin=origin,
            )
        if person.number:
            self.batch.add_external_id(
                system=self.context.system, value=person.number, owner=owner, origin=origin
            )
        for point in row.points:
            if point.holder == "person":
                self.batch.points.append((owner, origin, point))
        for address in row.addresses:
            self.batch.places.append((owner, origin, address))
        for value in row.values:
            if value.holder == "person":
                self.batch.add_value(
                    criterion_id=self.context.criteria[value.criterion],
                    value=value.value,
                    actor_id=self.context.run.created_by_id,
                    owner=owner,
                    origin=origin,
                )

    def send(self, point_ids: dict[bulk.PointKey, int], new_points: set[int]) -> None:
        """Look for suspects, then write the persons."""
        keys = {result.row.number: self._keys(result.row) for result in self.results}
        newcomers = [
            _newcomer(result, keys[result.row.number], point_ids) for result in self.results
        ]
        found = suspects.find(newcomers, new_points=new_points)
        for result in self.results:
            result.suspects = found.get(result.person_id or 0, [])
            self.acts.append(_act(result))
        if self.results:
            rows = (self._row(result, keys[result.row.number]) for result in self.results)
            bulk.insert(Person, records.PERSON_COLUMNS, rows)

    def _row(self, result: Result, keys: PersonKeys) -> tuple[Any, ...]:
        return records.person_row(
            result.person_id or 0,
            result.row,
            self.context.belonging(result.row.owner_email),
            self.context.origin(result.row.confirmed_on),
            keys,
            has_employer=result.row.number in self.employers,
            is_suspect=bool(result.suspects),
        )

    def _keys(self, row: PreparedRow) -> PersonKeys:
        belonging = self.context.belonging(row.owner_email)
        return records.keys_of(row, belonging, self.employers.get(row.number))


def _facts(result: Result) -> Facts:
    person = result.row.person or PreparedPerson()
    return Facts(
        id=result.person_id or 0,
        given_name=person.given_name,
        surname=person.surname,
        birth_date=person.birth_date,
    )


def _newcomer(result: Result, keys: PersonKeys, point_ids: dict[bulk.PointKey, int]) -> Newcomer:
    row = result.row
    return Newcomer(
        id=result.person_id or 0,
        sort_key=keys.sort_key,
        birth_date=row.person.birth_date if row.person else None,
        postal_codes={each.postal_code for each in row.addresses if each.postal_code},
        point_ids={
            point_ids[point.kind, point.normalised]
            for point in row.points
            if point.holder == "person" and point.kind in suspects.KINDS
        },
    )


def _act(result: Result) -> Act:
    """That a person was created; the row says what it was made of."""
    person = result.row.person or PreparedPerson()
    parts = (person.title, person.given_name, person.particle, person.surname)
    name = " ".join(part for part in parts if part)
    target = ("contacts.person", result.person_id or 0, name)
    return Act("person.created", target, {"name": ["", name]}, {"row": result.row.number})
