"""What matching keeps of new persons and companies, from what the chunk wrote.

The same as :mod:`contacts.matching.store.facts` would read back, without reading it back.
"""

from collections.abc import Mapping

from contacts.importing.storing import bulk
from contacts.importing.storing.batch import Batch
from contacts.importing.storing.firms import Firms
from contacts.importing.storing.people import People
from contacts.matching.signatures import Facts, Place
from contacts.matching.store import facts, upkeep
from contacts.models import MatchingKind

Known = dict[int, Facts]


class Signatures:
    """The signatures of the records that are new with the chunk, once their addresses are stored.

    Everything to be read for them is read at once; ``send`` computes and writes them.
    """

    def __init__(self, people: People, firms: Firms, batch: Batch) -> None:
        companies, persons = firms.facts(), people.facts()
        _add_points({"person": persons, "company": companies}, batch)
        _add_places({"person": persons, "company": companies}, batch)
        _add_employers(people, persons)
        self._known = {MatchingKind.COMPANY: companies, MatchingKind.PERSON: persons}
        self._names = upkeep.names_of(companies, persons)

    def send(self) -> None:
        """Compute, then wait for what is being stored, then write."""
        found = {
            kind: upkeep.computed(kind, known, self._names)
            for kind, known in self._known.items()
            if known
        }
        bulk.all_stored()
        for kind, signatures in found.items():
            upkeep.add(kind, signatures)


def _add_points(known: Mapping[str, Known], batch: Batch) -> None:
    for owner, _origin, point in batch.held_points():
        new = known[owner.kind].get(owner.id)
        if new is not None:
            facts.add_point(new, point.kind, point.normalised)


def _add_places(known: Mapping[str, Known], batch: Batch) -> None:
    for owner, _origin, place in batch.places:
        new = known[owner.kind].get(owner.id)
        if new is not None:
            new.places.append(
                Place(place.street, place.house_number, place.postal_code, place.city)
            )


def _add_employers(people: People, persons: Known) -> None:
    works_at: dict[int, list[int]] = {}
    for result in people.results:
        employer = people.employers.get(result.row.number)
        if employer is not None and result.person_id:
            new = persons[result.person_id]
            new.employers.append(facts.employer(employer.id, employer.name))
            if not new.places:
                works_at.setdefault(employer.id, []).append(result.person_id)
    facts.add_business_places(persons, works_at)
