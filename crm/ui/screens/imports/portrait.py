"""One row as it will be: who, where, how to be reached."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from contacts import qualification
from contacts.importing import targets
from contacts.importing.prepared import PreparedPerson, PreparedRow
from contacts.models import AddressKind, ContactPointKind, Criterion, Purpose
from crm.ui.formats import day


@dataclass(slots=True)
class Portrait:
    """``facts`` are pairs of a word and a value."""

    row: PreparedRow
    name: str
    company: str = ""
    is_person: bool = True
    facts: list[tuple[str, str]] = field(default_factory=list)


def of(row: PreparedRow, *, labels: dict[str, str], criteria: Sequence[Criterion]) -> Portrait:
    """The row in words; ``labels`` are those of the targets."""
    company = f"{row.company.name} {row.company.legal_form}".strip() if row.company else ""
    asked = {criterion.code: criterion for criterion in criteria}
    person = row.person
    portrait = Portrait(
        row, name_of(person) if person else company, company if person else "", person is not None
    )
    add = portrait.facts.append
    if person:
        role = ", ".join(filter(None, (person.function, person.department)))
        for code, text in (("employment.function", role), ("person.number", person.number)):
            if text:
                add((labels[code], text))
    if row.company and row.company.number:
        add((labels["company.number"], row.company.number))
    for point in row.points:
        add((_kind(point.kind, point.purpose), point.display))
    for address in row.addresses:
        add((_("Anschrift %(kind)s") % {"kind": AddressKind(address.kind).label}, address.display))
    for value in row.values:
        label = labels.get(targets.CRITERION + value.criterion, value.criterion)
        add((label, qualification.text_of(criterion=asked[value.criterion], value=value.value)))
    if person and person.birth_date:
        add((labels["person.birth_date"], day(person.birth_date)))
    if row.owner_email:
        add((labels["owner.email"], row.owner_email))
    if row.confirmed_on:
        add((labels["confirmed_at"], day(row.confirmed_on)))
    return portrait


def name_of(person: PreparedPerson) -> str:
    """``Dr. Johannes von der Maier``."""
    parts = (person.title, person.given_name, person.particle, person.surname)
    return " ".join(filter(None, parts))


def _kind(kind: str, purpose: str) -> str:
    label = str(ContactPointKind(kind).label)
    return f"{label} {Purpose(purpose).label}" if purpose else label
