"""Planning, changing, following up."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from crm.accounts.models import RoleCode
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history import activities
from history.models import Activity, ActivityKind


def local(moment: datetime) -> str:
    return timezone.localtime(moment).isoformat()[:16]


def test_whoever_plans_it_does_it(sales, team, person, plan, at) -> None:
    made = plan("Angebot nachfassen", person=person)
    made.refresh_from_db()
    assert (made.assignee, made.team, made.person, made.kind) == (
        sales,
        team,
        person,
        ActivityKind.FOLLOW_UP,
    )
    assert (made.created_by, made.created_at, made.version, made.is_open) == (sales, at, 1, True)
    assert local(made.due_at) == "2026-03-17T00:00"
    entry = AuditEntry.objects.get(action="activity.planned")
    assert (entry.actor_id, entry.object_label) == (sales.pk, "Angebot nachfassen")
    assert entry.changes["person"] == [None, "Johannes Maier"]


def test_a_day_without_an_hour_begins_with_the_day(plan, sales, at) -> None:
    made = activities.plan(
        actor=sales,
        values={"subject": "x", "due_at": datetime(2026, 3, 24, 15, 0, tzinfo=UTC)},
        at=at,
    )
    assert local(made.due_at) == "2026-03-24T00:00"


def test_an_appointment_begins_when_it_is_due_and_lasts_an_hour(plan) -> None:
    made = plan("Begehung", "2026-03-24 10:00", kind="APPOINTMENT", place="Halle 3")
    assert (made.starts_at, made.ends_at) == (made.due_at, made.due_at + timedelta(hours=1))


def test_a_moved_appointment_keeps_its_length(plan, sales, at) -> None:
    made = plan("Begehung", "2026-03-24 10:00", kind="APPOINTMENT")
    earlier = made.due_at - timedelta(days=1)
    changed = activities.edit(actor=sales, activity=made, values={"due_at": earlier}, at=at)
    assert (changed.starts_at, changed.ends_at) == (earlier, earlier + timedelta(hours=1))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"subject": "  "}, "subject"),
        ({"subject": "x" * 301}, "subject"),
        ({"due_at": None}, "when"),
        ({"due_at": datetime(2026, 3, 16, tzinfo=UTC)}, "when"),
        ({"kind": "PARTY"}, "kind"),
        ({"priority": 9}, "priority"),
        ({"recurrence": "FREQ=HOURLY"}, "recurrence"),
        ({"kind": "APPOINTMENT"}, "when"),
        (
            {
                "kind": "APPOINTMENT",
                "has_time": True,
                "due_at": datetime(2026, 3, 24, 10, tzinfo=UTC),
                "ends_at": datetime(2026, 3, 24, 9, tzinfo=UTC),
            },
            "ends_at",
        ),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_planned(sales, at, values, field) -> None:
    wanted = {"subject": "x", "due_at": at, **values}
    with pytest.raises(errors.Invalid) as refused:
        activities.plan(actor=sales, values=wanted, at=at)
    assert list(refused.value.errors) == [field]
    assert not Activity.objects.exists()
    assert not AuditEntry.objects.filter(action="activity.planned").exists()


def test_not_for_a_closed_account(sales, make_user, at) -> None:
    gone = make_user()
    gone.is_active = False
    gone.save()
    with pytest.raises(errors.Invalid) as refused:
        activities.plan(actor=sales, values={"subject": "x", "due_at": at, "assignee": gone}, at=at)
    assert list(refused.value.errors) == ["assignee"]


def test_not_about_a_record_out_of_sight(sales, make_person, other_team, at) -> None:
    theirs = make_person("Bernd", "Bohm", team=other_team)
    with pytest.raises(errors.NotFound):
        activities.plan(actor=sales, values={"subject": "x", "due_at": at, "person": theirs}, at=at)
    assert not Activity.objects.exists()


def test_only_who_records_history_plans(privacy, at) -> None:
    with pytest.raises(errors.NotPermitted):
        activities.plan(actor=privacy, values={"subject": "x", "due_at": at}, at=at)
    assert not Activity.objects.exists()


def test_a_change_is_counted_and_told(plan, sales, at) -> None:
    made = plan()
    changed = activities.edit(
        actor=sales, activity=made, values={"subject": "Anrufen", "kind": "CALL"}, version=1, at=at
    )
    assert (changed.subject, changed.kind, changed.version) == ("Anrufen", "CALL", 2)
    entry = AuditEntry.objects.get(action="activity.updated")
    assert entry.changes == {"subject": ["Nachfassen", "Anrufen"], "kind": ["FOLLOW_UP", "CALL"]}


def test_the_same_again_changes_nothing(plan, sales, at) -> None:
    made = plan()
    activities.edit(actor=sales, activity=made, values={"subject": "Nachfassen"}, at=at)
    assert Activity.objects.get().version == 1
    assert not AuditEntry.objects.filter(action="activity.updated").exists()


def test_who_saved_in_between_is_not_overwritten(plan, sales, at) -> None:
    made = plan()
    activities.edit(actor=sales, activity=made, values={"subject": "A"}, version=1, at=at)
    with pytest.raises(errors.Conflict):
        activities.edit(actor=sales, activity=made, values={"subject": "B"}, version=1, at=at)
    assert Activity.objects.get().subject == "A"


def test_what_is_late_can_be_changed_without_a_new_day(plan, sales, at) -> None:
    made = plan()
    later = at + timedelta(days=9)
    changed = activities.edit(actor=sales, activity=made, values={"note": "Rabatt?"}, at=later)
    assert changed.note == "Rabatt?"
    with pytest.raises(errors.Invalid):
        activities.edit(
            actor=sales, activity=made, values={"due_at": at + timedelta(days=1)}, at=later
        )


def test_what_is_closed_is_not_changed(plan, sales, at) -> None:
    made = plan()
    activities.cancel(actor=sales, activity=made, at=at)
    with pytest.raises(errors.Conflict):
        activities.edit(actor=sales, activity=made, values={"subject": "B"}, at=at)
    assert Activity.objects.get().subject == "Nachfassen"


def test_a_follow_up_in_one_gesture(sales, person, at) -> None:
    made = activities.follow_up(actor=sales, about=person, phrase="24.3. 14:30", at=at)
    assert (made.subject, made.person, local(made.due_at), made.has_time) == (
        "Nachfassen",
        person,
        "2026-03-24T14:30",
        True,
    )
    with pytest.raises(errors.Invalid, match="Das ist kein Tag"):
        activities.follow_up(actor=sales, about=person, phrase="bald", at=at)
    assert Activity.objects.count() == 1


def test_who_sees_it(make_user, sales, team, other_team, person, make_person, plan, at) -> None:
    colleague = make_user(RoleCode.SALES, teams=[team])
    stranger = make_user(RoleCode.SALES, teams=[other_team])
    made = plan(person=person)

    def seen(user):
        return Activity.objects.visible_to(user).filter(pk=made.pk).exists()

    assert [seen(user) for user in (sales, colleague, stranger)] == [True, True, False]
    with pytest.raises(errors.NotFound):
        activities.activity_for(user=stranger, public_id=made.public_id)
    with pytest.raises(errors.NotFound):
        activities.complete(actor=stranger, activity=made, at=at)
    assert Activity.objects.get().is_open
    Activity.objects.update(team=None, person=None)
    assert [seen(user) for user in (sales, colleague, stranger)] == [True, False, False]
    Activity.objects.update(person=make_person("Bernd", "Bohm", team=other_team))
    assert [seen(user) for user in (sales, colleague, stranger)] == [True, False, True]
