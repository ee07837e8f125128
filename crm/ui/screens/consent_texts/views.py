"""List, draft, look at, publish and retire consent texts."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consent import channels, controllers, starters, texts
from consent.models import ConsentText, TextStatus
from contacts.models import Criterion
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.consent_texts.forms import TextDraftForm, values_of
from crm.ui.screens.consent_texts.reading import text_for
from crm.ui.screens.consent_texts.sign_ups import public_form

KINDS = {TextStatus.PUBLISHED: "yes", TextStatus.DRAFT: "check", TextStatus.RETIRED: "line"}
SIGNS = {TextStatus.PUBLISHED: "yes", TextStatus.DRAFT: "note", TextStatus.RETIRED: ""}


@require_GET
@permitted(Permission.CONSENT_MANAGE)
def text_list(request: Request) -> HttpResponse:
    """All texts with their versions, the newest first."""
    rows = ConsentText.objects.select_related("controller").order_by("code", "language", "-version")
    names = _names(rows)
    context = {"lines": [_line(text, names) for text in rows]}
    return responses.render(request, "consent_texts/list.html", context)


@require_POST
@permitted(Permission.CONSENT_MANAGE)
def start(request: Request) -> HttpResponse:
    """Draft the texts that Einklang brings along."""
    made = starters.create(actor=request.user, controller=controllers.default(), at=clock.now())
    text = _("%(n)s Vorlagen sind als Entwurf da. Bitte prüfen und veröffentlichen.")
    toasts.show(request, text % {"n": len(made)})
    return responses.redirect(request, "consent-text-list")


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_MANAGE)
def text_new(request: Request) -> HttpResponse:
    """Draft the first version of a text."""
    return _draft(request, before=None)


@require_http_methods(["GET", "POST"])
@permitted(Permission.CONSENT_MANAGE)
def text_next(request: Request, public_id: UUID) -> HttpResponse:
    """Draft the next version, from the words of this one."""
    return _draft(request, before=text_for(public_id))


@require_GET
@permitted(Permission.CONSENT_MANAGE)
def text_detail(request: Request, public_id: UUID) -> HttpResponse:
    """A version as people see it, and what it lacks."""
    text = text_for(public_id)
    missing = [texts.element_label(text, each) for each in texts.missing_elements(text)]
    missing += [texts.saying(label) for label in texts.unnamed(text)]
    context = {
        "line": _line(text, _names([text])),
        "text": text,
        "missing": missing,
        "public_form": public_form(text),
    }
    return responses.render(request, "consent_texts/text.html", context)


@require_POST
@permitted(Permission.CONSENT_MANAGE)
def publish(request: Request, public_id: UUID) -> HttpResponse:
    """Publish a draft; what it lacks is named instead."""
    text = texts.publish(actor=request.user, text=text_for(public_id), at=clock.now())
    toasts.show(request, _("„%(title)s“ ist veröffentlicht.") % {"title": text.title})
    return responses.redirect(request, "consent-text", text.public_id)


@require_POST
@permitted(Permission.CONSENT_MANAGE)
def retire(request: Request, public_id: UUID) -> HttpResponse:
    """No new consent on this text."""
    text = text_for(public_id)
    texts.retire(actor=request.user, text=text, at=clock.now())
    said = _("„%(title)s“ ist zurückgezogen. Erteilte Einwilligungen bleiben, wie sie sind.")
    toasts.show(request, said % {"title": text.title})
    return responses.redirect(request, "consent-text", text.public_id)


def _draft(request: Request, *, before: ConsentText | None) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = TextDraftForm(posted, initial=values_of(before) if before else None)
    if request.method == "POST":
        text = forms.carry_out(
            form, lambda data: texts.draft(actor=request.user, at=clock.now(), **data)
        )
        if text:
            toasts.show(request, _("Der Entwurf ist gesichert."))
            return responses.redirect(request, "consent-text", text.public_id)
    return responses.render(
        request,
        "consent_texts/form.html",
        {"form": form, "before": before},
        fragment="form",
        status=forms.status_of(form),
    )


def _names(rows: Iterable[ConsentText]) -> dict[str, str]:
    """What the criteria of texts are called now, by code."""
    codes = {code for text in rows for code in text.criteria}
    return dict(Criterion.objects.filter(code__in=codes).values_list("code", "label"))


def _line(text: ConsentText, names: Mapping[str, str]) -> dict[str, Any]:
    status = TextStatus(text.status)
    return {
        "text": text,
        "kind": KINDS[status],
        "sign": SIGNS[status],
        "channels": ", ".join(channels.label(each) for each in text.channels),
        "purposes": ", ".join(channels.purpose(each) for each in text.purposes),
        "criteria": ", ".join(names.get(code, code) for code in text.criteria),
    }
