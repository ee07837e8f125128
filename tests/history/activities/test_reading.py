"""My day, the list, the panel of a record, the pot, the team, promises, the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from contacts.listing.counting import Count
from contacts.listing.scope import ListName
from crm.accounts.models import RoleCode
from crm.kernel import errors
from history import activities
from history.activities import calendar, day, listing, pot, promises
from history.activities import team as team_module
from history.activities.listing import Filters
from history.models import Activity


def subjects(rows) -> list[str]:
    return [row.activity.subject for row in rows]


@pytest.fixture
def late(plan, sales, at):
    """Something that was due yesterday."""
    made = plan("Gestern")
    Activity.objects.filter(pk=made.pk).update(due_at=made.due_at - timedelta(days=1))
    return made


def test_my_day(plan, late, sales, person, at) -> None:
    plan("Um elf", "2026-03-17 11:30", person=person)
    plan("Um neun", "2026-03-17 09:00")
    plan("Irgendwann heute", "2026-03-17")
    plan("Morgen", "2026-03-18")
    plan("Am Sonntag", "2026-03-22 23:00", kind="PROMISE")
    plan("Nächsten Montag", "2026-03-23")
    found = day.of(user=sales, at=at)
    assert subjects(found.earlier) == ["Gestern"]
    assert subjects(found.timed) == ["Um neun", "Um elf"]
    assert subjects(found.untimed) == ["Irgendwann heute"]
    assert (found.overdue, found.week, found.promises) == (Count(2), Count(6), Count(1))
    assert [(row.is_overdue, row.late_days) for row in found.rows] == [
        (True, 1),
        (True, 0),
        (False, 0),
        (False, 0),
    ]
    assert found.timed[1].person == person


def test_my_day_is_mine(plan, make_user, team, at) -> None:
    plan("Fremd")
    colleague = make_user(RoleCode.SALES, teams=[team])
    assert day.of(user=colleague, at=at).rows == []


def test_my_day_costs_the_same_however_full_it_is(
    plan, sales, person, at, django_assert_num_queries
) -> None:
    for count in (1, 20):
        for number in range(count):
            plan(f"Nr. {number}", person=person)
        _ = sales.access
        with django_assert_num_queries(2):
            found = day.of(user=sales, at=at)
            assert {row.person.full_name for row in found.rows} == {"Johannes Maier"}
            assert {row.activity.assignee.full_name for row in found.rows} == {sales.full_name}


def test_a_name_out_of_sight_is_not_told(plan, make_person, other_team, sales, at) -> None:
    made = plan("Rückruf")
    theirs = make_person("Bernd", "Bohm", team=other_team)
    Activity.objects.filter(pk=made.pk).update(person=theirs)
    (row,) = day.of(user=sales, at=at).rows
    assert (row.person, row.about) == (None, None)


def test_the_list_page_by_page(plan, sales, at, django_assert_num_queries) -> None:
    for number in range(7):
        plan(f"Nr. {number}", f"2026-03-{17 + number // 2}")  # pairs on the same day
    seen: list[str] = []
    after, pages = "", []
    _ = sales.access
    while True:
        with django_assert_num_queries(2):
            page = listing.page(user=sales, filters=Filters(), at=at, after=after, limit=3)
        pages.append(page)
        seen += subjects(page.rows)
        after = page.next
        if not after:
            break
    assert seen == [f"Nr. {number}" for number in range(7)]
    assert [(bool(page.previous), page.total) for page in pages] == [
        (False, Count(7)),
        (True, Count(7)),
        (True, Count(7)),
    ]
    back = listing.page(user=sales, filters=Filters(), at=at, before=pages[2].previous, limit=3)
    assert subjects(back.rows) == ["Nr. 3", "Nr. 4", "Nr. 5"]


@pytest.mark.parametrize("cursor", ["x", "²", "bm93fDE", "fHw", "A" * 5000])
def test_a_cursor_that_nobody_gave_leads_to_the_first_page(plan, sales, at, cursor) -> None:
    plan()
    assert len(listing.page(user=sales, filters=Filters(), at=at, after=cursor).rows) == 1
    assert len(listing.page(user=sales, filters=Filters(), at=at, before=cursor).rows) == 1


def test_narrowed_down(plan, late, sales, make_user, team, person, at) -> None:
    colleague = make_user(RoleCode.SALES, teams=[team])
    plan("Zusage", "2026-03-20", kind="PROMISE", person=person)
    plan("Von ihr", "2026-03-24", assignee=colleague)
    plan("Im Topf", "2026-03-25", team=team, assignee=None)
    activities.complete(actor=sales, activity=plan("Fertig"), at=at)

    def found(**values):
        page = listing.page(user=sales, filters=Filters(**values), at=at)
        return subjects(page.rows)

    assert found() == ["Gestern", "Zusage"]
    assert found(whose="team") == ["Gestern", "Zusage", "Von ihr", "Im Topf"]
    assert found(whose="unassigned") == ["Im Topf"]
    assert found(assignee=colleague) == ["Von ihr"]
    assert found(state="overdue") == ["Gestern"]
    assert found(state="done") == ["Fertig"]
    assert found(kind="PROMISE") == ["Zusage"]
    assert found(whose="all", since=date(2026, 3, 20), until=date(2026, 3, 24)) == [
        "Zusage",
        "Von ihr",
    ]
    assert found(about={"person": person}) == ["Zusage"]


def test_the_next_steps_of_a_record(
    plan, sales, person, make_person, at, django_assert_num_queries
) -> None:
    for number in range(6):
        plan(f"Nr. {number}", f"2026-03-{20 + number}", person=person)
    plan("Anderes")
    _ = sales.access
    with django_assert_num_queries(1):
        steps = activities.of_record(user=sales, record=person, at=at)
    assert subjects(steps.rows) == ["Nr. 0", "Nr. 1", "Nr. 2", "Nr. 3", "Nr. 4"]
    assert steps.has_more


def test_the_pot(plan, sales, team, other_team, make_person, at, django_assert_num_queries) -> None:
    alone = [make_person("Anna", f"Abel{number}", team=team) for number in range(3)]
    make_person("Bernd", "Bohm", team=team, owner=sales)
    make_person("Carla", "Cohn", team=other_team)
    planned = make_person("Dora", "Dietz", team=team)
    step = plan(person=planned)
    _ = sales.access
    with django_assert_num_queries(2):
        first = pot.page(user=sales, name=ListName.PERSONS, limit=2)
    second = pot.page(user=sales, name=ListName.PERSONS, limit=2, after=first.next)
    assert [*first.records, *second.records] == alone
    assert (first.total, second.next) == (Count(3), "")
    activities.complete(actor=sales, activity=step, at=at)
    assert pot.total(user=sales) == Count(4)
    assert pot.page(user=sales, name=ListName.COMPANIES).records == []


def test_the_team_at_a_glance(
    plan, late, sales, team_lead, make_user, team, other_team, at, django_assert_num_queries
) -> None:
    idle = make_user(RoleCode.SALES, teams=[team])
    make_user(RoleCode.SALES, teams=[other_team])
    plan("Am Freitag", "2026-03-20 10:00")
    plan("Im Topf", "2026-03-25", team=team, assignee=None)
    _ = team_lead.access
    with django_assert_num_queries(2):
        members = team_module.members(user=team_lead, at=at)
    found = {each.user: (each.open, each.overdue, each.week) for each in members}
    assert found == {sales: (2, 1, 2), team_lead: (0, 0, 0), idle: (0, 0, 0), None: (1, 0, 0)}
    assert members[0].user == sales
    assert timezone.localtime(members[0].next_at).isoformat()[:16] == "2026-03-20T10:00"
    with pytest.raises(errors.NotPermitted):
        team_module.members(user=sales, at=at)


def test_promises(plan, sales, make_user, team, at) -> None:
    colleague = make_user(RoleCode.SALES, teams=[team])
    plan("Muster", "2026-03-20", kind="PROMISE")
    plan("Rückruf", "2026-03-17 09:00", kind="PROMISE", assignee=colleague)
    plan("Keine Zusage")
    found = promises.open_ones(user=sales, at=at)
    assert subjects(found.rows) == ["Rückruf", "Muster"]
    assert (found.total, found.overdue) == (Count(2), Count(1))


def test_the_calendar(plan, sales, at, django_assert_num_queries) -> None:
    ends = datetime(2026, 3, 19, 11, 0, tzinfo=UTC)
    plan("Messe", "2026-03-17 09:00", kind="APPOINTMENT", ends_at=ends)
    plan("Anruf", "2026-03-18 08:00", kind="CALL")
    plan("Brief", "2026-03-18")
    activities.cancel(actor=sales, activity=plan("Abgesagt", "2026-03-18"), at=at)
    _ = sales.access
    with django_assert_num_queries(1):
        days = calendar.between(user=sales, first=date(2026, 3, 18), last=date(2026, 3, 20), at=at)
    assert [(each.day.day, subjects(each.rows)) for each in days] == [
        (18, ["Messe", "Brief", "Anruf"]),
        (19, ["Messe"]),
        (20, []),
    ]
    assert calendar.span(view="week", day=date(2026, 3, 18)) == (
        date(2026, 3, 16),
        date(2026, 3, 22),
    )
    assert calendar.span(view="month", day=date(2026, 3, 18)) == (
        date(2026, 2, 23),
        date(2026, 4, 5),
    )
    assert calendar.span(view="month", day=date(2026, 12, 31)) == (
        date(2026, 11, 30),
        date(2027, 1, 3),
    )
