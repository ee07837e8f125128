"""The screens of opportunities: create, move, decide, judge, print."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Company, Person
from crm.accounts.models import RoleCode, Team, User
from crm.kernel import clock
from crm.ui.screens.opportunities import panel
from history.models import (
    CloseReason,
    Competitor,
    Opportunity,
    Pipeline,
    Stage,
    StageChange,
    Stakeholder,
)
from history.opportunities import competitors, deals, moving, stakeholders

MakeDeal = Callable[..., Opportunity]
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def rep(client: Client, sales: User) -> Client:
    client.force_login(sales)
    return client


def url(name: str, deal: Opportunity, *more: object) -> str:
    return reverse(name, args=[deal.public_id, *more])


def test_a_rep_creates_one_for_a_company(rep: Client, company: Company, buyer: Person) -> None:
    address = f"{reverse('deal-new')}?firma={company.public_id}"
    assert "Havelberg Anlagenbau GmbH" in rep.get(address).text
    form = {
        "title": "Halle 3", "company": company.full_name,
        "company_choice": str(company.public_id), "person": "Haas",
        "person_choice": str(buyer.public_id), "volume": "184.500,00", "probability": "",
        "pipeline": Pipeline.objects.get().pk, "need": "320 Leuchten",
    }  # fmt: skip
    answer = rep.post(address, form)
    deal = Opportunity.objects.get()
    assert answer.headers["Location"] == url("deal", deal)
    assert (deal.company, deal.person, deal.volume, deal.probability, deal.need) == (
        company, buyer, Decimal("184500.00"), 10, "320 Leuchten",
    )  # fmt: skip


def test_120_percent_is_refused_beside_the_field(rep: Client, company: Company) -> None:
    form = {
        "title": "Halle 3", "company": company.full_name, "probability": "120",
        "company_choice": str(company.public_id), "volume": "viel",
        "pipeline": Pipeline.objects.get().pk,
    }  # fmt: skip
    answer = rep.post(reverse("deal-new"), form)
    assert answer.status_code == 422
    assert "ist kein Betrag" in answer.text
    answer = rep.post(reverse("deal-new"), {**form, "volume": ""})
    assert answer.status_code == 422
    assert "120 % gibt es nicht" in answer.text
    assert not Opportunity.objects.exists()


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("184.500", "184500.00"), ("184500,5", "184500.50"), ("184,500.25", "184500.25"),
        ("1.234.567,89 €", "1234567.89"), ("12.5", "12.50"), ("EUR 7", "7.00"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(
    rep: Client, deal: Opportunity, typed: str, amount: str
) -> None:
    form = {
        "title": deal.title, "company": str(deal.company),
        "company_choice": str(deal.company and deal.company.public_id), "volume": typed,
        "probability": "10",
    }  # fmt: skip
    assert rep.post(url("deal-head", deal), form).status_code == 303
    assert Opportunity.objects.get().volume == Decimal(amount)


def test_the_board_shows_columns_cards_and_sums(rep: Client, deal: Opportunity) -> None:
    page = rep.get(reverse("deal-board")).text
    assert page.count("data-column=") == 5
    assert "LED-Deckensystem Halle 3" in page
    assert "184.500\N{NO-BREAK SPACE}€" in page
    assert "18.450\N{NO-BREAK SPACE}€" in page
    assert "kein nächster Schritt" in page
    fragment = rep.get(reverse("deal-board"), **HTMX).text
    assert fragment.lstrip().startswith('<div id="board">')


def test_filters_of_board_and_list_lead_on(
    rep: Client, deal: Opportunity, make_deal: MakeDeal, sales: User, lost: CloseReason,
    at: datetime,
) -> None:  # fmt: skip
    moving.lose(actor=sales, opportunity=make_deal("Alt"), reason=lost, at=at)
    for address in (reverse("deal-board"), reverse("deal-list")):
        for query in ("wessen=meine", "ohne=schritt", "wessen=team", "stufe=x&zustand=y"):
            assert deal.title in rep.get(f"{address}?{query}").text, (address, query)
    page = rep.get(reverse("deal-list") + "?zustand=verloren").text
    assert "Alt" in page
    assert deal.title not in page
    assert "Keine Verkaufschance" in rep.get(reverse("deal-list") + "?q=Nirgendwo").text


def test_moving_from_the_board_answers_with_the_board(
    rep: Client, deal: Opportunity, stages: list[Stage]
) -> None:
    board = {
        **HTMX,
        "HTTP_HX_CURRENT_URL": f"http://testserver{reverse('deal-board')}?ohne=schritt",
    }
    assert "verschieben" in rep.get(url("deal-move", deal), **board).text
    answer = rep.post(url("deal-move", deal), {"to": str(stages[2].pk)}, **board)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (200, "#board")
    assert "steht jetzt in Angebot" in answer.text
    assert Opportunity.objects.get().stage == stages[2]
    page = rep.post(url("deal-move", deal), {"to": str(stages[3].pk)})
    assert page.headers["Location"] == url("deal", deal)


def test_losing_asks_for_the_reason(rep: Client, deal: Opportunity, lost: CloseReason) -> None:
    answer = rep.post(url("deal-move", deal), {"to": "LOST"}, **HTMX)
    assert answer.status_code == 422
    assert "Bitte wählen Sie einen Grund." in answer.text
    assert Opportunity.objects.get().is_open
    assert StageChange.objects.count() == 1
    rep.post(url("deal-move", deal), {"to": "LOST", "reason": lost.pk, "note": "zu teuer"})
    assert Opportunity.objects.get().close_note == "zu teuer"
    page = rep.get(url("deal", deal)).text
    assert "zu teuer" in page
    assert "Wieder öffnen" in page
    rep.post(url("deal-reopen", deal))
    assert Opportunity.objects.get().is_open


def test_two_who_change_the_same_field_are_told(
    rep: Client, deal: Opportunity, sales: User, at: datetime
) -> None:
    first = rep.get(url("deal-need", deal), **HTMX).text
    assert 'name="base"' in first
    base = '{"need": "", "situation": "", "regulate": "", "avoid": "", "reach": ""}'
    deals.update(actor=sales, opportunity=deal, values={"need": "seins", "avoid": "X"}, at=at)
    mine = {"base": base, "version": "1", "need": "meins", "reach": "Licht", "avoid": ""}
    refused = rep.post(url("deal-need", deal), mine, **HTMX)
    assert refused.status_code == 422
    assert "Dort steht inzwischen „seins“." in refused.text
    assert Opportunity.objects.get().need == "seins"
    other = {**mine, "need": ""}
    assert rep.post(url("deal-need", deal), other, **HTMX).status_code == 200
    fresh = Opportunity.objects.get()
    assert (fresh.need, fresh.reach, fresh.avoid) == ("seins", "Licht", "X")


def test_the_page_shows_people_rivals_and_the_gap(
    rep: Client, deal: Opportunity, buyer: Person, planner: Person, sales: User, at: datetime
) -> None:
    values: dict[str, Any] = {"roles": ["APPROVER"], "influence": 3}
    stakeholders.add(actor=sales, opportunity=deal, person=buyer, values=values, at=at)
    values = {"roles": ["INFLUENCER"], "stance": "AGAINST", "sways": [buyer.public_id]}
    stakeholders.add(actor=sales, opportunity=deal, person=planner, values=values, at=at)
    name = {"name": "Lumitrax GmbH", "standing": "AHEAD"}
    competitors.add(actor=sales, opportunity=deal, values=name, at=at)
    page = rep.get(url("deal", deal)).text
    assert page.count('<g class="node node--unknown"') == 1
    assert page.count('<g class="node node--contra"') == 1
    assert page.count('<path class="edge w1"') == 1
    assert "Friederike Haas gibt Geld frei, und noch hat niemand" in page
    assert "Lumitrax GmbH" in page
    assert "vor uns" in page
    assert "Was unbekannt ist, zählt nicht als null." in page
    assert '<section class="line" id="kontakte"' in page


def test_people_are_added_judged_and_removed(rep: Client, deal: Opportunity, buyer: Person) -> None:
    choices = rep.get(reverse("deal-person-choices") + "?person=haas").text
    assert str(buyer.public_id) in choices
    form = {"person": "Haas", "roles": ["APPROVER"], "stance": "FOR", "influence": "3"}
    answer = rep.post(url("stakeholder-new", deal), form, **HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (200, "#deal")
    made = Stakeholder.objects.get()
    assert (made.person, made.roles, made.stance, made.influence) == (
        buyer, ["APPROVER"], "FOR", 3,
    )  # fmt: skip
    again = rep.post(url("stakeholder-new", deal), form, **HTMX)
    assert again.status_code == 422
    assert "steht schon im Buying-Center" in again.text
    judged = {"roles": ["DECIDER"], "stance": "AGAINST", "influence": ""}
    rep.post(url("stakeholder", deal, made.pk), judged)
    made.refresh_from_db()
    assert (made.roles, made.stance, made.influence) == (["DECIDER"], "AGAINST", None)
    rep.post(url("stakeholder-away", deal, made.pk))
    assert not Stakeholder.objects.exists()


def test_competitors_are_named_judged_and_removed(rep: Client, deal: Opportunity) -> None:
    rep.post(url("competitor-new", deal), {"name": "Lumitrax", "standing": "LEVEL"})
    made = Competitor.objects.get()
    rep.post(url("competitor", deal, made.pk), {"name": "Lumitrax", "standing": "OUT"})
    assert Competitor.objects.get().standing == "OUT"
    assert rep.post(url("competitor-new", deal), {"name": "Lumitrax"}).status_code == 422
    rep.post(url("competitor-away", deal, made.pk))
    assert not Competitor.objects.exists()


def test_the_dossier_is_a_page_and_a_pdf(rep: Client, deal: Opportunity) -> None:
    assert "Weg durch die Stufen" in rep.get(url("deal-dossier", deal)).text
    answer = rep.get(url("deal-dossier-pdf", deal))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert "dossier-vc-2026-001.pdf" in answer["Content-Disposition"]


def test_the_lead_hands_on_and_takes_the_list_out(
    client: Client, deal: Opportunity, make_user: Callable[..., User], team: Team
) -> None:
    lead = make_user(RoleCode.TEAM_LEAD, teams=[team])
    client.force_login(lead)
    form = {"owner": str(lead.public_id), "team": str(team.public_id)}
    client.post(url("deal-keeper", deal), form)
    assert Opportunity.objects.get().owner == lead
    answer = client.post(reverse("deal-export") + "?wessen=meine")
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]
    assert "VC-2026-001;LED-Deckensystem Halle 3;Havelberg Anlagenbau GmbH" in text


def test_the_lead_keeps_stages_and_reasons(
    client: Client, team_lead: User, stages: list[Stage], lost: CloseReason
) -> None:
    client.force_login(team_lead)
    assert "Projektgeschäft" in client.get(reverse("pipeline-list")).text
    client.post(reverse("pipeline-new"), {"name": "Service"})
    made = Pipeline.objects.get(name="Service")
    stage = {"name": "Anfrage", "probability": "20", "usual_days": "7"}
    client.post(reverse("stage-new", args=[made.pk]), stage)
    wrong = client.post(reverse("stage-new", args=[made.pk]), {**stage, "probability": "120"})
    assert wrong.status_code == 422
    assert made.stages.get().usual_days == 7
    edited = {"name": "Erstkontakt", "probability": "5", "usual_days": "3", "position": "1"}
    client.post(reverse("stage-edit", args=[stages[0].pk]), edited)
    assert Stage.objects.get(pk=stages[0].pk).name == "Erstkontakt"
    client.post(reverse("stage-away", args=[stages[4].pk]))
    assert not Stage.objects.filter(pk=stages[4].pk).exists()
    client.post(reverse("pipeline-edit", args=[made.pk]), {"name": "Wartung", "position": "2"})
    assert not Pipeline.objects.get(name="Wartung").is_active
    client.post(reverse("reason-new"), {"state": "LOST", "label": "Laune"})
    client.post(reverse("reason-edit", args=[lost.pk]), {"label": "Zu teuer"})
    assert set(CloseReason.objects.filter(state="LOST").values_list("label", "is_active")) >= {
        ("Laune", True), ("Zu teuer", False),
    }  # fmt: skip


def test_a_stranger_meets_nothing(
    client: Client, deal: Opportunity, make_user: Callable[..., User], other_team: Team,
    buyer: Person, sales: User, at: datetime,
) -> None:  # fmt: skip
    made = stakeholders.add(actor=sales, opportunity=deal, person=buyer, values={}, at=at)
    rival = competitors.add(actor=sales, opportunity=deal, values={"name": "L"}, at=at)
    client.force_login(make_user(teams=[other_team]))
    whole = "deal deal-head deal-need deal-move deal-reopen stakeholder-new competitor-new"
    doors = [url(name, deal) for name in f"{whole} deal-dossier deal-dossier-pdf".split()]
    doors += [url(f"stakeholder{act}", deal, made.pk) for act in ("", "-away")]
    doors += [url(f"competitor{act}", deal, rival.pk) for act in ("", "-away")]
    version = Opportunity.objects.get().version
    for door in doors:
        for answer in (client.get(door), client.post(door)):
            assert answer.status_code in (404, 405), door
            assert "Halle 3" not in answer.text
    for door in (reverse("deal-board"), reverse("deal-list"), reverse("deal-list") + "?q=LED"):
        assert "Halle 3" not in client.get(door).text
    assert Opportunity.objects.get().version == version


def test_the_panel_of_a_record_is_for_who_may_see_deals(
    deal: Opportunity, company: Company, sales: User, privacy: User,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    sales.access  # noqa: B018
    with django_assert_num_queries(4):
        shown = panel.context_of(user=sales, record=company)
    assert shown["deals"].total == 1
    assert shown["new_deal_url"].endswith(f"?firma={company.public_id}")
    assert panel.context_of(user=privacy, record=company)["deals"] is None


@pytest.mark.parametrize("address", ["deal-board", "deal-list"])
def test_a_page_asks_as_often_for_many_as_for_few(
    rep: Client, make_deal: MakeDeal, address: str, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 6):
        for each in range(number):
            make_deal(f"{number}-{each}", at=clock.now())
        with django_assert_max_num_queries(30) as asked:
            rep.get(reverse(address))
        counts.append(len(asked))
    assert counts[0] == counts[1]
