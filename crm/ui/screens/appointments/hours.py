"""``/termine/arbeitszeit/``: when somebody works, where, and when they are away."""

import re
from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms as refusals
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from history.appointments import weeks
from history.models import Absence, FederalState

RECORD = Permission.HISTORY_RECORD
SPAN = re.compile(r"^(\d{1,2})(?::(\d\d))?\s*(?:–|-|bis|to)\s*(\d{1,2})(?::(\d\d))?$")


class WeekForm(forms.Form):
    """One line for each day: ``9:00–12:30, 13:30–17:00``; empty is a day off."""

    federal_state = forms.ChoiceField(
        label=gettext_lazy("Bundesland der Feiertage"),
        choices=[("", gettext_lazy("nur bundesweite")), *FederalState.choices],
        required=False,
    )
    is_bookable = forms.BooleanField(
        label=gettext_lazy("Andere dürfen hier Termine vereinbaren"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "week-%s", **options})
        for day in range(7):
            label: Any = WEEKDAYS[day]
            self.fields[f"day{day}"] = forms.CharField(label=label, max_length=100, required=False)

    @property
    def days(self) -> list[Any]:
        """The fields of the seven days."""
        return [self[f"day{day}"] for day in range(7)]

    def clean(self) -> dict[str, Any]:
        """Read the times of each day."""
        data = super().clean() or self.cleaned_data
        data["hours"] = {}
        for day in range(7):
            try:
                data["hours"][day] = read(data.get(f"day{day}", ""))
            except ValueError:
                said = _("Bitte schreiben Sie von – bis, zum Beispiel 9:00–12:30, 13:30–17:00.")
                self.add_error(f"day{day}", said)
        return data


class AbsenceForm(forms.Form):
    """The first and the last day."""

    first_on = forms.DateField(
        label=gettext_lazy("Erster Tag"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last_on = forms.DateField(
        label=gettext_lazy("Letzter Tag"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "absence-%s", **options})


@require_http_methods(["GET", "POST"])
@permitted(RECORD)
def week(request: Request, public_id: UUID | None = None) -> HttpResponse:
    """One's own week, or that of a colleague for who manages the history."""
    user = _user(request, public_id)
    form = WeekForm(request.POST if request.method == "POST" else None, initial=_initial(user))
    saved = refusals.carry_out(form, lambda data: _save(request, user, data))
    if saved:
        toasts.show(request, _("Die Arbeitszeit ist gesichert."))
        return _back(request, public_id)
    return _page(request, user, public_id, form=form)


@require_POST
@permitted(RECORD)
def absence_new(request: Request, public_id: UUID | None = None) -> HttpResponse:
    """They are not there on these days."""
    user = _user(request, public_id)
    form = AbsenceForm(request.POST)
    made = refusals.carry_out(
        form,
        lambda data: weeks.add_absence(actor=request.user, user=user, at=clock.now(), **data),
    )
    if made is None:
        return _page(request, user, public_id, absence=form)
    toasts.show(request, _("Die Abwesenheit ist eingetragen."))
    return _back(request, public_id)


@require_POST
@permitted(RECORD)
def absence_away(request: Request, absence_id: UUID) -> HttpResponse:
    """They are there after all."""
    absence = get_object_or_404(Absence.objects.select_related("user"), public_id=absence_id)
    if not weeks.may_change(actor=request.user, user=absence.user):
        raise errors.NotFound(public_id=str(absence_id))
    user = absence.user
    weeks.remove_absence(actor=request.user, absence=absence, at=clock.now())
    toasts.show(request, _("Die Abwesenheit ist entfernt."))
    return _back(request, None if user == request.user else user.public_id)


def read(text: str) -> list[tuple[time, time]]:
    """``9–12:30, 13:30–17`` as times.

    :raises ValueError: it is something else
    """
    found = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        if not (match := SPAN.match(part)):
            raise ValueError(part)
        first, minutes, last, last_minutes = match.groups(default="0")
        found.append((time(int(first), int(minutes)), time(int(last), int(last_minutes))))
    return found


def told(times: Any) -> str:
    """The other way round."""
    return ", ".join(f"{begins:%H:%M}–{ends:%H:%M}" for begins, ends in sorted(times))


def _save(request: Request, user: User, data: dict[str, Any]) -> Any:
    names = ("hours", "federal_state", "is_bookable")
    given = {name: data[name] for name in names}
    return weeks.set_week(actor=request.user, user=user, at=clock.now(), **given)


def _user(request: Request, public_id: UUID | None) -> User:
    if public_id is None:
        return request.user
    user = get_object_or_404(User, public_id=public_id, is_active=True)
    if not weeks.may_change(actor=request.user, user=user):
        raise errors.NotPermitted
    return user


def _initial(user: User) -> dict[str, Any]:
    found = weeks.week_of(user)
    days = {f"day{day}": told(found.hours.get(day, ())) for day in range(7)}
    return days | {"federal_state": found.federal_state, "is_bookable": found.is_bookable}


def _back(request: Request, public_id: UUID | None) -> HttpResponse:
    if public_id is None:
        return responses.redirect(request, "working-week")
    return responses.redirect(request, "working-week-of", public_id)


def _page(
    request: Request,
    user: User,
    public_id: UUID | None,
    *,
    form: WeekForm | None = None,
    absence: AbsenceForm | None = None,
) -> HttpResponse:
    colleagues = []
    if Permission.HISTORY_MANAGE in request.user.access.permissions:
        colleagues = list(User.objects.filter(is_active=True).order_by("last_name", "pk")[:200])
    bound = [each for each in (form, absence) if each is not None]
    context = {
        "whose": user,
        "is_own": user == request.user,
        "public_id": public_id,
        "week": form or WeekForm(initial=_initial(user)),
        "absence": absence or AbsenceForm(),
        "absences": Absence.objects.filter(user=user, last_on__gte=clock.today()),
        "is_usual": weeks.week_of(user).is_usual,
        "colleagues": colleagues,
    }
    status = max(refusals.status_of(each) for each in bound)
    return responses.render(request, "appointments/hours.html", context, status=status)
