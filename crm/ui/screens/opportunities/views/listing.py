"""The list, and the list as a file."""

from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from contacts.tables import Format
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses
from crm.ui.access import Request, permitted
from history.opportunities import exporting, listing
from history.opportunities.narrowing import OWN, TEAM, Narrowing


@require_GET
@permitted(Permission.OPPORTUNITIES_VIEW)
def deal_list(request: Request) -> HttpResponse:
    """The opportunities, the latest change first, narrowed down by the address."""
    narrowing = Narrowing.read(request.GET)
    found = listing.read(
        user=request.user,
        narrowing=narrowing,
        at=clock.now(),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "found": found,
        "narrowing": narrowing,
        "chips": _chips(narrowing),
        "no_stage": "?" + narrowing.encode(stage=0),
        "kept": parse_qsl(narrowing.encode(text="")),
        "may_edit": bool(policy.may(request.user, Permission.OPPORTUNITIES_EDIT)),
        "may_export": bool(policy.may(request.user, Permission.CONTACTS_EXPORT)),
    }
    return responses.render(request, "opportunities/list.html", context, fragment="list")


@require_POST
@permitted(Permission.CONTACTS_EXPORT)
def deal_export(request: Request) -> HttpResponseBase:
    """The list as a file, with the same conditions."""
    wanted = request.POST.get("format", "csv")
    format = Format(wanted) if wanted in set(Format) else Format.CSV
    at = clock.now()
    narrowing = Narrowing.read(request.GET)
    return responses.download(
        lambda file: exporting.export(
            actor=request.user, narrowing=narrowing, format=format, to=file, at=at
        ),
        name=exporting.file_name(format=format, at=at),
        media_type=format.media_type,
    )


def _chips(narrowing: Narrowing) -> list[dict[str, Any]]:
    chosen: list[tuple[str, bool, dict[str, object]]] = [
        (_("Meine"), narrowing.whose == OWN,
         {"whose": "" if narrowing.whose == OWN else OWN}),
        (_("Mein Team"), narrowing.whose == TEAM,
         {"whose": "" if narrowing.whose == TEAM else TEAM}),
        (_("ohne nächsten Schritt"), narrowing.is_forgotten,
         {"is_forgotten": not narrowing.is_forgotten}),
    ]  # fmt: skip
    states = (
        ("offen", _("offen")),
        ("gewonnen", _("gewonnen")),
        ("verloren", _("verloren")),
        ("alle", _("alle")),
    )
    chosen += [(word, narrowing.state == code, {"state": code}) for code, word in states]
    return [
        {"label": label, "is_on": is_on, "href": "?" + narrowing.encode(**other)}
        for label, is_on, other in chosen
    ]
