"""``/termin/``: the call, from the number to the appointment, on one page."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from contacts.access import person_for
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.appointments import telling, who
from crm.ui.screens.appointments.form import (
    LANGUAGES,
    CallForm,
    Chosen,
    channel_of,
    chosen,
    kind_among,
    slot_of,
)
from history import caller_background
from history.appointments import agreeing, board, informing, kinds, messages, staff
from history.appointments.agreeing import Caller, Wish
from history.appointments.booking import CallTaken
from history.appointments.informing import Told
from history.calls import reading
from history.models import Appointment, AppointmentKind

RECORD = Permission.HISTORY_RECORD


@never_cache
@require_http_methods(["GET", "POST"])
@permitted(RECORD)
def call(request: Request) -> HttpResponse:
    """The page; sent off, everything in one transaction. ``tun`` draws it anew only."""
    if request.method != "POST":
        return _page(request, CallForm(initial=_handed_over(request)))
    form = CallForm(request.POST)
    if "tun" in request.POST or "week" in request.POST:
        return _page(request, CallForm(initial=request.POST.dict()))
    made = forms.carry_out(form, lambda data: _agree(request, data))
    if made is None:
        return _page(request, form)
    _tell(request, made)
    return responses.redirect(request, "appointment", made.public_id)


@require_http_methods(["POST"])
@permitted(RECORD)
def suspects(request: Request) -> HttpResponse:
    """Who looks like what is being typed; nothing is written."""
    context = {
        "who": who.calls(request.POST, user=request.user),
        "chosen": chosen(request.POST, at=clock.now()),
    }
    return responses.render(request, "appointments/suspects.html", context)


def _agree(request: Request, data: Mapping[str, Any]) -> Appointment:
    at = clock.now()
    said = chosen(request.POST, at=at)
    person = person_for(user=request.user, public_id=said.person) if said.person else None
    if person is None and not said.is_new and who.calls(request.POST, user=request.user).suspects:
        raise errors.Invalid({"person": [_("Bitte sagen Sie, wer anruft, oder „Neu anlegen“.")]})
    kind = kinds.kind_for(said.kind) if said.kind else kind_among(kinds.active(), None)
    starts_at, employee_id = slot_of(said.slot)
    if kind is None or starts_at is None or employee_id is None:
        raise errors.Invalid({"starts_at": [_("Bitte wählen Sie eine freie Zeit.")]})
    channel, point_id = channel_of(data["channel"])
    wish = Wish(
        kind=kind,
        employee=staff.employee_for(kind=kind, public_id=employee_id),
        starts_at=starts_at,
        channel=channel,
        point=_point(person, point_id),
        place=data["place"],
        note=data["note"],
        call=CallTaken(
            number=data["number"], began_at=said.began_at, is_written=_is_written(request, said)
        ),
        notice=_told(data, person),
    )
    caller = Caller(
        person=person,
        **{name: data[name] for name in (
            "name", "company", "number", "email", "street", "postal_code", "city", "is_too_young",
        )},
    )  # fmt: skip
    return agreeing.agree(actor=request.user, caller=caller, wish=wish, at=at)


def _told(data: Mapping[str, Any], person: Person | None) -> Told:
    """What became of the script; it must have been shown for this caller."""
    if data["notice"] and data["notice_person"] != _key(person):
        raise errors.Invalid({"notice": [informing.stale()]})
    return Told(
        version=data["notice_version"],
        is_read=data["notice"] == "read",
        language=data["language"] or "",
        seconds=data["seconds"],
        reason=data["reason"] if data["notice"] == "skipped" else "",
        note=data["reason_note"],
    )


def _key(person: Person | None) -> str:
    return str(person.public_id) if person else ""


def _point(person: Person | None, wanted: object) -> ContactPoint | None:
    known = messages.points_of(person) if person and wanted else []
    return next((each for each in known if each.public_id == wanted), None)


def _is_written(request: Request, said: Chosen) -> bool:
    if said.call is None:
        return False
    try:
        reading.call_for(user=request.user, public_id=said.call)
    except errors.NotFound:
        return False
    return True


def _handed_over(request: Request) -> dict[str, Any]:
    """From the card of a call, or from the page of a person."""
    names = {"nummer": "number", "name": "name", "person": "person", "anruf": "call", "art": "kind"}
    return {ours: request.GET[given] for given, ours in names.items() if given in request.GET}


def _page(request: Request, form: CallForm) -> HttpResponse:
    at, user = clock.now(), request.user
    fields: Mapping[str, Any] = form.data if form.is_bound else form.initial
    said, calling = chosen(fields, at=at), who.calls(fields, user=user)
    person = _person(user, said, calling)
    kind = kind_among(kinds.active(), said.kind)
    way = _way(fields, person)
    context = {
        "form": form,
        "chosen": said,
        "who": calling,
        "person": person,
        "person_value": str(person.public_id) if person else "new" if said.is_new else "",
        "known": _known(user, person, fields),
        "ways": telling.ways(person, number=str(fields.get("number") or "")),
        "way": way,
        **_script(fields, person, way, said, at=at),
        **_when(kind, said, at=at),
    }
    status = forms.status_of(form)
    return responses.render(
        request, "appointments/call.html", context, fragment="columns", status=status
    )


def _person(user: User, said: Chosen, calling: who.Who) -> Person | None:
    wanted = said.person or (None if said.is_new else calling.certain)
    if wanted is None:
        return None
    rows = Person.objects.visible_to(user).filter(public_id=wanted)
    return rows.prefetch_related("addresses", "employments__company").first()


def _known(user: User, person: Person | None, fields: Mapping[str, Any]) -> Any:
    if person is None:
        return None
    return caller_background.of(user=user, record=person, number=str(fields.get("number") or ""))


def _way(fields: Mapping[str, Any], person: Person | None) -> str:
    """What is ticked: what was chosen, if it goes for this person; else the first known way."""
    offered = [way.value for way in telling.ways(person, number=str(fields.get("number") or ""))]
    wanted = str(fields.get("channel") or "")
    return wanted if wanted in offered else offered[0]


def _script(
    fields: Mapping[str, Any], person: Person | None, way: str, said: Chosen, *, at: datetime
) -> dict[str, Any]:
    """What to read to this caller. What was read to somebody else, or of another version, does
    not count any more."""
    language = str(fields.get("language") or "")
    try:
        shown = informing.reading(
            person=person,
            channel=channel_of(way)[0],
            at=at,
            language=language,
            starts_at=slot_of(said.slot)[0],
        )
    except errors.DomainError as problem:
        return {"script": None, "script_problem": problem.message, "script_person": _key(person)}
    same = fields.get("notice_person", "") == _key(person) and fields.get("notice_version") == str(
        shown.due.version.public_id
    )
    return {
        "script": shown,
        "script_problem": "",
        "script_person": _key(person),
        "is_read": same and fields.get("notice") == "read",
        "is_skipped": same and fields.get("notice") == "skipped",
        "seconds_read": fields.get("seconds", "") if same else "",
        "languages": LANGUAGES,
    }


def _when(kind: AppointmentKind | None, said: Chosen, *, at: datetime) -> dict[str, Any]:
    if kind is None:
        return {
            "kinds": [],
            "kind": None,
            "board": None,
            "employees": [],
            "slot": None,
            "monday": "",
        }
    people = staff.employees_for(kind)
    asked = [each for each in people if each.public_id == said.employee] or people
    monday = said.monday
    shown = board.week(kind=kind, employees=asked, monday=monday, at=at)
    if not shown.rows and not said.has_week:
        monday += timedelta(days=7)
        shown = board.week(kind=kind, employees=asked, monday=monday, at=at)
    starts_at, employee = slot_of(said.slot)
    slot = next(
        (
            each
            for each in shown.slots
            if each.starts_at == starts_at and each.employee.public_id == employee
        ),
        None,
    )
    return {
        "kinds": kinds.active(),
        "kind": kind,
        "employees": people,
        "board": shown,
        "slot": slot,
        "monday": monday.isoformat(),
        "previous": (monday - timedelta(days=7)).isoformat(),
        "following": (monday + timedelta(days=7)).isoformat(),
        "is_this_week": monday <= clock.today(),
        "number_of_week": monday.isocalendar().week,
    }


def _tell(request: Request, made: Appointment) -> None:
    toasts.show(request, _("Der Termin mit %(name)s steht.") % {"name": made.person.full_name})
