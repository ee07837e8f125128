"""Suspects: the list, one group, everything that looks like one record."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from contacts.contact_points import Record
from contacts.duplicates import current, narrowing, suspects
from contacts.duplicates.narrowing import Narrowing
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import errors
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.duplicates import cards
from crm.ui.screens.duplicates.words import BANDS, KINDS, Kind, list_url
from crm.ui.screens.records import subject

GROUPS = 10


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def duplicate_list(request: Request, kind: str = subject.PERSONS) -> HttpResponse:
    """Groups, the strongest first, of all strengths or of one; all, the open ones, or those with
    a record from one source."""
    chosen, band = KINDS[kind], request.GET.get("band", "")
    wanted = narrowing.asked(
        is_open=request.GET.get("open") == "yes", source=request.GET.get("source")
    )
    page = suspects.page(
        user=request.user,
        kind=chosen.code,
        band=band,
        narrowing=wanted,
        after=request.GET.get("after", ""),
        limit=GROUPS,
    )
    context = _frame(request, chosen) | {
        "page": page,
        "cards": [cards.card_of(chosen, group) for group in page.groups],
        "filters": _filters(request, chosen, band, wanted),
        "conditions": _conditions(request, wanted),
        "band": BANDS.get(band),
        "run": current.run_of(chosen.code),
        "may_run": bool(policy.may(request.user, Permission.DUPLICATES_RUN)),
    }
    return responses.render(request, "duplicates/list.html", context, fragment="suspects")


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def duplicate_group(request: Request, kind: str, number: int) -> HttpResponse:
    """One group on a page of its own."""
    chosen = KINDS[kind]
    group = suspects.group_for(user=request.user, kind=chosen.code, number=number)
    context = _frame(request, chosen) | {"card": cards.card_of(chosen, group)}
    return responses.render(request, "duplicates/group.html", context)


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def duplicate_record(request: Request, kind: str, public_id: UUID) -> HttpResponse:
    """Everything that looks like one record."""
    chosen = KINDS[kind]
    record: Record = subject.seen(request, kind, public_id)
    card = cards.record_card(chosen, record, user=request.user)
    if card is None:
        raise errors.NotFound(public_id=str(public_id))
    context = _frame(request, chosen) | {"card": card, "record": record}
    return responses.render(request, "duplicates/group.html", context)


def _frame(request: Request, kind: Kind) -> dict[str, Any]:
    return {
        "kind": kind,
        "kinds": [(each, list_url(each)) for each in KINDS.values()],
        "home": list_url(kind),
        "may_edit": bool(policy.may(request.user, Permission.CONTACTS_EDIT)),
    }


def _filters(request: Request, kind: Kind, chosen: str, wanted: Narrowing) -> list[dict[str, Any]]:
    """The strengths to choose from, with how many groups each has."""
    counts = suspects.counts(user=request.user, kind=kind.code, narrowing=wanted)
    return [
        {
            "band": band,
            "count": counts[band.code],
            "url": _with(request, band="" if band.code == chosen else band.code),
            "is_on": band.code == chosen,
        }
        for band in BANDS.values()
    ]


def _conditions(request: Request, wanted: Narrowing) -> list[tuple[str, str]]:
    """The conditions that hold, in words, each with the address of the list without it."""
    found = []
    if wanted.is_open:
        found.append((_("nur offene"), _with(request, open="")))
    if wanted.source:
        label = _("Herkunft: %(source)s") % {"source": wanted.source.name}
        found.append((label, _with(request, source="")))
    return found


def _with(request: Request, **values: str) -> str:
    """This list from its beginning with other conditions; an empty one is left out."""
    asked = {name: request.GET.get(name, "") for name in ("open", "source", "band")} | values
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{request.path}?{query}" if query else request.path
