"""Acts on chosen rows: first what they mean, then the act, then the list again."""

import csv
import io
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from contacts import criteria
from contacts.listing import selecting
from contacts.models import CriterionValue, Person
from crm.accounts.models import Team, User
from crm.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
URL = "/ansprechpartner/"


@pytest.fixture
def lead(client: Client, team_lead: User) -> Client:
    client.force_login(team_lead)
    return client


@pytest.fixture
def people(make_person: Callable[..., Person], team: Team) -> list[Person]:
    return [make_person("", name, team=team) for name in ("Abel", "Böhm", "Conrad")]


def picks(*people: Person) -> dict[str, list[str]]:
    return {"pick": [str(person.public_id) for person in people]}


def test_assigning_asks_for_whom_then_assigns(
    lead: Client, people: list[Person], sales: User
) -> None:
    page = lead.post(f"{URL}zuweisen/", {**picks(*people[:2]), "query": "q=abel"}).content.decode()
    assert "2 Ansprechpartner zuweisen" in page
    assert page.count('name="pick"') == 2
    answer = lead.post(
        f"{URL}zuweisen/",
        {**picks(*people[:2]), "query": "q=abel", "do": "1", "owner": str(sales.public_id)},
    )
    assert answer.headers["Location"] == f"{URL}?q=abel"
    owners = dict(Person.objects.values_list("surname", "owner"))
    assert owners == {"Abel": sales.pk, "Böhm": sales.pk, "Conrad": None}


def test_assigning_to_nobody_in_particular_is_refused(lead: Client, people: list[Person]) -> None:
    answer = lead.post(f"{URL}zuweisen/", {**picks(people[0]), "do": "1", "owner": "", "team": ""})
    assert answer.status_code == 422
    assert not AuditEntry.objects.filter(action="person.assigned").exists()


def test_everything_that_the_list_means(lead: Client, people: list[Person]) -> None:
    lead.post(
        f"{URL}bestaetigen/",
        {**picks(people[0]), "everything": "1", "query": "q=conrad", "do": "1"},
    )
    confirmed = Person.objects.exclude(confirmed_on=None)
    assert [person.surname for person in confirmed] == ["Conrad"]


def test_nothing_chosen_and_too_many_are_refused(
    lead: Client, people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = lead.post(f"{URL}bestaetigen/", {"do": "1"})
    assert answer.status_code == 422
    assert "Bitte wählen Sie zuerst Einträge aus." in answer.content.decode()
    monkeypatch.setattr(selecting, "MOST_AT_ONCE", 2)
    answer = lead.post(f"{URL}bestaetigen/", {"everything": "1", "do": "1"})
    assert answer.status_code == 422
    assert "höchstens 2 Einträge" in answer.content.decode()
    assert not Person.objects.exclude(confirmed_on=None).exists()


def test_a_criterion_is_chosen_then_answered(
    lead: Client, people: list[Person], admin: User, at: datetime
) -> None:
    criteria.create(
        actor=admin, label="Potenzial", subject="PERSON", type="CHOICE", choices=["A", "B"], at=at
    )
    page = lead.post(f"{URL}einordnen/", picks(*people)).content.decode()
    assert "Potenzial" in page
    assert 'name="value"' not in page
    page = lead.post(
        f"{URL}einordnen/", {**picks(*people), "criterion": "potenzial"}
    ).content.decode()
    assert 'name="value"' in page
    answer = lead.post(
        f"{URL}einordnen/", {**picks(*people), "criterion": "potenzial", "value": "a", "do": "1"}
    )
    assert answer.headers["Location"] == URL
    assert [value.value for value in CriterionValue.objects.all()] == ["a", "a", "a"]


def test_a_wrong_answer_is_refused(
    lead: Client, people: list[Person], admin: User, at: datetime
) -> None:
    criteria.create(actor=admin, label="Seit", subject="PERSON", type="DATE", at=at)
    answer = lead.post(
        f"{URL}einordnen/", {**picks(*people), "criterion": "seit", "value": "bald", "do": "1"}
    )
    assert answer.status_code == 422
    assert "„bald“ ist kein Datum" in answer.content.decode()
    assert not CriterionValue.objects.exists()


def test_an_export_asks_for_the_format_then_gives_the_file(
    lead: Client, people: list[Person]
) -> None:
    given = {"query": "columns=name", "everything": "1"}
    page = lead.post(f"{URL}ausleiten/", given).content.decode()
    assert "3 Ansprechpartner ausleiten" in page
    answer = lead.post(
        f"{URL}ausleiten/", {**given, "do": "1", "format": "csv", "columns": "shown"}
    )
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="ansprechpartner')
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert list(csv.reader(io.StringIO(text), delimiter=";")) == [
        ["Name"],
        ["Abel"],
        ["Böhm"],
        ["Conrad"],
    ]
    assert AuditEntry.objects.get(action="persons.exported").context["rows"] == 3


def test_records_of_others_are_left_alone(
    lead: Client, make_person: Callable[..., Person], other_team: Team
) -> None:
    foreign = make_person("", "Fremd", team=other_team)
    answer = lead.post(f"{URL}bestaetigen/", {**picks(foreign), "do": "1"})
    assert answer.status_code == 422
    assert Person.objects.get().confirmed_on is None
