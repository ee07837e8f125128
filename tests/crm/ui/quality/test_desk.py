"""The desk's numbers of duplicates: each opens the list that it counts."""

import re
from datetime import timedelta

import pytest

from contacts import merging
from contacts.duplicates import decisions
from contacts.merging import merges
from contacts.models import MatchingKind, MergeOrigin, PairDecision
from crm.kernel import clock
from tests.crm.suspects import made_model, made_run, suspected

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_desk")]
URL = "/qualitaet/"
SETTLED = "/qualitaet/erledigt/"
Verdict = PairDecision.Verdict


@pytest.fixture
def now(monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)
    return at


@pytest.fixture
def run(at):
    return made_run(made_model(MatchingKind.PERSON, at), at)


@pytest.fixture
def pairs(run, make_person, team):
    found = []
    for number in range(1, 4):
        pair = [make_person("Änne", f"Müller{number}", team=team) for _ in "ab"]
        suspected(run, pair, number=number)
        found.append(pair)
    return found


@pytest.fixture
def page(client):
    def read(user, url=URL):
        client.force_login(user)
        answer = client.get(url)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def rows_in(page):
    return len(re.findall("<tr>", page.split("<tbody>")[1])) if "<tbody>" in page else 0


def links_of(page, prefix):
    found = re.findall(rf'<a[^>]* href="({prefix}[^"]*)"[^>]*>([^<]*)</a>', page)
    return {url.replace("&amp;", "&"): text for url, text in found}


def test_open_groups_lead_to_their_list(page, pairs, team_lead, source, now):
    links = links_of(page(team_lead), "/dubletten/")
    (band,) = [url for url in links if "band=" in url]
    of_source = f"/dubletten/?quelle={source.public_id}"
    assert links["/dubletten/"] == "3"
    assert links[of_source] == "3"
    for url in ("/dubletten/", band, of_source):
        assert page(team_lead, url).count(" data-row>") == 3, url


def test_without_a_search_nothing_is_said_of_duplicates(page, make_person, team, team_lead, now):
    make_person("Änne", "Müller", team=team)
    shown = page(team_lead)
    assert "Offene Verdachtsfälle" not in shown
    assert "Verdachtsfälle</th" not in shown
    assert "Heute erledigt" not in shown


def test_todays_work_leads_to_its_lists(page, pairs, team_lead, sales, now):
    decisions.decide(
        actor=sales, first=pairs[0][0], second=pairs[0][1], verdict=Verdict.DIFFERENT, at=now
    )
    merges.merge(
        actor=None,
        survivor=pairs[1][0],
        others=pairs[1][1:],
        reason="Automatisch.",
        origin=MergeOrigin.AUTOMATIC,
        at=now,
    )
    links = links_of(page(team_lead), SETTLED)
    day = "day=2026-03-17"
    assert links == {
        f"{SETTLED}?what=merged&{day}": "1",
        f"{SETTLED}?what=different&{day}": "1",
        f"{SETTLED}?what=different&{day}&by={sales.public_id}": "1",
        f"{SETTLED}?what=merged&{day}&by=installation": "1",
    }
    for url in links:
        assert rows_in(page(team_lead, url)) == 1, url
    merged = page(team_lead, f"{SETTLED}?what=merged&{day}")
    assert f"/ansprechpartner/{pairs[1][0].public_id}/" in merged
    assert str(pairs[1][1].public_id) not in merged
    assert "Automatisch." in merged
    assert "Installation" in merged


def test_work_counts_at_once(page, pairs, team_lead, now):
    assert "Heute ist noch nichts zusammengeführt oder entschieden." in page(team_lead)
    merging.merge(actor=team_lead, survivor=pairs[0][0], others=pairs[0][1:], at=now)
    assert f"{SETTLED}?what=merged&amp;day=2026-03-17" in page(team_lead)


def test_others_see_their_own_work_and_no_names(page, pairs, team_lead, sales, now):
    for actor, pair in ((team_lead, pairs[0]), (sales, pairs[1])):
        merging.merge(actor=actor, survivor=pair[0], others=pair[1:], at=now)
    shown = page(sales)
    assert links_of(shown, SETTLED) == {f"{SETTLED}?what=merged&day=2026-03-17": "1"}
    assert team_lead.full_name not in shown
    lists = (SETTLED, f"{SETTLED}?by={team_lead.public_id}")
    assert [rows_in(page(sales, url)) for url in lists] == [1, 0]


def test_undone_merges_lead_to_all_their_records(page, pairs, team_lead, now):
    merge = merging.merge(
        actor=team_lead, survivor=pairs[0][0], others=pairs[0][1:], at=now - timedelta(days=3)
    )
    merging.undo(actor=team_lead, merge=merge, at=now)
    shown = page(team_lead, f"{SETTLED}?what=undone")
    for person in pairs[0]:
        assert f"/ansprechpartner/{person.public_id}/" in shown
    assert rows_in(page(team_lead, f"{SETTLED}?what=merged&day=2026-03-14")) == 0


@pytest.mark.parametrize("query", ["what=x", "day=x", "by=x", f"by={'0' * 32}"])
def test_what_is_not_understood_is_not_there(client, team_lead, query):
    client.force_login(team_lead)
    assert client.get(f"{SETTLED}?{query}").status_code == 404


def test_long_days_have_pages(
    client, page, make_person, team, team_lead, now, django_assert_max_num_queries
):
    for number in range(51):
        pair = [make_person("Jan", f"Maier{number}", team=team) for _ in "ab"]
        decisions.decide(
            actor=team_lead, first=pair[0], second=pair[1], verdict=Verdict.SAME, at=now
        )
    client.force_login(team_lead)
    with django_assert_max_num_queries(6):
        first = client.get(f"{SETTLED}?what=same").content.decode()
    assert rows_in(first) == 50
    (url,) = re.findall(r'rel="next" href="([^"]+)"', first)
    assert rows_in(page(team_lead, url.replace("&amp;", "&"))) == 1


def test_the_page_has_a_budget(client, pairs, team_lead, now, django_assert_max_num_queries):
    client.force_login(team_lead)
    for budget in (22, 9):
        with django_assert_max_num_queries(budget):
            client.get(URL)
