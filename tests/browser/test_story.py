"""One story from the log-in to the undone import, with a real worker behind it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contacts import sources
from contacts.models import Person, SourceKind
from crm.accounts.models import RoleCode, User
from crm.kernel import clock
from tests.browser import worker

PASSWORD = "messstellen-nord"
# What Marketing keeps in Excel, saved as CSV: a title above the header, a bad number, a bad PLZ.
LIST = """\
Adressen Marketing;;;;;;
Stand März 2026;;;;;;
Vorname;Nachname;Firma;Straße;PLZ;Ort;Telefon
Johannes;Maier;Havelberg Anlagenbau GmbH;Am Speicher 14;10997;Berlin;030 23125 101
Änne;Müller-Voß;Brandt & Söhne KG;Uferstr. 3a;01067;Dresden;030 23125 102
Elif;Öztürk;Märkische Filterwerke AG;Industriestr. 7;14770;Brandenburg;030 23125 1o3
Konstantin;Abel;Uckermark Pumpen AG;Hafenstr. 9;17291;Prenzlau;030 23125 104
Friederike;Haas;Havelberg Anlagenbau GmbH;Am Speicher 14;1067;Dresden;030 23125 105
"""


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> str:
    settings.MEDIA_ROOT = tmp_path / "files"
    return str(settings.MEDIA_ROOT)


@pytest.fixture
def at_work(live: str, files: str) -> Iterator[None]:
    with worker.at_work(files=files):
        yield


@pytest.fixture
def marketing_list(tmp_path: Path) -> Path:
    path = tmp_path / "marketing_adressen.csv"
    path.write_text(LIST, encoding="cp1252")
    return path


@pytest.mark.worker
def test_import_find_edit_undo(
    new_page: Callable[..., Page],
    make_user: Callable[..., User],
    marketing_list: Path,
    at_work: None,
    shot: Any,
) -> None:
    user = make_user(RoleCode.ADMIN, email="admin@nordlicht.example")
    sources.create(actor=user, kind=SourceKind.LIST, name="Marketingliste", at=clock.now())
    page = new_page()

    log_in(page)
    read_with_the_wrong_delimiter_first(page, marketing_list)
    take_over(page)
    find_maier_by_typing_meyer(page)
    shot(page, "geschichte-person", whole=False)
    edit(page)
    undo(page)
    shot(page, "geschichte-zurueckgenommen", whole=False)

    assert list(Person.objects.values_list("surname", flat=True)) == ["Maier"]


def log_in(page: Page) -> None:
    page.goto("/")
    page.get_by_label("E‑Mail").fill("admin@nordlicht.example")
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("link", name="Import")).to_be_visible()


def read_with_the_wrong_delimiter_first(page: Page, file: Path) -> None:
    page.get_by_role("link", name="Import").click()
    page.get_by_role("link", name="Adressen übernehmen").first.click()
    page.get_by_label("Marketingliste").check()
    page.get_by_role("button", name="Weiter zur Datei").click()
    page.wait_for_url("/import/neu/datei/**")
    page.get_by_label("Datei auswählen").set_input_files(file)
    page.wait_for_url("/import/*/datei/")
    expect(page.get_by_role("columnheader", name="Nachname")).to_be_visible()
    page.get_by_label("Trennzeichen").select_option("Komma")
    expect(page.get_by_text("Alles steht in einer Spalte.")).to_be_visible()
    page.get_by_label("Trennzeichen").select_option("Semikolon")
    expect(page.get_by_role("columnheader", name="Nachname")).to_be_visible()
    expect(page.get_by_role("cell", name="Müller-Voß")).to_be_visible()
    page.get_by_role("button", name="Zuordnen").click()
    expect(page.get_by_text("7 von 7 geklärt")).to_be_visible()
    expect(page.get_by_text("3 bereit · 2 mit Fragen")).to_be_visible()


def take_over(page: Page) -> None:
    page.get_by_role("button", name="Probelauf starten").click()
    waiting = {"timeout": 60_000.0}
    trial = page.get_by_text("3 würden neu angelegt, 0 ergänzt, 2 zurückgewiesen")
    expect(trial).to_be_visible(**waiting)
    page.get_by_role("button", name="Jetzt übernehmen").click()
    expect(page.get_by_text("3 Zeilen übernommen")).to_be_visible(**waiting)
    expect(page.get_by_role("cell", name="PLZ", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="Telefon", exact=True)).to_be_visible()


def find_maier_by_typing_meyer(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("Meyer")
    found = page.get_by_role("option", name="Maier")
    expect(found).to_be_visible()
    expect(found).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Johannes Maier")
    page.wait_for_load_state()  # keys act once the scripts are there


def edit(page: Page) -> None:
    page.keyboard.press("e")
    expect(page.get_by_label("Nachname")).to_be_focused()
    page.get_by_label("Titel").fill("Dr.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dr. Johannes Maier")


def undo(page: Page) -> None:
    page.goto("/import/")
    page.get_by_role("link", name="marketing_adressen.csv").click()
    page.get_by_role("link", name="Zurücknehmen …").click()
    expect(page.get_by_text("Jemand hat ihn seitdem geändert")).to_be_visible()
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.get_by_text("Kontakte entfernt")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Zeile blieb")).to_be_visible()
