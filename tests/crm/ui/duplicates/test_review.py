"""A group side by side: what is shown, merging, telling apart, putting off, going on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts import companies, contact_points, employments, persons
from contacts.duplicates import decisions
from contacts.models import Company, MatchingKind, Merge, PairDecision, Person
from crm.accounts.models import RoleCode
from tests.crm.suspects import made_model, made_run, suspected

GROUP = "/dubletten/ansprechpartner/1/"
MERGE = "/dubletten/ansprechpartner/zusammenfuehren/"
APART = "/dubletten/ansprechpartner/verschieden/"


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def form_of(answer: Any, **changed: Any) -> dict[str, Any]:
    """What the form on the page sends."""
    context = answer.context
    sides, preview = context["sides"], context["preview"]
    fields: dict[str, Any] = {
        "eintrag": [str(column.record.public_id) for column in sides.columns],
        "bleibt": str(preview.survivor.public_id),
        "stand": context["versions"],
        "ohne": [str(column.record.public_id) for column in sides.columns if column.is_out],
    }
    if context["group"]:
        fields["gruppe"] = str(context["group"].number)
    for row in sides.rows:
        fields[f"wahl-{row.name}"] = row.chosen
        fields[f"vorschlag-{row.name}"] = row.proposal
    return fields | changed


@pytest.fixture
def queue(run: Any, twins: list[Person], make_person: Callable[..., Person], team: Any) -> Any:
    """Three more groups behind the twins."""
    found = {1: twins}
    for number in (2, 3, 4):
        found[number] = [make_person("Änne", f"Müller{number}", team=team) for _ in range(2)]
        suspected(run, found[number], number=number)
    return found


def test_what_differs_stands_first_and_what_is_equal_is_folded(client, sales, twins) -> None:
    client.force_login(sales)
    answer = client.get(GROUP)
    sides = answer.context["sides"]
    assert [row.label for row in sides.rows] == ["Nachname", "Geburtsdatum"]
    assert [row.label for row in sides.same_rows] == ["Vorname", "Sprache"]
    assert [row.label for row in sides.lists] == ["Anschriften"]
    assert [row.label for row in sides.same_lists] == ["Kontaktwege"]
    page = text(answer)
    for told in (
        "Ist das dieselbe Person?",
        "3 gleiche Felder",
        'Ma<mark class="differs">y</mark>er',
        "Was geschieht",
        "1 Kontaktweg",
        "Alte Verweise auf B führen zu A.",
        "Lässt sich vollständig zurücknehmen",
        "Warum der Verdacht?",
    ):
        assert told in page, told


def test_merging_goes_on_to_the_next_group_and_can_be_undone_there(client, sales, queue) -> None:
    client.force_login(sales)
    shown = client.get(GROUP)
    answer = client.post(MERGE, form_of(shown))
    assert (answer.status_code, answer.url) == (303, "/dubletten/ansprechpartner/2/")
    merge = Merge.objects.get()
    assert merge.merged_by == sales
    assert merge.choices == {}
    page = text(client.get(answer.url))
    assert "Zusammengeführt: Johannes Mayer in Johannes Maier." in page
    assert "1 heute erledigt · 3 offen" in page
    undo = f"/dubletten/zusammengefuehrt/{merge.public_id}/rueckgaengig/?zurueck=%2Fdubletten"
    assert undo in page
    back = client.post(
        f"/dubletten/zusammengefuehrt/{merge.public_id}/rueckgaengig/?zurueck={GROUP}"
    )
    assert (back.status_code, back.url) == (303, GROUP)
    assert client.get(GROUP).status_code == 200
    assert Person.objects.filter(pk__in=[each.pk for each in queue[1]]).count() == 2


def test_a_choice_is_taken_and_only_what_was_chosen_is_noted(client, sales, twins) -> None:
    client.force_login(sales)
    shown = client.get(GROUP)
    other = next(c for c in shown.context["sides"].columns if not c.is_survivor).record
    client.post(MERGE, form_of(shown, **{"wahl-surname": str(other.public_id)}))
    merge = Merge.objects.get()
    assert merge.choices == {"surname": str(other.public_id)}
    assert Person.objects.get().surname == other.surname


def test_who_survives_can_be_switched(client, sales, twins) -> None:
    client.force_login(sales)
    other = next(c.record for c in client.get(GROUP).context["sides"].columns if not c.is_survivor)
    shown = client.get(GROUP, {"bleibt": str(other.public_id)})
    assert shown.context["preview"].survivor == other
    client.post(MERGE, form_of(shown))
    assert Person.objects.get() == other


def test_a_choice_outlives_every_change_of_the_survivor(client, sales, twins) -> None:
    client.force_login(sales)
    shown = client.get(GROUP)
    other = next(c.record for c in shown.context["sides"].columns if not c.is_survivor)
    form = form_of(shown, **{"wahl-surname": str(other.public_id)})
    for survivor in (other, shown.context["preview"].survivor, other):
        again = client.get(GROUP, form | {"bleibt": str(survivor.public_id)})
        chosen = {row.name: row.chosen for row in again.context["sides"].rows}
        assert chosen["surname"] == str(other.public_id)
        form = form_of(again)


def test_all_of_one_is_taken_without_script(client, sales, twins) -> None:
    client.force_login(sales)
    for person in twins:
        shown = client.get(GROUP, {"alles": str(person.public_id)})
        assert {row.chosen for row in shown.context["sides"].rows} == {str(person.public_id)}


def test_the_fragment_is_the_table_alone(client, sales, twins) -> None:
    client.force_login(sales)
    page = text(client.get(GROUP, HTTP_HX_REQUEST="true"))
    assert page.startswith('<div class="review__main"')
    assert "Warum der Verdacht?" not in page


def test_somebody_changed_one_meanwhile(client, sales, admin, source, twins, at) -> None:
    client.force_login(sales)
    shown = client.get(GROUP)
    twins[1].refresh_from_db()
    persons.update(
        actor=admin, person=twins[1], values={"surname": "Maier"}, version=twins[1].version,
        source=source, at=at,
    )  # fmt: skip
    answer = client.post(MERGE, form_of(shown))
    assert answer.status_code == 409
    page = text(answer)
    assert "wurde geändert, während Sie verglichen haben" in page
    assert answer.context["versions"] != shown.context["versions"]
    assert not Merge.objects.exists()


def test_a_decision_against_it_needs_a_tick(client, sales, twins, at) -> None:
    decisions.decide(
        actor=sales, first=twins[0], second=twins[1], verdict=PairDecision.Verdict.DIFFERENT, at=at
    )
    client.force_login(sales)
    shown = client.get(GROUP)
    assert f"A–B wurden am 17.03.2026 von {sales.full_name} als verschieden erkannt." in text(shown)
    refused = client.post(MERGE, form_of(shown))
    assert refused.status_code == 409
    assert "als verschieden erkannt" in text(refused)
    assert not Merge.objects.exists()
    assert client.post(MERGE, form_of(shown, trotzdem="1")).status_code == 303
    assert Merge.objects.count() == 1


def test_who_comes_too_late_is_told_and_goes_on(client, sales, queue) -> None:
    client.force_login(sales)
    shown = client.get(GROUP)
    client.post(MERGE, form_of(shown))
    client.get("/dubletten/")
    late = client.post(MERGE, form_of(shown))
    assert late.status_code == 303
    assert "wurde inzwischen mit Johannes Maier zusammengeführt." in text(client.get(late.url))
    assert Merge.objects.count() == 1


def test_of_five_some_are_left_out_in_one_act(client, sales, run, make_person, team) -> None:
    five = [make_person("Johannes", f"Maier{n}", team=team) for n in range(5)]
    suspected(run, five)
    client.force_login(sales)
    out = [str(each.public_id) for each in five[2:]]
    shown = client.get(GROUP, {"ohne": out})
    assert "A und B zusammenführen" in text(shown)
    assert "Gilt von nun an als verschieden: <b>C, D und E</b>" in text(shown)
    answer = client.post(MERGE, form_of(shown))
    assert answer.url == GROUP  # what is left of it is settled next
    assert Merge.objects.get().members.count() == 2
    assert decisions.decisions_of(sales).count() == 3
    left = client.get(GROUP).context["sides"].columns
    assert len(left) == 4
    client.post(reverse("settling-undo", args=[Merge.objects.get().public_id]))
    assert not decisions.decisions_of(sales).exists()
    assert Person.objects.count() == 5


def test_one_alone_is_no_merge(client, sales, run, make_person, team) -> None:
    three = [make_person("Johannes", f"Maier{n}", team=team) for n in range(3)]
    suspected(run, three)
    client.force_login(sales)
    shown = client.get(GROUP, {"ohne": [str(each.public_id) for each in three[1:]]})
    assert "Mindestens zwei Einträge müssen dazugehören." in text(shown)
    assert "data-merge" not in text(shown)
    assert client.post(MERGE, form_of(shown)).status_code == 409
    assert not Merge.objects.exists()
    assert not PairDecision.objects.exists()


def test_telling_apart_closes_the_group_and_is_taken_back_as_a_whole(
    client, sales, run, make_person, team
) -> None:
    three = [make_person("Johannes", f"Maier{n}", team=team) for n in range(3)]
    suspected(run, three)
    client.force_login(sales)
    shown = client.get(GROUP)
    answer = client.post(APART, form_of(shown))
    assert answer.url == "/dubletten/"
    assert client.get("/dubletten/").context["cards"] == []
    assert len(client.get("/dubletten/?stand=alle").context["cards"]) == 1
    made = list(decisions.decisions_of(sales))
    assert len(made) == 3
    undo = reverse("decision-undo", args=[made[1].public_id])
    assert client.post(f"{undo}?zurueck={GROUP}").url == GROUP
    assert not decisions.decisions_of(sales).exists()
    assert client.post(undo).status_code == 404


def test_later_comes_again_at_the_end_of_the_sitting(client, sales, queue) -> None:
    client.force_login(sales)
    later = "/dubletten/ansprechpartner/{}/spaeter/"
    assert client.post(later.format(1)).url == "/dubletten/ansprechpartner/2/"
    assert client.post(later.format(2)).url == "/dubletten/ansprechpartner/3/"
    shown = client.get("/dubletten/ansprechpartner/3/")
    assert client.post(MERGE, form_of(shown)).url == "/dubletten/ansprechpartner/4/"
    shown = client.get("/dubletten/ansprechpartner/4/")
    assert client.post(MERGE, form_of(shown)).url == GROUP
    assert client.post(later.format(1)).url == "/dubletten/ansprechpartner/2/"
    shown = client.get("/dubletten/ansprechpartner/2/")
    assert client.post(MERGE, form_of(shown)).url == GROUP
    assert client.post(later.format(1)).url == GROUP
    assert "Das ist die letzte offene Gruppe." in text(client.get(GROUP))


def test_next_and_previous_keep_the_filter(client, sales, queue, source) -> None:
    client.force_login(sales)
    query = f"?quelle={source.public_id}"
    page = client.get(f"/dubletten/ansprechpartner/2/{query}")
    assert page.context["previous_url"] == f"{GROUP}{query}"
    assert page.context["next_url"] == f"/dubletten/ansprechpartner/3/{query}"
    shown = client.get(f"{GROUP}{query}")
    assert client.post(MERGE + query, form_of(shown)).url == f"/dubletten/ansprechpartner/2/{query}"


def test_a_group_asks_as_often_for_six_records_as_for_two(
    client, sales, run, twins, make_person, team, admin, source, at
) -> None:
    six = [make_person("Änne", f"Müller{n}", team=team) for n in range(6)]
    for person in six:
        contact_points.add(
            record=person, kind="PHONE", value="030 23125 177", actor=admin, source=source, at=at
        )
    suspected(run, six, number=2)
    suspected(run, [make_person("Änne", "Abel", team=team) for _ in range(2)], number=3)
    client.force_login(sales)
    client.get(GROUP)
    with CaptureQueriesContext(connection) as few:
        client.get(GROUP)
    with CaptureQueriesContext(connection) as many:
        client.get("/dubletten/ansprechpartner/2/")
    assert len(many) <= len(few) <= 36


def test_hidden_members_are_counted_and_stay(
    client, sales, run, make_person, team, other_team
) -> None:
    seen = [make_person("Johannes", "Maier", team=team) for _ in range(2)]
    hidden = make_person("Gisela", "Geheimrat", team=other_team)
    suspected(run, [*seen, hidden])
    client.force_login(sales)
    shown = client.get(GROUP)
    page = text(shown)
    assert "gehört 1 weiterer Eintrag, den Sie nicht sehen dürfen" in page
    assert "Geheimrat" not in page
    assert str(hidden.public_id) not in page
    forged = form_of(shown)
    forged["eintrag"] = [*forged["eintrag"], str(hidden.public_id)]
    assert client.post(MERGE, forged).status_code == 404
    assert client.post(APART, forged).status_code == 404
    assert not Merge.objects.exists()
    assert client.post(MERGE, form_of(shown)).status_code == 303
    assert Person.objects.filter(pk=hidden.pk).exists()


def test_who_may_not_merge_sees_the_reasons_and_no_buttons(client, make_user, team, twins) -> None:
    client.force_login(make_user(RoleCode.PRIVACY, teams=[team]))
    page = text(client.get(GROUP))
    assert "Warum der Verdacht?" in page
    assert "Zusammenführen" not in page
    ids = [str(each.public_id) for each in twins]
    for url in (MERGE, APART):
        assert client.post(url, {"eintrag": ids, "gruppe": "1"}).status_code == 403
    assert (
        client.get("/dubletten/ansprechpartner/vergleichen/", {"eintrag": ids}).status_code == 403
    )
    assert not Merge.objects.exists()


def test_any_records_can_be_compared_and_merged(client, sales, make_person, team) -> None:
    pair = [make_person("Änne", "Müller", team=team) for _ in range(2)]
    ids = [str(each.public_id) for each in pair]
    client.force_login(sales)
    shown = client.get("/dubletten/ansprechpartner/vergleichen/", {"eintrag": ids})
    assert "Vergleich" in text(shown)
    answer = client.post(MERGE, form_of(shown))
    assert answer.url == f"/ansprechpartner/{Person.objects.get().public_id}/"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 409),
        ({"eintrag": "x"}, 404),
        ({"bleibt": "x"}, 404),
        ({"stand": "x"}, 404),
        ({"ohne": "x"}, 404),
        ({"wahl-surname": "x"}, 404),
    ],
)
def test_nonsense_is_refused(client, sales, twins, fields, status) -> None:
    client.force_login(sales)
    good = form_of(client.get(GROUP)) if fields else {"gruppe": "1"}
    assert client.post(MERGE, good | fields).status_code == status
    assert not Merge.objects.exists()


def test_companies_are_compared_without_naming_who_works_there(
    client, sales, admin, source, team, other_team, make_person, at
) -> None:
    run = made_run(made_model(MatchingKind.COMPANY, at), at)
    known = {"actor": admin, "source": source, "at": at}
    above = companies.create(values={"name": "Havelberg Holding"}, team=team, **known)
    pair = [
        companies.create(
            values={"name": "Havelberg", "legal_form": form, "parent": above}, team=team, **known
        )
        for form in ("GmbH", "AG")
    ]
    hidden = make_person("Gisela", "Geheimrat", team=other_team)
    employments.add(person=hidden, company=pair[1], values={"function": "Einkauf"}, **known)
    suspected(run, pair, levels={"surname": "same_3"})
    client.force_login(sales)
    shown = client.get("/dubletten/firmen/1/")
    page = text(shown)
    assert "Ist das dieselbe Firma?" in page
    assert "1 Beschäftigung" in page
    assert "Havelberg Holding" in page
    assert "Geheimrat" not in page
    answer = client.post("/dubletten/firmen/zusammenfuehren/", form_of(shown))
    assert answer.url == "/dubletten/firmen/"
    assert Company.objects.filter(name="Havelberg").count() == 1
