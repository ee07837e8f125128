"""List, create, change and deactivate accounts."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.accounts import password_links, users
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.account.forms import NameForm
from crm.ui.screens.administration.forms import NewUserForm, RolesForm, TeamsForm

LINK = "password-link"


@require_GET
@permitted(Permission.ACCOUNTS_MANAGE)
def user_list(request: Request) -> HttpResponse:
    """All accounts, or with ``?stillgelegt`` those that are deactivated."""
    everybody = User.objects.prefetch_related("roles", "teams").order_by("last_name", "first_name")
    shows_inactive = "stillgelegt" in request.GET
    context = {
        "users": everybody.filter(is_active=not shows_inactive),
        "shows_inactive": shows_inactive,
        "active": everybody.filter(is_active=True).count(),
        "inactive": everybody.filter(is_active=False).count(),
    }
    return responses.render(request, "administration/users.html", context)


@require_http_methods(["GET", "POST"])
@permitted(Permission.ACCOUNTS_MANAGE)
def user_new(request: Request) -> HttpResponse:
    """Create an account; the next page shows the link for its password."""
    form = NewUserForm(request.POST or None)
    if request.method == "POST":
        user = forms.carry_out(
            form, lambda data: users.create_user(actor=request.user, at=clock.now(), **data)
        )
        if user:
            toasts.show(request, _("Das Konto von %(name)s ist angelegt.") % {"name": user})
            _keep_link(request, user)
            return responses.redirect(request, "user-detail", user.public_id)
    return responses.render(
        request, "administration/user_new.html", {"form": form}, status=forms.status_of(form)
    )


@require_GET
@permitted(Permission.ACCOUNTS_MANAGE)
def user_detail(request: Request, public_id: UUID) -> HttpResponse:
    """One account. A link that was just issued is shown this once."""
    return _page(request, _user(public_id))


@require_POST
@permitted(Permission.ACCOUNTS_MANAGE)
def save_name(request: Request, public_id: UUID) -> HttpResponse:
    """Name and e-mail."""
    user, form = _user(public_id), NameForm(request.POST)
    saved = forms.carry_out(
        form,
        lambda data: users.update_user(actor=request.user, user=user, at=clock.now(), **data),
    )
    return _saved(request, user) if saved else _page(request, user, name=form)


@require_POST
@permitted(Permission.ACCOUNTS_MANAGE)
def save_roles(request: Request, public_id: UUID) -> HttpResponse:
    """The roles."""
    user, form = _user(public_id), RolesForm(request.POST)
    saved = forms.carry_out(
        form,
        lambda data: users.set_roles(actor=request.user, user=user, at=clock.now(), **data),
    )
    return _saved(request, user) if saved else _page(request, user, roles=form)


@require_POST
@permitted(Permission.ACCOUNTS_MANAGE)
def save_teams(request: Request, public_id: UUID) -> HttpResponse:
    """The teams."""
    user, form = _user(public_id), TeamsForm(request.POST)
    saved = forms.carry_out(
        form,
        lambda data: users.set_teams(actor=request.user, user=user, at=clock.now(), **data),
    )
    return _saved(request, user) if saved else _page(request, user, teams=form)


@require_POST
@permitted(Permission.ACCOUNTS_MANAGE)
def save_activity(request: Request, public_id: UUID) -> HttpResponse:
    """Deactivate the account, or with ``active=yes`` take it back."""
    user = _user(public_id)
    wanted = request.POST.get("active", request.GET.get("active")) == "yes"
    users.set_active(actor=request.user, user=user, is_active=wanted, at=clock.now())
    if wanted:
        toasts.show(request, _("Das Konto von %(name)s ist wieder in Betrieb.") % {"name": user})
    else:
        undo = reverse("user-activity", args=[public_id]) + "?active=yes"
        text = _("Das Konto von %(name)s ist stillgelegt; die Anmeldung ist beendet.")
        toasts.show(request, text % {"name": user}, undo_url=undo)
    return responses.redirect(request, "user-detail", public_id)


@require_POST
@permitted(Permission.ACCOUNTS_MANAGE)
def issue_link(request: Request, public_id: UUID) -> HttpResponse:
    """A new link with which the owner chooses a password."""
    _keep_link(request, _user(public_id))
    return responses.redirect(request, "user-detail", public_id)


def _user(public_id: UUID) -> User:
    return get_object_or_404(User, public_id=public_id)


def _saved(request: HttpRequest, user: User) -> HttpResponse:
    toasts.show(request, _("Das Konto von %(name)s ist gesichert.") % {"name": user})
    return responses.redirect(request, "user-detail", user.public_id)


def _keep_link(request: Request, user: User) -> None:
    """Issue a link and keep its address in the session until the next page has shown it."""
    link = password_links.issue(actor=request.user, user=user, at=clock.now())
    path = reverse("password-new", args=[link.uid, link.token])
    request.session[f"{LINK}:{user.pk}"] = request.build_absolute_uri(path)


def _page(request: Request, user: User, **refused: Any) -> HttpResponse:
    shown = User.objects.get(pk=user.pk)  # a refused change must not show in the heading
    values = {field: getattr(shown, field) for field in NameForm.base_fields}
    context = {
        "account": shown,
        "name": NameForm(initial=values),
        "roles": RolesForm(initial={"roles": [role.code for role in shown.roles.all()]}),
        "teams": TeamsForm(initial={"teams": shown.teams.all()}),
        "link": request.session.pop(f"{LINK}:{user.pk}", ""),
        **refused,
    }
    return responses.render(
        request, "administration/user.html", context, status=422 if refused else 200
    )
