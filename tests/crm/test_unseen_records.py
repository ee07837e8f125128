"""What a user may not see stays unseen by every door: nothing of it is told, nothing changes.

The stranger belongs to another team and sees one person of their own; the hidden person and
company belong to the team of sales.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contacts import (
    addresses,
    companies,
    contact_points,
    employments,
    external_ids,
    saved_views,
)
from contacts.importing import imports, running
from contacts.listing import ListName, ListQuery
from contacts.models import Company, ImportRow, ImportRun, Person
from crm.accounts import tokens
from crm.accounts.models import Role, RoleCode, User, Visibility
from crm.kernel import clock
from crm.kernel.models import AuditEntry
from tests import notice_cast

SECRETS = ("Geheimrat", "Verborgen", "geheim@", "+4930555777", "030 555777", "Tarnweg")


@pytest.fixture
def hidden(make_person, admin, source, team, at) -> tuple[Person, Company]:
    """A person with everything, at a company of the same team."""
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    company = companies.create(values={"name": "Verborgen GmbH"}, team=team, **known)
    person = make_person("Gisela", "Geheimrat", team=team)
    for record in (person, company):
        contact_points.add(record=record, kind="EMAIL", value="geheim@v.example", **known)
        contact_points.add(record=record, kind="PHONE", value="030 555777", **known)
        addresses.add(record=record, values={"street": "Tarnweg 7", "city": "Berlin"}, **known)
        external_ids.add(record=record, system="ERP", value="V-77", **known)
    employments.add(person=person, company=company, values={"function": "Leitung"}, **known)
    return Person.objects.get(pk=person.pk), Company.objects.get(pk=company.pk)


@pytest.fixture(params=["sees-team", "sees-own"])
def stranger(request, make_user, other_team) -> User:
    if request.param == "sees-own":
        Role.objects.filter(code=RoleCode.SERVICE).update(visibility=Visibility.OWN)
        return make_user(RoleCode.SERVICE, teams=[other_team])
    return make_user(RoleCode.SALES, teams=[other_team])


@pytest.fixture
def mine(make_person, stranger, other_team) -> Person:
    """A person of the stranger."""
    return make_person("Anna", "Abel", owner=stranger, team=other_team)


@pytest.fixture
def browser(client: Client, stranger: User) -> Client:
    client.force_login(stranger)
    return client


def parts_of(record: Any) -> dict[str, int]:
    """The ids of what hangs on the record, by the word the addresses use."""
    found = {
        "point": record.contact_points.first().pk,
        "place": record.addresses.get().pk,
        "number": record.external_ids.get().pk,
    }
    if isinstance(record, Person):
        found["role"] = record.employments.get().pk
    return found


def screens_of(kind: str, record: Any) -> Iterator[str]:
    """Every address of the screens below one record."""
    own = [kind, record.public_id]
    parts = parts_of(record)
    plain = "identity remark confirm keeper point-new point-back place-new role-new number-new"
    for name in (*plain.split(), "number-back"):
        yield reverse(f"record-{name}", args=own)
    yield reverse("record-answer", args=[*own, "budget"])
    for part, acts in (
        ("point", ("", "-confirm", "-verify", "-status", "-prefer", "-away")),
        ("place", ("", "-confirm", "-end")),
        ("role", ("", "-confirm", "-end")),
        ("number", ("-away",)),
    ):
        for act in acts:
            yield reverse(f"record-{part}{act}", args=[*own, parts.get(part, 1)])


def test_no_screen_of_a_hidden_record_opens(browser, hidden) -> None:
    person, company = hidden
    written = AuditEntry.objects.count()
    for name, record in (("person-detail", person), ("company-detail", company)):
        assert browser.get(reverse(name, args=[record.public_id])).status_code == 404
    for kind, record in (("ansprechpartner", person), ("firmen", company)):
        for url in screens_of(kind, record):
            for answer in (browser.get(url), browser.post(url)):
                assert answer.status_code in (404, 405), url
                assert not any(secret in answer.text for secret in SECRETS), url
    assert AuditEntry.objects.count() == written


def test_no_part_of_a_hidden_record_opens_below_an_own_one(browser, hidden, mine) -> None:
    written = AuditEntry.objects.count()
    for url in screens_of("ansprechpartner", hidden[0]):
        if not url.split("/")[4].isdecimal():
            continue
        own = url.replace(str(hidden[0].public_id), str(mine.public_id))
        for answer in (browser.get(own), browser.post(own)):
            assert answer.status_code in (404, 405), own
    assert AuditEntry.objects.count() == written


def test_nothing_of_it_is_found_listed_or_counted(browser, hidden, mine) -> None:
    person, company = hidden
    doors = [
        *(reverse("search") + f"?q={text}" for text in ("geheimrat", "geheim@v.example", "V-77")),
        *(reverse("search") + f"?q={text}" for text in ("030555777", "verborgen", "tarnweg")),
        *(reverse("call-look-up") + f"?nummer={number}" for number in ("030555777", "555777")),
        *(reverse("api:callers") + f"?number={number}" for number in ("030555777", "03055577")),
        *(
            reverse("appointment-call") + f"?{asked}"
            for asked in (
                "nummer=030555777",
                f"person={person.public_id}&nummer=030555777",
            )
        ),
        reverse("person-list"),
        reverse("company-list"),
        reverse("person-counts"),
        reverse("company-counts"),
        reverse("person-list") + f"?company={company.public_id}",
        reverse("person-list") + "?q=geheimrat",
        reverse("today"),
        reverse("quality"),
        reverse("company-choices") + "?company=verborgen",
        reverse("company-choices") + "?company=V-77",
    ]
    for url in doors:
        told = browser.get(url).text.replace(url.partition("q=")[2] or "\0", "")
        for secret in ("Geheimrat", "Verborgen GmbH", "geheim@v", "Tarnweg", str(person.public_id)):
            assert secret not in told, (url, secret)


def test_a_shared_mailbox_does_not_tell_who_else_has_it(
    browser, hidden, mine, admin, source, at
) -> None:
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    contact_points.add(record=mine, kind="EMAIL", value="geheim@v.example", **known)
    page = browser.get(reverse("person-detail", args=[mine.public_id])).text
    assert "Geheimrat" not in page
    assert str(hidden[0].public_id) not in page
    assert str(hidden[1].public_id) not in page


def test_an_unseen_employer_is_a_name_and_its_staff_is_nobody(
    browser, stranger, hidden, mine, admin, source, at
) -> None:
    """Where somebody works belongs to the person; that it is a record, and which, does not."""
    employments.add(actor=admin, person=mine, company=hidden[1], values={}, source=source, at=at)
    page = browser.get(reverse("person-detail", args=[mine.public_id])).text
    assert "Verborgen GmbH" in page
    assert "Geheimrat" not in page
    assert str(hidden[1].public_id) not in page
    body = browser.get(f"/api/v1/persons/{mine.public_id}").json()
    (role,) = body["employments"]
    assert (role["company"], role["company_name"]) == (None, "Verborgen GmbH")
    url = f"/api/v1/persons/{mine.public_id}/employments/{role['id']}"
    changed = browser.patch(url, {"department": "Bau"}, content_type="application/json").json()
    assert (changed["company"], changed["department"]) == (None, "Bau")
    assert str(hidden[1].public_id) not in browser.get("/api/v1/persons").text


def test_the_check_at_entry_tells_only_that_there_is_something(browser, hidden, mine) -> None:
    """Whoever types a hidden person or company gets a sentence, and it is the same for both."""
    person, company = hidden
    written = AuditEntry.objects.count()
    typed = {"name": "Gisela Geheimrat", "email": "geheim@v.example", "phone": "030 555777"}
    firm = {**typed, "name": "Verborgen GmbH"}
    point = reverse("record-suspects", args=["ansprechpartner", mine.public_id, "weg"])
    ids = {"anders": str(person.public_id), "apart": str(company.public_id)}
    doors = [
        browser.post(reverse("person-new-suspects"), typed),
        browser.post(reverse("person-new-suspects"), {**typed, **ids}),
        browser.post(reverse("company-new-suspects"), firm),
        browser.post(reverse("person-new"), {**typed, "pruefen": "1"}),
        browser.post(point, {"kind": "EMAIL", "value": "geheim@v.example"}),
        browser.post(point, {"anders": ids["anders"]}),
        browser.post(reverse("person-new"), {**typed, "ergaenzen": ids["anders"]}),
        browser.post(reverse("company-new"), {**firm, "ergaenzen": ids["apart"]}),
    ]
    assert [answer.status_code for answer in doors] == [200, 200, 200, 200, 200, 404, 404, 404]
    for answer in doors[:4]:
        assert "Es gibt einen ähnlichen Eintrag, den Sie nicht sehen dürfen." in answer.text
    for answer in doors:
        told = answer.text.replace('value="Gisela Geheimrat"', "")
        for text in ("Geheimrat</h3>", "Verborgen GmbH</h3>", "Dafür", "Tarnweg", "wahrscheinlich"):
            assert text not in told, text
        assert str(person.public_id) not in told
        assert str(company.public_id) not in told
    bodies = (
        ("persons", {"name": typed["name"], "contact_points": [
            {"kind": "EMAIL", "value": "geheim@v.example"}]}),
        ("companies", {"name": "Verborgen GmbH", "contact_points": [
            {"kind": "PHONE", "value": "030 555777"}]}),
    )  # fmt: skip
    for kind, body in bodies:
        url = f"/api/v1/{kind}/suspects"
        found = browser.post(url, body, content_type="application/json")
        assert found.json() == {"suspects": [], "hidden_suspect": {"ask": None, "ask_name": ""}}
    assert AuditEntry.objects.count() == written


def test_hidden_staff_of_an_own_company_is_not_listed(
    browser, stranger, hidden, admin, source, at
) -> None:
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    own = companies.create(values={"name": "Offen AG"}, owner=stranger, **known)
    employments.add(person=hidden[0], company=own, values={"function": "Beirat"}, **known)
    assert "Geheimrat" not in browser.get(reverse("company-detail", args=[own.public_id])).text
    body = browser.get(f"/api/v1/companies/{own.public_id}").json()
    assert body["employments"] == []
    assert "Geheimrat" not in browser.get("/api/v1/companies").text


def test_an_unseen_parent_has_no_address_and_may_stay(
    browser, stranger, hidden, admin, source, at
) -> None:
    values = {"name": "Tochter AG", "parent": hidden[1]}
    own = companies.create(actor=admin, values=values, source=source, owner=stranger, at=at)
    company_id = str(hidden[1].public_id)
    url = reverse("company-detail", args=[own.public_id])
    assert company_id not in browser.get(url).text
    assert browser.get(f"/api/v1/companies/{own.public_id}").json()["parent"] is None
    assert company_id not in browser.get("/api/v1/companies").text
    form = {
        "name": "Tochter AG",
        "legal_form": "",
        "website": "tochter.example",
        "company": hidden[1].full_name,
        "company_choice": company_id,
        "version": own.version,
    }
    saved = browser.post(reverse("record-identity", args=["firmen", own.public_id]), form)
    assert saved.status_code == 303, saved.text
    again = Company.objects.get(pk=own.pk)
    assert (again.website, again.parent) == ("tochter.example", hidden[1])


def test_nobody_makes_a_hidden_company_a_parent_or_an_employer(browser, hidden, mine) -> None:
    company_id = str(hidden[1].public_id)
    for url, body in (
        ("/api/v1/companies", {"name": "Neu AG", "parent": company_id}),
        (f"/api/v1/persons/{mine.public_id}/employments", {"company": company_id}),
    ):
        assert browser.post(url, body, content_type="application/json").status_code == 404
    form = {"company": "Verborgen GmbH", "company_choice": company_id}
    url = reverse("record-role-new", args=["ansprechpartner", mine.public_id])
    assert browser.post(url, form).status_code == 422
    assert browser.get(reverse("person-new") + f"?firma={company_id}").status_code == 404


def test_the_api_answers_404_below_a_hidden_record(browser, hidden) -> None:
    written = AuditEntry.objects.count()
    for kind, record in (("persons", hidden[0]), ("companies", hidden[1])):
        base, parts = f"/api/v1/{kind}/{record.public_id}", parts_of(record)
        requests = [
            ("GET", ""), ("PATCH", ""), ("POST", "/contact-points"), ("POST", "/addresses"),
            ("POST", "/external-ids"), ("POST", "/confirmation"), ("PUT", "/qualification/budget"),
            ("PATCH", f"/contact-points/{parts['point']}"),
            ("DELETE", f"/contact-points/{parts['point']}"),
            ("PATCH", f"/addresses/{parts['place']}"),
            ("DELETE", f"/external-ids/{parts['number']}"),
        ]  # fmt: skip
        if kind == "persons":
            requests += [("POST", "/employments"), ("PATCH", f"/employments/{parts['role']}")]
        for method, tail in requests:
            answer = browser.generic(method, base + tail, "{}", content_type="application/json")
            assert answer.status_code == 404, (method, tail)
    for q in ("geheimrat", "geheim@v.example", "V-77", "030555777", "verborgen"):
        found = browser.get("/api/v1/search", {"q": q}).json()
        assert (found["persons"], found["companies"]) == ([], []), q
    assert AuditEntry.objects.count() == written


def test_bulk_acts_pass_over_what_is_hidden(
    client, make_user, other_team, hidden, make_person, source, at
) -> None:
    lead = make_user(RoleCode.TEAM_LEAD, teams=[other_team])
    client.force_login(lead)
    own = make_person("Anna", "Abel", team=other_team)
    before = (hidden[0].version, hidden[0].team_id, hidden[0].confirmed_on)
    everything = {"everything": "1", "query": "", "do": "1"}
    picked = {"pick": [str(hidden[0].public_id), str(own.public_id)], "do": "1"}
    for choice in (everything, picked):
        client.post(reverse("person-confirm"), choice)
        client.post(reverse("person-assign"), {**choice, "owner": str(lead.public_id)})
        file = client.post(reverse("person-export"), {**choice, "format": "csv", "columns": "all"})
        told = b"".join(file.streaming_content).decode()
        assert "Abel" in told
        assert "Geheimrat" not in told
        assert "geheim@v.example" not in told
    again = Person.objects.get(pk=hidden[0].pk)
    assert (again.version, again.team_id, again.confirmed_on) == before
    assert Person.objects.get(pk=own.pk).confirmed_on is not None


def test_records_of_an_import_that_went_to_somebody_else_are_not_named(
    client, make_user, team, other_team, source, hidden, at, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    lead = make_user(RoleCode.TEAM_LEAD, teams=[other_team])
    run = imports.upload(
        actor=lead,
        file=BytesIO(b"Nachname;E-Mail\nNeumann;geheim@v.example\n"),
        file_name="liste.csv",
        source=source,
        at=at,
    )
    imports.start(actor=lead, run=run, at=at)
    running.work(run.pk, clock=clock.now)
    row = ImportRow.objects.get(run=run)
    assert row.suspect_ids == [hidden[0].pk]
    Person.objects.filter(pk=row.person_id).update(owner=None, team=team)
    client.force_login(lead)
    page = client.get(reverse("import-detail", args=[run.public_id]) + "?tab=marked").text
    assert "Geheimrat" not in page
    assert str(hidden[0].public_id) not in page
    (told,) = client.get(f"/api/v1/imports/{run.public_id}/rows").json()
    assert (told["outcome"], told["person"], told["company"]) == ("CREATED", None, None)


def test_imports_and_their_files_are_for_those_who_see_them(
    client, make_user, other_team, admin, team, source, at, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    run = imports.upload(
        actor=admin, file=BytesIO(b"Nachname\nGeheimrat\n"), file_name="geheim.csv",
        source=source, team=team, at=at,
    )  # fmt: skip
    client.force_login(make_user(RoleCode.TEAM_LEAD, teams=[other_team]))
    names = "detail file mapping start cancel revert discard again rejected"
    for name in names.split():
        url = reverse(f"import-{name}", args=[run.public_id])
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code in (404, 405), name
    for method, tail in (
        ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/rows"), ("POST", "/start"),
        ("POST", "/cancel"), ("POST", "/revert"),
    ):  # fmt: skip
        url = f"/api/v1/imports/{run.public_id}{tail}"
        answer = client.generic(method, url, "{}", content_type="application/json")
        assert answer.status_code == 404, (method, tail)
    assert "geheim.csv" not in client.get(reverse("import-list")).text
    assert client.get("/api/v1/imports").json() == []
    assert client.get(reverse("person-list") + f"?import={run.public_id}").status_code == 422
    assert ImportRun.objects.get().state == "UPLOADED"


def test_a_view_that_somebody_keeps_to_themselves_is_not_there(browser, admin, at) -> None:
    view = saved_views.save(
        actor=admin, list_name=ListName.PERSONS, name="Geheime Liste", query=ListQuery(), at=at
    )
    assert "Geheime Liste" not in browser.get(reverse("person-list")).text
    assert (
        "Geheime Liste" not in browser.get(reverse("person-list") + f"?view={view.public_id}").text
    )
    for name in ("person-view-overwrite", "person-view-remove"):
        assert browser.post(reverse(name, args=[view.public_id])).status_code == 404


def test_keys_of_others_are_not_there(browser, admin, at) -> None:
    key, _secret = tokens.create(actor=admin, user=admin, name="Geheimer Schlüssel", at=at)
    assert browser.post(reverse("api-key-revoke", args=[key.public_id])).status_code == 404
    assert "Geheimer Schlüssel" not in browser.get(reverse("account")).text


def test_only_who_may_assign_creates_for_others(client, make_user, team, other_team, admin) -> None:
    sales, lead = make_user(teams=[other_team]), make_user(RoleCode.TEAM_LEAD, teams=[other_team])
    for owner, choice, status in (
        (sales, {"team": str(team.public_id)}, 403),
        (sales, {"owner": str(admin.public_id)}, 403),
        (sales, {"team": str(other_team.public_id)}, 201),
        (sales, {"owner": str(sales.public_id)}, 201),
        (lead, {"owner": str(sales.public_id), "team": str(other_team.public_id)}, 201),
    ):
        client.force_login(owner)
        body = {"surname": "Neumann", **choice}
        answer = client.post("/api/v1/persons", body, content_type="application/json")
        assert answer.status_code == status, choice


def test_what_a_hidden_person_was_told_stays_unseen(browser, hidden, at) -> None:
    notice = notice_cast.published(at)
    written = AuditEntry.objects.count()
    own = [hidden[0].public_id]
    body = {"version": str(notice.public_id), "medium": "phone", "status": "read_aloud"}
    given = {"purpose": "appointment", "way": "read_aloud", "language": "de"}
    answers = (
        browser.get(reverse("person-notices", args=own)),
        browser.post(reverse("person-notices", args=own), given),
        browser.get(reverse("api:person-notices", args=own)),
        browser.post(reverse("api:person-notices", args=own), body, "application/json"),
        browser.get(reverse("api:person-notice-due", args=own) + "?purpose=appointment"),
    )
    assert [answer.status_code for answer in answers] == [404] * 5
    assert AuditEntry.objects.count() == written
