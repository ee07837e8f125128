"""Deciding of two records, and taking that back."""

import pytest
from django.urls import reverse

from contacts.duplicates import decisions
from contacts.models import PairDecision
from crm.accounts.models import RoleCode
from crm.kernel.models import AuditEntry
from tests.crm.suspects import suspected
from tests.crm.ui.duplicates.test_suspects import text

LIST = "/dubletten/entscheidungen/"
SAME, DIFFERENT = PairDecision.Verdict.SAME, PairDecision.Verdict.DIFFERENT
HTMX = {"HTTP_HX_REQUEST": "true"}


def decide_url(first, second) -> str:
    return reverse("duplicate-decide", args=["ansprechpartner", first.public_id, second.public_id])


@pytest.fixture
def decision(sales, twins, at) -> PairDecision:
    return decisions.decide(actor=sales, first=twins[0], second=twins[1], verdict=SAME, at=at)


def test_a_decision_returns_to_where_it_was_made(client, sales, twins) -> None:
    client.force_login(sales)
    form = {"verdict": "DIFFERENT", "group": "1", "zurueck": "/dubletten/?band=SURE"}
    answer = client.post(decide_url(*twins), form)
    assert (answer.status_code, answer.url) == (303, "/dubletten/?band=SURE")
    kept = PairDecision.objects.get()
    assert (kept.verdict, kept.decided_by) == (DIFFERENT, sales)
    page = text(client.get(answer.url))
    assert "„Johannes Maier“ und „Johannes Mayer“ sind verschieden." in page
    assert "Rückgängig" in page


@pytest.mark.parametrize("foreign", ["https://evil.example/", "//evil.example/", "javascript:1"])
def test_nobody_is_led_astray(client, sales, twins, foreign) -> None:
    client.force_login(sales)
    answer = client.post(decide_url(*twins), {"verdict": "SAME", "zurueck": foreign})
    assert answer.url == reverse("duplicate-record", args=["ansprechpartner", twins[0].public_id])


def test_for_htmx_the_card_comes_back_decided(client, sales, twins) -> None:
    client.force_login(sales)
    for extra, key in (({"group": "1"}, "1"), ({"record": str(twins[1].public_id)}, "")):
        form = {"verdict": "SAME", "zurueck": "/dubletten/", **extra}
        answer = client.post(decide_url(*twins), form, **HTMX)
        page = text(answer)
        assert answer.status_code == 200
        assert page.startswith("<article")
        assert f'id="verdacht-{key or twins[1].public_id}"' in page
        assert f"Entschieden von {sales.full_name}" in page
        assert "Rückgängig" in page


def test_the_way_back_in_the_message_takes_it_back(client, sales, twins) -> None:
    client.force_login(sales)
    form = {"verdict": "SAME", "group": "1", "zurueck": "/dubletten/"}
    client.post(decide_url(*twins), form)
    undo = reverse("decision-withdraw", args=[PairDecision.objects.get().public_id])
    answer = client.post(f"{undo}?zurueck=/dubletten/")
    assert (answer.status_code, answer.url) == (303, "/dubletten/")
    assert PairDecision.objects.get().withdrawn_by == sales
    assert 'value="DIFFERENT"' in text(client.get("/dubletten/"))


@pytest.mark.parametrize("verdict", ["", "MAYBE"])
def test_a_decision_says_what(client, sales, twins, verdict) -> None:
    client.force_login(sales)
    assert client.post(decide_url(*twins), {"verdict": verdict}).status_code == 422
    assert not PairDecision.objects.exists()


@pytest.mark.parametrize("record", ["x", "0191f000-0000-7000-8000-000000000000"])
def test_a_strange_card_is_not_there(client, sales, twins, record) -> None:
    client.force_login(sales)
    form = {"verdict": "SAME", "record": record}
    assert client.post(decide_url(*twins), form, **HTMX).status_code == 404


def test_hidden_records_are_not_decided_of(client, sales, run, make_person, team, other_team):
    mine = make_person("Johannes", "Maier", team=team)
    hidden = make_person("Gisela", "Geheimrat", team=other_team)
    suspected(run, [mine, hidden])
    written = AuditEntry.objects.count()
    client.force_login(sales)
    for pair in ((mine, hidden), (hidden, mine)):
        assert client.post(decide_url(*pair), {"verdict": "SAME"}).status_code == 404
    assert not PairDecision.objects.exists()
    assert AuditEntry.objects.count() == written


def test_who_may_only_read_decides_nothing(client, make_user, team, twins, decision) -> None:
    client.force_login(make_user(RoleCode.PRIVACY, teams=[team]))
    withdraw = reverse("decision-withdraw", args=[decision.public_id])
    assert client.post(decide_url(*twins), {"verdict": "DIFFERENT"}).status_code == 403
    assert client.post(withdraw).status_code == 403
    page = text(client.get(LIST))
    assert "Johannes Mayer" in page
    assert "Zurücknehmen" not in page
    assert PairDecision.objects.get().withdrawn_at is None


def test_decisions_are_listed_and_taken_back(client, sales, twins, decision) -> None:
    client.force_login(sales)
    page = text(client.get(LIST))
    for told in ("Johannes Maier", "Johannes Mayer", "dieselbe", sales.full_name, " Bit"):
        assert told in page, told
    withdraw = reverse("decision-withdraw", args=[decision.public_id])
    answer = client.post(withdraw, {"zurueck": LIST})
    assert answer.url == LIST
    page = text(client.get(LIST))
    assert "Die Entscheidung ist zurückgenommen." in page
    assert "Noch nichts entschieden" in page
    assert client.post(withdraw).status_code == 404


def test_decisions_of_others_stay_unseen(client, make_user, other_team, twins, decision) -> None:
    client.force_login(make_user(RoleCode.SALES, teams=[other_team]))
    assert "Johannes" not in text(client.get(LIST)).partition("<main")[2]
    withdraw = reverse("decision-withdraw", args=[decision.public_id])
    assert client.post(withdraw).status_code == 404
    assert PairDecision.objects.get().withdrawn_at is None


def test_the_list_asks_as_often_for_many_as_for_one(
    client, sales, twins, decision, make_person, team, at, django_assert_num_queries
) -> None:
    client.force_login(sales)
    client.get(LIST)
    for number in range(5):
        pair = [make_person("Änne", f"Müller{number}", team=team) for _ in range(2)]
        decisions.decide(actor=sales, first=pair[0], second=pair[1], verdict=SAME, at=at)
    with django_assert_num_queries(4):
        assert len(client.get(LIST).context["lines"]) == 6


def test_pages_of_decisions(client, sales, make_person, team, at, monkeypatch) -> None:
    monkeypatch.setattr("crm.ui.screens.duplicates.views.decisions.PAGE", 2)
    one, *others = [make_person("Änne", f"Müller{number}", team=team) for number in range(4)]
    for other in others:
        decisions.decide(actor=sales, first=one, second=other, verdict=SAME, at=at)
    client.force_login(sales)
    first = client.get(LIST)
    second = client.get(f"{LIST}?after={first.context['next']}")
    shown = [line.second for answer in (first, second) for line in answer.context["lines"]]
    assert shown == others[::-1]
    assert (len(first.context["lines"]), second.context["next"]) == (2, None)
