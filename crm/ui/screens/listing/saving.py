"""Keep, change and forget views of a list."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contacts import saved_views
from contacts.listing import ListName, Scope
from contacts.models import SavedView
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.listing import asking, views
from crm.ui.screens.listing.asking import Asked
from crm.ui.screens.listing.forms import ViewForm
from crm.ui.screens.listing.lists import SCREENS


@require_POST
@permitted(Permission.CONTACTS_VIEW)
def save(request: Request, name: ListName) -> HttpResponse:
    """Keep the list of this address under a name: as a new view, or as the one it came by."""
    screen, scope = SCREENS[name], Scope(name, request.user, clock.now())
    asked = asking.read(request.GET, scope=scope)
    form = ViewForm(request.POST)
    view = forms.carry_out(form, lambda data: _keep(scope, asked, data))
    if view is None:
        return views.page(request, screen=screen, scope=scope, asked=asked, form=form)
    toasts.show(request, _("Die Ansicht „%(name)s“ ist gesichert.") % {"name": view.name})
    return responses.redirect(request, f"{screen.url()}?{_query_of(view)}")


@require_POST
@permitted(Permission.CONTACTS_VIEW)
def overwrite(request: Request, name: ListName, public_id: UUID) -> HttpResponse:
    """Let a view show from now on what its owner is looking at."""
    scope = Scope(name, request.user, clock.now())
    asked = asking.read(request.GET, scope=scope)
    view = saved_views.view_for(user=request.user, list_name=name, public_id=public_id)
    view = saved_views.update(actor=request.user, view=view, query=asked.query, at=scope.at)
    toasts.show(request, _("Die Ansicht „%(name)s“ ist gesichert.") % {"name": view.name})
    return responses.redirect(request, f"{SCREENS[name].url()}?{_query_of(view)}")


@require_POST
@permitted(Permission.CONTACTS_VIEW)
def remove(request: Request, name: ListName, public_id: UUID) -> HttpResponse:
    """Forget a view; what it showed stays on the screen."""
    view = saved_views.view_for(user=request.user, list_name=name, public_id=public_id)
    saved_views.remove(actor=request.user, view=view, at=clock.now())
    toasts.show(request, _("Die Ansicht „%(name)s“ ist gelöscht.") % {"name": view.name})
    return responses.redirect(request, f"{SCREENS[name].url()}?{view.query}")


def _keep(scope: Scope, asked: Asked, data: dict[str, Any]) -> SavedView:
    if asked.keeping == "edit" and asked.view:
        return saved_views.update(
            actor=scope.user, view=asked.view, query=asked.query, at=scope.at, **data
        )
    return saved_views.save(
        actor=scope.user, list_name=scope.name, query=asked.query, at=scope.at, **data
    )


def _query_of(view: SavedView) -> str:
    return f"{view.query}&view={view.public_id}" if view.query else f"view={view.public_id}"
