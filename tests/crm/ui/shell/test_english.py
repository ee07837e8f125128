"""The English switch: no screen speaks German to somebody who reads English."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import formats, translation

from contacts import addresses, companies, contact_points, criteria, employments
from contacts.importing import imports
from contacts.models import Company, ImportRun, Person, Source
from crm.accounts.models import RoleCode, User
from crm.ui.formats import day, euros, number, percent

GERMAN = re.compile(
    r"\b(Ansprechpartner|Firm(a|en)|Herkunft|Herkünfte|Änderung\w*|Anschrift\w*|Kontaktwege?|"
    r"Speichern|Sichern|Suche|Suchen|Abbrechen|Anlegen|Bearbeiten|Strg|Zeilen?|Spalten?|Verwaltung|"
    r"[Bb]estätigt?|[Kk]eine?|[Nn]icht|[Nn]och|[Uu]nd|[Oo]der|[Bb]itte|Sie|wird|wurde|ist)\b"
)
SPOKEN = {"alt", "aria-label", "placeholder", "title", "data-announce", "data-confirm"}


class Words(HTMLParser):
    """What a page says, in text and in attributes that are shown or read out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in SPOKEN and value]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def german_in(page: str) -> list[str]:
    """The texts with a German word in them."""
    return [" ".join(text.split()) for text in Words(page).said if GERMAN.search(text)]


@pytest.fixture
def reader(make_user: Callable[..., User], team) -> User:
    reader = make_user(*RoleCode, teams=[team])
    reader.language = "en"
    reader.save()
    return reader


@pytest.fixture
def english(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


@pytest.fixture
def firm(reader: User, source: Source, at: datetime) -> Company:
    values = {"name": "Havelberg GmbH", "industry_codes": ["28.29"]}
    return companies.create(actor=reader, values=values, source=source, owner=reader, at=at)


@pytest.fixture
def person(reader: User, make_person, firm: Company, source: Source, at: datetime) -> Person:
    person = make_person("Johannes", "Maier", title="Dr.", salutation="HERR", owner=reader)
    known = {"actor": reader, "source": source, "at": at}
    contact_points.add(record=person, kind="EMAIL", value="maier@havelberg.example", **known)
    addresses.add(
        record=person,
        values={"postal_code": "10997", "city": "Berlin"},
        confirmed_on=at,
        **known,
    )
    employments.add(person=person, company=firm, values={"function": "CTO"}, **known)
    criteria.create(actor=reader, label="Budget", subject="PERSON", type="DATE", at=at)
    return person


@pytest.fixture
def run(reader: User, source: Source, settings: LazySettings, tmp_path: Path) -> ImportRun:
    settings.MEDIA_ROOT = tmp_path
    at = datetime(2026, 3, 17, 9, 12, tzinfo=UTC)
    text = "Name;E-Mail\r\nElif Brandt;brandt@filter.example\r\nJo Thal;@\r\n"
    return imports.upload(
        actor=reader, file=BytesIO(text.encode()), file_name="list.csv", source=source, at=at
    )


@pytest.mark.parametrize(
    "name",
    [
        *("today", "quality", "search", "person-list", "company-list", "person-new", "company-new"),
        *("import-list", "import-new", "source-list", "source-new", "criterion-list"),
        *("criterion-new", "user-list", "user-new", "role-list", "team-list", "account", "keys"),
        *("activity-list", "activity-new", "activity-pot", "activity-team", "activity-substitute"),
        *("calendar", "calendar-feed", "styleguide"),
    ],
)
def test_a_screen_is_english(english: Client, person: Person, name: str) -> None:
    answer = english.get(reverse(name))
    assert answer.status_code == 200
    assert german_in(answer.content.decode()) == []


def test_a_person_is_english(english: Client, person: Person) -> None:
    page = english.get(reverse("person-detail", args=[person.public_id])).content.decode()
    assert german_in(page) == []
    assert "Owner" in page


def test_a_company_is_english(english: Client, person: Person, firm: Company) -> None:
    page = english.get(reverse("company-detail", args=[firm.public_id])).content.decode()
    assert german_in(page) == []


@pytest.mark.parametrize("name", ["import-detail", "import-file", "import-mapping"])
def test_an_import_is_english(english: Client, run: ImportRun, name: str) -> None:
    answer = english.get(reverse(name, args=[run.public_id]), follow=True)
    assert german_in(answer.content.decode()) == []


@pytest.mark.parametrize("name", ["login", "password-forgotten", "password-sent"])
@pytest.mark.django_db
def test_the_door_is_english_for_an_english_browser(client: Client, name: str) -> None:
    answer = client.get(reverse(name), headers={"accept-language": "en"})
    assert german_in(answer.content.decode()) == []


def test_numbers_and_days_are_british() -> None:
    with translation.override("en"):
        assert day(date(2026, 3, 2)) == "2 Mar 2026"
        assert formats.date_format(date(2026, 3, 2), "SHORT_DATE_FORMAT") == "2 Mar 2026"
        assert (number(12345.5), percent(0.61), euros(12345)) == ("12,345.5", "61%", "€12,345.00")


def test_german_days_stay_german() -> None:
    assert formats.date_format(date(2026, 3, 2), "SHORT_DATE_FORMAT") == "02.03.2026"
