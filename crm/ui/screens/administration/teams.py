"""Teams: create, rename, take out of use."""

from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.accounts import users
from crm.accounts.models import Team
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.administration.forms import NewTeamForm, TeamForm


@require_http_methods(["GET", "POST"])
@permitted(Permission.ACCOUNTS_MANAGE)
def team_list(request: Request) -> HttpResponse:
    """All teams, and the form for one more."""
    form = NewTeamForm(request.POST or None)
    if request.method == "POST":
        team = forms.carry_out(
            form, lambda data: users.create_team(actor=request.user, at=clock.now(), **data)
        )
        if team:
            toasts.show(request, _("Das Team „%(name)s“ ist angelegt.") % {"name": team})
            return responses.redirect(request, "team-list")
    teams = Team.objects.annotate(members=Count("users", filter=Q(users__is_active=True)))
    context = {"teams": teams.order_by("-is_active", "name"), "form": form}
    return responses.render(
        request, "administration/teams.html", context, status=forms.status_of(form)
    )


@require_http_methods(["GET", "POST"])
@permitted(Permission.ACCOUNTS_MANAGE)
def team_edit(request: Request, public_id: UUID) -> HttpResponse:
    """Rename a team or take it out of use."""
    team = get_object_or_404(Team, public_id=public_id)
    initial = {"name": team.name, "is_active": team.is_active}
    form = TeamForm(request.POST or None, initial=initial)
    if request.method == "POST":
        saved = forms.carry_out(
            form,
            lambda data: users.update_team(actor=request.user, team=team, at=clock.now(), **data),
        )
        if saved:
            toasts.show(request, _("Das Team „%(name)s“ ist gesichert.") % {"name": saved})
            return responses.redirect(request, "team-list")
    context = {
        "form": form,
        "heading": initial["name"],
        "members": team.users.filter(is_active=True),
    }
    return responses.render(
        request, "administration/team.html", context, status=forms.status_of(form)
    )
