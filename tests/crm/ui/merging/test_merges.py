"""The list of merges, the page of an undo, doing it again, the line on the page of a record."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts import contact_points, merging, persons
from contacts.models import ContactPointHolder, Merge, MergeOrigin, Person
from crm.accounts.models import RoleCode
from tests.crm.ui.merging.conftest import text

LIST = "/dubletten/zusammengefuehrt/"


def page_of(merge: Merge) -> str:
    return f"{LIST}{merge.public_id}/"


def test_the_list_says_who_merged_what_when(client, sales, merged, pair) -> None:
    client.force_login(sales)
    page = text(client.get(LIST))
    for told in (
        "Johannes Maier",
        "aus Dr. J. Mayer",
        sales.full_name,
        "von Hand",
        page_of(merged),
    ):
        assert told in page, told
    assert client.get(LIST, {"art": "automatisch"}).context["days"] == []


def test_days_have_headings_and_pages_continue(client, sales, make_person, team, at, monkeypatch):
    monkeypatch.setattr("crm.ui.screens.merging.merges.PAGE", 2)
    made = []
    for _ in range(3):
        one, other = (make_person("Änne", "Abel", team=team) for _ in range(2))
        made.append(merging.merge(actor=sales, survivor=one, others=[other], at=at))
    client.force_login(sales)
    first = client.get(LIST)
    second = client.get(f"{LIST}?after={first.context['next']}")
    shown = [
        line.merge for page in (first, second) for day in page.context["days"] for line in day.lines
    ]
    assert shown == made[::-1]
    assert second.context["next"] is None


def test_the_list_asks_as_often_for_many_as_for_one(
    client, sales, merged, make_person, team, at
) -> None:
    client.force_login(sales)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for _ in range(5):
        one, other = (make_person("Änne", "Abel", team=team) for _ in range(2))
        merging.merge(actor=sales, survivor=one, others=[other], at=at)
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few) <= 8


def test_the_undo_says_before_what_happens(client, sales, merged, pair, admin, source, at) -> None:
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    survivor = Person.objects.get(pk=pair[0].pk)
    contact_points.add(record=survivor, kind="PHONE", value="030 23125 177", **known)
    survivor.refresh_from_db()
    persons.update(
        person=survivor, values={"title": "Prof. Dr."}, version=survivor.version, **known
    )
    client.force_login(sales)
    page = text(client.get(page_of(merged)))
    for told in (
        "Wird wieder eigenständig: <b>Dr. J. Mayer</b>",
        "1 Anschrift, 1 Kontaktweg",
        "seitdem bearbeitet, bleibt so",
        "Kam seitdem dazu und bleibt bei Prof. Dr. Johannes Maier: <b>1 Kontaktweg</b>",
    ):
        assert told in page, told
    assert Merge.objects.get().undone_at is None


def test_undoing_leads_to_the_record_and_can_be_done_again(client, sales, merged, pair) -> None:
    client.force_login(sales)
    answer = client.post(page_of(merged))
    assert answer.url == f"/ansprechpartner/{pair[0].public_id}/"
    assert Person.objects.count() == 2
    page = text(client.get(answer.url))
    redo = reverse("merge-redo", args=[merged.public_id])
    assert "Zurückgenommen: Dr. J. Mayer." in page
    assert redo in page
    assert "Wieder zusammenführen" in text(client.get(page_of(merged)))
    client.post(redo)
    assert Person.objects.count() == 1
    assert Merge.objects.filter(redoes=merged, undone_at=None).count() == 1
    assert client.post(redo).status_code == 409
    assert Merge.objects.count() == 2


def test_what_came_since_and_belongs_to_the_other_can_be_kept(
    client, sales, merged, pair, admin, source, at
) -> None:
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    survivor = Person.objects.get(pk=pair[0].pk)
    held = ContactPointHolder.objects.get(person=survivor)
    contact_points.remove(holder=held, actor=admin, at=at)
    contact_points.add(record=survivor, kind="EMAIL", value="j.mayer@havelberg.example", **known)
    client.force_login(sales)
    answer = client.get(page_of(merged))
    (added,) = answer.context["belonging"]
    assert "sonst bei Dr. J. Mayer" in text(answer)
    client.post(page_of(merged), {"behalten": added.ref})
    assert ContactPointHolder.objects.get(contact_point__kind="EMAIL").person_id == survivor.pk


def test_a_chain_is_refused_with_words_and_without_a_button(
    client, sales, merged, pair, make_person, team, at
) -> None:
    into = make_person("Johannes", "Meier", team=team)
    survivor = Person.objects.get(pk=pair[0].pk)
    merging.merge(actor=sales, survivor=into, others=[survivor], at=at)
    client.force_login(sales)
    page = text(client.get(page_of(merged)))
    assert "ging später in Dr. Johannes Meier auf." in page
    assert '<button class="btn btn--primary" type="submit">' not in page
    answer = client.post(page_of(merged))
    assert answer.status_code == 409
    assert "ging später in Dr. Johannes Meier auf." in text(answer)
    assert Merge.objects.get(pk=merged.pk).undone_at is None


def test_twice_undone_is_told(client, sales, merged) -> None:
    client.force_login(sales)
    client.post(page_of(merged))
    answer = client.post(page_of(merged))
    assert answer.status_code == 409
    assert "schon zurückgenommen" in text(answer)


def test_the_page_of_the_record_tells_of_it(client, sales, make_user, team, merged, pair) -> None:
    client.force_login(sales)
    url = f"/ansprechpartner/{pair[0].public_id}/"
    told = f"Zusammengeführt aus Dr. J. Mayer am 17.03.2026 von {sales.full_name}."
    page = text(client.get(url))
    assert told in page
    assert page_of(merged) in page
    client.post(page_of(merged))
    assert told not in text(client.get(url))
    client.force_login(make_user(RoleCode.PRIVACY, teams=[team]))
    assert page_of(merged) not in text(client.get(url))


def test_merges_of_hidden_records_do_not_exist(
    client, sales, admin, make_person, other_team, at
) -> None:
    one, other = (make_person("Gisela", "Geheimrat", team=other_team) for _ in range(2))
    merge = merging.merge(actor=admin, survivor=one, others=[other], at=at)
    client.force_login(sales)
    assert "Geheimrat" not in text(client.get(LIST))
    for url in (
        page_of(merge),
        reverse("merge-redo", args=[merge.public_id]),
        reverse("settling-undo", args=[merge.public_id]),
    ):
        assert client.post(url).status_code == 404
    assert Merge.objects.get().undone_at is None


def test_who_may_not_merge_sees_no_list(client, make_user, team, merged) -> None:
    client.force_login(make_user(RoleCode.PRIVACY, teams=[team]))
    assert client.get(LIST).status_code == 403
    assert client.post(page_of(merged)).status_code == 403
    assert Merge.objects.get().undone_at is None


def test_an_automatic_day_is_undone_with_one_button(
    client, admin, sales, make_person, team, merged, at
) -> None:
    made = []
    for _ in range(2):
        one, other = (make_person("Änne", "Abel", team=team) for _ in range(2))
        made.append(
            merging.merge(
                actor=None, survivor=one, others=[other], origin=MergeOrigin.AUTOMATIC, at=at
            )
        )
    url = reverse("merge-day-undo", args=["2026-03-17"])
    client.force_login(sales)
    assert url not in text(client.get(LIST))
    assert client.post(url).status_code == 403
    client.force_login(admin)
    page = text(client.get(LIST))
    assert url in page
    assert "automatisch" in page
    assert client.post(url).url == LIST
    assert "2 Zusammenführungen vom 17.03.2026 sind zurückgenommen." in text(client.get(LIST))
    assert list(Merge.objects.filter(undone_at=None)) == [merged]
    assert client.post(reverse("merge-day-undo", args=["gestern"])).status_code == 404


@pytest.mark.parametrize("kind", ["PERSON", "COMPANY"])
def test_the_setting_of_automatic_merging(client, admin, kind) -> None:
    client.force_login(admin)
    url = "/dubletten/automatisch/"
    page = text(client.get(url))
    assert "12 Bit rund 4.000 zu 1" in page
    assert page.count('value="12,0"') == 2
    answer = client.post(url, {"kind": kind, "is_on": "on", "threshold": "9,5"})
    assert answer.status_code == 303
    setting = merging.automatic.setting_of(kind)
    assert (setting.is_on, setting.threshold) == (True, 9.5)
    refused = client.post(url, {"kind": kind, "is_on": "on", "threshold": "3"})
    assert refused.status_code == 422
    assert "Die Schwelle liegt zwischen 6 und 100 bit." in text(refused)
    assert merging.automatic.setting_of(kind).threshold == 9.5
    assert client.post(url, {"kind": "X"}).status_code == 422
    client.post(url, {"kind": kind, "threshold": "9,5"})
    assert not merging.automatic.setting_of(kind).is_on
