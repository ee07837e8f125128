"""Input that nobody types: refused with a sentence or left out, never an error of the programme."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contacts import criteria
from contacts.importing import imports
from contacts.listing import keyset
from contacts.listing.sorting import parse as sorting
from contacts.models import Person

NUL, HALF = "\0", "\ud800"
DEEP = "[" * 5000 + "]" * 5000


@pytest.fixture
def browser(client: Client, admin: Any) -> Client:
    client.force_login(admin)
    return client


@pytest.mark.parametrize(
    "url",
    [
        "/ansprechpartner/?q=a%00b",
        "/ansprechpartner/?sort=%00",
        "/ansprechpartner/?%00=1",
        "/firmen/auswahl/?company=%00",
        "/suche/?q=%00",
        "/verwaltung/rollen/SALES%00/",
        "/import/neu/datei/?herkunft=%00",
    ],
)
def test_no_nul_in_an_address(browser: Client, url: str) -> None:
    for answer in (browser.get(url), browser.post(url)):
        assert answer.status_code in (400, 405)
    assert "in keinem Text vorkommt" in browser.get("/suche/?q=%00").text


def test_no_nul_in_a_form(browser: Client, make_person: Any) -> None:
    person = make_person("Anna", "Abel")
    own = ["ansprechpartner", person.public_id]
    for url, form in (
        (reverse("person-new"), {"name": f"Anna{NUL}Abel"}),
        (reverse("record-keeper", args=own), {"owner": NUL}),
        (reverse("record-remark", args=own), {"remark": NUL}),
        (reverse("person-answer"), {"criterion": NUL, "everything": "1"}),
        (reverse("record-check", args=["person-name"]), {"value": NUL}),
        (reverse("login"), {"username": NUL, "password": "x"}),
    ):
        assert browser.post(url, form).status_code in (302, 400), url
    assert Person.objects.get().version == 1


def test_a_fragment_is_told_in_the_corner(browser: Client) -> None:
    answer = browser.get("/suche/?q=%00", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["HX-Reswap"]) == (400, "none")
    assert "in keinem Text vorkommt" in answer.text


@pytest.mark.parametrize(
    "body",
    [
        '{"surname": "a\\u0000b"}',
        '{"surname": "\\ud800"}',
        '{"remark": {"a": "\\u0000"}}',
        '{"\\u0000": 1}',
        '{"surname": 1e400}',
        '{"surname": NaN}',
        '{"surname": ' + "9" * 5000 + "}",
        DEEP,
        "{",
        '"text"',
        "null",
        "[1]",
    ],
)
def test_json_that_cannot_be_stored(api, admin, body: str) -> None:
    client = api(admin)
    answer = client.post("/api/v1/persons", body, content_type="application/json")
    assert answer.status_code == 400, answer.content
    assert answer.json()["message"]
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "query",
    ["q=%00", "%00=1", "sort=%00", "limit=0000000019999", "limit=" + "9" * 5000, "limit=²"],
)
def test_parameters_of_the_api(api, admin, query: str) -> None:
    assert api(admin).get(f"/api/v1/persons?{query}").status_code == 400


@pytest.mark.parametrize("type_", ["NUMBER", "DATE", "CHOICES", "CHOICE", "BOOLEAN", "TEXT"])
def test_answers_out_of_range(api, admin, make_person, at, type_: str) -> None:
    choices = ["Ja"] if type_.startswith("CHOICE") else []
    criteria.create(
        actor=admin, label="Frage", subject="PERSON", type=type_, choices=choices, at=at
    )
    client, person = api(admin), make_person("Anna", "Abel")
    url = f"/api/v1/persons/{person.public_id}/qualification/frage"
    for value in (
        "1E999999999", "-1E+9999999999999999999", "9" * 400, 10**400, 1e300, "1e400", "NaN",
        "99999-01-01", "0000-00-00", "31.02.2026", [[]], [1], {"a": 1}, True, HALF, "x" * 1001,
    ):  # fmt: skip
        if value == HALF:
            answer = client.put(url, '{"value": "\\ud800"}', content_type="application/json")
        else:
            answer = client.put(url, {"value": value}, format="json")
        assert answer.status_code in (200, 400), (type_, value)


@pytest.mark.parametrize("value", ["1E999999999", "1e400", "9" * 5000, "1E-999999", "-1E999999999"])
def test_conditions_out_of_range(browser: Client, admin, at, value: str) -> None:
    criteria.create(actor=admin, label="Umsatz", subject="PERSON", type="NUMBER", at=at)
    for code in ("criterion.umsatz", "completeness_below", "city", "owner", "created"):
        assert browser.get("/ansprechpartner/", {code: value}).status_code in (200, 422), code


@pytest.mark.parametrize(
    "cursor",
    ['["a",1e999,0]', '["a",1,1e999]', "[" * 1500, '["\\ud800",1,0]', "[1,2,3]", '["a"]',
     '["a",' + "9" * 4000 + ",0]", '["a",1,' + "9" * 4000 + "]", "{}", "null"],
)  # fmt: skip
def test_cursors_that_nobody_gave(browser: Client, make_person, cursor: str) -> None:
    from base64 import urlsafe_b64encode

    make_person("Anna", "Abel")
    text = urlsafe_b64encode(cursor.encode()).decode().rstrip("=")
    order = sorting("name")
    assert order is not None
    assert keyset.parse(text, sorting=order) is None
    for sort in ("", "changed", "confirmed", "completeness"):
        page = browser.get("/ansprechpartner/", {"after": text, "sort": sort})
        assert page.status_code == 200
        assert "Abel" in page.text


def test_a_choice_with_too_many_conditions(browser: Client) -> None:
    query = "&".join(f"a{number}=1" for number in range(600))
    answer = browser.post(reverse("person-confirm"), {"query": query, "everything": "1"})
    assert answer.status_code == 422


def test_pages_of_imports_with_strange_cursors(
    browser: Client, api, admin, source, at, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    run = imports.upload(
        actor=admin, file=BytesIO(b"Nachname\nMaier\n"), file_name="l.csv", source=source, at=at
    )
    run.state = "DONE"
    run.save()
    url = reverse("import-detail", args=[run.public_id])
    for cursor in ("9" * 5000, "-1", "²", "9" * 18):
        assert browser.get(url, {"after": cursor}).status_code == 200
        assert browser.get(url, {"before": cursor}).status_code == 200
        assert browser.get(reverse("import-list"), {"after": cursor}).status_code == 200
    for query in ("herkunft=x", f"herkunft={source.public_id}&zustaendig=x&team=x"):
        file = BytesIO(b"Nachname\nMaier\n")
        answer = browser.post(f"{reverse('import-upload')}?{query}", {"file": file})
        assert answer.status_code in (404, 422)


@pytest.mark.parametrize(
    "change",
    [
        {"reading": {"encoding": {}}},
        {"reading": {"encoding": ["utf-8"]}},
        {"reading": {"sheet": ["a"]}},
        {"reading": {"delimiter": 1}},
        {"reading": {"header_row": 1e300}},
        {"reading": {"header_row": [1]}},
        {"mapping": {"columns": {"Nachname": ["person.surname"]}}},
        {"mapping": {"columns": {"Nachname": {"a": 1}}}},
        {"mapping": {"columns": {"Nachname": True}}},
        {"mapping": {"columns": {"Nachname": "person.surname"}, "translations": {"a": 1}}},
        {"mapping": {"columns": {"Nachname": "person.surname"}, "options": {"region": [1]}}},
        {"mapping": {"defaults": {"criterion.": 1}}},
        {"preset": "\u2028"},
    ],
)
def test_settings_of_an_import(api, admin, source, at, settings, tmp_path, change) -> None:
    settings.MEDIA_ROOT = tmp_path
    run = imports.upload(
        actor=admin, file=BytesIO(b"Nachname\nMaier\n"), file_name="l.csv", source=source, at=at
    )
    answer = api(admin).patch(f"/api/v1/imports/{run.public_id}", change, format="json")
    assert answer.status_code in (200, 400, 422), answer.content
