"""The list as a page and as the fragment that takes its place."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from contacts import listing
from contacts.listing import ListName, Scope
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.listing import asking, tools, views_bar
from crm.ui.screens.listing.asking import Asked
from crm.ui.screens.listing.forms import ViewForm
from crm.ui.screens.listing.lists import SCREENS, Screen


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def show(request: Request, name: ListName) -> HttpResponse:
    """The list; what is wrong in its address is told and left out."""
    screen, scope = SCREENS[name], Scope(name, request.user, clock.now())
    asked = asking.read(request.GET, scope=scope)
    return page(request, screen=screen, scope=scope, asked=asked)


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def counts(request: Request, name: ListName) -> HttpResponse:
    """The tabs with their numbers, fetched when the list is already there."""
    screen, scope = SCREENS[name], Scope(name, request.user, clock.now())
    asked = asking.read(request.GET, scope=scope)
    tabs = views_bar.tabs(screen=screen, scope=scope, asked=asked, count_now=True)
    context = {"screen": screen, "tabs": tabs, "counted": True, **_keeping(screen, asked)}
    return responses.render(request, "listing/tabs.html", context)


def page(
    request: Request, *, screen: Screen, scope: Scope, asked: Asked, form: ViewForm | None = None
) -> HttpResponse:
    """The list as ``asked``; ``form`` is a refused one."""
    found = listing.page(scope=scope, query=asked.query)
    tabs = views_bar.tabs(screen=screen, scope=scope, asked=asked)
    context = {
        "screen": screen,
        "asked": asked,
        "found": found,
        "tabs": tabs,
        "counted": all(tab.count for tab in tabs),
        "count_url": screen.url("counts") + asked.address(),
        "total": views_bar.told(found.total),
        "sort": str(asked.query.sorting),
        "form": form or view_form(asked),
        "owns_view": bool(asked.view and asked.view.owner_id == request.user.pk),
        "may": _allowed(request),
        **_tools(screen, scope, asked),
    }
    status = 422 if asked.problems or (form and form.errors) else 200
    return responses.render(request, "listing/list.html", context, fragment="list", status=status)


def view_form(asked: Asked) -> ViewForm | None:
    """The form to keep the query as a view, when it is wanted."""
    if asked.keeping == "edit" and asked.view:
        return ViewForm(initial={"name": asked.view.name, "is_shared": asked.view.is_shared})
    return ViewForm() if asked.keeping == "new" else None


def _tools(screen: Screen, scope: Scope, asked: Asked) -> dict[str, Any]:
    bare = replace(asked.query, columns=(), after="", before="")
    return {
        "chips": tools.chip_links(screen=screen, scope=scope, asked=asked),
        "filter_groups": tools.filter_groups(screen=screen, scope=scope, asked=asked),
        "filter_form": tools.filter_form(screen=screen, scope=scope, asked=asked),
        "columns": tools.column_links(scope=scope, asked=asked),
        "columns_hidden": tools.hidden(asked, bare),
        "orders": tools.order_links(screen=screen, asked=asked),
        "search_hidden": tools.hidden(asked, replace(asked.query, text="")),
        "here": screen.url() + asked.address(),
        **_keeping(screen, asked),
    }


def _keeping(screen: Screen, asked: Asked) -> dict[str, str]:
    """Addresses of the form that saves a view, and where it is sent to."""
    return {
        "keep_new": screen.url() + asked.address(keep="new"),
        "keep_edit": screen.url() + asked.address(keep="edit"),
        "save_view": screen.url("view-save") + asked.address(keep=asked.keeping),
    }


def _allowed(request: Request) -> dict[str, bool]:
    """What may be done with chosen rows."""
    wanted = {
        "edit": Permission.CONTACTS_EDIT,
        "merge": Permission.CONTACTS_MERGE,
        "assign": Permission.CONTACTS_ASSIGN,
        "export": Permission.CONTACTS_EXPORT,
        "campaign": Permission.CAMPAIGNS_RUN,
        "import": Permission.CONTACTS_IMPORT,
    }
    allowed = {act: bool(policy.may(request.user, perm)) for act, perm in wanted.items()}
    return {**allowed, "choose": any(allowed[act] for act in ("edit", "merge", "assign", "export"))}
