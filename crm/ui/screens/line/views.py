"""A line as a part of a page, writing into it, and one contact with all that belongs to it."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consent.gate import NotAllowed
from contacts.models import Person
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.line import entries, filters, owners, section
from crm.ui.screens.line.forms import ComposerForm, CorrectionForm
from history import access, attachments, composing, corrections, marks, sight, timeline
from history.lines import Owner
from history.models import Participation, Touchpoint


@require_GET
@permitted(Permission.HISTORY_VIEW)
def line(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """The section, or with a place in the address the entries before it; a page of its own for
    a browser without script."""
    owner = owners.seen(request, kind, public_id)
    asked = filters.asked(request.GET, user=request.user)
    if not responses.wants_fragment(request):
        context = section.context_of(request, owner, asked=asked)
        return responses.render(request, "line/page.html", {"line": context})
    if asked.before:
        rest = section.rest_of(request, owner, asked, None, pins=marks.pinned(owner=owner))
        return responses.render(request, "line/rest.html", {"line": rest})
    context = section.context_of(request, owner, asked=asked)
    return responses.render(request, "line/section.html", {"line": context})


@require_http_methods(["GET", "POST"])
@permitted(Permission.HISTORY_RECORD)
def record(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Write a contact into the line; asked for, the fields that few contacts need."""
    owner = owners.seen(request, kind, public_id)
    at = clock.now()
    if request.method == "GET":
        return _details(request, owner, ComposerForm(request=request, owner=owner, at=at))
    form = ComposerForm(request.POST, request.FILES, request=request, owner=owner, at=at)
    composed = forms.carry_out(
        form,
        lambda data: composing.compose(
            actor=request.user, owner=owner, told=form.told(data), at=at
        ),
    )
    if composed:
        toasts.show(request, _said(composed.refusal))
        if not responses.wants_fragment(request):
            return responses.redirect(request, owners.home_of(owner) + "#kontakte")
    shown = section.context_of(request, owner, form=None if composed else form)
    template = "line/section.html" if responses.wants_fragment(request) else "line/page.html"
    status = 200 if composed else 422
    return responses.render(request, template, {"line": shown}, status=status)


@require_GET
@permitted(Permission.HISTORY_VIEW)
def contact(request: Request, public_id: UUID) -> HttpResponse:
    """One contact: everybody who took part, its files, what was corrected, its thread."""
    touchpoint = access.touchpoint_for(user=request.user, public_id=public_id)
    (whole,) = timeline.loaded([touchpoint.pk])
    (entry,) = entries.told([whole], user=request.user)
    seen = sight.of([whole], user=request.user)
    context = {
        "entry": entry,
        "owner": _first_owner(request, entry),
        "former": _former(whole),
        "later": Touchpoint.objects.filter(corrects=whole).first(),
        "thread": _thread(request, whole),
        "companies": [
            row.company for row in whole.participations.all() if row.company and seen.sees(row)
        ],
        "may_record": bool(policy.may(request.user, Permission.HISTORY_RECORD)),
    }
    return responses.render(request, "line/contact.html", context)


@require_http_methods(["GET", "POST"])
@permitted(Permission.HISTORY_RECORD)
def correct(request: Request, public_id: UUID) -> HttpResponse:
    """Put a contact right; the former wording stays readable."""
    touchpoint = access.touchpoint_for(user=request.user, public_id=public_id)
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, touchpoint=touchpoint)
    if request.method == "POST":
        later = forms.carry_out(
            form,
            lambda values: corrections.correct(
                actor=request.user, touchpoint=touchpoint, values=values, at=clock.now()
            ),
        )
        if later:
            toasts.show(request, _("Der Eintrag ist berichtigt; der frühere bleibt lesbar."))
            return responses.redirect(request, "contact", later.public_id)
    context = {"form": form, "touchpoint": touchpoint}
    status = forms.status_of(form)
    return responses.render(request, "line/correct.html", context, status=status)


@require_POST
@permitted(Permission.HISTORY_RECORD)
def pin(request: Request, kind: str, public_id: UUID, contact_id: UUID) -> HttpResponse:
    """Let a contact stand above the line, or take it from there."""
    owner = owners.seen(request, kind, public_id)
    touchpoint = access.touchpoint_for(user=request.user, public_id=contact_id)
    if touchpoint.pk in marks.pinned(owner=owner):
        marks.unpin(actor=request.user, touchpoint=touchpoint, owner=owner)
    else:
        marks.pin(actor=request.user, touchpoint=touchpoint, owner=owner, at=clock.now())
    if not responses.wants_fragment(request):
        return responses.redirect(request, owners.home_of(owner) + "#kontakte")
    shown = section.context_of(request, owner)
    return responses.render(request, "line/section.html", {"line": shown})


@require_GET
@permitted(Permission.HISTORY_VIEW)
def file(request: Request, public_id: UUID) -> HttpResponseBase:
    """A file to be saved, never to be shown or run within the page."""
    attachment = access.attachment_for(user=request.user, public_id=public_id)
    return FileResponse(
        attachments.opened(attachment),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )


def _details(request: Request, owner: Owner, form: ComposerForm) -> HttpResponse:
    if responses.wants_fragment(request):
        return responses.render(request, "line/composer_fields.html", {"form": form})
    shown = section.context_of(request, owner, form=form)
    return responses.render(request, "line/page.html", {"line": (shown or {}) | {"is_open": True}})


def _said(refusal: NotAllowed | None) -> str:
    if refusal is None:
        return _("Der Kontakt ist festgehalten.")
    return _("Festgehalten, aber ohne Grundlage: %(reason)s") % {"reason": refusal.message}


def _first_owner(request: Request, entry: entries.Entry) -> Owner | None:
    """Whose page leads back: of a person, a deal or a company that the user may see."""
    owners_of: tuple[Owner, ...] = (*entry.people, *entry.deals)
    return owners_of[0] if owners_of else None


def _former(touchpoint: Touchpoint) -> list[Touchpoint]:
    found: list[Touchpoint] = []
    each = touchpoint.corrects
    while each is not None:
        found.append(each)
        each = each.corrects
    return found


def _thread(request: Request, touchpoint: Touchpoint) -> list[entries.Entry]:
    if touchpoint.thread is None:
        return []
    rows = Touchpoint.objects.filter(thread=touchpoint.thread).exclude(pk=touchpoint.pk)
    seen = Person.objects.visible_to(request.user).order_by().values("pk")
    current = Participation.objects.filter(is_current=True, person__in=seen)
    numbers = rows.filter(participations__in=current).order_by("-happened_at").distinct()
    return entries.told(
        list(timeline.loaded(list(numbers.values_list("pk", flat=True)[:50]))), user=request.user
    )
