"""List, create, edit, retire criteria."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts import criteria
from contacts.models import Criterion
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.criteria import listing
from crm.ui.screens.criteria.forms import CriterionForm, ExistingCriterionForm


@require_GET
@permitted(Permission.CRITERIA_MANAGE)
def criterion_list(request: Request) -> HttpResponse:
    """All criteria with their fill rates."""
    context = {"overview": listing.overview(at=clock.now())}
    return responses.render(request, "criteria/list.html", context)


@require_http_methods(["GET", "POST"])
@permitted(Permission.CRITERIA_MANAGE)
def criterion_new(request: Request) -> HttpResponse:
    """Create a criterion."""
    form = CriterionForm(request.POST or None, initial={"sensitivity": "NORMAL"})
    if request.method == "POST":
        criterion = forms.carry_out(
            form, lambda data: criteria.create(actor=request.user, at=clock.now(), **data)
        )
        if criterion:
            toasts.show(request, _("„%(label)s“ ist angelegt.") % {"label": criterion.label})
            return responses.redirect(request, "criterion-list")
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
@permitted(Permission.CRITERIA_MANAGE)
def criterion_edit(request: Request, code: str) -> HttpResponse:
    """Change a criterion."""
    criterion = _criterion(code)
    form = ExistingCriterionForm(request.POST or None, criterion=criterion)
    if request.method == "POST":
        saved = forms.carry_out(form, lambda data: _update(request, criterion, data))
        if saved:
            toasts.show(request, _("„%(label)s“ ist gesichert.") % {"label": saved.label})
            return responses.redirect(request, "criterion-list")
    return _form_page(request, form, criterion=criterion)


@require_POST
@permitted(Permission.CRITERIA_MANAGE)
def criterion_activity(request: Request, code: str) -> HttpResponse:
    """Retire a criterion, or ask it again."""
    criterion = criteria.set_active(
        actor=request.user,
        criterion=_criterion(code),
        is_active=request.POST.get("active", request.GET.get("active")) == "yes",
        at=clock.now(),
    )
    if criterion.is_active:
        text, undo = _("„%(label)s“ wird wieder gefragt."), ""
    else:
        text = _("„%(label)s“ ist stillgelegt. Die gegebenen Antworten bleiben erhalten.")
        undo = reverse("criterion-activity", args=[code]) + "?active=yes"
    toasts.show(request, text % {"label": criterion.label}, undo_url=undo)
    return responses.redirect(request, "criterion-list")


def _criterion(code: str) -> Criterion:
    found = Criterion.objects.prefetch_related("choices").filter(code=code).first()
    if found is None:
        raise errors.NotFound(code=code)
    return found


def _update(request: Request, criterion: Criterion, data: dict[str, Any]) -> Criterion:
    values = {name: value for name, value in data.items() if name in criteria.FIELDS}
    return criteria.update(
        actor=request.user,
        criterion=criterion,
        values=values,
        choices=data["choices"],
        at=clock.now(),
    )


def _form_page(
    request: Request, form: CriterionForm, *, criterion: Criterion | None = None
) -> HttpResponse:
    context = {"form": form, "criterion": criterion}
    return responses.render(
        request, "criteria/form.html", context, fragment="form", status=forms.status_of(form)
    )
