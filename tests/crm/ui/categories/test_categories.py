"""``/verwaltung/kategorien/``."""

import pytest
from django.test import Client
from django.urls import reverse

from history import categories
from history.models import Category

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(team_lead) -> Client:
    client = Client()
    client.force_login(team_lead)
    return client


def test_a_team_lead_keeps_categories(lead, django_assert_max_num_queries):
    assert "Noch keine Kategorie" in lead.get(reverse("category-list")).content.decode()
    lead.post(reverse("category-new"), {"name": "Beratung", "parent": ""})
    advice = Category.objects.get()
    page = lead.get(reverse("category-new"), {"unter": advice.pk}).content.decode()
    assert f'<option value="{advice.pk}" selected>Beratung</option>' in page
    lead.post(reverse("category-new"), {"name": "Licht", "parent": advice.pk})
    light = Category.objects.get(name="Licht")
    assert light.parent == advice
    answer = lead.post(
        reverse("category-edit", args=[light.pk]), {"name": "Leuchten", "position": 3}
    )
    assert answer.status_code in (302, 303)
    light.refresh_from_db()
    assert (light.name, light.position, light.is_active) == ("Leuchten", 3, False)
    with django_assert_max_num_queries(6):
        shown = lead.get(reverse("category-list")).content.decode()
    assert "Leuchten" in shown
    assert "stillgelegt" in shown


def test_what_is_wrong_stands_beside_its_field(lead, team_lead, at):
    categories.create(actor=team_lead, name="Beratung", at=at)
    answer = lead.post(reverse("category-new"), {"name": "Beratung", "parent": ""})
    assert answer.status_code == 422
    assert "Diesen Namen gibt es schon." in answer.content.decode()
    assert Category.objects.count() == 1
