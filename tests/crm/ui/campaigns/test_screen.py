"""The screen of campaigns: create, see why not, take out."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from consent import circumstances
from consent.models import Campaign, CampaignExport, ContactDecision
from contacts import contact_points, saved_views
from contacts.listing import ListName, ListQuery
from contacts.models import Person, Source
from crm.accounts.models import Team, User
from crm.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client: Client, team_lead: User) -> Client:
    client.force_login(team_lead)
    return client


@pytest.fixture
def person(
    make_person: Callable[..., Person], team: Team, admin: User, source: Source, at: datetime
) -> Person:
    made = make_person("Johanna", "Maier", team=team)
    contact_points.add(
        actor=admin, record=made, kind="EMAIL", value="j.maier@x.example", source=source, at=at
    )
    return made


@pytest.fixture
def contract(person: Person) -> Person:
    """With a contract: service mails are allowed, advertising is not."""
    at = clock.now()
    circumstances.note_service(actor=None, person=person, relation="contract", since=at, at=at)
    return person


def create(lead: Client, **values: str) -> Campaign:
    controller = Campaign._meta.get_field("controller").related_model.objects.get()
    answer = lead.post(
        reverse("campaign-new"),
        {
            "name": "Frühjahr", "query": "all", "channel": "email", "purpose": "newsletter",
            "controller": controller.pk, **values,
        },
    )  # fmt: skip
    campaign = Campaign.objects.get()
    assert answer.headers["Location"] == reverse("campaign", args=[campaign.public_id])
    return campaign


def test_a_new_campaign_is_checked_at_once(lead: Client, person: Person) -> None:
    campaign = create(lead)
    page = lead.get(reverse("campaign", args=[campaign.public_id])).content.decode()
    assert "<b>0</b> <span>von 1 Ansprechpartner dürfen Sie erreichen" in page
    assert "Keine Einwilligung" in page
    assert "Johanna Maier" in page
    assert "Erlaubte ausleiten" not in page
    assert "Frühjahr" in lead.get(reverse("campaign-list")).content.decode()


def test_the_allowed_leave_as_a_file(lead: Client, contract: Person) -> None:
    campaign = create(lead, purpose="contract_info")
    address = reverse("campaign", args=[campaign.public_id])
    assert "Erlaubte ausleiten" in lead.get(address).content.decode()
    answer = lead.post(reverse("campaign-export", args=[campaign.public_id]), {"format": "csv"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]
    assert "j.maier@x.example" in text
    assert ContactDecision.objects.count() == 1
    assert "Ausgeleitet" in lead.get(address).content.decode()


def test_nobody_allowed_is_a_message_and_no_file(lead: Client, person: Person) -> None:
    campaign = create(lead)
    answer = lead.post(
        reverse("campaign-export", args=[campaign.public_id]), {"format": "csv"}, follow=True
    )
    assert "darf niemand kontaktiert werden" in answer.content.decode()
    assert not CampaignExport.objects.exists()


def test_the_list_hands_over_its_conditions(lead: Client, person: Person) -> None:
    page = lead.get(reverse("campaign-new") + "?q=Johanna&team=none").content.decode()
    assert 'value="q=Johanna&amp;team=none" selected' in page
    assert "Ihre Auswahl aus der Liste" in page


def test_a_saved_view_can_be_chosen(lead: Client, team_lead: User, at: datetime) -> None:
    saved_views.save(
        actor=team_lead, list_name=ListName.PERSONS, name="Berlin",
        query=ListQuery(text="Berlin"), at=at,
    )  # fmt: skip
    page = lead.get(reverse("campaign-new")).content.decode()
    assert '<option value="q=Berlin">Berlin</option>' in page


def test_what_is_missing_is_said_beside_its_field(lead: Client) -> None:
    answer = lead.post(reverse("campaign-new"), {"name": "", "channel": "pigeon"})
    assert answer.status_code == 422
    assert not Campaign.objects.exists()


def test_names_are_those_that_one_may_see(
    lead: Client, person: Person, client: Client, privacy: User, team_lead: User, other_team: Team
) -> None:
    campaign = create(lead)
    team_lead.teams.set([other_team])
    lead.force_login(User.objects.get(pk=team_lead.pk))
    page = lead.get(reverse("campaign", args=[campaign.public_id])).content.decode()
    assert "Johanna Maier" not in page
    lead.force_login(privacy)
    page = lead.get(reverse("campaign", args=[campaign.public_id])).content.decode()
    assert "Johanna Maier" in page
    assert "Neu prüfen" not in page


def test_one_can_be_deleted_until_it_was_taken_out(lead: Client, contract: Person) -> None:
    campaign = create(lead, purpose="contract_info")
    away = reverse("campaign-remove", args=[campaign.public_id])
    lead.post(reverse("campaign-export", args=[campaign.public_id]), {"format": "xlsx"})
    lead.post(away)
    assert Campaign.objects.exists()
