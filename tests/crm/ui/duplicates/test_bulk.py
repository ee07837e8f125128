"""Many groups at once, and records that are merged from a list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts import external_ids, merging
from contacts.duplicates import decisions
from contacts.models import Merge, PairDecision, Person
from tests.crm.suspects import APART, suspected
from tests.crm.ui.duplicates.test_review import text

BULK = "/dubletten/ansprechpartner/auf-einmal/"


@pytest.fixture
def groups(run, make_person, team, other_team, admin, source, sales, at):
    """Five groups: two that are clear, one of two birth dates, one undone before, one hidden."""
    known = {"actor": admin, "source": source, "at": at}
    found = {n: [make_person("Änne", f"Abel{n}", team=team) for _ in range(2)] for n in range(1, 6)}
    found[3][0] = make_person("Änne", "Abel3", birth_date="1970-05-04", team=team)
    found[3][1] = make_person("Änne", "Abel3", birth_date="1971-05-04", team=team)
    merging.undo(
        actor=sales,
        merge=merging.merge(actor=sales, survivor=found[4][0], others=[found[4][1]], at=at),
        at=at,
    )
    found[5].append(make_person("Gisela", "Geheimrat", team=other_team))
    for number, members in found.items():
        suspected(run, members, number=number)
    for number, person in enumerate(found[2]):
        external_ids.add(record=person, system=f"S{number}", value="1", **known)
    return found


def test_what_is_clear_is_ready_and_the_rest_says_why(client, sales, groups) -> None:
    client.force_login(sales)
    answer = client.get(BULK, {"ab": "6"})
    assert [line["number"] for line in answer.context["ready"]] == [1, 2]
    assert {line["number"]: line["objection"] for line in answer.context["left"]} == {
        3: "Geburtsdatum verschieden",
        4: "schon einmal zusammengeführt und zurückgenommen",
        5: "1 Eintrag dürfen Sie nicht sehen",
    }
    page = text(answer)
    assert "2 Gruppen lassen sich zusammenführen" in page
    assert "3 Gruppen wollen angesehen werden" in page
    assert "Geheimrat" not in page


def test_only_what_is_clear_is_merged(client, sales, groups) -> None:
    client.force_login(sales)
    form = {"ab": "6", "gruppe": ["1", "2", "3", "5"]}
    assert client.post(BULK, form).url == "/dubletten/zusammengefuehrt/"
    page = text(client.get("/dubletten/zusammengefuehrt/"))
    assert "2 Gruppen sind zusammengeführt." in page
    assert "2 Gruppen blieben, die erste (Gruppe 3): Geburtsdatum verschieden." in page
    held = Merge.objects.filter(undone_at=None)
    assert held.count() == 2
    assert {each.reason for each in held} == {"Gesammelt: jedes Paar ab 6 Bit, kein Widerspruch."}
    assert {each.merged_by for each in held} == {sales}


def test_many_are_told_apart_and_taken_back_at_once(client, sales, groups) -> None:
    client.force_login(sales)
    client.post(BULK, {"ab": "6", "gruppe": ["1", "3"], "verdict": "DIFFERENT"})
    made = list(decisions.decisions_of(sales))
    assert len(made) == 2
    assert not Merge.objects.filter(undone_at=None).exists()
    client.post(f"/dubletten/entscheidungen/{made[0].public_id}/rueckgaengig/")
    assert not decisions.decisions_of(sales).exists()


def test_weak_groups_are_not_offered(client, sales, run, make_person, team) -> None:
    suspected(run, [make_person("Änne", "Abel", team=team) for _ in range(2)], levels=APART)
    client.force_login(sales)
    assert client.get(BULK).context["ready"] == []
    assert client.post(BULK, {"ab": "6", "gruppe": "1"}).url == "/dubletten/"
    assert not Merge.objects.exists()


@pytest.mark.parametrize("threshold", ["3", "x", "1000"])
def test_a_threshold_below_sure_is_refused(client, sales, groups, threshold) -> None:
    client.force_login(sales)
    assert client.get(BULK, {"ab": threshold}).status_code == 422
    assert client.post(BULK, {"ab": threshold, "gruppe": "1"}).status_code == 422
    assert not Merge.objects.filter(undone_at=None).exists()


def test_nothing_chosen_is_said(client, sales, groups) -> None:
    client.force_login(sales)
    answer = client.post(BULK, {"ab": "6"})
    assert answer.status_code == 422
    assert "Bitte wählen Sie mindestens eine Gruppe." in text(answer)


def test_the_page_asks_as_often_for_five_groups_as_for_one(
    client, sales, run, groups, make_person, team
):
    client.force_login(sales)
    client.get(BULK, {"ab": "6"})
    with CaptureQueriesContext(connection) as few:
        client.get(BULK, {"ab": "6"})
    for number in range(6, 12):
        pair = [make_person("Änne", f"Abel{number}", team=team) for _ in range(2)]
        suspected(run, pair, number=number)
    with CaptureQueriesContext(connection) as many:
        client.get(BULK, {"ab": "6"})
    assert len(many) == len(few) <= 16


def test_records_of_a_list_are_laid_side_by_side(client, sales, make_person, team) -> None:
    three = [make_person("Änne", "Abel", team=team) for _ in range(3)]
    client.force_login(sales)
    url = "/ansprechpartner/zusammenfuehren/"
    picks = [str(each.public_id) for each in three]
    answer = client.post(url, {"pick": picks, "query": ""})
    assert answer.status_code == 303
    columns = client.get(answer.url).context["sides"].columns
    assert {column.record for column in columns} == set(three)
    forged = client.post(url, {"pick": [picks[0], "x"], "query": ""})
    assert client.get(forged.url).status_code == 404
    for wrong in ({"pick": picks[:1]}, {}, {"everything": "1"}, {"pick": list("abcdef")}):
        assert client.post(url, wrong | {"query": ""}).url == "/ansprechpartner/"
        assert "wählen Sie bitte zwei bis fünf Einträge" in text(client.get("/ansprechpartner/"))
    assert Person.objects.count() == 3
    assert not PairDecision.objects.exists()


def test_the_queue_is_narrowed_to_a_source(client, sales, run, groups, source, make_person, team):
    client.force_login(sales)
    everything = client.get("/dubletten/").context["page"].total
    assert client.get(f"/dubletten/?quelle={source.public_id}").context["page"].total == everything
    assert client.get("/dubletten/?quelle=x").context["page"].total == everything
