"""The page of a person and of a company, by mouse, by keyboard, and on the phone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts import (
    addresses,
    companies,
    contact_points,
    criteria,
    employments,
    external_ids,
    persons,
    qualification,
    sources,
)
from contacts.models import Company, ImportRow, ImportRun, Person, Source, SourceKind
from crm.accounts.models import User
from crm.kernel import audit, clock

PageAs = Callable[..., Page]
QUESTIONS = (
    ("Rolle im Einkauf", "CHOICE", "NORMAL", ["Fachentscheider", "Einkäufer"]),
    ("Budgetmonat", "TEXT", "NORMAL", []),
    ("Hallenfläche in m²", "NUMBER", "NORMAL", []),
    ("Newsletter gewünscht", "BOOLEAN", "NORMAL", []),
    ("Interessen", "CHOICES", "NORMAL", ["Prüfstände", "Kalibrierung", "Wartung"]),
    ("Lieblingsverein", "TEXT", "PERSONALITY", []),
)


@pytest.fixture
def erp(admin: User) -> Source:
    at = clock.now() - timedelta(days=2300)
    return sources.create(actor=admin, kind=SourceKind.ERP, name="ERP-Übernahme", at=at)


@pytest.fixture
def havelberg(admin: User, erp: Source, team) -> Company:
    at = clock.now() - timedelta(days=2300)
    known: dict[str, Any] = {"actor": admin, "source": erp, "at": at}
    holding = companies.create(values={"name": "Havelberg Holding SE"}, team=team, **known)
    company = companies.create(
        values={
            "name": "Havelberg Anlagenbau GmbH",
            "parent": holding,
            "erp_number": "K-10471",
            "industry_codes": ["28.29"],
            "website": "https://havelberg.example",
        },
        team=team,
        **known,
    )
    contact_points.add(record=company, kind="PHONE", value="030 23125 0", label="Zentrale", **known)
    addresses.add(
        record=company,
        values={"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"},
        **known,
    )
    return company


@pytest.fixture
def maier(admin: User, erp: Source, havelberg: Company, team) -> Person:
    """Somebody one has known for years, from three sources."""
    now = clock.now()
    past = now - timedelta(days=2300)
    known: dict[str, Any] = {"actor": admin, "source": erp, "at": past}
    person = persons.create(
        values={"given_name": "Johannes", "surname": "Maier", "salutation": "HERR"},
        team=team,
        owner=admin,
        **known,
    )
    employments.add(
        person=person,
        company=havelberg,
        values={"function": "Leiter Technik", "started_on": date(2019, 3, 1)},
        **known,
    )
    for name, function in (
        ("Friederike Haas", "kaufm. Leitung"),
        ("Sabine Kowalczyk", "Einkauf"),
        ("Tobias Reuß", "Hallenmeister"),
    ):
        given, surname = name.split()
        mate = persons.create(values={"given_name": given, "surname": surname}, team=team, **known)
        employments.add(person=mate, company=havelberg, values={"function": function}, **known)
    contact_points.add(record=mate, kind="FAX", value="030 23125 109", **known)
    contact_points.add(
        record=person, kind="FAX", value="030 23125 109", purpose="BUSINESS", **known
    )
    addresses.add(
        record=person,
        values={"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"},
        confirmed_on=now.date() - timedelta(days=900),
        **known,
    )
    external_ids.add(record=person, system="ERP", value="P-4711", **known)
    _fair(admin, person, now)
    _bought(admin, person, now)
    _answers(admin, erp, person, now)
    _import(admin, erp, person, now)
    return Person.objects.get(pk=person.pk)


def _fair(admin: User, person: Person, now: Any) -> None:
    at = now - timedelta(days=35)
    fair = sources.create(actor=admin, kind=SourceKind.FAIR, name="Hausmesse 2026", at=at)
    known: dict[str, Any] = {"actor": admin, "source": fair, "at": at, "confirmed_on": at.date()}
    persons.update(person=person, values={"title": "Dr.", "birth_date": date(1971, 2, 14)}, **known)
    contact_points.add(
        record=person,
        kind="PHONE",
        value="030 23125 101",
        purpose="BUSINESS",
        label="Durchwahl",
        is_preferred=True,
        **known,
    )
    contact_points.add(
        record=person,
        kind="EMAIL",
        value="johannes.maier@havelberg-anlagenbau.example",
        purpose="BUSINESS",
        **known,
    )


def _bought(admin: User, person: Person, now: Any) -> None:
    at = now - timedelta(days=20)
    supplier = sources.create(
        actor=admin,
        kind=SourceKind.SUPPLIER,
        name="Lieferung 03/2026",
        supplier="Adresskontor Falk",
        licence="Post und Telefon, einmalige Nutzung",
        use_until=now.date() + timedelta(days=30),
        at=at,
    )
    holder = contact_points.add(
        actor=admin, record=person, kind="MOBILE", value="0171 39200 12", source=supplier, at=at
    )
    contact_points.set_status(actor=admin, holder=holder, status="RETIRED", at=now)


def _answers(admin: User, erp: Source, person: Person, now: Any) -> None:
    for label, kind, sensitivity, choices in QUESTIONS:
        criterion = criteria.create(
            actor=admin, label=label, subject="PERSON", type=kind, sensitivity=sensitivity,
            choices=choices, at=now,
        )  # fmt: skip
        for days, value in {
            "Rolle im Einkauf": ((400, "Einkäufer"), (20, "Fachentscheider")),
            "Hallenfläche in m²": ((20, "6.400,5"),),
            "Interessen": ((20, ["Prüfstände", "Wartung"]),),
        }.get(label, ()):
            qualification.set_value(
                actor=admin, record=person, criterion=criterion, value=value, source=erp,
                at=now - timedelta(days=days),
            )  # fmt: skip


def _import(admin: User, erp: Source, person: Person, now: Any) -> None:
    from django.db import transaction

    run = ImportRun.objects.create(
        source=erp, created_by=admin, file="kunden.csv", file_name="erp_kunden.csv", file_size=1,
        file_hash="0" * 64, state="DONE", created_at=now - timedelta(days=9),
        finished_at=now - timedelta(days=9),
    )  # fmt: skip
    ImportRow.objects.create(run=run, number=212, outcome="UPDATED", person=person)
    with transaction.atomic():
        audit.record(
            actor=admin,
            action="person.updated",
            target=person,
            changes={"language": ["", "de"]},
            context={"import": run.pk, "row": 212},
            at=now - timedelta(days=9),
        )


def test_the_page_of_a_person(page_as: PageAs, team_lead, maier, shot, assert_accessible) -> None:
    page = page_as(team_lead)
    page.goto(f"/ansprechpartner/{maier.public_id}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dr. Johannes Maier")
    shot(page, "person", whole=False)
    shot(page, "person-ganz")
    assert_accessible(page)


def test_the_page_of_a_company(
    page_as: PageAs, team_lead, havelberg, maier, shot, assert_accessible
) -> None:
    page = page_as(team_lead)
    page.goto(f"/firmen/{havelberg.public_id}/")
    shot(page, "firma", whole=False)
    assert_accessible(page)


def test_editing_in_place(page_as: PageAs, team_lead, maier, shot, assert_accessible) -> None:
    page = page_as(team_lead)
    page.goto(f"/ansprechpartner/{maier.public_id}/")
    page.keyboard.press("e")
    expect(page.get_by_label("Nachname")).to_be_focused()
    page.get_by_label("Geburtsdatum").fill("14.2.72")
    expect(page.get_by_text("gelesen als 14.02.1972")).to_be_visible()
    page.get_by_role("link", name="johannes.maier@havelberg-anlagenbau.example bearbeiten").click()
    expect(page.get_by_label("E-Mail", exact=True)).to_be_focused()
    page.get_by_role("link", name="Am Speicher 14, 10997 Berlin bearbeiten").click()
    expect(page.locator("#anschriften").get_by_label("Straße und Hausnummer")).to_be_focused()
    page.locator("#anschriften").get_by_label("PLZ").fill("1067")
    expect(page.get_by_role("button", name="01067")).to_be_visible()
    page.get_by_role("link", name="Kontaktweg", exact=True).click()
    expect(page.get_by_label("Nummer oder Adresse")).to_be_focused()
    page.get_by_label("Nummer oder Adresse").fill("0171 39200 13")
    expect(page.get_by_text("Mobilnummer 0171 3920013")).to_be_visible()
    page.get_by_role("link", name="Rolle", exact=True).click()
    expect(page.get_by_label("Funktion")).to_be_focused()
    page.get_by_label("Firma").fill("Havel")
    expect(page.get_by_text("Havelberg Holding SE", exact=True)).to_be_visible()
    page.get_by_role("link", name="Rolle im Einkauf beantworten").click()
    page.get_by_role("link", name="Nummer", exact=True).click()
    page.get_by_role("link", name="Zuständigkeit ändern").click()
    expect(page.get_by_label("Zuständig", exact=True)).to_be_visible()
    shot(page, "person-formulare")
    assert_accessible(page)


def test_quick_add(page_as: PageAs, team_lead, havelberg, shot, assert_accessible) -> None:
    page = page_as(team_lead)
    page.goto("/ansprechpartner/neu/")
    page.get_by_label("Name", exact=True).type("Frau Dr. Anna von der Heide")
    expect(page.get_by_label("Namenszusatz")).to_have_value("von der")
    page.get_by_label("Firma").type("Havelb")
    expect(page.get_by_label("Havelberg Anlagenbau GmbH")).to_be_visible()
    page.get_by_label("Havelberg Anlagenbau GmbH").check()
    page.get_by_label("Funktion").fill("Einkauf")
    page.get_by_label("Telefon").fill("0431/23125-10")
    page.get_by_label("PLZ").type("10997")
    expect(page.get_by_role("button", name="Berlin")).to_be_visible()
    shot(page, "neu")
    assert_accessible(page)


def url_of(record: Person | Company) -> str:
    kind = "ansprechpartner" if isinstance(record, Person) else "firmen"
    return f"/{kind}/{record.public_id}/"


def test_by_keyboard_alone(page_as: PageAs, team_lead, maier) -> None:
    page = page_as(team_lead)
    page.goto(url_of(maier))
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Dr. Johannes Maier")).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Kontaktwege")).to_be_focused()
    page.keyboard.press("a")
    expect(page.get_by_label("Nummer oder Adresse")).to_be_focused()
    page.keyboard.type("f.haas@havelberg.example")
    page.get_by_label("Art", exact=True).select_option("EMAIL")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("f.haas@havelberg.example ist hinzugefügt.")).to_be_visible()
    row = page.get_by_role("listitem").filter(has_text="f.haas@havelberg.example").first
    expect(row).to_be_visible()
    fax = page.get_by_role("listitem").filter(has_text="030 23125109").first
    fax.locator(".why > summary").focus()
    page.keyboard.press("b")
    expect(page.get_by_text("030 23125109 ist bestätigt.")).to_be_visible()
    expect(fax.get_by_text("nie bestätigt")).to_have_count(0)
    expect(fax.locator(".why > summary")).to_be_focused()
    page.keyboard.press("e")
    typed = page.locator("#wege").get_by_label("Fax")
    expect(typed).to_be_focused()
    page.keyboard.press("Escape")
    expect(typed).to_have_count(0)
    expect(fax.locator(".why > summary")).to_be_focused()


def test_what_is_being_typed_survives_a_change_elsewhere(page_as, team_lead, maier) -> None:
    page = page_as(team_lead)
    page.goto(url_of(maier))
    page.keyboard.press("e")
    expect(page.get_by_label("Nachname")).to_be_focused()
    page.get_by_label("Nachname").fill("Meier-Voß")
    fax = page.get_by_role("listitem").filter(has_text="030 23125109").first
    fax.get_by_role("button", name="030 23125109 bestätigen").click()
    expect(page.get_by_text("030 23125109 ist bestätigt.")).to_be_visible()
    expect(page.get_by_label("Nachname")).to_have_value("Meier-Voß")
    page.get_by_label("Nachname").press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dr. Johannes Meier-Voß")
    expect(page.locator("#verlauf")).to_contain_text("Nachname geändert")


def test_two_people_edit_the_same_name(page_as, team_lead, sales, maier, shot, assert_accessible):
    first, second = page_as(team_lead), page_as(sales)
    for page in (first, second):
        page.goto(url_of(maier))
        page.keyboard.press("e")
        expect(page.get_by_label("Nachname")).to_be_focused()
    second.get_by_label("Nachname").fill("Mayr")
    second.get_by_role("button", name="Sichern").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Dr. Johannes Mayr")
    first.get_by_label("Nachname").fill("Meier")
    first.get_by_role("button", name="Sichern").click()
    expect(first.get_by_text("Dort steht inzwischen „Mayr“.")).to_be_visible()
    expect(first.get_by_label("Nachname")).to_have_value("Meier")
    expect(first.get_by_label("Nachname")).to_be_focused()
    shot(first, "konflikt", whole=False)
    assert_accessible(first)
    first.get_by_role("button", name="Sichern").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Dr. Johannes Meier")


def test_a_removal_is_taken_back(page_as, team_lead, maier, shot) -> None:
    page = page_as(team_lead)
    page.goto(url_of(maier))
    row = page.get_by_role("listitem").filter(has_text="030 23125109").first
    row.locator(".why > summary").click()
    shot(page, "woher", whole=False)
    row.get_by_role("button", name="Entfernen").click()
    expect(page.get_by_text("030 23125109 ist entfernt.")).to_be_visible()
    points = page.locator("#wege")
    expect(points.locator(".point__value", has_text="030 23125109")).to_have_count(0)
    page.get_by_role("button", name="Rückgängig").click()
    expect(points.locator(".point__value", has_text="030 23125109")).to_be_visible()


def test_the_history_is_filtered_and_continued(page_as, team_lead, admin, maier, erp) -> None:
    for n in range(22):
        persons.update(
            actor=admin, person=maier, values={"remark": f"Stand {n}"}, source=erp, at=clock.now()
        )
    page = page_as(team_lead)
    page.goto(url_of(maier))
    expect(page.get_by_text("Stand 21", exact=True).first).to_be_visible()
    expect(page.locator("#verlauf article")).to_have_count(20)
    page.get_by_role("link", name="Ältere zeigen").click()
    expect(page.locator("#verlauf article")).to_have_count(37)
    page.get_by_role("link", name="Importe 1").click()
    expect(page.locator("#verlauf article")).to_have_count(1)
    expect(page).to_have_url(f"{url_of(maier)}?art=import")
    page.reload()
    expect(page.locator("#verlauf article")).to_have_count(1)


def test_without_script(page_as, team_lead, maier, havelberg) -> None:
    page = page_as(team_lead, java_script_enabled=False)
    page.goto(url_of(maier))
    page.get_by_role("link", name="Bearbeiten E").click()
    page.get_by_label("Nachname").fill("Meier")
    page.get_by_role("button", name="Sichern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dr. Johannes Meier")
    page.get_by_role("link", name="Rolle", exact=True).click()
    page.get_by_label("Firma").fill("Havelberg")
    page.get_by_label("Funktion").fill("Beirat")
    page.get_by_role("button", name="Sichern").click()
    page.get_by_label("Havelberg Holding SE").check()
    page.get_by_role("button", name="Sichern").click()
    expect(page.locator("#rollen")).to_contain_text("Beirat")
    page.get_by_role("button", name="030 23125109 bestätigen").click()
    expect(page.get_by_text("030 23125109 ist bestätigt.")).to_be_visible()


def test_who_may_only_look(page_as, privacy, maier, assert_accessible) -> None:
    page = page_as(privacy)
    page.goto(url_of(maier))
    expect(page.get_by_role("heading", level=1)).to_have_text("Dr. Johannes Maier")
    expect(page.locator(".zones form")).to_have_count(0)
    expect(page.locator(".zones .btn")).to_have_text(
        ["Einwilligung erfassen", "Widerruf / Widerspruch", "Antrag aufnehmen"]
    )
    page.keyboard.press("e")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dr. Johannes Maier")
    assert_accessible(page)


@pytest.mark.parametrize("width", [320, 390, 720, 1024, 1280, 1440])
def test_nothing_scrolls_sideways(page_as, team_lead, maier, havelberg, width) -> None:
    page = page_as(team_lead, viewport={"width": width, "height": 844})
    for address in (url_of(maier), url_of(havelberg), "/ansprechpartner/neu/", "/firmen/neu/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.goto(url_of(maier))
    for link in ("Kontaktweg", "Rolle", "Nummer"):
        page.get_by_role("link", name=link, exact=True).click()
    page.get_by_role("link", name="Am Speicher 14, 10997 Berlin bearbeiten").click()
    page.get_by_role("link", name="Bearbeiten").first.click()
    expect(page.get_by_label("Nachname")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_quick_add_of_several(page_as, sales, shot, assert_accessible) -> None:
    page = page_as(sales)
    page.goto("/ansprechpartner/neu/")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Maier, Dr. Johannes")
    page.get_by_label("Firma").fill("Nordwind Energie AG")
    expect(page.get_by_label("Neue Firma „Nordwind Energie AG“ anlegen")).to_be_checked()
    page.get_by_label("E‑Mail").fill("j.maier@")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("E‑Mail")).to_be_focused()
    expect(page.get_by_label("Nachname")).to_have_value("Maier")
    expect(page.locator("#person-email_error")).to_be_visible()
    shot(page, "neu-fehler")
    page.get_by_label("E‑Mail").fill("j.maier@nordwind.example")
    page.get_by_role("button", name="Sichern und weiteres").click()
    expect(page.get_by_text("„Dr. Johannes Maier“ ist angelegt.")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    page.goto("/firmen/neu/")
    shot(page, "firma-neu")
    assert_accessible(page)
    page.get_by_label("Name", exact=True).type("Hansen GmbH & Co.KG")
    expect(page.get_by_text("Rechtsform GmbH & Co. KG")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hansen GmbH & Co. KG")
