"""``/verwaltung/kategorien/``: what contacts may be about."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.categories.forms import CategoryForm, KnownCategoryForm
from history import categories

manages = permitted(Permission.HISTORY_MANAGE)


@require_GET
@manages
def category_list(request: Request) -> HttpResponse:
    """All categories, each below its parent."""
    return responses.render(request, "categories/list.html", {"categories": categories.every()})


@require_http_methods(["GET", "POST"])
@manages
def category_new(request: Request) -> HttpResponse:
    """Create one; ``?unter`` names the one it belongs to."""
    form = CategoryForm(_posted(request), initial={"parent": request.GET.get("unter", "")})
    return _answer(
        request,
        form,
        _("Kategorie anlegen"),
        lambda data: categories.create(actor=request.user, at=clock.now(), **data),
    )


@require_http_methods(["GET", "POST"])
@manages
def category_edit(request: Request, pk: int) -> HttpResponse:
    """Rename or move one, take it out of use or back."""
    found = categories.category_for(pk)
    names = KnownCategoryForm.base_fields
    form = KnownCategoryForm(
        _posted(request), initial={name: getattr(found, name) for name in names}
    )
    return _answer(
        request,
        form,
        str(found),
        lambda data: categories.update(
            actor=request.user, category=found, values=data, at=clock.now()
        ),
    )


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _answer(
    request: Request,
    form: django_forms.Form,
    title: str,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    saved = forms.carry_out(form, act) if request.method == "POST" else None
    if saved:
        toasts.show(request, _("Die Änderung ist gesichert."))
        return responses.redirect(request, "category-list")
    context = {"form": form, "title": title}
    status = forms.status_of(form)
    return responses.render(
        request, "categories/form.html", context, fragment="form", status=status
    )
