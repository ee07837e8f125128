"""The privacy officer asks the register, by keyboard alone, and takes the dossier away."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.utils import timezone
from playwright.sync_api import Page, expect

from consent import circumstances, consents, gate
from consent.models import LedgerEvent
from contacts import criteria, qualification
from contacts.models import ContactPoint, CriterionValue, Person, Source
from crm.accounts.models import User
from tests.consent.conftest import (  # noqa: F401 - fixtures
    controller,
    give_consent,
    mailbox,
    number,
    person,
    slip,
    text,
)
from tests.criteria_stock import guarded

PageAs = Callable[..., Page]


def called(give: Any, person: Person, number: ContactPoint, admin: User) -> LedgerEvent:  # noqa: F811
    """A call five days ago; a letter that was there the day before was keyed the day after."""
    at = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=5)
    consent = give(
        point=number, channels=["phone"], purposes=["sales_call"], at=at - timedelta(days=20)
    )
    permit = gate.permit(
        actor=admin, person=person, point=number, channel="phone", purpose="sales_call", at=at
    )
    use = gate.use(actor=admin, decision=permit, reference="Anruf 7719", at=at)
    consents.withdraw(
        actor=admin,
        consents=[consent],
        received_at=at - timedelta(days=1),
        via="letter",
        at=at + timedelta(days=1),
        payload={"wording": "Bitte rufen Sie mich nicht mehr an. Schreiben Sie mir lieber."},
    )
    return use


def test_ask_the_register_by_keyboard(
    page_as: PageAs,
    privacy: User,
    admin: User,
    person: Person,  # noqa: F811
    number: ContactPoint,  # noqa: F811
    mailbox: ContactPoint,  # noqa: F811
    give_consent: Any,  # noqa: F811
    settings: Any,
    tmp_path: Path,
    shot: Any,
    assert_accessible: Any,
    assert_fits: Any,
) -> None:
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"
    use = called(give_consent, person, number, admin)
    give_consent(method="import", text=None)
    page = page_as(privacy)
    page.goto("/datenschutz/")
    page.get_by_role("button", name="Jetzt prüfen").press("Enter")
    expect(page.get_by_text("Das Register ist unverändert.")).to_be_visible()

    local = timezone.localtime(use.effective_at)
    page.get_by_label("Nummer oder Adresse").focus()
    page.keyboard.type("0171 3920012")
    page.get_by_label("Tag").fill(f"{local:%Y-%m-%d}")
    page.get_by_label("Uhrzeit").fill(f"{local:%H:%M}")
    page.keyboard.press("Enter")
    answer = page.get_by_role("region", name="Antwort")
    expect(answer).to_be_focused()
    expect(answer.get_by_text("Erlaubt", exact=True)).to_be_visible()
    expect(answer.get_by_text("Nicht erlaubt", exact=True)).to_be_visible()
    expect(answer.get_by_text("Feststellung")).to_be_visible()
    proofs = page.get_by_role("region", name="Belege")
    expect(proofs).to_contain_text("Ich willige ein, dass …")
    expect(proofs).to_contain_text("Bitte rufen Sie mich nicht mehr an.")
    shot(page, "datenschutz")
    assert_accessible(page)
    assert_fits(page)

    with page.expect_download() as download:
        proofs.get_by_role("button", name="Dossier als PDF").press("Enter")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-1.7")
    with page.expect_download() as download:
        proofs.get_by_role("button", name="Paket (ZIP)").press("Enter")
    with ZipFile(download.value.path()) as archive:
        assert "nachweis.json" in archive.namelist()

    page.get_by_role("link", name="Kontakt im Nachhinein ohne Grundlage").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Kontakt im Nachhinein ohne Grundlage"
    )
    assert_accessible(page)
    page.goto("/datenschutz/stichprobe/")
    page.get_by_label("Startwert").fill("7")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Startwert 7")).to_be_visible()
    shot(page, "stichprobe")
    assert_accessible(page)
    assert_fits(page)


def test_may_i_stands_beside_the_number(
    page_as: PageAs,
    admin: User,
    person: Person,  # noqa: F811
    number: ContactPoint,  # noqa: F811
    mailbox: ContactPoint,  # noqa: F811
    give_consent: Any,  # noqa: F811
    shot: Any,
    assert_accessible: Any,
    assert_fits: Any,
) -> None:
    called(give_consent, person, number, admin)
    give_consent(purposes=["product_offer"], at=timezone.now() - timedelta(days=2))
    circumstances.note_service(
        actor=admin,
        person=person,
        relation="contract",
        since=timezone.now() - timedelta(days=9),
        at=timezone.now(),
    )
    page = page_as(admin)
    page.goto(f"/ansprechpartner/{person.public_id}/")
    reach = page.get_by_role("list", name="Kontaktwege")
    expect(reach.get_by_text("Nicht erlaubt").first).to_be_visible()
    why = reach.locator("summary", has_text="Warum? 0171 3920012")
    why.focus()
    page.keyboard.press("Enter")
    expect(reach.get_by_text("Was würde es erlauben?").first).to_be_visible()
    expect(page.get_by_text("Bitte rufen Sie mich nicht mehr an.").first).to_be_visible()
    shot(page, "person-darf-ich")
    assert_accessible(page)
    assert_fits(page)


def test_consents_are_looked_through_and_read_in_by_keyboard(
    page_as: PageAs,
    privacy: User,
    mailbox: ContactPoint,  # noqa: F811
    text: Any,  # noqa: F811
    tmp_path: Path,
    shot: Any,
    assert_accessible: Any,
    assert_fits: Any,
) -> None:
    file, proof = tmp_path / "altsystem.csv", tmp_path / "zettel-7.pdf"
    file.write_text(
        "Kontakt;Kanal;Zweck;Erteilt am;Art;Text;Nachweis;Widerspruch\n"
        "j.maier@x.example;email;newsletter;17.03.2026 10:12;paper;werbung/1;zettel-7.pdf;\n"
        "j.maier@x.example;email;product_offer;17.03.2026 10:12;paper;;zettel-7.pdf;\n"
        "niemand@x.example;email;newsletter;17.03.2026;paper;werbung/1;zettel-7.pdf;\n"
        "a.roth@y.example;*;;;;;;ja\n"
    )
    proof.write_bytes(b"%PDF-1.7 scan")
    page = page_as(privacy)
    page.goto("/datenschutz/")
    page.get_by_role("link", name="Einwilligungen oder eine Robinsonliste einlesen").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Einwilligungen einlesen")
    shot(page, "einlesen-leer")
    page.get_by_role("button", name="Datei prüfen").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Bitte wählen Sie eine Datei.")
    page.get_by_label("Datei", exact=True).set_input_files(file)
    page.get_by_label("Nachweise").set_input_files(proof)
    page.get_by_role("button", name="Datei prüfen").press("Enter")
    trial = page.get_by_role("region", name="Das käme dabei heraus")
    expect(trial).to_be_focused()
    expect(trial.get_by_role("row")).to_have_count(3)
    expect(trial.get_by_role("row", name="die Textfassung, die damals galt")).to_be_visible()
    shot(page, "einlesen-geprueft")
    assert_accessible(page)
    assert_fits(page)
    assert not LedgerEvent.objects.filter(kind="imported").exists()

    trial.get_by_role("button", name="So einlesen").press("Enter")
    expect(page.get_by_role("region", name="Eingelesen")).to_be_focused()
    kinds = LedgerEvent.objects.filter(kind__in=["imported", "disputed", "suppressed"])
    assert sorted(kinds.values_list("kind", flat=True)) == ["disputed", "imported", "suppressed"]


def test_answers_without_a_ground_are_taken_back_by_keyboard(
    page_as: PageAs,
    privacy: User,
    admin: User,
    person: Person,  # noqa: F811 - the fixture
    source: Source,
    at: datetime,
    shot: Any,
    assert_accessible: Any,
    assert_fits: Any,
) -> None:
    hobby = guarded(admin, label="Hobby", sensitivity="NORMAL", at=at)
    qualification.set_value(
        actor=admin, record=person, criterion=hobby, value="Segeln", source=source, at=at
    )
    criteria.update(actor=admin, criterion=hobby, values={"sensitivity": "PERSONALITY"}, at=at)
    page = page_as(privacy)
    page.goto("/datenschutz/")
    page.get_by_role("link", name="Angaben ohne Grundlage suchen").press("Enter")
    expect(page.get_by_role("row", name="Johanna Maier Hobby")).to_be_visible()
    shot(page, "angaben")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Alle zurücknehmen").press("Enter")
    expect(page.get_by_text("Alles hat seine Grundlage")).to_be_visible()
    assert not CriterionValue.objects.exists()
