"""Moving and cancelling, by the house and by the person."""

from datetime import datetime
from typing import Any

import pytest

from consent import links as consent_links
from crm.accounts.models import RoleCode, User
from crm.kernel import errors
from crm.kernel.models import AuditEntry
from history.appointments import changing, checking, links
from history.models import Activity, Appointment, AppointmentMessage, Touchpoint
from tests.history.days import day


def test_it_moves_with_its_entry(book: Any, admin: User, make_user: Any, at: datetime) -> None:
    wenzel = make_user(RoleCode.SERVICE, first_name="Ute", last_name="Wenzel")
    made = book(day(3, 19, 9))
    moved = changing.move(
        actor=admin, appointment=made, starts_at=day(3, 20, 12), employee=wenzel, at=at
    )
    assert (moved.starts_at, moved.ends_at) == (day(3, 20, 12), day(3, 20, 13))
    assert (moved.blocked_until, moved.sequence) == (day(3, 20, 13, 15), 1)
    entry = Activity.objects.get()
    assert (entry.assignee, entry.starts_at, entry.due_at, entry.ends_at) == (
        wenzel,
        moved.starts_at,
        moved.starts_at,
        moved.ends_at,
    )
    row = AuditEntry.objects.get(action="appointment.moved")
    assert set(row.changes) == {"starts_at", "employee"}
    assert Touchpoint.objects.first().subject.startswith("Termin verschoben: Wartung, 20.03.2026")
    assert book(day(3, 19, 9)).is_booked, "the old time is free again"


def test_it_may_move_into_its_own_time(book: Any, admin: User, at: datetime) -> None:
    made = book(day(3, 19, 9))
    moved = changing.move(actor=admin, appointment=made, starts_at=day(3, 19, 9, 30), at=at)
    assert moved.starts_at == day(3, 19, 9, 30)


def test_to_where_it_is_nothing_happens(book: Any, admin: User, at: datetime) -> None:
    made = book(day(3, 19, 9))
    changing.move(actor=admin, appointment=made, starts_at=made.starts_at, at=at)
    assert Appointment.objects.get().sequence == 0
    assert Touchpoint.objects.count() == 1


def test_it_does_not_move_to_where_somebody_is(book: Any, admin: User, at: datetime) -> None:
    made, other = book(day(3, 19, 9)), book(day(3, 20, 9))
    with pytest.raises(checking.SlotTaken):
        changing.move(actor=admin, appointment=made, starts_at=other.starts_at, at=at)
    with pytest.raises(errors.Invalid, match="Feiertag"):
        changing.move(actor=admin, appointment=made, starts_at=day(4, 3, 9), at=at)
    made.refresh_from_db()
    assert (made.starts_at, made.sequence) == (day(3, 19, 9), 0)


def test_cancelling_frees_the_time_and_is_done_once(book: Any, admin: User, at: datetime) -> None:
    made = book(day(3, 19, 9))
    changing.cancel(actor=admin, appointment=made, at=at)
    changing.cancel(actor=admin, appointment=made, at=at)
    entry = Activity.objects.get()
    assert (entry.state, entry.closed_at, entry.closed_by) == ("CANCELLED", at, admin)
    assert AuditEntry.objects.filter(action="appointment.cancelled").count() == 1
    with pytest.raises(errors.Conflict, match="schon abgesagt"):
        changing.move(actor=admin, appointment=made, starts_at=day(3, 20, 9), at=at)
    assert book(day(3, 19, 9)).is_booked


def test_what_has_begun_stays(book: Any, admin: User) -> None:
    made = book(day(3, 19, 9))
    for act in (
        lambda: changing.cancel(actor=admin, appointment=made, at=day(3, 19, 9)),
        lambda: changing.move(
            actor=admin, appointment=made, starts_at=day(3, 20, 9), at=day(3, 19, 9)
        ),
    ):
        with pytest.raises(errors.Conflict, match="schon begonnen"):
            act()
    assert Appointment.objects.get().is_booked


def test_who_may_not_see_it_changes_nothing(book: Any, make_user: Any, at: datetime) -> None:
    made = book(day(3, 19, 9))
    for role, refusal in (
        (RoleCode.SALES, errors.NotFound),
        (RoleCode.PRIVACY, errors.NotPermitted),
    ):
        with pytest.raises(refusal):
            changing.cancel(actor=make_user(role), appointment=made, at=at)
    assert Appointment.objects.get().is_booked


def test_the_person_does_it_over_the_signed_link(book: Any, at: datetime) -> None:
    made = book(day(3, 19, 9))
    found = links.read(links.sign(made))
    changing.move(actor=None, appointment=found, starts_at=day(3, 20, 9), at=at)
    written = Touchpoint.objects.first()
    assert (written.channel, written.direction, written.agent) == ("WEB_FORM", "IN", None)
    assert AuditEntry.objects.get(action="appointment.moved").actor_id is None
    changing.cancel(actor=None, appointment=found, at=at)
    assert not Appointment.objects.get().is_booked
    assert AppointmentMessage.objects.count() == 0, "the person is told nothing, as was agreed"


def test_a_forged_link_leads_nowhere(book: Any) -> None:
    signed = links.sign(book(day(3, 19, 9)))
    for wrong in ("", "x", signed[:-1], signed.replace(signed[0], "z", 1), "a" * 5000):
        with pytest.raises(consent_links.UnknownLink):
            links.read(wrong)
