"""The list of suspects, a group, and what stands on the page of a record."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts import companies, employments
from contacts.duplicates import decisions
from contacts.models import MatchingKind, PairDecision, Person
from crm.accounts.models import RoleCode
from crm.ui.screens.duplicates.words import signed
from tests.crm.suspects import APART, made_model, made_run, suspected
from tests.crm.ui.duplicates.conftest import url_of

LIST = "/dubletten/"


def text(answer) -> str:
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_group_shows_its_records_side_by_side_and_why(client, sales, twins) -> None:
    client.force_login(sales)
    page = text(client.get(LIST))
    for told in (
        "Johannes Maier · Johannes Mayer",
        "sehr wahrscheinlich",
        'Johannes Ma<mark class="differs">y</mark>er',
        "04.05.1970",
        "Am Speicher 14, 10997 Berlin",
        "030 23125101",
        "Tag und Monat vertauscht",
        "dieselbe Festnetznummer",
        "Sonst am ehesten:",
        "Dieselbe",
        "Verschieden",
    ):
        assert told in page, told


def test_the_bars_sum_up_to_the_weight(client, sales, twins) -> None:
    client.force_login(sales)
    answer = client.get(LIST)
    (pair,) = answer.context["cards"][0].pairs
    explanation = pair.suspicion.explanation
    bits = explanation.base + sum(part.bits for part in explanation.parts)
    assert bits == pytest.approx(pair.suspicion.weight)
    assert pair.why.total == pair.bits == signed(bits)
    for line in (*pair.why.lines, pair.why.base):
        assert line.bar.is_against == line.bits.startswith("−")
        assert 0 <= int(line.bar.start) <= int(line.bar.start) + int(line.bar.width) <= 1000


def test_nobody_has_searched_yet(client, sales, team_lead) -> None:
    client.force_login(sales)
    page = text(client.get(LIST))
    assert "Noch nicht gesucht" in page
    assert "Nach Dubletten suchen" not in page
    client.force_login(team_lead)
    assert "Nach Dubletten suchen" in text(client.get(LIST))


def test_strengths_narrow_the_list_down(client, sales, twins, run, make_person, team) -> None:
    others = [make_person("Änne", "Müller", team=team) for _ in range(2)]
    weak = suspected(run, others, levels={"given": "same_1", "surname": "same_7"}, number=2)
    client.force_login(sales)
    answer = client.get(LIST)
    counts = {each["band"].code: each["count"] for each in answer.context["filters"]}
    assert sum(counts.values()) == 2
    page = text(client.get(f"{LIST}?band=SURE"))
    assert "Johannes Maier" in page
    assert ("Änne Müller" in page) == (weak.strength >= 6)
    assert client.get(f"{LIST}?band=HUGE").status_code == 422


def test_pages_continue_behind_the_last_group(client, sales, run, make_person, team) -> None:
    for number in range(1, 13):
        pair = [make_person("Änne", f"Müller{number}", team=team) for _ in range(2)]
        suspected(run, pair, number=number)
    client.force_login(sales)
    first = client.get(LIST)
    assert len(first.context["cards"]) == 10
    second = client.get(f"{LIST}?after={first.context['page'].next}")
    numbers = [card.number for answer in (first, second) for card in answer.context["cards"]]
    assert sorted(numbers) == list(range(1, 13))
    assert second.context["page"].next == ""


def test_the_list_asks_as_often_for_nine_groups_as_for_one(
    client, sales, run, make_person, team, twins
) -> None:
    client.force_login(sales)
    client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(LIST)
    for number in range(2, 10):
        members = [make_person("Änne", f"Müller{number}", team=team) for _ in range(3)]
        suspected(run, members, number=number)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(LIST).context["cards"]) == 9
    assert len(many) == len(few)
    assert len(few) <= 24


def test_hidden_members_are_only_counted(client, sales, run, make_person, team, other_team) -> None:
    seen = [make_person("Johannes", "Maier", team=team) for _ in range(2)]
    hidden = make_person("Gisela", "Geheimrat", team=other_team)
    suspected(run, [*seen, hidden])
    client.force_login(sales)
    for url in (LIST, reverse("duplicate-group", args=["ansprechpartner", 1]), url_of(seen[0])):
        page = text(client.get(url))
        assert "Geheimrat" not in page
        assert str(hidden.public_id) not in page
    assert "1 weiterer Eintrag, den Sie nicht sehen dürfen" in text(client.get(LIST))
    card = client.get(LIST).context["cards"][0]
    assert len(card.pairs) == 1


def test_a_group_of_strangers_is_not_there(client, sales, run, make_person, other_team) -> None:
    suspected(run, [make_person("Gisela", "Geheimrat", team=other_team) for _ in range(2)])
    client.force_login(sales)
    assert client.get(LIST).context["cards"] == []
    url = reverse("duplicate-group", args=["ansprechpartner", 1])
    assert client.get(url).status_code == 404


def test_who_sees_one_of_a_group_sees_no_reason(
    client, sales, run, make_person, team, other_team
) -> None:
    mine = make_person("Johannes", "Maier", team=team)
    suspected(run, [mine, make_person("Gisela", "Geheimrat", team=other_team)])
    client.force_login(sales)
    assert client.get(LIST).context["cards"] == []  # nothing that they could settle
    page = text(client.get(f"{LIST}?stand=alle"))
    assert "wenn Sie mindestens zwei ihrer Einträge sehen" in page
    assert "Dieselbe" not in page
    assert "mögliche Dublette" not in text(client.get(url_of(mine)))


def test_who_may_only_read_gets_no_buttons(client, make_user, team, twins) -> None:
    client.force_login(make_user(RoleCode.PRIVACY, teams=[team]))
    page = text(client.get(LIST))
    assert "Johannes Mayer" in page
    assert "Verschieden" not in page


def test_companies_have_their_own_list(client, admin, source, at) -> None:
    run = made_run(made_model(MatchingKind.COMPANY, at), at)
    known = {"actor": admin, "source": source, "owner": admin, "at": at}
    pair = [
        companies.create(values={"name": "Havelberg", "legal_form": form, "vat_id": vat}, **known)
        for form, vat in (("GmbH", "DE136695976"), ("AG", ""))
    ]
    suspected(run, pair, levels={"surname": "same_3"})
    client.force_login(admin)
    page = text(client.get("/dubletten/firmen/"))
    assert "Havelberg GmbH · Havelberg AG" in page
    assert "DE136695976" in page
    assert "Ist das dieselbe Firma?" in text(client.get("/dubletten/firmen/1/"))
    assert client.get(LIST).context["cards"] == []


def test_employers_of_both_are_told(client, sales, twins, admin, source, team, at) -> None:
    known = {"actor": admin, "source": source, "at": at}
    firm = companies.create(values={"name": "Havelberg GmbH"}, team=team, **known)
    employments.add(person=twins[0], company=firm, values={"function": "Einkauf"}, **known)
    client.force_login(sales)
    page = text(client.get(LIST))
    assert "Havelberg GmbH" in page
    assert "Einkauf" in page


def test_the_page_of_a_record_leads_to_its_suspects(
    client, sales, twins, make_person, team
) -> None:
    client.force_login(sales)
    page = text(client.get(url_of(twins[0])))
    url = reverse("duplicate-record", args=["ansprechpartner", twins[0].public_id])
    assert f'<a href="{url}">Eine mögliche Dublette</a>' in page
    shown = text(client.get(url))
    assert "Was Johannes Maier gleicht" in shown
    assert "Johannes Ma<mark" in shown
    alone = make_person("Änne", "Müller", team=team)
    assert "mögliche Dublette" not in text(client.get(url_of(alone)))
    lonely = reverse("duplicate-record", args=["ansprechpartner", alone.public_id])
    assert client.get(lonely).status_code == 404


def test_a_decided_pair_says_who_decided(client, sales, twins, at) -> None:
    decisions.decide(
        actor=sales, first=twins[0], second=twins[1], verdict=PairDecision.Verdict.SAME, at=at
    )
    client.force_login(sales)
    page = text(client.get(LIST))
    assert f"Entschieden von {sales.full_name}" in page
    assert "Zurücknehmen" in page
    assert 'value="DIFFERENT"' not in page


def test_what_speaks_against_is_said(client, sales, run, make_person: Callable[..., Person], team):
    suspected(run, [make_person("Johannes", "Maier", team=team) for _ in range(2)], levels=APART)
    client.force_login(sales)
    page = text(client.get(LIST))
    assert "Dagegen:" in page
    assert "bar-minus" in page


def test_each_pair_has_a_heading_of_its_own(client, sales, run, make_person, team) -> None:
    suspected(run, [make_person("Jan", name, team=team) for name in ("Maier", "Meier", "Mayer")])
    client.force_login(sales)
    (card,) = client.get(LIST).context["cards"]
    assert [(pair.letters, pair.names) for pair in card.pairs] == [
        ("A–B", ("Jan Maier", "Jan Meier")),
        ("A–C", ("Jan Maier", "Jan Mayer")),
        ("B–C", ("Jan Meier", "Jan Mayer")),
    ]
    for path in (LIST, "/dubletten/ansprechpartner/1/"):
        page = text(client.get(path))
        assert page.count("Warum der Verdacht?") == 1
        for pair in card.pairs:
            assert "<span>{} ·</span> <span>{}</span>".format(*pair.names) in page
