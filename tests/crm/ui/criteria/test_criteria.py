"""Criteria are administered by who may manage them; unused ones are proposed for retirement."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from contacts import criteria, qualification
from contacts.models import Criterion, Person, Source
from crm.accounts.models import User
from crm.kernel import clock


@pytest.fixture
def manager(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


@pytest.fixture
def potential(admin: User, at: datetime) -> Criterion:
    return criteria.create(
        actor=admin,
        label="Potenzial",
        subject="PERSON",
        type="CHOICE",
        choices=["A", "B", "C"],
        help_text="Erwarteter Umsatz im Jahr",
        owner=admin,
        at=at,
    )


def text(client: Client, address: str = "criterion-list") -> str:
    return client.get(reverse(address)).content.decode().replace("\u00a0", " ")


def test_the_list_shows_how_often_each_criterion_is_answered(
    manager: Client,
    potential: Criterion,
    make_person: Callable[..., Person],
    admin: User,
    source: Source,
    at: datetime,
) -> None:
    person = make_person("Johannes", "Maier")
    for name in ("Abel", "Bohm", "Groß"):
        make_person("Eva", name)
    qualification.set_value(
        actor=admin, record=person, criterion=potential, value="A", source=source, at=at
    )

    page = text(manager)

    assert "25 %" in page
    assert "1 von 4" in page
    assert "A · B · C" in page
    assert "Potenzial: 25 Prozent beantwortet" in page


def test_an_old_and_hardly_answered_criterion_is_proposed_for_retirement(
    manager: Client,
    potential: Criterion,
    make_person: Callable[..., Person],
    monkeypatch: pytest.MonkeyPatch,
    at: datetime,
) -> None:
    make_person("Johannes", "Maier")
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=90))
    assert "Weniger ist mehr" not in text(manager)

    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=91))

    page = text(manager)
    assert "Weniger ist mehr" in page
    assert "seit 17.03.2026 nie beantwortet" in page


def test_a_retired_criterion_stands_apart_and_comes_back(
    manager: Client, potential: Criterion
) -> None:
    activity = reverse("criterion-activity", args=[potential.code])

    page = manager.post(activity, {"active": "no"}, follow=True).content.decode()

    potential.refresh_from_db()
    assert not potential.is_active
    assert "Stillgelegt" in page
    manager.post(f"{activity}?active=yes")
    potential.refresh_from_db()
    assert potential.is_active


def test_a_criterion_is_created_with_one_answer_per_line(manager: Client) -> None:
    answer = manager.post(
        reverse("criterion-new"),
        {
            "label": "Bonität",
            "subject": "COMPANY",
            "type": "CHOICE",
            "choices": "gut\r\n\r\nmittel\r\nschlecht",
            "sensitivity": "CONFIDENTIAL",
        },
    )

    assert answer.status_code == 303
    criterion = Criterion.objects.get(label="Bonität")
    assert [choice.label for choice in criterion.choices.all()] == ["gut", "mittel", "schlecht"]
    assert criterion.sensitivity == "CONFIDENTIAL"


def test_a_choice_without_answers_is_refused_beside_the_field(manager: Client) -> None:
    answer = manager.post(
        reverse("criterion-new"),
        {"label": "Bonität", "subject": "COMPANY", "type": "CHOICE", "sensitivity": "NORMAL"},
    )

    assert answer.status_code == 422
    assert "Bitte nennen Sie wenigstens eine Antwort." in answer.content.decode()
    assert not Criterion.objects.exists()


def test_answers_left_over_from_another_type_are_of_no_account(manager: Client) -> None:
    manager.post(
        reverse("criterion-new"),
        {
            "label": "Mitarbeiter",
            "subject": "COMPANY",
            "type": "NUMBER",
            "choices": "1-9",
            "sensitivity": "NORMAL",
        },
    )

    assert Criterion.objects.get().choices.count() == 0


def test_label_choices_and_place_change_but_subject_and_type_stay(
    manager: Client, potential: Criterion
) -> None:
    answer = manager.post(
        reverse("criterion-edit", args=[potential.code]),
        {
            "label": "Potenzial 2026",
            "subject": "COMPANY",
            "type": "TEXT",
            "choices": "B\nA",
            "sensitivity": "NORMAL",
            "position": "7",
        },
    )

    assert answer.status_code == 303
    potential.refresh_from_db()
    assert (potential.label, potential.subject, potential.type) == (
        "Potenzial 2026",
        "PERSON",
        "CHOICE",
    )
    assert (potential.position, potential.owner) == (7, None)
    active = potential.choices.filter(is_active=True)
    assert [choice.label for choice in active] == ["B", "A"]


def test_the_form_says_that_profile_data_need_consent(manager: Client) -> None:
    page = text(manager, "criterion-new")

    assert "Antworten werden zurückgewiesen, bis die Person" in page


def test_a_team_lead_may_not_manage_criteria(
    client: Client, team_lead: User, potential: Criterion
) -> None:
    client.force_login(team_lead)

    assert client.get(reverse("criterion-list")).status_code == 403
    activity = reverse("criterion-activity", args=[potential.code])
    assert client.post(activity, {"active": "no"}).status_code == 403
    potential.refresh_from_db()
    assert potential.is_active
