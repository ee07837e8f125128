"""From the page of a record to the comparison with another one."""

from urllib.parse import urlencode

import pytest

from contacts import companies, merging
from contacts.models import Merge, Person
from crm.accounts.models import RoleCode
from tests.crm.suspects import made_model, made_run, suspected
from tests.crm.ui.merging.conftest import text


def page_of(record) -> str:
    kind = "ansprechpartner" if isinstance(record, Person) else "firmen"
    return f"/{kind}/{record.public_id}/"


def choosing(record) -> str:
    return f"{page_of(record)}zusammenfuehren/"


def compared(*records) -> str:
    kind = "ansprechpartner" if isinstance(records[0], Person) else "firmen"
    ids = urlencode([("eintrag", record.public_id) for record in records])
    return f"/dubletten/{kind}/vergleichen/?{ids}"


def urls(answer) -> list[str]:
    return [each.url for each in answer.context["found"]]


def test_the_page_of_a_record_leads_there(client, sales, pair, admin, source, at) -> None:
    firm = companies.create(
        actor=admin, values={"name": "Havelberg"}, source=source, owner=sales, at=at
    )
    client.force_login(sales)
    for record in (pair[0], firm):
        page = text(client.get(page_of(record)))
        assert f'href="{choosing(record)}"' in page
        assert "Zusammenführen mit …" in page


def test_the_other_record_is_found_and_laid_beside_this_one(client, sales, pair) -> None:
    client.force_login(sales)
    answer = client.get(choosing(pair[0]), {"q": "j.mayer@havelberg"})
    assert urls(answer) == [compared(*pair)]
    assert f'class="lead" href="{compared(*pair)}"'.replace("&", "&amp;") in text(answer)
    columns = client.get(urls(answer)[0]).context["sides"].columns
    assert {column.record for column in columns} == set(pair)
    assert not Merge.objects.exists()


def test_of_the_same_kind_only(client, sales, pair, admin, source, at) -> None:
    known = {"actor": admin, "source": source, "owner": sales, "at": at}
    firms = [companies.create(values={"name": name}, **known) for name in ("Mayer KG", "Maier KG")]
    client.force_login(sales)
    assert urls(client.get(choosing(pair[0]), {"q": "Mayer"})) == [compared(*pair)]
    assert urls(client.get(choosing(firms[0]), {"q": "Maier KG"})) == [compared(*firms)]


def test_not_with_itself(client, sales, pair) -> None:
    client.force_login(sales)
    alone = client.get(choosing(pair[0]), {"q": "Johannes Maier"})
    assert urls(alone) == []
    assert (
        "passt nur Johannes Maier, und ein Eintrag lässt sich nicht mit sich selbst zusammenführen"
    ) in text(alone)
    forced = client.get(compared(pair[0], pair[0]))
    assert forced.status_code == 409
    assert "mindestens zwei verschiedene Einträge" in text(forced)


def test_before_anything_is_typed_suspects_are_offered(client, sales, pair, at) -> None:
    client.force_login(sales)
    assert "Welcher Eintrag meint dasselbe?" in text(client.get(choosing(pair[0])))
    suspected(made_run(made_model("PERSON", at), at), pair)
    answer = client.get(choosing(pair[1]))
    (found,) = answer.context["suspects"]
    assert (found.record, found.url) == (pair[0], compared(pair[1], pair[0]))
    assert "Mögliche Dubletten" in text(answer)


def test_an_alias_leads_to_what_became_of_it(client, sales, pair, merged, make_person, team):
    client.force_login(sales)
    assert client.get(choosing(pair[1])).url == choosing(pair[0])
    kunz = make_person("Jan", "Kunz", team=team)
    found = client.get(choosing(kunz), {"q": "j.mayer@havelberg.example"})
    assert urls(found) == [compared(kunz, pair[0])]
    forced = client.get(compared(kunz, pair[1]))
    assert forced.status_code == 409
    told = "Dr. J. Mayer wurde inzwischen mit Dr. Johannes Maier zusammengeführt."
    assert told in text(forced)
    assert Merge.objects.get() == merged


def test_what_one_may_not_see_is_not_there(client, sales, pair, make_person, other_team) -> None:
    hidden = make_person("Gisela", "Geheimrat", team=other_team)
    client.force_login(sales)
    answer = client.get(choosing(pair[0]), {"q": "Geheimrat"})
    assert urls(answer) == []
    assert "Kein Ansprechpartner passt zu „Geheimrat“" in text(answer)
    assert "Gesucht wird in dem, was Sie sehen dürfen." in text(answer)
    assert client.get(choosing(hidden)).status_code == 404
    forced = client.get(compared(pair[0], hidden))
    assert forced.status_code == 404
    assert "Gisela" not in text(forced)


def test_who_may_not_merge_gets_no_way_there(client, make_user, team, pair) -> None:
    client.force_login(make_user(RoleCode.PRIVACY, teams=[team]))
    assert "Zusammenführen mit" not in text(client.get(page_of(pair[0])))
    assert client.get(choosing(pair[0])).status_code == 403


def test_typing_renews_the_hits_alone(client, sales, pair) -> None:
    client.force_login(sales)
    asked = {"q": "Mayer"}
    whole = client.get(choosing(pair[0]), asked)
    part = client.get(choosing(pair[0]), asked, headers={"HX-Request": "true"})
    assert "<html" in text(whole)
    assert "<html" not in text(part)
    for answer in (whole, part):
        assert compared(*pair).replace("&", "&amp;") in text(answer)


@pytest.mark.parametrize("typed", ["@", "#", "%", "' OR 1=1", "x" * 500, "M"])
def test_whatever_is_typed(client, sales, pair, typed) -> None:
    client.force_login(sales)
    assert client.get(choosing(pair[0]), {"q": typed}).status_code == 200


def test_after_the_merge_one_stands_on_the_page_that_stayed(client, sales, pair, at) -> None:
    client.force_login(sales)
    context = client.get(compared(*pair)).context
    form = {
        "eintrag": [str(each.public_id) for each in pair],
        "bleibt": str(pair[0].public_id),
        "stand": context["versions"],
    }
    answer = client.post("/dubletten/ansprechpartner/zusammenfuehren/", form)
    assert answer.url == page_of(pair[0])
    (merge,) = merging.merges_of(sales)
    assert merging.survivor_of(merge) == pair[0]
