"""``/verwaltung/kategorien/``: what contacts may be about."""

from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses, settings_form
from crm.ui.access import Request, permitted
from crm.ui.screens.categories.forms import CategoryForm, KnownCategoryForm
from history import categories

LIST: Final[dict[str, Any]] = {"home": "category-list", "area": gettext_lazy("Kategorien")}
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
    form = CategoryForm(
        settings_form.posted(request), initial={"parent": request.GET.get("unter", "")}
    )
    return settings_form.answer(
        request,
        form,
        lambda data: categories.create(actor=request.user, at=clock.now(), **data),
        title=_("Kategorie anlegen"),
        **LIST,
    )


@require_http_methods(["GET", "POST"])
@manages
def category_edit(request: Request, pk: int) -> HttpResponse:
    """Rename or move one, take it out of use or back."""
    found = categories.category_for(pk)
    form = settings_form.of(KnownCategoryForm, request, found)
    return settings_form.answer(
        request,
        form,
        lambda data: categories.update(
            actor=request.user, category=found, values=data, at=clock.now()
        ),
        title=str(found),
        **LIST,
    )
