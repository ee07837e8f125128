"""Plan something, and change it in place."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import access as contacts_access
from contacts.models import Company, Person
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.activities import answers, lines, links
from crm.ui.screens.activities.forms import ActivityForm, initial_of
from history import access as history_access
from history import activities
from history.appointments.access import behind
from history.models import Activity, ActivityKind, Opportunity, Priority

_FINDERS: dict[str, Any] = {
    "person": contacts_access.person_for,
    "company": contacts_access.company_for,
    "opportunity": history_access.opportunity_for,
}


@require_http_methods(["GET", "POST"])
@permitted(Permission.HISTORY_RECORD)
def activity_new(request: Request) -> HttpResponse:
    """Plan something; the address may say about whom (``person``, ``company``, ``opportunity``),
    when (``wann``) and what (``betreff``)."""
    about = _about(request)
    if request.method == "POST":
        form = ActivityForm(request.POST)
        made = forms.carry_out(form, lambda _data: _plan(request, form, about))
        if made:
            _tell(request, _("Geplant: %(subject)s, %(day)s"), made)
            return answers.back(request, refresh=True)
    else:
        form = ActivityForm(initial=_proposed(request))
    return _show(request, form, title=_("Wiedervorlage planen"), about=about)


@require_http_methods(["GET", "POST"])
@permitted(Permission.HISTORY_RECORD)
def activity_edit(request: Request, public_id: UUID) -> HttpResponse:
    """Change it; who saved in between is not overwritten. What was agreed with somebody has a
    page of its own."""
    activity = activities.activity_for(user=request.user, public_id=public_id)
    if request.method == "GET" and (agreed := behind(user=request.user, activity=activity)):
        return responses.redirect(request, "appointment", agreed.public_id)
    if request.method == "POST":
        form = ActivityForm(request.POST, activity=activity)
        changed = forms.carry_out(form, lambda _data: _edit(request, form, activity))
        if changed:
            _tell(request, _("Gesichert: %(subject)s, %(day)s"), changed)
            return answers.back(request, refresh=True)
    else:
        form = ActivityForm(initial=initial_of(activity), activity=activity)
    return _show(request, form, title=_("Aktivität ändern"), about=_seen(activity))


def _plan(
    request: Request, form: ActivityForm, about: dict[str, Person | Company | Opportunity]
) -> Activity:
    now = clock.now()
    values = form.values(at=now) | about
    if values["assignee"] is None:
        values["team"] = request.user.teams.order_by("pk").first()
    return activities.plan(actor=request.user, values=values, at=now)


def _edit(request: Request, form: ActivityForm, activity: Activity) -> Activity:
    now = clock.now()
    return activities.edit(
        actor=request.user,
        activity=activity,
        values=form.values(at=now),
        version=form.cleaned_data["version"],
        at=now,
    )


def _proposed(request: Request) -> dict[str, Any]:
    kind = request.GET.get("art", "")
    return {
        "subject": request.GET.get("betreff", "")[:300],
        "when": request.GET.get("wann", "")[:60],
        "kind": kind if kind in ActivityKind.values else ActivityKind.FOLLOW_UP,
        "priority": Priority.NORMAL,
        "assignee": request.user.public_id,
    }


def _about(request: Request) -> dict[str, Person | Company | Opportunity]:
    """The records that the address or the form names, each seen by the user."""
    given = {name: request.POST.get(name) or request.GET.get(name) for name in _FINDERS}
    return {
        name: _FINDERS[name](user=request.user, public_id=key) for name, key in given.items() if key
    }


def _seen(activity: Activity) -> dict[str, Any]:
    return {name: getattr(activity, name) for name in _FINDERS if getattr(activity, f"sees_{name}")}


def _show(
    request: Request, form: ActivityForm, *, title: str, about: dict[str, Any]
) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "activity": form.activity,
        "about": [
            {"field": name, "key": each.public_id, "name": links.name_of(each)}
            for name, each in about.items()
        ],
        "next": answers.next_of(request),
    }
    status = forms.status_of(form)
    return responses.render(
        request, "activities/form.html", context, fragment="dialog", status=status
    )


def _tell(request: Request, pattern: str, activity: Activity) -> None:
    day = lines.when(activity, at=clock.now())
    toasts.show(request, pattern % {"subject": activity.subject, "day": day})
