"""The calendar and its subscription."""

from datetime import UTC, datetime

from django.test import Client
from icalendar import Calendar

from crm.kernel.models import AuditEntry
from history import activities
from history.activities import feeds, icalendar_file
from history.models import CalendarFeed


def test_a_week(browser, plan) -> None:
    plan("Begehung", "2026-03-18 10:00", kind="APPOINTMENT")
    plan("Nächste Woche", "2026-03-24")
    page = browser.get("/kalender/").text
    assert "Woche 12, 16.03.2026 bis 22.03.2026" in page
    assert page.count('<td class="day') == 7
    assert "Begehung" in page
    assert "Nächste Woche" not in page
    assert "Nächste Woche" in browser.get("/kalender/?tag=2026-03-24").text


def test_a_month(browser, plan) -> None:
    for number in range(7):
        plan(f"Nr. {number}", "2026-03-18")
    page = browser.get("/kalender/?ansicht=monat").text
    assert "März 2026" in page
    assert page.count('<td class="day') == 42
    assert "3 weitere" in page
    assert "tag=2026-04-01&amp;ansicht=monat" in page


def test_days_that_nobody_knows(browser) -> None:
    for day in ("x", "2026-02-30", "0001-01-01", "9999-12-31", "2026-03-17T"):
        answer = browser.get("/kalender/", {"tag": day, "ansicht": "monat"})
        assert (answer.status_code, "März 2026" in answer.text) == (200, True), day


def test_subscribed_renewed_ended(browser, plan, sales, at) -> None:
    plan("Angebot; Halle 3, neu", "2026-03-18 10:00")
    page = browser.post("/kalender/abonnement/neu/").text
    first = _secret(page)
    assert _secret(browser.get("/kalender/abonnement/").text) == ""
    outside = Client()
    answer = outside.get(f"/kalender/abonnement/{first}.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Angebot" in answer.text
    assert CalendarFeed.objects.get().last_used_on == at.date()
    assert first not in str(CalendarFeed.objects.values().get())
    second = _secret(browser.post("/kalender/abonnement/neu/").text)
    assert outside.get(f"/kalender/abonnement/{first}.ics").status_code == 404
    assert outside.get(f"/kalender/abonnement/{second}.ics").status_code == 200
    browser.post("/kalender/abonnement/beenden/")
    assert outside.get(f"/kalender/abonnement/{second}.ics").status_code == 404
    acts = AuditEntry.objects.filter(action__startswith="calendar-feed.")
    assert sorted(acts.values_list("action", flat=True)) == [
        "calendar-feed.created",
        "calendar-feed.revoked",
        "calendar-feed.rotated",
    ]


def test_a_closed_account_has_no_calendar(plan, sales, at) -> None:
    secret = feeds.subscribe(actor=sales, at=at)
    assert feeds.user_for(secret=secret, at=at) == sales
    sales.is_active = False
    sales.save()
    assert feeds.user_for(secret=secret, at=at) is None


def test_the_file_is_a_calendar(plan, sales, person, at, django_assert_num_queries) -> None:
    visit = plan("Begehung", "2026-03-30 10:00", kind="APPOINTMENT", place="Halle 3", person=person)
    plan("Nachfassen, Zeile 1\nZeile 2", "2026-03-18", note="ä; ö, ü")
    plan("Anruf", "2026-03-19 08:00", kind="CALL")
    activities.complete(actor=sales, activity=plan("Erledigt"), at=at)
    activities.cancel(actor=sales, activity=plan("Abgesagt", "2026-03-18"), at=at)
    _ = sales.access
    with django_assert_num_queries(1):
        content = icalendar_file.of(user=sales, at=at, base_url="https://crm.example")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    calendar = Calendar.from_ical(content)
    events = {str(each["uid"]): each for each in calendar.walk("VEVENT")}
    assert len(events) == 3
    event = events[f"{visit.public_id}@einklang"]
    assert str(event["summary"]) == "Johannes Maier: Begehung"
    assert event["dtstart"].dt.astimezone(UTC) == datetime(2026, 3, 30, 8, 0, tzinfo=UTC)
    assert event["dtend"].dt.astimezone(UTC) == datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
    assert (str(event["location"]), str(event["transp"])) == ("Halle 3", "OPAQUE")
    assert str(event["url"]) == f"https://crm.example/aktivitaeten/{visit.public_id}/"
    whole = next(each for each in events.values() if "ä; ö, ü" in str(each.get("description", "")))
    assert whole["dtstart"].dt.isoformat() == "2026-03-18"
    assert str(whole["summary"]) == "Nachfassen, Zeile 1\nZeile 2"
    assert [str(each["tzid"]) for each in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]


def _secret(page: str) -> str:
    """The secret in the address on the page, if it is there."""
    before, _mark, _rest = page.partition('.ics"')
    return before.rpartition("/kalender/abonnement/")[2] if _mark else ""
