"""Editing a record's own fields: in place, without script, and while somebody else does so too."""

import json
import re

import pytest
from django.urls import reverse

from contacts import persons
from contacts.models import Person

URL = "record-identity"


def address(record) -> str:
    kind = "ansprechpartner" if isinstance(record, Person) else "firmen"
    return reverse(URL, args=[kind, record.public_id])


def sent(page, **changes) -> dict[str, str]:
    """What a browser would send of the form on the page, with ``changes`` typed in."""
    values = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page.text))
    values = {name: value.replace("&quot;", '"') for name, value in values.items()}
    for name, code in re.findall(r'name="([^"]+)" value="([^"]*)"[^>]*checked', page.text):
        values[name] = code
    return {**values, "language": "de", **changes}


def test_the_form_replaces_the_part_and_the_part_replaces_the_form(
    sales_client, maier, hx, again
) -> None:
    form = sales_client.get(address(maier), headers=hx)
    assert form.text.startswith("<form")
    assert '<form class="edit block" id="identitaet-form"' in form.text
    saved = sales_client.post(
        address(maier), sent(form, surname="Meier", birth_date="14.2.71"), headers=hx
    )
    assert saved.status_code == 200
    assert "Dr. Johannes Meier" in saved.text
    assert 'id="verlauf" data-section data-renew hx-swap-oob="true"' in saved.text
    assert "Die Stammdaten sind gesichert." in saved.text
    person = again(maier)
    assert (person.surname, person.birth_date.isoformat(), person.title) == (
        "Meier",
        "1971-02-14",
        "Dr.",
    )


def test_without_script_there_are_pages(sales_client, maier, again) -> None:
    page = sales_client.get(address(maier))
    assert "<html" in page.text
    assert "hx-post" not in page.text.split('id="identitaet-form"')[1].split(">")[0]
    saved = sales_client.post(address(maier), sent(page, title="Prof. Dr."))
    assert saved.status_code == 303
    assert saved.headers["Location"] == reverse("person-detail", args=[maier.public_id])
    assert again(maier).title == "Prof. Dr."


def test_errors_stand_beside_the_field_and_nothing_is_lost(sales_client, maier, hx, again) -> None:
    form = sales_client.get(address(maier), headers=hx)
    refused = sales_client.post(
        address(maier),
        sent(form, birth_date="31.02.1971", surname="Meier", title="Prof."),
        headers=hx,
    )
    assert refused.status_code == 422
    assert "kann kein Geburtsdatum sein" in refused.text
    assert 'value="Meier"' in refused.text
    assert again(maier).surname == "Maier"


def test_without_any_name_it_is_refused(sales_client, maier, hx) -> None:
    form = sales_client.get(address(maier), headers=hx)
    refused = sales_client.post(address(maier), sent(form, surname="", given_name=""), headers=hx)
    assert refused.status_code == 422
    assert "wenigstens einen Vor- oder Nachnamen" in refused.text


@pytest.fixture
def somebody_else(admin, source, at):
    def write(person, **values):
        persons.update(actor=admin, person=person, values=values, source=source, at=at)

    return write


def test_what_somebody_else_changed_elsewhere_stays(
    sales_client, maier, hx, again, somebody_else
) -> None:
    form = sales_client.get(address(maier), headers=hx)
    somebody_else(maier, title="Prof. Dr.")
    saved = sales_client.post(address(maier), sent(form, surname="Meier"), headers=hx)
    assert saved.status_code == 200
    assert (again(maier).surname, again(maier).title) == ("Meier", "Prof. Dr.")


def test_a_conflict_shows_what_the_other_wrote_and_keeps_what_was_typed(
    sales_client, maier, hx, again, somebody_else, admin
) -> None:
    form = sales_client.get(address(maier), headers=hx)
    somebody_else(maier, surname="Mayr")
    refused = sales_client.post(
        address(maier), sent(form, surname="Meier", title="Prof. Dr."), headers=hx
    )
    assert refused.status_code == 422
    assert "Inzwischen hat jemand anderes geändert:" in refused.text
    assert str(admin) in refused.text
    assert "Dort steht inzwischen „Mayr“." in refused.text
    assert 'value="Meier"' in refused.text
    assert (again(maier).surname, again(maier).title) == ("Mayr", "Dr.")
    meant = sales_client.post(address(maier), sent(refused), headers=hx)
    assert meant.status_code == 200
    assert (again(maier).surname, again(maier).title) == ("Meier", "Prof. Dr.")


def test_the_base_of_a_form_is_what_it_showed(sales_client, maier, hx) -> None:
    form = sales_client.get(address(maier), headers=hx)
    base = json.loads(sent(form)["base"])
    assert base == {
        "salutation": "HERR",
        "title": "Dr.",
        "given_name": "Johannes",
        "particle": "",
        "surname": "Maier",
        "birth_date": None,
        "language": "de",
    }


def test_the_source_used_last_is_proposed(sales_client, maier, hx, source, again) -> None:
    form = sales_client.get(address(maier), headers=hx)
    values = sent(form, title="Prof.", source=str(source.public_id), confirmed="on")
    sales_client.post(address(maier), values, headers=hx)
    form = sales_client.get(address(maier), headers=hx)
    assert f'<option value="{source.public_id}" selected>' in form.text
    sales_client.post(
        address(maier), sent(form, title="Dr.", source="", confirmed="on"), headers=hx
    )
    origin = again(maier).field_sources["title"]
    assert origin["source"] != source.pk
    assert origin["confirmed_on"] is not None


def test_cancelling_shows_the_part_again(sales_client, maier, hx) -> None:
    part = sales_client.get(address(maier) + "?abbrechen=1", headers=hx)
    assert '<section class="identity" id="identitaet"' in part.text
    assert "hx-swap-oob" not in part.text


def test_a_company_with_a_parent(sales_client, havelberg, hx, again, admin, source, team, at):
    from contacts import companies

    holding = companies.create(
        actor=admin, values={"name": "Havelberg Holding SE"}, source=source, team=team, at=at
    )
    form = sales_client.get(address(havelberg), headers=hx)
    typed = {"company": "Havelberg Holding", "vat_id": "DE 136695976", "industry_codes": "28.29"}
    asked = sales_client.post(address(havelberg), sent(form, **typed), headers=hx)
    assert asked.status_code == 200
    company = again(havelberg)
    assert company.parent == holding
    assert (company.vat_id, company.industry_codes) == ("DE136695976", ["28.29"])
    form = sales_client.get(address(havelberg), headers=hx)
    refused = sales_client.post(
        address(havelberg), sent(form, industry_codes="Maschinenbau"), headers=hx
    )
    assert "„Maschinenbau“ ist kein Schlüssel" in refused.text


def test_the_remark(sales_client, maier, hx, again) -> None:
    url = reverse("record-remark", args=["ansprechpartner", maier.public_id])
    form = sales_client.get(url, headers=hx)
    saved = sales_client.post(url, sent(form, remark="Ruft lieber\nselbst an."), headers=hx)
    assert "Ruft lieber<br>selbst an." in saved.text
    assert again(maier).remark == "Ruft lieber\nselbst an."
