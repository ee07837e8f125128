"""Fourteen persons at seven companies, for the tests of lists."""

from datetime import date, datetime
from typing import Any

import pytest

from contacts import addresses, companies, contact_points, employments, persons, sources
from contacts.models import Person, Source
from crm.accounts.models import Team, User

__all__ = ["PHONE", "lead", "stock"]
PHONE = {"width": 390, "height": 844}
FIRMS = [
    "Brandt & Söhne KG",
    "Uckermark Pumpen AG",
    "Prignitz Fördertechnik",
    "Spreewerk Druckluft GmbH",
    "Oderland Apparatebau",
    "Lindenau Hydraulik e. K.",
    "Havelberg Anlagenbau GmbH & Co. KG",
]
PEOPLE = [
    ("Konstantin", "Abel", "", "Leiter Instandhaltung"),
    ("Jens", "Äpfelbach", "", "Einkauf"),
    ("Birgit", "Appel", "", "Geschäftsführerin"),
    ("Sören", "Bohm", "", "Konstruktion"),
    ("Falko", "Böhmer", "Dr.", "Technischer Leiter"),
    ("Annegret", "Dörr", "", ""),
    ("Ulrike", "Groß", "", "Qualitätssicherung"),
    ("Lutz", "Grosse", "", "Arbeitsvorbereitung"),
    ("Friederike", "Haas", "", "Einkauf"),
    ("Sabine", "Kowalczyk", "", "Buchhaltung"),
    ("Johannes", "Maier", "Dr.", "Leiter Technik"),
    ("Änne", "Meier-Voß", "", "Einkauf"),
    ("Elif", "Öztürk", "", "Versuchsfeld"),
    ("Tobias", "Reuß", "", ""),
]


@pytest.fixture
def lead(team_lead: User) -> User:
    return team_lead


@pytest.fixture
def stock(admin: User, team: Team, sales: User, source: Source, at: datetime) -> list[Person]:
    """Fourteen persons at seven companies, some long unconfirmed, some hard to reach."""
    bought = sources.create(
        actor=None,
        kind="SUPPLIER",
        name="Adresskontor Falk 2025",
        supplier="Adresskontor Falk",
        licence="Post, mehrfache Nutzung",
        use_until=date(2026, 4, 1),
        at=at,
    )
    firms = [
        companies.create(actor=admin, values={"name": name}, source=source, team=team, at=at)
        for name in FIRMS
    ]
    return [
        _person(
            number, person, firms[number % len(firms)], admin, team, sales, (source, bought), at
        )
        for number, person in enumerate(PEOPLE)
    ]


def _person(
    number: int,
    named: tuple[str, str, str, str],
    firm: Any,
    admin: User,
    team: Team,
    sales: User,
    origins: tuple[Source, Source],
    at: datetime,
) -> Person:
    given_name, surname, title, function = named
    origin = origins[number % 4 == 3]
    person = persons.create(
        actor=admin,
        values={"given_name": given_name, "surname": surname, "title": title, "salutation": "FRAU"},
        source=origin,
        owner=sales if number % 3 else None,
        team=team,
        at=at,
    )
    common: dict[str, Any] = {"actor": admin, "source": origin, "at": at}
    employments.add(person=person, company=firm, values={"function": function}, **common)
    if number % 5:
        mailbox = f"kontakt{number}@{firm.name.split()[0].lower()}.example"
        contact_points.add(record=person, kind="EMAIL", value=mailbox, **common)
    if number % 3:
        contact_points.add(record=person, kind="PHONE", value=f"030 23125 {100 + number}", **common)
    if number % 4:
        place = {"kind": "BUSINESS", "postal_code": "39539", "city": "Havelberg"}
        if number % 2:
            place |= {"postal_code": "10997", "city": "Berlin"}
        addresses.add(record=person, values=place, **common)
    confirmed = [date(2026, 2, 3), date(2023, 5, 4), None, date(2025, 11, 30)][number % 4]
    Person.objects.filter(pk=person.pk).update(
        confirmed_on=confirmed, duplicate_check_due=number in (8, 10)
    )
    return Person.objects.get(pk=person.pk)
