"""All fairs; and the leads of one, as a list and as a file."""

from typing import Any, Final
from urllib.parse import parse_qsl
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from contacts.tables import Format
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.fairs import asked
from history.fairs import exporting, figures, listing, narrowing
from history.fairs.narrowing import Narrowing
from history.models import Event, LeadState

STATES: Final = (
    ("offen", gettext_lazy("offen")),
    (narrowing.LATE, gettext_lazy("überfällig")),
    (narrowing.NAMELESS, gettext_lazy("ohne Namen")),
    ("uebernommen", gettext_lazy("übernommen")),
    ("ohne", gettext_lazy("ohne Ergebnis")),
)
WARNS_DAYS: Final = 14


@require_GET
@permitted(Permission.HISTORY_VIEW)
def event_list(request: Request) -> HttpResponse:
    """The fairs that the user may see, the latest first."""
    context = {
        "rows": figures.overview(user=request.user, at=clock.now()),
        "may_manage": bool(policy.may(request.user, Permission.EVENTS_MANAGE)),
    }
    return responses.render(request, "fairs/list.html", context)


@require_GET
@permitted(Permission.HISTORY_VIEW)
def event(request: Request, public_id: UUID) -> HttpResponse:
    """The leads of a fair: whoever waits too long first."""
    found, at = asked.fair(request, public_id), clock.now()
    wanted = Narrowing.read(request.GET)
    page = listing.read(
        event=found,
        narrowing=wanted,
        at=at,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "found": page,
        "narrowing": wanted,
        "is_narrowed": wanted != Narrowing(),
        "chips": _chips(wanted),
        "reps": narrowing.reps_of(found),
        "kept": parse_qsl(wanted.encode(text="", rep=0)),
        "may_export": bool(policy.may(request.user, Permission.CONTACTS_EXPORT)),
        "going": _going(found),
    }
    return asked.page(request, found, "leads", context)


@require_POST
@permitted(Permission.CONTACTS_EXPORT)
def lead_export(request: Request, public_id: UUID) -> HttpResponseBase:
    """The list as a file, with the same conditions."""
    found = asked.fair(request, public_id)
    wanted = request.POST.get("format", "csv")
    format = Format(wanted) if wanted in set(Format) else Format.CSV
    at = clock.now()
    narrowing = Narrowing.read(request.GET)
    return responses.download(
        lambda file: exporting.export(
            actor=request.user, event=found, narrowing=narrowing, format=format, to=file, at=at
        ),
        name=exporting.file_name(event=found, format=format, at=at),
        media_type=format.media_type,
    )


def _going(event: Event) -> int:
    """How many open leads go soon, unless somebody decides."""
    if (event.delete_on - timezone.localdate()).days > WARNS_DAYS:
        return 0
    return event.leads.exclude(state=LeadState.TAKEN_OVER).count()


def _chips(wanted: Narrowing) -> list[dict[str, Any]]:
    chosen: list[tuple[Any, bool, dict[str, object]]] = [
        (grade, wanted.grade == grade, {"grade": "" if wanted.grade == grade else grade})
        for grade in ("A", "B", "C")
    ]
    chosen += [
        (word, wanted.state == code, {"state": "" if wanted.state == code else code})
        for code, word in STATES
    ]
    said = {"ja": _("Opt-in ja"), "nein": _("kein Opt-in")}
    chosen += [
        (word, wanted.opt_in == code, {"opt_in": "" if wanted.opt_in == code else code})
        for code, word in said.items()
    ]
    return [
        {"label": label, "is_on": is_on, "href": "?" + wanted.encode(**other)}
        for label, is_on, other in chosen
    ]
