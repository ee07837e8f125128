"""How the team lead keeps pipelines, stages and reasons."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import responses, settings_form, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.opportunities.forms.settings import (
    KnownPipelineForm,
    KnownReasonForm,
    KnownStageForm,
    PipelineForm,
    ReasonForm,
    StageForm,
)
from history.models import CloseReason, Pipeline
from history.opportunities import pipelines, reasons

manages = permitted(Permission.OPPORTUNITIES_MANAGE)


@require_GET
@manages
def pipeline_list(request: Request) -> HttpResponse:
    """All pipelines with their stages, and the reasons."""
    context = {
        "pipelines": Pipeline.objects.prefetch_related("stages"),
        "reasons": CloseReason.objects.all(),
    }
    return responses.render(request, "opportunities/settings.html", context)


@require_http_methods(["GET", "POST"])
@manages
def pipeline_new(request: Request) -> HttpResponse:
    """Create a pipeline."""
    form = PipelineForm(settings_form.posted(request))
    return _answer(
        request,
        form,
        _("Pipeline anlegen"),
        lambda data: pipelines.create(**_known(request), **data),
    )


@require_http_methods(["GET", "POST"])
@manages
def pipeline_edit(request: Request, pk: int) -> HttpResponse:
    """Rename a pipeline, take it out of use or back."""
    found = pipelines.pipeline_for(pk)
    form = settings_form.of(KnownPipelineForm, request, found)
    return _answer(
        request,
        form,
        found.name,
        lambda data: pipelines.update(pipeline=found, values=data, **_known(request)),
    )


@require_http_methods(["GET", "POST"])
@manages
def stage_new(request: Request, pk: int) -> HttpResponse:
    """Add a stage to a pipeline."""
    found = pipelines.pipeline_for(pk)
    form = StageForm(settings_form.posted(request))
    title = _("Stufe von „%(name)s“") % {"name": found.name}
    return _answer(
        request,
        form,
        title,
        lambda data: pipelines.add_stage(pipeline=found, values=data, **_known(request)),
    )


@require_http_methods(["GET", "POST"])
@manages
def stage_edit(request: Request, pk: int) -> HttpResponse:
    """Change a stage."""
    found = pipelines.stage_for(pk)
    form = settings_form.of(KnownStageForm, request, found)
    return _answer(
        request,
        form,
        found.name,
        lambda data: pipelines.update_stage(stage=found, values=data, **_known(request)),
    )


@require_POST
@manages
def stage_away(request: Request, pk: int) -> HttpResponse:
    """Remove a stage that nothing ever stood in."""
    found = pipelines.stage_for(pk)
    try:
        pipelines.remove_stage(stage=found, **_known(request))
    except errors.Conflict as refused:
        toasts.show(request, refused.message, kind="no")
    else:
        toasts.show(request, _("Die Stufe „%(name)s“ ist entfernt.") % {"name": found.name})
    return responses.redirect(request, "pipeline-list")


@require_http_methods(["GET", "POST"])
@manages
def reason_new(request: Request) -> HttpResponse:
    """A further reason."""
    form = ReasonForm(settings_form.posted(request))
    return _answer(
        request, form, _("Grund anlegen"), lambda data: reasons.create(**_known(request), **data)
    )


@require_http_methods(["GET", "POST"])
@manages
def reason_edit(request: Request, pk: int) -> HttpResponse:
    """Rename a reason, take it out of use or back."""
    found = reasons.kept(pk)
    form = settings_form.of(KnownReasonForm, request, found)
    return _answer(
        request,
        form,
        found.label,
        lambda data: reasons.update(reason=found, **_known(request), **data),
    )


def _known(request: Request) -> dict[str, Any]:
    return {"actor": request.user, "at": clock.now()}


def _answer(
    request: Request,
    form: django_forms.Form,
    title: str,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    return settings_form.answer(
        request, form, act, title=title, home="pipeline-list", area=_("Verkauf")
    )
