"""Follow-ups, by keyboard alone: planned in the palette, put off, done, taken back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from contacts import contact_points
from contacts.models import Person
from crm.accounts.models import User
from crm.kernel import clock
from history import activities
from history.models import Activity
from tests.browser.conftest import PHONE

PageAs = Callable[..., Page]


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(clock, "today", lambda: at.date())
    monkeypatch.setattr(timezone, "localdate", lambda *_args: at.date())


@pytest.fixture
def planned(
    sales: User, admin: User, source: Any, team: Any, make_person: Any, at: datetime
) -> list[Activity]:
    """A full day: appointments, calls, something late, something for any hour."""
    people = {
        name: make_person(first, name, team=team, owner=sales)
        for first, name in (
            ("Friederike", "Haas"), ("Sabine", "Kowalczyk"), ("Claudia", "Rohde"),
            ("Johannes", "Maier"), ("Jens", "Äpfelbach"), ("Elif", "Öztürk"),
        )
    }  # fmt: skip

    for number, name in enumerate(("Kowalczyk", "Rohde", "Maier")):
        contact_points.add(
            actor=admin, record=people[name], kind="PHONE", value=f"030 2312510{number}",
            source=source, at=at,
        )  # fmt: skip

    def plan(subject: str, hour: str, name: str = "", days: int = 0, **values: Any) -> Activity:
        moment = timezone.localtime(at).replace(hour=0, minute=0) + timedelta(days=max(days, 0))
        if hour:
            moment = moment.replace(hour=int(hour[:2]), minute=int(hour[3:]))
        wanted = {"subject": subject, "due_at": moment, "has_time": bool(hour), **values}
        made = activities.plan(actor=sales, values=wanted | {"person": people.get(name)}, at=at)
        if days < 0:
            due_at = made.due_at + timedelta(days=days)
            Activity.objects.filter(pk=made.pk).update(due_at=due_at)
        return made

    visit = {"kind": "APPOINTMENT", "place": "Halle 3"}
    return [
        plan("Erstkontakt zur Budgetfreigabe", "", "Haas", days=-4),
        plan("Begehung", "10:00", "Kowalczyk", **visit),
        plan("Muster angekommen? Zweitmuster anbieten", "11:30", "Rohde"),
        plan("Angebot mit DALI‑2 zusagen, Versand morgen", "12:00", "Maier", kind="PROMISE"),
        plan("Vertriebsrunde", "13:30", kind="APPOINTMENT", place="Raum Spree"),
        plan("Leadzettel Raumlicht, Priorität A", "14:30", "Äpfelbach", priority=1),
        plan("Rückruf zu Rechnung R‑2026‑0881", "16:45", "Öztürk", kind="CALL"),
        plan("Preisliste aktualisieren", "", kind="TASK", recurrence="FREQ=MONTHLY"),
        plan("Nächste Woche nachfassen", "09:00", "Maier", days=7),
    ]


def test_planned_and_done_by_keyboard(
    page_as: PageAs, sales: User, make_person: Any, team: Any, assert_accessible: Any, shot: Any
) -> None:
    person: Person = make_person("Johannes", "Maier", team=team, owner=sales)
    page = page_as(sales)
    page.goto("/heute/")
    page.keyboard.press("Control+k")
    page.keyboard.type("wv 16:45 Maier")
    expect(page.get_by_role("option", name="Johannes Maier")).to_be_visible()
    busy = ".htmx-request, .htmx-swapping, .htmx-settling"
    page.wait_for_function("busy => !document.querySelector(busy)", arg=busy)
    shot(page, "wv-befehl", whole=False)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_label("Was ist zu tun?")).to_be_focused()
    assert_accessible(page)
    page.keyboard.type("Rechnung klären")
    shot(page, "wv-dialog", whole=False)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Geplant: Rechnung klären, 16:45")).to_be_visible()
    made = Activity.objects.get()
    assert (made.person, made.assignee) == (person, sales)

    page.keyboard.press("j")
    page.keyboard.press("v")
    expect(page.get_by_label("Wohin")).to_be_focused()
    page.keyboard.type("17:30")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Rechnung klären: verschoben auf 17:30")).to_be_visible()
    expect(page.locator(".follow tbody tr.is-cursor")).to_contain_text("17:30")
    page.keyboard.press("e")
    expect(page.get_by_text("Erledigt: Rechnung klären")).to_be_visible()
    expect(page.get_by_text("Für heute ist nichts geplant")).to_be_visible()
    assert not Activity.objects.get().is_open
    page.get_by_role("button", name="Rückgängig").click()
    expect(page).to_have_url("/heute/")
    expect(page.get_by_role("link", name="Rechnung klären")).to_be_visible()
    assert Activity.objects.get().is_open


@pytest.mark.parametrize(
    ("name", "address", "heading"),
    [
        ("wv-heute", "/heute/", "Wiedervorlagen"),
        ("wv-liste", "/aktivitaeten/?wer=team", "Aktivitäten"),
        ("wv-woche", "/kalender/", "Woche 12, 16.03.2026 bis 22.03.2026"),
        ("wv-monat", "/kalender/?ansicht=monat", "März 2026"),
        ("wv-abonnement", "/kalender/abonnement/", "Kalender abonnieren"),
        ("wv-neu", "/aktivitaeten/neu/", "Wiedervorlage planen"),
        ("wv-topf", "/aktivitaeten/ohne-naechsten-schritt/", "Ohne nächsten Schritt"),
    ],
)
def test_looked_at(
    page_as: PageAs, sales: User, planned: list[Activity], make_person: Any, team: Any,
    assert_accessible: Any, shot: Any, name: str, address: str, heading: str,
) -> None:  # fmt: skip
    make_person("Anna", "Abel", team=team)
    page = page_as(sales)
    page.goto(address)
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    shot(page, name)
    assert_accessible(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_cursor_stays_in_its_place(
    page_as: PageAs, sales: User, planned: list[Activity], shot: Any
) -> None:
    page = page_as(sales)
    page.goto("/heute/")
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.locator(".is-cursor")).to_contain_text("Claudia Rohde")
    page.keyboard.press("v")
    expect(page.get_by_label("Wohin").nth(2)).to_be_focused()
    shot(page, "wv-verschieben", whole=False)
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.locator(".is-cursor")).to_contain_text("Johannes Maier")
    assert page.locator(".is-cursor").count() == 1
    assert not Activity.objects.get(pk=planned[2].pk).is_open


def test_the_team(
    page_as: PageAs, team_lead: User, planned: list[Activity], assert_accessible: Any, shot: Any
) -> None:
    page = page_as(team_lead)
    page.goto("/aktivitaeten/team/")
    expect(page.get_by_role("heading", name="Was das Team vorhat")).to_be_visible()
    shot(page, "wv-team")
    assert_accessible(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
