"""Put off, done, taken up again, cancelled, handed over."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from crm.accounts.models import RoleCode
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history import activities
from history.activities import due
from history.models import Activity, ActivityState


def local(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()[:16]


def test_put_off_by_a_day_it_keeps_its_hour(plan, sales, at) -> None:
    made = plan("Begehung", "2026-03-24 10:00", kind="APPOINTMENT")
    moved = activities.postpone(actor=sales, activity=made, to=due.of("2w", at=at), at=at)
    assert (local(moved.due_at), local(moved.ends_at)) == ("2026-03-31T10:00", "2026-03-31T11:00")
    assert moved.starts_at == moved.due_at
    entry = AuditEntry.objects.get(action="activity.postponed")
    assert set(entry.changes) == {"due_at", "ends_at"}


def test_put_off_to_an_hour_it_gets_one(plan, sales, at) -> None:
    moved = activities.postpone(actor=sales, activity=plan(), to=due.of("15:00", at=at), at=at)
    assert (local(moved.due_at), moved.has_time, moved.version) == ("2026-03-17T15:00", True, 2)


def test_not_into_the_past(plan, sales, at) -> None:
    made = plan(when="2026-03-24")
    with pytest.raises(errors.Invalid):
        activities.postpone(actor=sales, activity=made, to=due.of("16.3.2026", at=at), at=at)
    assert Activity.objects.get().version == 1


def test_done_once(plan, sales, at) -> None:
    made = plan()
    activities.complete(actor=sales, activity=made, at=at)
    activities.complete(actor=sales, activity=made, at=at + timedelta(hours=1))
    done = Activity.objects.get()
    assert (done.state, done.closed_at, done.closed_by) == (ActivityState.DONE, at, sales)
    assert AuditEntry.objects.filter(action="activity.completed").count() == 1


def test_done_of_what_somebody_changed_is_refused(plan, sales, at) -> None:
    made = plan()
    activities.edit(actor=sales, activity=made, values={"subject": "Anders"}, at=at)
    with pytest.raises(errors.Conflict):
        activities.complete(actor=sales, activity=made, version=1, at=at)
    assert Activity.objects.get().is_open


def test_reopened_it_is_as_it_was(plan, sales, at) -> None:
    made = plan()
    activities.complete(actor=sales, activity=made, at=at)
    activities.reopen(actor=sales, activity=made, at=at)
    again = Activity.objects.get()
    assert (again.state, again.closed_at, again.closed_by) == (ActivityState.OPEN, None, None)


def test_what_is_done_cannot_be_cancelled_nor_the_other_way_round(plan, sales, at) -> None:
    done, cancelled = plan("A"), plan("B")
    activities.complete(actor=sales, activity=done, at=at)
    activities.cancel(actor=sales, activity=cancelled, at=at)
    with pytest.raises(errors.Conflict):
        activities.cancel(actor=sales, activity=done, at=at)
    with pytest.raises(errors.Conflict):
        activities.complete(actor=sales, activity=cancelled, at=at)
    with pytest.raises(errors.Conflict):
        activities.postpone(actor=sales, activity=done, to=due.of("14", at=at), at=at)
    states = set(Activity.objects.values_list("subject", "state"))
    assert states == {("A", "DONE"), ("B", "CANCELLED")}


def test_what_recurs_is_planned_anew(plan, sales, person, at) -> None:
    made = plan("Zähler ablesen", recurrence="FREQ=WEEKLY;COUNT=2", person=person, note="Halle 3")
    assert made.recurrence == "FREQ=WEEKLY;COUNT=2;BYDAY=TU"
    activities.complete(actor=sales, activity=made, at=at)
    following = Activity.objects.get(follows=made)
    assert (following.subject, following.person, following.note) == (
        "Zähler ablesen",
        person,
        "Halle 3",
    )
    assert (local(following.due_at), following.recurrence) == (
        "2026-03-24T00:00",
        "FREQ=WEEKLY;COUNT=1;BYDAY=TU",
    )
    activities.complete(actor=sales, activity=following, at=at)
    assert not Activity.objects.open().exists()


@pytest.mark.parametrize(
    ("when", "rule", "done", "following"),
    [
        ("2026-03-17 09:00", "FREQ=DAILY", "2026-03-17", "2026-03-18T09:00"),
        ("2026-03-17", "FREQ=DAILY", "2026-03-25", "2026-03-25T00:00"),
        ("2026-03-28 09:00", "FREQ=WEEKLY", "2026-03-28", "2026-04-04T09:00"),
        ("2026-03-31", "FREQ=MONTHLY", "2026-03-31", "2026-04-30T00:00"),
        ("2026-03-30", "FREQ=MONTHLY;INTERVAL=11", "2026-03-30", "2027-02-28T00:00"),
        ("2026-03-17", "FREQ=YEARLY", "2026-03-17", "2027-03-17T00:00"),
        ("2026-03-20", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-03-20", "2026-03-23T00:00"),
        ("2026-03-17", "FREQ=WEEKLY;UNTIL=20260324", "2026-03-17", "2026-03-24T00:00"),
    ],
)
def test_when_it_comes_again(plan, sales, when, rule, done, following) -> None:
    made = plan(when=when, recurrence=rule)
    at = timezone.make_aware(datetime.fromisoformat(f"{done} 12:00"))
    activities.complete(actor=sales, activity=made, at=at)
    assert local(Activity.objects.get(follows=made).due_at) == following


def test_what_was_put_off_comes_again_on_its_usual_day(plan, sales, at) -> None:
    made = plan(recurrence="FREQ=WEEKLY")
    activities.postpone(actor=sales, activity=made, to=due.of("2", at=at), at=at)
    activities.complete(actor=sales, activity=made, at=at)
    assert local(Activity.objects.get(follows=made).due_at) == "2026-03-24T00:00"


@pytest.mark.parametrize(
    "rule",
    [
        "jeden Tag", "FREQ=SECONDLY", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=13", "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;UNTIL=gestern", "FREQ=DAILY;UNTIL=20260316", "FREQ=DAILY;FREQ=DAILY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;COUNT=²",
    ],
)  # fmt: skip
def test_rules_that_nobody_can_follow(plan, rule) -> None:
    with pytest.raises(errors.Invalid) as refused:
        plan(recurrence=rule)
    assert list(refused.value.errors) == ["recurrence"]
    assert not Activity.objects.exists()


def test_reopened_the_next_one_goes_again_unless_touched(plan, sales, at) -> None:
    made = plan(recurrence="FREQ=DAILY")
    activities.complete(actor=sales, activity=made, at=at)
    activities.reopen(actor=sales, activity=made, at=at)
    assert Activity.objects.get().pk == made.pk
    assert AuditEntry.objects.filter(action="activity.removed").count() == 1
    activities.complete(actor=sales, activity=made, at=at)
    following = Activity.objects.get(follows=made)
    activities.edit(actor=sales, activity=following, values={"note": "x"}, at=at)
    activities.reopen(actor=sales, activity=made, at=at)
    activities.complete(actor=sales, activity=made, at=at)
    assert Activity.objects.count() == 2


def test_handed_over(plan, sales, make_user, team, at) -> None:
    colleague = make_user(RoleCode.SALES, teams=[team])
    made = plan()
    activities.hand_over(actor=sales, activity=made, to=colleague, at=at)
    assert Activity.objects.get().assignee == colleague
    entry = AuditEntry.objects.get(action="activity.handed-over")
    assert entry.changes == {"assignee": [str(sales), str(colleague)]}


def test_everything_of_an_absent_colleague(plan, sales, team_lead, make_user, team, at) -> None:
    deputy = make_user(RoleCode.SALES, teams=[team])
    for number in range(3):
        plan(f"Nr. {number}")
    activities.complete(actor=sales, activity=Activity.objects.earliest("pk"), at=at)
    plan("In einem anderen Team", team=None)
    Activity.objects.filter(subject="In einem anderen Team").update(team=None)
    moved = activities.hand_over_all(actor=team_lead, absent=sales, to=deputy, at=at)
    assert moved == 2
    assert set(Activity.objects.filter(assignee=deputy).values_list("subject", "version")) == {
        ("Nr. 1", 2),
        ("Nr. 2", 2),
    }
    assert AuditEntry.objects.filter(action="activity.handed-over").count() == 2


def test_only_who_may_assign_gives_away_what_others_have(plan, make_user, sales, team, at) -> None:
    colleague = make_user(RoleCode.SALES, teams=[team])
    plan()
    with pytest.raises(errors.NotPermitted):
        activities.hand_over_all(actor=colleague, absent=sales, to=colleague, at=at)
    assert Activity.objects.get().assignee == sales
    assert activities.hand_over_all(actor=sales, absent=sales, to=colleague, at=at) == 1


def test_not_to_oneself_nor_to_a_closed_account(plan, sales, make_user, at) -> None:
    gone = make_user()
    gone.is_active = False
    made = plan()
    with pytest.raises(errors.Invalid):
        activities.hand_over_all(actor=sales, absent=sales, to=sales, at=at)
    with pytest.raises(errors.Invalid):
        activities.hand_over(actor=sales, activity=made, to=gone, at=at)
    assert Activity.objects.get().assignee == sales
