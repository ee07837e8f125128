"""Suspects: the queue, and everything that looks like one record."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from contacts.contact_points import Record
from contacts.duplicates import current, suspects
from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import errors
from crm.ui import responses
from crm.ui.access import Request, permitted
from crm.ui.screens.duplicates import asking, cards, sitting
from crm.ui.screens.duplicates.asking import Asked
from crm.ui.screens.duplicates.words import BANDS, KINDS, Kind, list_url
from crm.ui.screens.records import subject

GROUPS = 10


@require_GET
@permitted(Permission.CONTACTS_VIEW)
def duplicate_list(request: Request, kind: str = subject.PERSONS) -> HttpResponse:
    """The queue: groups, the strongest first, as far as the address narrows them down."""
    asked = asking.asked(request, KINDS[kind])
    page = suspects.page(
        user=request.user,
        kind=asked.kind.code,
        wanted=asked.wanted,
        after=request.GET.get("after", ""),
        limit=GROUPS,
    )
    may_merge = bool(policy.may(request.user, Permission.CONTACTS_MERGE))
    context = _frame(request, asked.kind) | {
        "asked": asked,
        "page": page,
        "cards": [cards.card_of(asked.kind, group) for group in page.groups],
        "filters": _filters(request, asked),
        "all_url": asked.url_with(is_open=not asked.wanted.is_open),
        "run": current.run_of(asked.kind.code),
        "may_run": bool(policy.may(request.user, Permission.DUPLICATES_RUN)),
        "may_merge": may_merge,
        "progress": sitting.progress(request, asked) if may_merge else None,
    }
    return responses.render(request, "duplicates/list.html", context, fragment="suspects")


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


def _filters(request: Request, asked: Asked) -> list[dict[str, Any]]:
    """The strengths to choose from, with how many groups each has."""
    counts = suspects.counts(user=request.user, kind=asked.kind.code, wanted=asked.wanted)
    chosen = asked.wanted.band
    return [
        {
            "band": band,
            "count": counts[band.code],
            "url": asked.url_with(band="" if band.code == chosen else band.code),
            "is_on": band.code == chosen,
        }
        for band in BANDS.values()
    ]
