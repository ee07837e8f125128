"""The setting of automatic merging, for each kind."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contacts import merging
from contacts.models import AutomaticMerging, MatchingKind
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.duplicates.words import KINDS
from crm.ui.screens.merging.forms import AutomationForm


@require_http_methods(["GET", "POST"])
@permitted(Permission.DUPLICATES_AUTOMATE)
def automation(request: Request) -> HttpResponse:
    """Whether, and from which weight on, groups of a kind are merged without asking."""
    sent = request.POST.get("kind", "") if request.method == "POST" else None
    shown = {
        kind.code: _form(kind.code, request.POST if sent == kind.code else None)
        for kind in KINDS.values()
    }
    form = shown.get(MatchingKind(sent)) if sent in MatchingKind.values else None
    saved = form and forms.carry_out(form, lambda data: _set_up(request, data))
    if saved:
        toasts.show(request, _("Gesichert. Es gilt nach dem nächsten Suchlauf."))
        return responses.redirect(request, "merge-automation")
    context = {"parts": [(kind, shown[kind.code]) for kind in KINDS.values()]}
    status = forms.status_of(form) if form is not None else (200 if sent is None else 422)
    return responses.render(request, "merging/automation.html", context, status=status)


def _form(kind: str, data: Any) -> AutomationForm:
    setting = merging.automatic.setting_of(kind)
    initial = {"kind": kind, "is_on": setting.is_on, "threshold": setting.threshold}
    return AutomationForm(data, initial=initial, auto_id=f"{kind.lower()}-%s")


def _set_up(request: Request, data: dict[str, Any]) -> AutomaticMerging:
    return merging.automatic.set_up(
        actor=request.user,
        kind=MatchingKind(data["kind"]),
        is_on=data["is_on"],
        threshold=data["threshold"],
        at=clock.now(),
    )
