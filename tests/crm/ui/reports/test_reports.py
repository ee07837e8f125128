"""Reports on the screen: bars with words, a table behind them, a file, and what is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.kernel import clock
from crm.kernel.models import AuditEntry
from crm.ui.screens.reports import bars
from history.models import Activity
from history.reports import catalogue
from history.reports.report import Bar, Chart, Part

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_desk")]
URL = "/auswertung/wiedervorlagen/"


@pytest.fixture
def lead(client, team_lead, monkeypatch, at):
    monkeypatch.setattr(clock, "now", lambda: at)
    client.force_login(team_lead)
    return client


@pytest.fixture
def kept(sales, at):
    return Activity.objects.create(
        kind="FOLLOW_UP", subject="Nachfassen", assignee=sales, due_at=at, closed_at=at,
        state="DONE", created_at=at, updated_at=at,
    )  # fmt: skip


def test_the_first_report_is_that_of_deals(lead):
    assert lead.get("/auswertung/").url == "/auswertung/verkaufschancen/"


def test_bars_tell_what_they_show_and_a_table_stands_behind(lead, kept, sales):
    page = lead.get(URL).text
    assert f'aria-label="{sales.full_name}: rechtzeitig 1, verspätet 0, überfällig 0"' in page
    assert "<summary" in page
    assert "16.03.2026" in page
    assert "100\N{NO-BREAK SPACE}%" in page


@pytest.mark.parametrize("slug", [entry.slug for entry in catalogue.REPORTS.values()])
def test_an_empty_report_says_what_to_do(lead, slug):
    page = lead.get(f"/auswertung/{slug}/").text
    assert 'class="empty"' in page
    assert 'name="format"' not in page


def test_another_period(lead, kept):
    page = lead.get(URL, {"since": "2025-01-01", "until": "2025-02-01"}).text
    assert "In diesem Zeitraum war nichts fällig." in page
    assert "01.01.2025 – 01.02.2025" in page


@pytest.mark.parametrize(
    "query",
    [
        {"since": "gestern"},
        {"since": "2026-03-10", "until": "2026-03-01"},
        {"since": "1990-01-01"},
        {"until": "0001-01-01"},
        {"team": "unfug"},
    ],
)
def test_a_period_that_is_none_is_refused_beside_the_form(lead, kept, query):
    answer = lead.get(URL, query)
    assert answer.status_code == 422
    assert lead.post(f"{URL}datei/", {}, query_params=query).status_code == 422
    assert not AuditEntry.objects.filter(action="report.exported").exists()


def test_the_team_of_others_cannot_be_asked_for(lead, other_team):
    assert lead.get(URL, {"team": str(other_team.public_id)}).status_code == 422


@pytest.mark.parametrize(
    ("format", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("", b"\xef")]
)
def test_a_file(lead, kept, format, start):
    answer = lead.post(f"{URL}datei/", {"format": format})
    assert b"".join(answer).startswith(start)
    assert f"einklang-wiedervorlagen-2026-03-17.{format or 'csv'}" in answer["Content-Disposition"]
    assert AuditEntry.objects.filter(action="report.exported").count() == 1


def test_a_report_that_does_not_exist(lead):
    assert lead.get("/auswertung/erfunden/").status_code == 404
    assert lead.post("/auswertung/erfunden/datei/").status_code == 404


def test_the_page_asks_as_often_as_before(lead, sales, at):
    lead.get(URL)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as caught:
            assert lead.get(reverse("report", args=["wiedervorlagen"])).status_code == 200
        counts.append(len(caught))
        for _number in range(5):
            Activity.objects.create(
                kind="FOLLOW_UP", subject="x", assignee=sales, due_at=at, created_at=at,
                updated_at=at,
            )  # fmt: skip
    assert counts[0] == counts[1]


def test_the_longest_bar_is_as_wide_as_there_is_room():
    parts = [Part("a", "A"), Part("b", "B")]
    chart = Chart("x", parts, [Bar("eins", [1, 3]), Bar("zwei", [2, 0]), Bar("nichts", [0, 0])])
    drawn = bars.drawn(chart)
    assert [[(p.code, p.start, p.width) for p in bar.pieces] for bar in drawn] == [
        [("a", "0", "250"), ("b", "250", "750")], [("a", "0", "500")], [],
    ]  # fmt: skip
    assert drawn[0].said == "eins: A 1, B 3"
