"""Each report: what it counts, what it leaves out, to whom it tells it, and how often it asks."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from contacts.tables import Format
from crm.accounts.models import Role, RoleCode, Visibility
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.reports import catalogue, contacts, data_quality, exporting, follow_ups, pipeline
from tests.history.days import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(make_user, team):
    return make_user(RoleCode.TEAM_LEAD, teams=[team])


@pytest.fixture
def other(make_user, other_team):
    return make_user(RoleCode.SALES, teams=[other_team])


def test_stages_with_sums_weights_and_age(ask, admin, make_deal):
    make_deal(0, days=20)
    make_deal(0, volume=None)
    make_deal(1, days=14, volume="500.50")
    make_deal(1, volume="100", probability=None)
    make_deal(1, state="WON", days=3, volume="700")
    make_deal(1, state="LOST", days=3)
    make_deal(1, state="LOST", days=200)
    found = pipeline.of(ask(admin))
    names = ("stage", "count", "sum", "weighted", "unknown", "ageing")
    assert [tuple(row[name] for name in names) for row in found.rows] == [
        ("Bedarf", 2, Decimal("1000.00"), Decimal("300.00"), 1, 1),
        ("Angebot", 2, Decimal("600.50"), Decimal("300.30"), 0, 0),
        ("gewonnen", 1, Decimal("700.00"), None, 0, None),
        ("verloren", 1, Decimal("1000.00"), None, 0, None),
    ]
    assert [list(bar.values) for bar in found.charts[0].bars] == [[300.0, 700.0], [300.3, 300.2]]


def test_deals_of_others_do_not_count(ask, lead, team, other_team, other, make_deal):
    make_deal(0, team=team)
    make_deal(0, team=other_team, owner=other)
    assert [row["count"] for row in pipeline.of(ask(lead)).rows] == [1]


def test_on_time_late_and_overdue(ask, admin, sales, make_activity):
    monday = date(2026, 3, 9)
    make_activity(sales, day(3, 10), day(3, 10, 22))  # 23:00 in Berlin, the day counts
    make_activity(sales, day(3, 10), day(3, 10, 23, 30))  # half past midnight in Berlin
    make_activity(sales, day(3, 10), day(3, 10, 11, 1), has_time=True)
    make_activity(sales, day(3, 11), day(3, 11, 10, 59), has_time=True)
    make_activity(sales, day(3, 12))
    make_activity(sales, day(3, 17))  # today, not over yet
    make_activity(sales, day(3, 12), day(3, 12), state="CANCELLED")
    make_activity(sales, day(1, 1, 1) - timedelta(days=60))
    found = follow_ups.of(ask(admin))
    assert found.rows == [
        {"week": monday, "user": sales.full_name, "on_time": 2, "late": 2, "overdue": 1,
         "kept": 0.4},
    ]  # fmt: skip
    (bar,) = found.charts[0].bars
    assert (bar.label, list(bar.values)) == (sales.full_name, [2, 2, 1])


def test_a_team_lead_sees_the_team(ask, lead, sales, other, team, make_activity, make_user):
    make_activity(sales, day(3, 10), day(3, 10))
    make_activity(None, day(3, 10), team=team)
    make_activity(other, day(3, 10), day(3, 10))
    assert [row["user"] for row in follow_ups.of(ask(lead)).rows] == [sales.full_name, "niemand"]
    Role.objects.filter(code=RoleCode.TEAM_LEAD).update(visibility=Visibility.OWN)
    alone = type(lead).objects.get(pk=lead.pk)
    assert follow_ups.of(ask(alone)).is_empty


def test_contacts_by_week_channel_and_category(ask, admin, sales, make_contact, categories):
    upper, lower = categories
    make_contact(sales, category=lower)
    make_contact(sales, category=upper)
    make_contact(sales, "EMAIL")
    first = make_contact(sales, "EMAIL", on=day(3, 3))
    make_contact(sales, "FAX", on=day(3, 3), corrects=first)
    make_contact(sales, "NOTE")
    make_contact(sales, on=day(3, 17, 23, 30))  # tomorrow in Berlin
    found = contacts.of(ask(admin))
    assert [tuple(row.values()) for row in found.rows] == [
        (date(2026, 3, 2), "Fax", "ohne Kategorie", 1),
        (date(2026, 3, 16), "E\N{NON-BREAKING HYPHEN}Mail", "ohne Kategorie", 1),
        (date(2026, 3, 16), "Anruf", "Reklamation", 2),
    ]
    by_channel, by_category = found.charts
    assert [part.label for part in by_channel.parts] == [
        "Anruf", "E\N{NON-BREAKING HYPHEN}Mail", "Fax",
    ]  # fmt: skip
    assert [(bar.label, list(bar.values)) for bar in by_channel.bars] == [
        ("KW 10, ab 02.03.2026", [0, 0, 1]), ("KW 12, ab 16.03.2026", [2, 1, 0]),
    ]  # fmt: skip
    assert [(bar.label, list(bar.values)) for bar in by_category.bars] == [
        ("Reklamation", [2]), ("ohne Kategorie", [2]),
    ]  # fmt: skip


def test_long_periods_go_by_months(ask, admin, sales, make_contact):
    make_contact(sales, on=day(1, 31))
    found = contacts.of(ask(admin, since=date(2025, 6, 1)))
    assert [row["since"] for row in found.rows] == [date(2026, 1, 1)]
    assert found.charts[0].bars[0].label == "Januar 2026"


def test_the_team_asked_for(ask, admin, sales, other, team, other_team, make_contact):
    make_contact(sales)
    make_contact(other)
    make_contact(sales, team=other_team)
    for which, count in ((team, 1), (other_team, 2), (None, 3)):
        found = contacts.of(ask(admin, team=which.public_id if which else None))
        assert sum(row["count"] for row in found.rows) == count


@pytest.mark.usefixtures("fresh_desk")
def test_the_quality_of_the_data_is_that_of_the_desk(ask, admin, make_person):
    make_person("Anna", "Abel")
    found = data_quality.of(ask(admin))
    assert found.rows[0] == {
        "list": "Ansprechpartner", "measure": "ohne jeden Kontaktweg", "count": 1, "total": 1,
        "share": 1.0,
    }  # fmt: skip
    assert {row["list"] for row in found.rows} == {"Ansprechpartner"}


@pytest.mark.usefixtures("fresh_desk")
def test_without_anything_each_says_what_to_do(ask, admin):
    for name in catalogue.REPORTS:
        found = catalogue.make(name, ask(admin))
        assert found.is_empty
        assert found.empty
        assert not found.charts


@pytest.mark.parametrize(
    "values",
    [
        {"since": date(2026, 3, 18)},
        {"since": date(2020, 1, 1)},
        {"until": date.min},
        {"since": date(9999, 1, 1), "until": date.max},
    ],
)
def test_periods_that_are_none(ask, admin, values):
    with pytest.raises(errors.Invalid):
        ask(admin, **values)


def test_who_may_not_and_what_is_not_theirs(ask, sales, lead, other_team, admin):
    with pytest.raises(errors.NotPermitted):
        ask(sales)
    with pytest.raises(errors.NotFound):
        ask(lead, team=other_team.public_id)
    with pytest.raises(errors.NotFound):
        ask(lead, team="unfug")
    with pytest.raises(errors.NotFound):
        catalogue.make("erfunden", ask(admin))


@pytest.mark.parametrize(("name", "queries"), [("pipeline", 2), ("follow-ups", 1), ("contacts", 1)])
def test_the_number_of_queries_is_constant(
    ask, admin, sales, make_deal, make_activity, make_contact, name, queries,
    django_assert_num_queries,
):  # fmt: skip
    for number in range(8):
        make_deal(number % 2)
        make_activity(sales, day(3, 1 + number))
        make_contact(sales, on=day(3, 1 + number))
    asked = ask(admin)
    with django_assert_num_queries(queries):
        assert catalogue.make(name, asked).rows


def test_a_report_as_a_file_and_who_took_it(ask, admin, sales, make_activity, at):
    make_activity(sales, day(3, 10), day(3, 10))
    file = BytesIO()
    assert exporting.export(name="follow-ups", asked=ask(admin), format=Format.CSV, to=file) == 1
    lines = file.getvalue().decode("utf-8-sig").splitlines()
    assert lines == [
        "Woche ab;Wer;rechtzeitig;verspätet;überfällig;eingehalten",
        f"09.03.2026;{sales.full_name};1;0;0;1,0",
    ]
    entry = AuditEntry.objects.get(action="report.exported")
    assert (entry.actor_id, entry.context["report"], entry.context["rows"]) == (
        admin.pk, "follow-ups", 1,
    )  # fmt: skip
    name = exporting.file_name(name="follow-ups", format=Format.XLSX, at=at)
    assert name == "einklang-wiedervorlagen-2026-03-17.xlsx"
