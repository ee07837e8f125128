"""The team's activities at a glance, and what an absent colleague has to somebody else."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import formats, forms, responses, toasts
from crm.ui.access import Request, permitted
from crm.ui.screens.activities import lines
from crm.ui.screens.activities.forms import SubstituteForm
from history import activities
from history.activities import promises
from history.activities import team as teams


@require_GET
@permitted(Permission.HISTORY_MANAGE)
def team(request: Request) -> HttpResponse:
    """Who has how much to do, and which promises are open."""
    now = clock.now()
    promised = promises.open_ones(user=request.user, at=now, limit=10)
    context = {
        "members": teams.members(user=request.user, at=now),
        "promised": promised,
        "lines": lines.lines(promised.rows, at=now),
        "may_record": bool(policy.may(request.user, Permission.HISTORY_RECORD)),
        "shows_who": True,
        "here": request.get_full_path(),
    }
    return responses.render(request, "activities/team.html", context, fragment="list")


@require_http_methods(["GET", "POST"])
@permitted(Permission.HISTORY_RECORD)
def substitute(request: Request) -> HttpResponse:
    """Hand over everything open of a colleague."""
    posted = request.POST if request.method == "POST" else None
    initial = {"absent": request.GET.get("fehlt", "") or request.user.public_id}
    form = SubstituteForm(posted, initial=initial)
    if request.method == "POST":
        moved = forms.carry_out(
            form,
            lambda data: (
                activities.hand_over_all(actor=request.user, at=clock.now(), **data),
                data["to"],
            ),
        )
        if moved:
            number, to = moved
            pattern = ngettext(
                "%(n)s Aktivität liegt jetzt bei %(name)s.",
                "%(n)s Aktivitäten liegen jetzt bei %(name)s.",
                number,
            )
            toasts.show(request, pattern % {"n": formats.number(number), "name": to.full_name})
            return responses.redirect(request, "activity-list")
    context = {"form": form, "title": _("Vertretung")}
    return responses.render(
        request,
        "activities/substitute.html",
        context,
        fragment="dialog",
        status=forms.status_of(form),
    )
