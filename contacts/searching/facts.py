"""What the search keys and the completeness of many records depend on, read in few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from contacts.models import Address, ContactPointHolder, ContactPointKind, Employment

_CALLED = {ContactPointKind.PHONE, ContactPointKind.MOBILE}


@dataclass(slots=True)
class Facts:
    """Of one record: names of its employers, its places, and the kinds it is reached by."""

    company_names: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    has_address: bool = False
    has_function: bool = False

    @property
    def has_phone(self) -> bool:
        """Whether somebody can be called there."""
        return bool(self.kinds & _CALLED)

    @property
    def has_email(self) -> bool:
        """Whether there is an e-mail address."""
        return ContactPointKind.EMAIL in self.kinds


def of_persons(ids: Sequence[int]) -> dict[int, Facts]:
    """Facts by person; three queries and one for the employers' places."""
    facts: defaultdict[int, Facts] = defaultdict(Facts)
    employers: defaultdict[int, list[int]] = defaultdict(list)
    roles = Employment.objects.filter(person__in=ids).order_by("id")
    for person, company, name, function, ended in roles.values_list(
        "person_id", "company_id", "company__name", "function", "ended_on"
    ):
        facts[person].company_names.append(name)
        facts[person].has_function |= bool(function) and ended is None
        employers[company].append(person)
    _add_addresses(facts, "person", ids)
    _add_kinds(facts, "person", ids)
    for company, place in _places("company", employers):
        for person in employers[company]:
            facts[person].places.append(place)
    return facts


def of_companies(ids: Sequence[int]) -> dict[int, Facts]:
    """Facts by company; two queries."""
    facts: defaultdict[int, Facts] = defaultdict(Facts)
    _add_addresses(facts, "company", ids)
    _add_kinds(facts, "company", ids)
    return facts


def _add_addresses(facts: dict[int, Facts], holder: str, ids: Sequence[int]) -> None:
    for record, place in _places(holder, ids):
        facts[record].places.append(place)
        facts[record].has_address = True


def _places(holder: str, ids: Iterable[int]) -> list[tuple[int, str]]:
    """(record, "24103 Kiel") of all addresses that are still valid."""
    rows = (
        Address.objects.filter(**{f"{holder}__in": list(ids)}, valid_to=None)
        .order_by("id")
        .values_list(f"{holder}_id", "postal_code", "city")
    )
    return [(record, f"{code} {city}") for record, code, city in rows]


def _add_kinds(facts: dict[int, Facts], holder: str, ids: Sequence[int]) -> None:
    held = ContactPointHolder.objects.filter(**{f"{holder}__in": ids}, status="ACTIVE")
    for record, kind in held.values_list(f"{holder}_id", "contact_point__kind"):
        facts[record].kinds.add(kind)
