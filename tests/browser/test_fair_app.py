"""At the stand: a slip without a network, its PIN, its camera, and what becomes of a full disk."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from crm.accounts.models import RoleCode, User
from crm.ui.screens.fair_app import files
from history.models import Event, LeadCapture
from tests.browser import fair_stand as stand

PageAs = Callable[..., Page]
Shot = Callable[..., None]
KEYS_PER_SECOND = 8
SECONDS_PER_TAP = 0.8
VCARD = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Müller;Jörg;;;\nFN:Jörg Müller\nORG:Spreewerk GmbH\n"
    "TITLE:Leiter Technik\nEMAIL:j.mueller@spreewerk.example\nTEL;TYPE=CELL:0171 3920005\nEND:VCARD"
)


@pytest.fixture
def rep(make_user: Any) -> User:
    user: User = make_user(RoleCode.SALES)
    return user


@pytest.fixture(autouse=True)
def event(rep: User, settings: Any, live: str, tmp_path: Path) -> Event:
    settings.PUBLIC_URL, settings.MEDIA_ROOT = live, tmp_path / "files"
    return stand.make_event([rep])


@pytest.fixture
def page(page_as: PageAs, rep: User) -> Page:
    opened = page_as(rep, phone=True)
    stand.register(opened)
    return opened


@pytest.fixture
def tablet(browser: Browser, live: str, rep: User, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """``tablet()`` starts a browser whose data outlive it; again: the same one started anew."""
    contexts: list[BrowserContext] = []

    def start(*, logged_in: bool = True) -> BrowserContext:
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "tablet",
            executable_path=stand.chromium(),
            args=stand.ARGUMENTS,
            base_url=live,
            viewport={"width": 390, "height": 844},
            locale="de-DE",
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        if logged_in:
            stand.log_in(context, rep, live)
        return context

    yield start
    for context in contexts:
        context.close()


def test_installable_and_starts_without_a_network(
    tablet: Callable[..., BrowserContext], live: str
) -> None:
    context = tablet()
    page = context.pages[0]
    stand.register(page)
    stand.kept(page)
    devtools = context.new_cdp_session(page)
    manifest = devtools.send("Page.getAppManifest")
    assert (manifest["errors"], manifest["url"]) == ([], f"{live}/messe/manifest.webmanifest")
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    page.get_by_label("Name", exact=True).fill("Hans Mayer")
    page.wait_for_timeout(900)
    context.close()
    again = tablet(logged_in=False)
    again.clear_cookies()
    again.set_offline(True)
    cold = again.pages[0]
    cold.goto("/messe/")
    stand.unlock(cold)
    stand.in_view(cold, "slip")
    expect(cold.get_by_label("Name", exact=True)).to_have_value("Hans Mayer")
    expect(cold.get_by_text("Ohne Netz.")).to_be_visible()
    stand.save(cold)
    expect(cold.locator("[data-part=sync-count]")).to_have_text("1")
    assert not LeadCapture.objects.exists()


def test_a_wrong_pin_waits_longer_each_time(page: Page) -> None:
    page.get_by_role("button", name="Sperren").click()
    button = page.get_by_role("button", name="Entsperren")
    for seconds in (1, 2, 4):
        stand.unlock(page, pin="111222")
        expect(page.get_by_text(f"geht in {seconds} Sekunden")).to_be_visible()
        expect(button).to_be_disabled()
        expect(button).to_be_enabled(timeout=(seconds + 3) * 1000)
    stand.unlock(page, pin="111222")
    expect(page.get_by_text("geht in 8 Sekunden")).to_be_visible()
    page.reload()  # a fresh page knows how long to wait
    stand.unlock(page)
    expect(page.get_by_text("Diese PIN stimmt nicht")).to_be_visible()
    expect(button).to_be_enabled(timeout=12_000)
    stand.unlock(page)
    stand.in_view(page, "slip")


def test_pins_that_anybody_guesses_are_refused(page_as: PageAs, rep: User) -> None:
    page = page_as(rep, phone=True)
    page.goto("/messe/")
    for pin, again, said in (
        ("777777", "777777", "mindestens 6 Ziffern"),
        ("123456", "123456", "mindestens 6 Ziffern"),
        (stand.PIN, "482916", "verschieden"),
    ):
        page.get_by_label("PIN, mindestens 6 Ziffern").fill(pin)
        page.get_by_label("PIN noch einmal").fill(again)
        page.get_by_role("button", name="Anmelden und anfangen").click()
        expect(page.locator("[data-part=register-error]")).to_contain_text(said)
    assert not rep.capture_devices.exists()


def test_it_locks_by_itself_and_goes_on_with_the_draft(page_as: PageAs, rep: User) -> None:
    page = page_as(rep, phone=True)
    page.clock.install()
    stand.register(page)
    page.get_by_label("Name", exact=True).fill("Hans Mayer")
    page.get_by_role("button", name="150–300").click()
    page.get_by_role("radio", name="Nein").first.check()
    page.clock.fast_forward("04:00")
    stand.in_view(page, "slip")
    page.clock.fast_forward("05:05")  # a late event of the last click may have counted
    stand.in_view(page, "lock")
    assert "Mayer" not in page.content()
    assert page.locator("#f-name").input_value() == ""
    stand.unlock(page)
    stand.in_view(page, "slip")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Hans Mayer")
    chip = page.get_by_role("button", name="150–300")
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("radio", name="Nein").first).to_be_checked()


def test_two_on_one_device_cannot_read_each_other(
    page: Page, make_user: Any, event: Event, live: str, rep: User
) -> None:
    stand.kept(page)
    page.context.set_offline(True)
    page.get_by_label("Name", exact=True).fill("Adalbert Nachtigall")
    page.get_by_label("Bedarf in eigenen Worten").fill("Hallenbeleuchtung")
    stand.photograph(page, stand.card("Nachtigall"))
    expect(page.locator(".hh-file")).to_be_visible()
    stand.save(page)
    page.get_by_label("Name", exact=True).fill("Berta Rotkehlchen")
    page.wait_for_timeout(900)
    page.get_by_role("button", name="Sperren").click()
    page.context.set_offline(False)
    other = make_user(RoleCode.SALES, first_name="Deniz", last_name="Aydın")
    event.team.add(other)
    page.get_by_role("button", name="Jemand anderen anmelden").click()
    page.get_by_role("button", name="Das bin ich nicht").click()
    expect(page.get_by_role("link", name="Bei Einklang anmelden")).to_be_visible()
    stand.log_in(page.context, other, live)
    page.get_by_role("link", name="Zurück", exact=True).click()
    stand.register(page, pin="739154", another=True)
    page.wait_for_timeout(500)
    assert page.evaluate("fetch('/messe/sitzung/').then((each) => each.json())")["user"] is None
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    expect(page.locator(".hh-sync")).to_have_class("hh-sync is-done")
    text = stand.stored(page)
    assert len(text) > 5000
    for name in ("Nachtigall", "Rotkehlchen", "Hallenbeleuchtung", "Thoms", "Deniz", "JFIF"):
        assert name not in text
    assert rep.capture_devices.get().name not in text
    page.get_by_role("button", name="Sperren").click()
    stand.unlock(page, pin="739154", who=str(rep))
    expect(page.get_by_text("Diese PIN stimmt nicht")).to_be_visible()
    expect(page.get_by_role("button", name="Entsperren")).to_be_enabled()
    stand.unlock(page, who=str(rep))
    expect(page.get_by_label("Name", exact=True)).to_have_value("Berta Rotkehlchen")


def test_typed_by_a_human_in_half_a_minute(page: Page) -> None:
    strokes, taps = 0, 0

    def write(label: str, text: str) -> None:
        nonlocal strokes
        expect(page.get_by_label(label, exact=True)).to_be_focused()
        page.keyboard.type(text)
        strokes += len(text)

    def tab(times: int = 1) -> None:
        nonlocal strokes
        for _ in range(times):
            page.keyboard.press("Tab")
            strokes += 1

    def tap(name: str, role: Any = "button") -> None:
        nonlocal taps
        page.get_by_role(role, name=name).first.click()
        taps += 1

    page.get_by_label("Name", exact=True).click()
    taps += 1
    write("Name", "Hans Mayer")
    tab()
    write("Firma", "Havelberg")
    tab(2)
    write("E‑Mail", "h.mayer@havelberg.example")
    tab(3)
    write("Bedarf in eigenen Worten", "Hallen 3 und 4 auf LED, ohne Stillstand")
    for chip in ("150–300", "in 6 Monaten", "fachlich", "konkretes Vorhaben"):
        tap(chip)
    tap("Ja", "radio")
    expect(page.get_by_role("button", name="A 24 Std.")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Vorschlag", exact=True)).to_be_visible()
    expect(page.get_by_text("100 von 100 aus 100 % der Fragen")).to_be_visible()
    tap("Sichern und nächster")
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    seconds = strokes / KEYS_PER_SECOND + taps * SECONDS_PER_TAP
    assert seconds <= 30, f"{strokes} strokes and {taps} taps: {seconds:.1f} s"


def test_a_badge_before_the_camera_in_ten_seconds(
    browser: Browser, new_page: PageAs, live: str, rep: User, tmp_path: Path
) -> None:
    drawing = new_page()
    drawing.goto("/messe/")
    video = tmp_path / "ausweis.mjpeg"
    video.write_bytes(stand.jpeg(stand.code_picture(drawing, VCARD)) * 30)
    fake = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={video}",
    ]
    program = browser.browser_type.launch(
        executable_path=stand.chromium(), args=[*stand.ARGUMENTS, *fake]
    )
    try:
        context = program.new_context(
            base_url=live, locale="de-DE", viewport={"width": 390, "height": 844}
        )
        context.grant_permissions(["camera", "microphone"])
        stand.log_in(context, rep, live)
        page = context.new_page()
        stand.register(page)
        page.get_by_label("Firma").fill("Spreewerk")
        began = time.monotonic()
        page.get_by_role("button", name="Ausweis").click()
        name = page.get_by_role("textbox", name=re.compile("^Name"))
        expect(name).to_have_value("Jörg Müller")
        took = time.monotonic() - began
        assert took <= 10, f"{took:.1f} s"
        expect(page.get_by_text("vom Ausweis, bitte prüfen").first).to_be_visible()
        expect(name).to_have_class("input input--guess")
        expect(page.get_by_label("Firma")).to_have_value("Spreewerk")
        expect(page.get_by_label("Firma")).to_have_class("input")
        name.focus()
        page.keyboard.press("Tab")
        expect(page.get_by_label("Name", exact=True)).to_have_class("input")
        assert page.evaluate("document.querySelector('video').srcObject.active") is False
        page.get_by_role("button", name="Diktat").click()
        expect(page.get_by_role("button", name="Beenden")).to_be_visible()
        page.wait_for_timeout(1200)
        page.get_by_role("button", name="Beenden").click()
        expect(page.locator(".hh-file audio")).to_be_visible()
        expect(page.locator(".hh-file")).to_contain_text("Sprachnotiz")
    finally:
        program.close()


def test_codes_and_pictures_that_help_little_get_a_clear_answer(page: Page) -> None:
    said = page.locator("[data-part=scan-said]")
    link = stand.code_picture(page, "https://spreewerk.example/b/4711")
    stand.photograph(page, stand.jpeg(link))
    expect(said).to_contain_text("führt nur auf eine Seite im Netz (spreewerk.example)")
    expect(page.locator(".hh-file")).to_have_count(1)
    stand.photograph(page, b"das ist kein Bild")
    expect(said).to_contain_text("kein Bild, das sich öffnen lässt")
    expect(page.locator(".hh-file")).to_have_count(1)
    blurred = link.resize((12, 9)).resize((640, 480))
    stand.photograph(page, stand.jpeg(blurred))
    expect(page.locator(".hh-file")).to_have_count(2)
    expect(said).to_contain_text("Foto gesichert")
    page.get_by_role("button", name="Visitenkarte entfernen").first.click()
    expect(page.locator(".hh-file")).to_have_count(1)
    page.get_by_role("button", name="Ausweis").click()
    expect(said).to_contain_text("keine Kamera")


def test_an_empty_slip_is_not_saved_and_a_full_one_not_thrown_away_by_mistake(page: Page) -> None:
    page.get_by_role("button", name="Sichern und nächster").click()
    expect(page.locator("[data-part=slip-error]")).to_contain_text("noch leer")
    page.get_by_label("Name", exact=True).fill("Hans Mayer")
    page.get_by_role("button", name="Verwerfen").click()
    page.get_by_role("button", name="Abbrechen").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Hans Mayer")
    page.get_by_role("button", name="Verwerfen").click()
    page.locator("dialog").get_by_role("button", name="Verwerfen").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("")
    page.wait_for_timeout(700)
    page.reload()
    stand.unlock(page)
    stand.in_view(page, "slip")
    expect(page.get_by_label("Name", exact=True)).to_have_value("")


def test_a_full_disk_is_told_before_and_loses_nothing_after(page: Page) -> None:
    stand.kept(page)
    page.context.set_offline(True)
    page.evaluate(
        """() => {
          const full = {usage: 850, quota: 1000};
          navigator.storage.estimate = async () => ({...full});
          const put = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = function (...values) {
            if (window.isFull) throw new DOMException("full", "QuotaExceededError");
            return put.apply(this, values);
          };
        }"""
    )
    page.get_by_label("Name", exact=True).fill("Hans Mayer")
    stand.save(page)
    expect(page.get_by_text("85 % sind belegt")).to_be_visible()
    page.evaluate("window.isFull = true")
    page.get_by_label("Name", exact=True).fill("Berta Rotkehlchen")
    stand.save(page)
    expect(page.get_by_text("Der Speicher ist voll.")).to_be_visible()
    page.get_by_role("button", name="Sperren").click()
    stand.unlock(page)
    expect(page.locator("[data-part=sync-count]")).to_have_text("2")
    page.evaluate("window.isFull = false")
    page.context.set_offline(False)
    stand.all_is_sent(page)
    expect(page.get_by_text("Der Speicher ist voll.")).to_be_hidden()
    names = set(LeadCapture.objects.values_list("name", flat=True))
    assert names == {"Hans Mayer", "Berta Rotkehlchen"}


def test_a_new_version_waits_for_the_slip(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    stand.kept(page)
    page.get_by_label("Name", exact=True).fill("Hans Mayer")
    page.wait_for_timeout(700)
    page.evaluate("window.isOld = true")
    version = files.version
    monkeypatch.setattr(files, "version", lambda shell: version(shell)[::-1])
    page.evaluate(
        "navigator.serviceWorker.getRegistration('/messe/').then((each) => each.update())"
    )
    stand.until(
        page,
        "navigator.serviceWorker.getRegistration('/messe/').then((each) => Boolean(each.waiting))",
    )
    page.get_by_role("button", name="Sperren").click()
    stand.in_view(page, "lock")
    stand.until(page, "window.isOld === undefined")  # locked: the new one takes over
    stand.unlock(page)
    expect(page.get_by_label("Name", exact=True)).to_have_value("Hans Mayer")
    assert page.evaluate("caches.keys()") == [f"einklang-messe-{_running(page)}"]
    page.evaluate("window.isOld = true")
    monkeypatch.setattr(files, "version", lambda shell: "0123456789abcdef")
    page.evaluate(
        "navigator.serviceWorker.getRegistration('/messe/').then((each) => each.update())"
    )
    page.locator(".hh-sync").click()
    renew = page.get_by_role("button", name="Neue Fassung starten")
    renew.click()
    page.wait_for_timeout(700)
    assert page.evaluate("window.isOld") is True, "a slip is half typed"
    page.get_by_role("link", name="Zurück zum Leadzettel").click()
    stand.save(page)
    page.locator(".hh-sync").click()
    renew.click()
    stand.until(page, "window.isOld === undefined")
    stand.in_view(page, "lock")


def _running(page: Page) -> str:
    text = page.locator("[data-part=version]").text_content() or ""
    return text.split()[-1]


def test_by_keyboard_alone_and_for_everybody(
    page: Page, shot: Shot, assert_accessible: Any, assert_fits: Any
) -> None:
    page.keyboard.press("Tab")
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.type("Hans Mayer")
    page.get_by_role("button", name="150–300").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="mehr")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("radio", name="nicht gefragt").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("radio", name="Nein").first).to_be_checked()
    for radio in page.get_by_role("radio", name="nicht gefragt").all()[1:]:
        expect(radio).to_be_checked()
    stand.photograph(page, stand.card("Hans Mayer"))
    expect(page.locator(".hh-file img")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    shot(page, "fair-slip")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="QR-Code groß zeigen").press("Enter")
    expect(page.get_by_text("Bitte mit Ihrem Telefon scannen")).to_be_visible()
    shot(page, "fair-visitor", whole=False)
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_label("Notiz").press("Control+Home")
    page.get_by_role("button", name="Sichern und nächster").press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.locator(".hh-sync").press("Enter")
    stand.in_view(page, "outbox")
    stand.all_is_sent(page)
    shot(page, "fair-outbox")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Zurück zum Leadzettel").press("Enter")
    page.get_by_role("button", name="Sperren").press("Enter")
    stand.in_view(page, "lock")
    expect(page.get_by_label("PIN", exact=True)).to_be_focused()
    shot(page, "fair-lock")
    assert_accessible(page)
    assert_fits(page)
    page.keyboard.type(stand.PIN)
    page.keyboard.press("Enter")
    stand.in_view(page, "slip")
