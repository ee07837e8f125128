"""The import wizard in the browser: each step seen, checked and operated."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts.importing import settings as import_settings
from contacts.models import ImportRun, ImportState, Source
from crm.accounts.models import User
from tests.crm.ui.imports.conftest import LIST, work

PageAs = Callable[..., Page]


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "adresskontor_falk_2026-03.csv"
    path.write_text(LIST, encoding="cp1252", newline="")
    return path


@pytest.fixture
def page(page_as: PageAs, team_lead: User, source: Source) -> Page:
    return page_as(team_lead)


def upload(page: Page, file: Path) -> ImportRun:
    page.goto("/import/neu/")
    page.get_by_label("ERP").check()
    page.get_by_role("button", name="Weiter zur Datei").click()
    page.wait_for_url("/import/neu/datei/**")
    page.get_by_label("Datei auswählen").set_input_files(file)
    page.wait_for_url("/import/*/datei/")
    expect(page.get_by_role("heading", name="So liest Einklang die Datei")).to_be_visible()
    return ImportRun.objects.latest("pk")


def test_origin(page: Page, shot: Any, assert_accessible: Any, assert_fits: Any) -> None:
    page.goto("/import/neu/")
    page.get_by_label("Neue Herkunft").check()
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    shot(page, "import-herkunft")
    assert_accessible(page)
    assert_fits(page)


def test_the_file_is_read_anew_while_one_looks(
    page: Page, file: Path, shot: Any, assert_accessible: Any, assert_fits: Any
) -> None:
    upload(page, file)
    page.get_by_label("Trennzeichen").select_option("Komma")
    expect(page.get_by_text("Alles steht in einer Spalte.")).to_be_visible()
    page.get_by_label("Trennzeichen").select_option("Semikolon")
    expect(page.get_by_role("columnheader", name="Nachname")).to_be_visible()
    page.get_by_label("Kodierung").select_option("UTF-16 (LE)")
    expect(page.get_by_role("columnheader", name="Nachname")).to_have_count(0)
    page.get_by_label("Kodierung").select_option("Windows-1252")
    expect(page.get_by_role("cell", name="Müller-Voß")).to_be_visible()
    shot(page, "import-datei")
    assert_accessible(page)
    assert_fits(page)


def test_a_column_is_mapped_by_typing_the_name_of_its_field(
    page: Page, file: Path, shot: Any, assert_accessible: Any, assert_fits: Any
) -> None:
    run = upload(page, file)
    page.get_by_role("button", name="Zuordnen").click()
    page.wait_for_url("/import/*/zuordnen/")
    column = page.get_by_label("Feld für KZ_7")
    shot(page, "import-zuordnen")
    assert_accessible(page)
    assert_fits(page)

    column.focus()
    page.keyboard.type("bemerk")
    found = page.get_by_role("listbox").get_by_role("option")
    expect(found).to_have_text(["Bemerkung"])
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("7 von 7 geklärt")).to_be_visible()
    expect(column).to_have_value("person.remark")
    run.refresh_from_db()
    assert import_settings.of(run).mapping.columns["KZ_7"] == "person.remark"

    page.get_by_role("button", name="Nächste Zeile").click()
    expect(page.get_by_role("heading", name="So wird Zeile 3")).to_be_visible()
    expect(page.get_by_text("bleibt draußen")).to_be_visible()


def test_progress_result_and_list(
    page: Page, file: Path, shot: Any, assert_accessible: Any, assert_fits: Any
) -> None:
    run = upload(page, file)
    page.get_by_role("button", name="Zuordnen").click()
    page.get_by_role("button", name="Probelauf starten").click()
    expect(page.get_by_text("Sie können die Seite verlassen.")).to_be_visible()
    shot(page, "import-wartet")
    assert_accessible(page)
    assert_fits(page)

    work(run)
    expect(page.get_by_text("Der Probelauf ist fertig")).to_be_visible()
    shot(page, "import-probelauf")
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("button", name="Jetzt übernehmen").click()
    expect(page.get_by_role("button", name="Anhalten")).to_be_visible()
    work(run)
    expect(page.get_by_text("2 Zeilen übernommen")).to_be_visible()
    shot(page, "import-ergebnis")
    assert_accessible(page)
    assert_fits(page)

    page.get_by_role("link", name="Zurücknehmen …").click()
    expect(page.get_by_text("Ansprechpartner werden entfernt")).to_be_visible()
    shot(page, "import-zuruecknehmen")
    assert_accessible(page)

    page.goto("/import/")
    expect(page.get_by_role("row", name="adresskontor_falk_2026-03.csv")).to_contain_text("fertig")
    shot(page, "import-liste")
    assert_accessible(page)
    assert_fits(page)


def test_every_step_works_without_script(
    page_as: PageAs, team_lead: User, source: Source, file: Path
) -> None:
    page = page_as(team_lead, java_script_enabled=False)
    page.goto("/import/neu/")
    page.get_by_label("ERP").check()
    page.get_by_role("button", name="Weiter zur Datei").click()
    page.get_by_label("Datei auswählen").set_input_files(file)
    page.get_by_role("button", name="Datei lesen").click()
    page.get_by_label("Trennzeichen").select_option("Komma")
    page.get_by_role("button", name="Vorschau").click()
    expect(page.get_by_text("Alles steht in einer Spalte.")).to_be_visible()
    page.get_by_label("Trennzeichen").select_option("Semikolon")
    page.get_by_role("button", name="Zuordnen").click()
    page.get_by_label("Feld für KZ_7").select_option("Bemerkung")
    page.get_by_role("button", name="Nächste Zeile").click()
    expect(page.get_by_text("7 von 7 geklärt")).to_be_visible()
    page.get_by_role("button", name="Probelauf starten").click()
    expect(page.get_by_text("Wartet auf einen freien Arbeitsplatz")).to_be_visible()
    assert ImportRun.objects.get().state == ImportState.QUEUED
