"""What writing a row will compute, computed while the rows before it are written.

Nothing is kept in the row: the functions that writing asks remember their answers for a while.
Asked in another process, they are put on record there and taught here (:mod:`.pace`).
"""

from contacts.importing.prepared import PreparedRow
from contacts.matching import signatures
from contacts.models import ContactPointKind
from contacts.searching import keys


def foresee(row: PreparedRow) -> None:
    """Have search keys and the parts of the signatures computed."""
    if row.errors:
        return
    person, company = row.person, row.company
    if person:
        keys.of_name(person.surname, person.given_name, person.particle)
    named = {
        "person": (person.given_name, person.surname) if person else ("", ""),
        "company": ("", company.name if company else ""),
    }
    for point in row.points:
        if point.kind == ContactPointKind.EMAIL:
            signatures.mailbox_of(point.normalised, *named[point.holder])
    for place in row.addresses:
        signatures.street_name(place.street)
    if company:
        signatures.firm_name(company.name)
