"""``/termine/…/``: one appointment, what the person was told, and how it changes."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from contacts.models import Person
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.appointments import form
from history.appointments import access, board, changing, messages, staff
from history.models import Appointment, AppointmentChannel, MessageState


@never_cache
@require_GET
@permitted(Permission.HISTORY_VIEW)
def detail(request: Request, public_id: UUID) -> HttpResponse:
    """The page; ``?woche=`` shows another week to move it to."""
    return _show(request, _appointment(request, public_id))


@require_POST
@permitted(Permission.HISTORY_RECORD)
def move(request: Request, public_id: UUID) -> HttpResponse:
    """To another time, or to another employee."""
    found = _appointment(request, public_id)
    starts_at, employee_id = form.slot_of(request.POST.get("starts_at", ""))
    try:
        if starts_at is None or employee_id is None:
            raise errors.Invalid({"starts_at": [_("Bitte wählen Sie eine freie Zeit.")]})
        employee = staff.employee_for(kind=found.kind, public_id=employee_id)
        changing.move(
            actor=request.user, appointment=found, starts_at=starts_at, employee=employee,
            at=clock.now(),
        )  # fmt: skip
    except errors.DomainError as refusal:
        if isinstance(refusal, errors.NotPermitted | errors.NotFound):
            raise
        return _show(request, _appointment(request, public_id), problem=refusal.message)
    toasts.show(request, _("Der Termin ist verschoben."))
    return responses.redirect(request, "appointment", public_id)


@require_POST
@permitted(Permission.HISTORY_RECORD)
def cancel(request: Request, public_id: UUID) -> HttpResponse:
    """It does not take place."""
    found = _appointment(request, public_id)
    try:
        changing.cancel(actor=request.user, appointment=found, at=clock.now())
    except errors.Conflict as refusal:
        return _show(request, _appointment(request, public_id), problem=refusal.message)
    toasts.show(request, _("Der Termin ist abgesagt."))
    return responses.redirect(request, "appointment", public_id)


@require_POST
@permitted(Permission.HISTORY_RECORD)
def posted(request: Request, public_id: UUID) -> HttpResponse:
    """The letters that lie ready went to the post."""
    found = _appointment(request, public_id)
    for message in found.messages.filter(
        channel=AppointmentChannel.LETTER, state=MessageState.SENT, posted_at=None
    ):
        messages.post(actor=request.user, message=message, at=clock.now())
    toasts.show(request, _("Der Brief ist zur Post gegeben."))
    return responses.redirect(request, "appointment", public_id)


def _appointment(request: Request, public_id: UUID) -> Appointment:
    return access.appointment_for(user=request.user, public_id=public_id)


def _show(request: Request, found: Appointment, *, problem: str = "") -> HttpResponse:
    now = clock.now()
    may_record = Permission.HISTORY_RECORD in request.user.access.permissions
    may_change = may_record and found.is_booked and found.starts_at > now
    sees_person = Person.objects.visible_to(request.user).filter(pk=found.person_id).exists()
    sent = found.messages.select_related("contact_point", "touchpoint").prefetch_related(
        "touchpoint__attachments"
    )
    context = {
        "appointment": found,
        "sees_person": sees_person,
        "messages": [(each, _kind_of(each.state)) for each in sent],
        "tells_nothing": found.channel == AppointmentChannel.NONE,
        "may_record": may_record,
        "may_change": may_change,
        "problem": problem,
        "previous": "",
        **(_other_times(request, found) if may_change else {}),
    }
    status = 422 if problem else 200
    return responses.render(request, "appointments/detail.html", context, status=status)


def _other_times(request: Request, found: Appointment) -> dict[str, Any]:
    said = form.chosen({"week": request.GET.get("woche") or found.starts_at.date().isoformat()},
                       at=clock.now())  # fmt: skip
    shown = board.week(
        kind=found.kind,
        employees=staff.employees_for(found.kind),
        monday=said.monday,
        at=clock.now(),
        but=found,
    )
    return {
        "board": shown,
        "previous": (said.monday - timedelta(days=7)).isoformat(),
        "following": (said.monday + timedelta(days=7)).isoformat(),
        "is_this_week": said.monday <= clock.today(),
        "number_of_week": said.monday.isocalendar().week,
    }


def _kind_of(state: str) -> str:
    """The colour of the badge that says what became of a message."""
    return {MessageState.SENT: "yes", MessageState.WAITING: "", MessageState.FAILED: "check"}.get(
        MessageState(state), "no"
    )
