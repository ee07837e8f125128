"""A small stock to search in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest

from contacts import addresses, companies, contact_points, employments, external_ids
from contacts.models import Company, Person, Source
from crm.accounts.models import Team, User


@dataclass
class Stock:
    """Records by a short name."""

    persons: dict[str, Person]
    companies: dict[str, Company]


@pytest.fixture
def stock(
    make_person: Callable[..., Person],
    admin: User,
    source: Source,
    team: Team,
    other_team: Team,
    at: datetime,
) -> Stock:
    """Maiers of all spellings in two teams, three companies, numbers and addresses."""
    persons = {
        "johannes": make_person("Johannes", "Maier", title="Dr.", team=team),
        "hans": make_person("Hans", "Mayer", team=team),
        "aenne": make_person("Änne", "Meier-Voß", team=team),
        "meyer": make_person("Anna", "Meyer", team=other_team),
        "mueller": make_person("Uwe", "Mueller", team=team),
        "mueller_umlaut": make_person("Ute", "Müller", team=other_team),
        "heide": make_person("Hans Peter", "Heide", particle="von der", team=team),
        "stephan": make_person("Stephan", "Krüger", team=team),
    }
    firms = {
        "havelberg": _company(admin, source, team, at, "Havelberg Anlagenbau", "GmbH", "K-10023"),
        "mayr": _company(admin, source, team, at, "Mayr Hebetechnik", "e. K.", "K-10024"),
        "markisch": _company(admin, source, other_team, at, "Märkische Filterwerke", "GmbH", ""),
    }
    employments.add(
        actor=admin,
        person=persons["johannes"],
        company=firms["havelberg"],
        values={"function": "Leiter Technik", "is_primary": True},
        source=source,
        at=at,
    )
    for record, kind, value in (
        (persons["johannes"], "PHONE", "030 23125101"),
        (persons["johannes"], "EMAIL", "j.maier@havelberg.example"),
        (persons["hans"], "MOBILE", "0171 3920001"),
        (firms["havelberg"], "PHONE", "030 231250"),
        (persons["meyer"], "EMAIL", "anna@havelberg.example"),
    ):
        contact_points.add(actor=admin, record=record, kind=kind, value=value, source=source, at=at)
    addresses.add(
        actor=admin,
        record=firms["mayr"],
        values={"street": "Am Speicher", "house_number": "14", "postal_code": "03046",
                "city": "Cottbus", "country": "DE"},
        source=source,
        at=at,
    )  # fmt: skip
    external_ids.add(
        actor=admin, record=persons["hans"], system="Outlook", value="OL-771", source=source, at=at
    )
    return Stock(persons, firms)


def _company(
    actor: User, source: Source, team: Team, at: datetime, name: str, form: str, number: str
) -> Company:
    return companies.create(
        actor=actor,
        values={"name": name, "legal_form": form, "erp_number": number},
        source=source,
        team=team,
        at=at,
    )
