"""List, create, edit, deactivate sources."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts import sources
from contacts.models import Source
from crm.accounts.policy import Permission
from crm.kernel import clock, errors
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.sources import listing
from crm.ui.screens.sources.forms import SourceForm, values_of


@require_GET
@permitted(Permission.SOURCES_MANAGE)
def source_list(request: Request) -> HttpResponse:
    """All sources with their terms and figures."""
    lines = listing.lines(on=clock.today())
    return responses.render(request, "sources/list.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
@permitted(Permission.SOURCES_MANAGE)
def source_new(request: Request) -> HttpResponse:
    """Create a source."""
    form = SourceForm(request.POST or None)
    if request.method == "POST":
        source = forms.carry_out(
            form, lambda data: sources.create(actor=request.user, at=clock.now(), **data)
        )
        if source:
            toasts.show(request, _("„%(name)s“ ist angelegt.") % {"name": source.name})
            return responses.redirect(request, "source-list")
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
@permitted(Permission.SOURCES_MANAGE)
def source_edit(request: Request, public_id: UUID) -> HttpResponse:
    """Change a source."""
    source = _source(public_id)
    form = SourceForm(request.POST or None, initial=values_of(source))
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda data: sources.update(
                actor=request.user, source=source, values=data, at=clock.now()
            ),
        )
        if saved:
            toasts.show(request, _("„%(name)s“ ist gesichert.") % {"name": saved.name})
            return responses.redirect(request, "source-list")
    return _form_page(request, form, source=source)


@require_POST
@permitted(Permission.SOURCES_MANAGE)
def source_activity(request: Request, public_id: UUID) -> HttpResponse:
    """Deactivate a source, or take it into use again."""
    source = sources.update(
        actor=request.user,
        source=_source(public_id),
        values={"is_active": _wants_active(request)},
        at=clock.now(),
    )
    if source.is_active:
        toasts.show(request, _("„%(name)s“ ist wieder in Gebrauch.") % {"name": source.name})
    else:
        undo = reverse("source-activity", args=[public_id]) + "?active=yes"
        text = _("„%(name)s“ ist stillgelegt und steht für Importe nicht mehr zur Wahl.")
        toasts.show(request, text % {"name": source.name}, undo_url=undo)
    return responses.redirect(request, "source-list")


def _wants_active(request: Request) -> bool:
    """From the form, or from the address in a message's way back."""
    return request.POST.get("active", request.GET.get("active")) == "yes"


def _source(public_id: UUID) -> Source:
    source = Source.objects.filter(public_id=public_id).first()
    if source is None:
        raise errors.NotFound(public_id=str(public_id))
    return source


def _form_page(request: Request, form: SourceForm, *, source: Source | None = None) -> HttpResponse:
    context = {"form": form, "source": source}
    return responses.render(
        request, "sources/form.html", context, fragment="form", status=forms.status_of(form)
    )
