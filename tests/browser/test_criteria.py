"""Administration of criteria and sources, by mouse and on the phone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts import criteria, persons, qualification, sources
from contacts.models import Criterion, Source, SourceKind
from crm.accounts.models import RoleCode, User
from crm.kernel import clock

PageAs = Callable[..., Page]


@pytest.fixture
def asked(admin: User, source: Source) -> list[Criterion]:
    """Four criteria, one of them answered, one never."""
    past = clock.now() - timedelta(days=200)
    potential = criteria.create(
        actor=admin, label="Potenzial", subject="PERSON", type="CHOICE", choices=["A", "B", "C"],
        help_text="Erwarteter Umsatz im Jahr", owner=admin, at=past,
    )  # fmt: skip
    club = criteria.create(
        actor=admin, label="Lieblingsverein", subject="PERSON", type="TEXT",
        sensitivity="PERSONALITY", at=past,
    )  # fmt: skip
    credit = criteria.create(
        actor=admin, label="Bonität", subject="COMPANY", type="CHOICE", choices=["gut", "schlecht"],
        sensitivity="CONFIDENTIAL", at=past,
    )  # fmt: skip
    old = criteria.create(
        actor=admin, label="Faxnutzung", subject="PERSON", type="BOOLEAN", at=past
    )
    criteria.set_active(actor=admin, criterion=old, is_active=False, at=clock.now())
    for number, surname in enumerate(("Abel", "Bohm", "Groß", "Maier")):
        person = persons.create(
            actor=admin, values={"surname": surname}, source=source, at=clock.now()
        )
        if number:
            qualification.set_value(
                actor=admin, record=person, criterion=potential, value="A", source=source,
                at=clock.now(),
            )  # fmt: skip
    return [potential, club, credit, old]


def test_criteria_are_listed_and_retired_with_a_way_back(
    page_as: PageAs, asked: list[Criterion], shot: Any, assert_accessible: Any, assert_fits: Any
) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/verwaltung/kriterien/")
    expect(page.get_by_role("row", name="Potenzial")).to_contain_text("75 %")
    shot(page, "kriterien")
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("button", name="Stilllegen Lieblingsverein").click()
    expect(page.get_by_text("„Lieblingsverein“ ist stillgelegt.")).to_be_visible()
    expect(page.get_by_role("heading", name="Weniger ist mehr")).to_have_count(0)
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_role("heading", name="Weniger ist mehr")).to_be_visible()


def test_answers_are_asked_for_where_the_type_has_some(
    page_as: PageAs, shot: Any, assert_accessible: Any, assert_fits: Any
) -> None:
    page = page_as(RoleCode.ADMIN)
    page.goto("/verwaltung/kriterien/neu/")
    answers = page.get_by_label("Antworten zur Auswahl")
    expect(answers).to_be_hidden()
    page.get_by_label("Name", exact=True).fill("Bonität")
    page.get_by_label("Gilt für").select_option("Firmen")
    page.get_by_label("Art der Antwort").select_option("Auswahl")
    expect(answers).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Bitte nennen Sie wenigstens eine Antwort.")).to_be_visible()
    expect(answers).to_be_focused()
    shot(page, "kriterium")
    assert_accessible(page)
    assert_fits(page)
    answers.fill("gut\nschlecht")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("row", name="Bonität")).to_contain_text("gut · schlecht")


def test_sources_show_licence_and_term(
    page_as: PageAs, admin: User, shot: Any, assert_accessible: Any, assert_fits: Any
) -> None:
    sources.create(
        actor=admin, kind=SourceKind.SUPPLIER, name="Lieferung 03/2026",
        supplier="Adresskontor Falk", licence="Post und Telefon",
        licensed_channels=["PHONE", "POSTAL"], use_until=clock.today() + timedelta(days=9),
        at=clock.now(),
    )  # fmt: skip
    page = page_as(RoleCode.TEAM_LEAD)
    page.goto("/verwaltung/quellen/")
    expect(page.get_by_role("row", name="Lieferung 03/2026")).to_contain_text("noch 9 Tage")
    shot(page, "quellen")
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("link", name="Herkunft anlegen").click()
    page.get_by_label("Name", exact=True).fill("Lieferung 06/2026")
    page.get_by_label("Art", exact=True).select_option("Adressanbieter")
    page.get_by_role("button", name="Sichern").click()
    expect(page.get_by_text("Gekaufte Adressen brauchen die Angabe der Lizenz.")).to_be_visible()
    shot(page, "quelle")
    assert_accessible(page)
    assert_fits(page)
