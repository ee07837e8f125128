"""From the device to the database: fifty slips over a bad line, conflicts, an expired device."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from consent import references
from consent.models import EventKind, Evidence, Grade, LedgerEvent
from contacts import contact_points
from contacts.models import Person
from crm.accounts.models import RoleCode, User
from crm.kernel import clock
from crm.platform.mail_sink import MailSink
from history.fairs import keys
from history.models import Event, LeadCapture, LeadFile, LeadOptIn, LeadState
from tests.browser import fair_stand as stand
from tests.browser.mails import link_in

PageAs = Callable[..., Page]
BEGINNINGS = ("Brand", "Eich", "Falk", "Grün", "Hohen", "Kalt", "Linden", "Rosen", "Stein", "Wald")
ENDINGS = ("berg", "bach", "stedt", "mann", "hausen")
GIVEN = ("Ada", "Bruno", "Clara", "David", "Elif", "Fritz", "Greta")
NAMES = [
    f"{GIVEN[n % 7]} {beginning}{ending}"
    for n, (beginning, ending) in enumerate(product(BEGINNINGS, ENDINGS))
]
SLIPS = 50


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


def reachable(person: Person, email: str, rep: User) -> None:
    contact_points.add(
        actor=rep,
        record=person,
        kind="EMAIL",
        value=email,
        source=person.source,
        at=clock.now(),
    )


def capture(page: Page, number: int) -> None:
    page.get_by_label("Name", exact=True).fill(NAMES[number - 1])
    page.get_by_label("Firma").fill(f"Werk {number}")
    page.get_by_label("E‑Mail", exact=True).fill(f"besuch@werk{number}.example")
    page.get_by_role("button", name="150–300").click()
    answer = "Ja" if number % 2 else "Nein"
    page.get_by_role("group", name="E‑Mail").get_by_role("radio", name=answer).check()
    stand.photograph(page, stand.card(f"Besucher {number}"))
    expect(page.locator(".hh-file")).to_be_visible()
    stand.save(page)
    expect(page.locator("[data-part=sync-count]")).to_have_text(str(number))


def test_fifty_slips_survive_the_hall_and_a_bad_line(
    browser: Browser, live: str, rep: User, make_person: Any, tmp_path: Path
) -> None:
    known = make_person("Greta", "Eichbach", owner=rep)
    reachable(known, "besuch@werk7.example", rep)

    def start() -> Any:
        return browser.browser_type.launch_persistent_context(
            tmp_path / "tablet",
            executable_path=stand.chromium(),
            args=stand.ARGUMENTS,
            base_url=live,
            viewport={"width": 390, "height": 844},
            locale="de-DE",
        )

    context = start()
    stand.log_in(context, rep, live)
    page = context.pages[0]
    stand.register(page)
    stand.kept(page)
    context.set_offline(True)
    for number in range(1, SLIPS + 1):
        capture(page, number)
    page.get_by_label("Name", exact=True).fill("Noch nicht fertig")
    page.wait_for_timeout(900)
    assert not LeadCapture.objects.exists()
    context.close()

    context = start()
    context.clear_cookies()
    page = context.pages[0]
    requests, failed = count(1), []

    def every_third(route: Route) -> None:
        if next(requests) % 3 == 0:
            failed.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    context.set_offline(True)
    page.goto("/messe/")
    stand.unlock(page)
    expect(page.get_by_label("Name", exact=True)).to_have_value("Noch nicht fertig")
    expect(page.locator("[data-part=sync-count]")).to_have_text(str(SLIPS))
    context.route("**/api/v1/capture/**", every_third)
    context.set_offline(False)
    stand.all_is_sent(page)
    page.locator(".hh-sync").click()
    line = page.locator("li.hh-slip", has_text=re.compile(r"^7\. "))
    expect(line).to_contain_text("vielleicht schon bekannt: Greta Eichbach")
    left = stand.stored(page)
    context.close()

    assert len(failed) >= SLIPS * 2 // 3
    assert "JFIF" not in left
    leads = list(LeadCapture.objects.order_by("captured_at"))
    assert [lead.name for lead in leads] == NAMES
    assert [lead.pk for lead in leads] == sorted(lead.pk for lead in leads), "order of capture"
    assert len({lead.person_id for lead in leads} - {None, known.pk}) == SLIPS
    assert Person.objects.count() == SLIPS + 1
    for lead in leads:
        [file] = LeadFile.objects.filter(lead=lead)
        content = file.stored.file.open("rb").read()  # type: ignore[union-attr]
        assert len(content) == file.size
        assert hashlib.sha256(content).hexdigest() == file.sha256
    answers = LeadOptIn.objects.filter(channel="email")
    assert answers.filter(answer="YES", recorded__isnull=False).count() == SLIPS // 2
    assert answers.filter(answer="NO", recorded__isnull=False).count() == SLIPS // 2
    assert not LeadOptIn.objects.exclude(channel="email").exclude(answer="NOT_ASKED").exists()


def test_a_conflict_is_decided_field_by_field(
    page: Page, shot: Callable[..., None], assert_accessible: Any, assert_fits: Any
) -> None:
    page.get_by_label("Name", exact=True).fill("Hans Mayer")
    page.get_by_label("Firma").fill("Havelberg")
    page.get_by_label("Bedarf in eigenen Worten").fill("Halle 3")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        stand.save(page)
    stand.all_is_sent(page)
    at_the_desk = {"name": "Johannes Maier", "function": "Leiter Technik", "note": "Büro"}
    assert LeadCapture.objects.update(**at_the_desk) == 1
    page.locator(".hh-sync").click()
    page.get_by_role("button", name="Leadzettel 1 ändern").click()
    expect(page.get_by_role("heading", name="Leadzettel 1 ändern")).to_be_visible()
    page.get_by_label("Name", exact=True).fill("Hans Maier")
    page.get_by_label("Bedarf in eigenen Worten").fill("Hallen 3 und 4")
    stand.save(page)
    page.locator(".hh-sync").click()
    asked = page.locator("form.hh-conflict")
    expect(asked).to_contain_text("Was soll gelten?")
    expect(asked.locator("fieldset")).to_have_count(1)
    expect(asked.get_by_role("radio", name="jetzt im Büro Johannes Maier")).to_be_visible()
    expect(asked.get_by_role("radio", name="ursprünglich Hans Mayer")).to_be_visible()
    shot(page, "fair-conflict")
    assert_accessible(page)
    assert_fits(page)
    lead = LeadCapture.objects.get()
    assert (lead.name, lead.need) == ("Johannes Maier", "Halle 3"), "nothing was changed"
    asked.get_by_role("radio", name="meine Änderung Hans Maier").check()
    asked.get_by_role("button", name="So übernehmen").click()
    stand.all_is_sent(page)
    lead.refresh_from_db()
    assert (lead.name, lead.need) == ("Hans Maier", "Hallen 3 und 4")
    assert (lead.function, lead.note) == ("Leiter Technik", "Büro")
    page.get_by_role("button", name="Leadzettel 1 ändern").click()
    expect(page.get_by_label("Funktion")).to_have_value("Leiter Technik")
    stand.save(page)
    stand.all_is_sent(page)


def test_a_device_that_was_ended_keeps_its_slips(page: Page, rep: User) -> None:
    rep.capture_devices.update(revoked_at=clock.now())
    page.get_by_label("Name", exact=True).fill("Hans Mayer")
    stand.save(page)
    expect(page.get_by_text("Bitte neu anmelden.")).to_be_visible()
    page.locator(".hh-sync").click()
    expect(page.get_by_text("Bitte neu anmelden, dann geht es weiter.")).to_be_visible()
    page.get_by_role("link", name="Neu anmelden").click()
    expect(page.get_by_text("Alles, was auf dem Gerät liegt, bleibt.")).to_be_visible()
    page.get_by_role("button", name="Anmelden und anfangen").click()
    stand.in_view(page, "outbox")
    stand.all_is_sent(page)
    assert LeadCapture.objects.get().name == "Hans Mayer"
    assert rep.capture_devices.count() == 2


def test_nobody_sends_the_slips_of_somebody_else(
    page: Page, rep: User, make_user: Any, event: Event, live: str
) -> None:
    rep.capture_devices.update(revoked_at=clock.now())
    page.get_by_label("Name", exact=True).fill("Hans Mayer")
    stand.save(page)
    other = make_user(RoleCode.SALES)
    event.team.add(other)
    page.context.clear_cookies()
    stand.log_in(page.context, other, live)
    page.goto("/messe/#anmelden")
    stand.in_view(page, "register")
    page.get_by_role("button", name="Anmelden und anfangen").click()
    expect(page.locator("[data-part=register-error]")).to_contain_text(f"gehören {rep}")
    assert not LeadCapture.objects.exists()


def test_a_wrong_clock_is_told_and_put_right(page_as: PageAs, rep: User) -> None:
    page = page_as(rep, phone=True)
    page.clock.install(time=clock.now() + timedelta(minutes=47))
    stand.register(page)
    page.get_by_label("Name", exact=True).fill("Hans Mayer")
    stand.save(page)
    expect(page.get_by_text("Um etwa 47 Minuten.")).to_be_visible()
    page.clock.run_for(3000)
    stand.all_is_sent(page)
    lead = LeadCapture.objects.get()
    assert abs(lead.captured_at - clock.now()) < timedelta(minutes=2)
    assert lead.device_at - clock.now() > timedelta(minutes=40)


def test_who_is_known_is_shown_and_a_closed_event_takes_slips_late(
    page: Page, make_person: Any, rep: User, event: Event
) -> None:
    person = make_person("Johannes", "Maier", title="Dr.", owner=rep)
    reachable(person, "j.maier@havelberg.example", rep)
    page.get_by_label("Name", exact=True).fill("Hans Mayer")
    page.get_by_label("E‑Mail", exact=True).fill("j.maier@havelberg.example")
    expect(page.locator(".hh-known")).to_contain_text("Dr. Johannes Maier")
    page.locator(".hh-known").get_by_role("button", name="Einsetzen").click()
    expect(page.locator(".hh-known")).to_have_count(0)
    expect(page.get_by_label("Name", exact=True)).to_have_value("Dr. Johannes Maier")
    Event.objects.update(closed_at=clock.now())
    stand.save(page)
    stand.all_is_sent(page)
    page.locator(".hh-sync").click()
    expect(page.locator("li.hh-slip")).to_contain_text("nachgereicht")
    assert LeadCapture.objects.get().is_late


def test_the_visitors_own_yes_is_seen_to_arrive(
    page: Page, new_page: PageAs, sink: MailSink
) -> None:
    page.get_by_label("Name", exact=True).fill("Jörg Müller")
    page.get_by_label("E‑Mail", exact=True).fill("j.mueller@spreewerk.example")
    page.wait_for_timeout(700)  # until the code is that of the whole slip
    page.get_by_role("button", name="QR-Code groß zeigen").click()
    state = page.locator("[data-part=visitor-big-state]")
    expect(state).to_have_text("Noch nicht geöffnet.")
    visitor = new_page(phone=True, java_script_enabled=False)
    visitor.goto(scanned(page))
    code = page.locator("[data-part=visitor-big-code]").text_content() or ""
    expect(visitor.get_by_text(code)).to_be_visible()
    visitor.get_by_role("checkbox", name="E‑Mail").check()
    visitor.get_by_role("button", name="Ja, ich willige ein").click()
    expect(state).to_have_text("Hat Ja gesagt, die Bestätigung steht noch aus.")
    (message,) = sink.messages
    visitor.goto(link_in(message.text, part="/bestaetigen/"))
    visitor.get_by_role("button", name="Ja, ich bestätige").click()
    expect(state).to_have_text("Vom Besucher selbst bestätigt.")
    page.get_by_role("button", name="Fertig").click()
    expect(page.locator("[data-part=visitor-state]")).to_have_text("Vom Besucher selbst bestätigt.")
    stand.save(page)
    stand.all_is_sent(page)
    lead = LeadCapture.objects.get()
    assert (lead.name, lead.state) == ("Jörg Müller", LeadState.NEW)
    confirmed = LedgerEvent.objects.get(kind=EventKind.CONFIRMED)
    assert Evidence.objects.get(sha256=confirmed.evidence[0]).grade == Grade.B
    assert str(confirmed.person) == str(references.subject_of(lead.person))


def scanned(page: Page) -> str:
    """What a camera reads from the code that the device shows."""
    shown = Image.open(BytesIO(page.locator("[data-part=visitor-big]").screenshot()))
    picture = shown.convert("RGBA").resize((shown.width * 2, shown.height * 2), Image.NEAREST)
    found: str = page.evaluate(
        """async ([data, width, height]) => {
          await import("/static/ui/vendor/jsQR.js");
          const bytes = Uint8ClampedArray.from(atob(data), (sign) => sign.charCodeAt(0));
          return globalThis.jsQR(bytes, width, height).data;
        }""",
        [base64.b64encode(picture.tobytes()).decode(), *picture.size],
    )
    return found


def test_the_visitors_link_can_be_read_by_nobody_but_us(page: Page, rep: User, live: str) -> None:
    page.get_by_label("Name", exact=True).fill("Jörg Müller")
    page.get_by_label("E‑Mail", exact=True).fill("j.mueller@spreewerk.example")
    page.wait_for_timeout(700)
    code = page.locator("[data-part=visitor-code]").text_content() or ""
    device = rep.capture_devices.get()
    made = page.evaluate(
        """async ([id, key, lead]) => {
          const { tokenFor } = await import("/static/ui/js/fair/visitor.js");
          const fields = {name: "Jörg Müller", email: "", mobile: "0171 3920005"};
          return tokenFor({id, key}, lead, fields, 1790000000, new Uint8Array(12).fill(7));
        }""",
        [str(device.public_id), _key(device.public_id), str(device.public_id)],
    )
    token = base64.urlsafe_b64decode(made["token"] + "==")
    assert token[:1] + token[17:29] == b"\x01" + b"\x07" * 12
    assert token[1:17] == device.public_id.bytes
    key = keys.key_of_device(device.public_id)
    plain = AESGCM(key).decrypt(token[17:29], token[29:], token[:17])
    assert json.loads(plain) == {
        "l": str(device.public_id),
        "t": 1790000000,
        "n": "Jörg Müller",
        "m": "0171 3920005",
    }
    digest = base64.b32encode(hashlib.sha256(made["token"].encode()).digest()).decode()
    assert made["code"] == f"{digest[:4]}-{digest[4:6]}"
    assert re.fullmatch(r"[A-Z2-7]{4}-[A-Z2-7]{2}", code)
    page.get_by_role("button", name="QR-Code groß zeigen").click()
    expect(page.locator("[data-part=visitor-big-code]")).to_have_text(code)
    assert "M" in (page.locator("[data-part=visitor-big] path").get_attribute("d") or "")


def _key(public_id: Any) -> str:
    return base64.urlsafe_b64encode(keys.key_of_device(public_id)).rstrip(b"=").decode()
