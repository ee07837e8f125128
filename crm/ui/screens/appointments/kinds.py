"""``/verwaltung/termine/``: what can be agreed, how long it takes, and who keeps it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from crm.accounts.models import Team
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms as refusals
from crm.ui import responses, toasts
from crm.ui.access import Request, permitted
from history.appointments import kinds
from history.models import AppointmentKind, AppointmentPlace

MANAGE = Permission.HISTORY_MANAGE


class KindForm(forms.Form):
    """One kind of appointment."""

    name = forms.CharField(label=gettext_lazy("Zweck"), max_length=100)
    length_minutes = forms.IntegerField(
        label=gettext_lazy("Dauer in Minuten"), min_value=5, max_value=600, initial=30
    )
    pause_minutes = forms.IntegerField(
        label=gettext_lazy("Pause danach in Minuten"),
        help_text=gettext_lazy("Für Weg und Nachbereitung; in ihr ist nichts frei."),
        min_value=0,
        max_value=600,
        initial=0,
    )
    place = forms.ChoiceField(label=gettext_lazy("Wo"), choices=AppointmentPlace.choices)
    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.filter(is_active=True),
        required=False,
        empty_label=gettext_lazy("alle"),
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("Lässt sich vereinbaren"), required=False, initial=True
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "kind-%s", **options})


@require_http_methods(["GET", "POST"])
@permitted(MANAGE)
def kind_list(request: Request) -> HttpResponse:
    """All kinds, and the form for one more."""
    form = KindForm(request.POST if request.method == "POST" else None)
    made = refusals.carry_out(
        form, lambda data: kinds.create(actor=request.user, values=data, at=clock.now())
    )
    if made:
        toasts.show(request, _("„%(name)s“ lässt sich jetzt vereinbaren.") % {"name": made.name})
        return responses.redirect(request, "appointment-kinds")
    return _page(request, form)


@require_http_methods(["GET", "POST"])
@permitted(MANAGE)
def kind_edit(request: Request, public_id: UUID) -> HttpResponse:
    """Change one; what is agreed already stays."""
    kind = kinds.kind_for(public_id)
    initial = {name: getattr(kind, name) for name in kinds.FIELDS - {"position"}}
    form = KindForm(request.POST if request.method == "POST" else None, initial=initial)
    saved = refusals.carry_out(
        form,
        lambda data: kinds.update(actor=request.user, kind=kind, values=data, at=clock.now()),
    )
    if saved:
        toasts.show(request, _("„%(name)s“ ist gesichert.") % {"name": saved.name})
        return responses.redirect(request, "appointment-kinds")
    return _page(request, form, kind=kind)


def _page(request: Request, form: KindForm, *, kind: AppointmentKind | None = None) -> HttpResponse:
    rows = AppointmentKind.objects.select_related("team").order_by("-is_active", "position", "name")
    context = {"kinds": rows, "form": form, "kind": kind}
    return responses.render(
        request, "appointments/kinds.html", context, status=refusals.status_of(form)
    )
