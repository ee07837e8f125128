"""What notices are made from: who is responsible, how each purpose is processed, who gets data."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consent import controllers
from consent.models import NoticePurpose, NoticeRecipient
from consent.notices import configuring
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.notices import names
from crm.ui.screens.notices.forms import (
    ControllerForm,
    PurposeForm,
    RecipientForm,
    values_of_controller,
    values_of_recipient,
)


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_MANAGE)
def controller(request: Request) -> HttpResponse:
    """Name, address and contacts of the controller."""
    found = controllers.default()
    form = ControllerForm(_posted(request), initial=values_of_controller(found))
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda data: controllers.describe(
                actor=request.user, controller=found, values=data, at=clock.now()
            ),
        )
        if saved:
            toasts.show(request, _("Die Angaben zum Verantwortlichen sind gesichert."))
            return responses.redirect(request, "notice-list")
    return responses.render(
        request,
        "notices/controller.html",
        {"form": form},
        fragment="form",
        status=forms.status_of(form),
    )


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_MANAGE)
def purpose(request: Request, code: str) -> HttpResponse:
    """How one purpose is processed."""
    responsible = controllers.default()
    row = NoticePurpose.objects.filter(controller=responsible, code=code).first()
    if row is None:
        raise configuring.unknown(code, controller=responsible)
    form = PurposeForm(_posted(request), purpose=row)
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda _data: configuring.describe(
                actor=request.user,
                controller=responsible,
                purpose=code,
                at=clock.now(),
                **form.facts(),
            ),
        )
        if saved:
            toasts.show(request, _("Gesichert. Bitte veröffentlichen Sie eine neue Fassung."))
            return responses.redirect(request, "notice-list")
    context = {"form": form, "title": names.purpose(code)}
    return responses.render(
        request, "notices/purpose.html", context, fragment="form", status=forms.status_of(form)
    )


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_MANAGE)
def recipient_new(request: Request) -> HttpResponse:
    """Name somebody who gets data."""
    return _recipient(request, None)


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_MANAGE)
def recipient(request: Request, public_id: UUID) -> HttpResponse:
    """Change what is known of somebody who gets data."""
    return _recipient(request, _found(public_id))


@require_POST
@permitted(Permission.CONSENT_MANAGE)
def recipient_drop(request: Request, public_id: UUID) -> HttpResponse:
    """Nothing goes there any more."""
    found = _found(public_id)
    configuring.drop_recipient(actor=request.user, recipient=found, at=clock.now())
    said = _("%(name)s bekommt keine Daten mehr. Bitte veröffentlichen Sie neue Fassungen.")
    toasts.show(request, said % {"name": found.name})
    return responses.redirect(request, "notice-list")


def _recipient(request: Request, found: NoticeRecipient | None) -> HttpResponse:
    initial = values_of_recipient(found) if found else None
    form = RecipientForm(_posted(request), initial=initial)
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda data: configuring.name_recipient(
                actor=request.user,
                controller=controllers.default(),
                recipient=found,
                at=clock.now(),
                **data,
            ),
        )
        if saved:
            said = _("%(name)s steht unter den Empfängern.")
            toasts.show(request, said % {"name": saved.name})
            return responses.redirect(request, "notice-list")
    context = {"form": form, "recipient": found}
    return responses.render(
        request, "notices/recipient.html", context, fragment="form", status=forms.status_of(form)
    )


def _found(public_id: UUID) -> NoticeRecipient:
    found = NoticeRecipient.objects.filter(public_id=public_id, is_active=True).first()
    if found is None:
        raise errors.NotFound(public_id=str(public_id))
    return found


def _posted(request: Request) -> Any:
    """What was sent, also if it is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
