"""Answers without a ground on the desk."""

from typing import Any

import pytest
from django.test import Client

from contacts import criteria, qualification
from contacts.models import CriterionValue, Person, Source
from crm.accounts.models import User
from tests.criteria_stock import DAY, guarded
from tests.crm.ui.privacy.conftest import said

URL = "/datenschutz/angaben/"


@pytest.fixture
def raised(person: Person, admin: User, source: Source, at: Any) -> None:
    """A criterion that anybody could answer before."""
    hobby = guarded(admin, label="Hobby", sensitivity="NORMAL", at=at - DAY)
    qualification.set_value(
        actor=admin, record=person, criterion=hobby, value="Segeln", source=source, at=at
    )
    criteria.update(actor=admin, criterion=hobby, values={"sensitivity": "PERSONALITY"}, at=at)


@pytest.mark.usefixtures("raised")
def test_they_are_named_without_what_was_answered_and_taken_back(
    client: Client, privacy: User
) -> None:
    client.force_login(privacy)
    page = said(client.get(URL))
    assert "Johanna Maier Hobby" in page
    assert "Segeln" not in page
    after = said(client.post(f"{URL}zuruecknehmen/", follow=True))
    assert "1 Angaben zurückgenommen." in after
    assert "Alles hat seine Grundlage" in after
    assert not CriterionValue.objects.exists()


@pytest.mark.usefixtures("raised")
def test_who_sells_takes_nothing_back(client: Client, sales: User) -> None:
    client.force_login(sales)
    assert client.get(URL).status_code == 403
    assert client.post(f"{URL}zuruecknehmen/").status_code == 403
    assert CriterionValue.objects.count() == 1
