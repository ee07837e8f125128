"""What the section of a line shows on the page of its owner."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from crm.accounts import policy
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui.access import Request
from crm.ui.screens.line import drawing, entries, filters, owners
from crm.ui.screens.line.filters import Asked
from crm.ui.screens.line.forms import ComposerForm
from history import categories, marks, meanwhile, timeline
from history.lines import Owner, column_of
from history.meanwhile import Happening
from history.models import Opportunity
from history.timeline import Page


def context_of(
    request: Request, owner: Owner, *, asked: Asked | None = None, form: ComposerForm | None = None
) -> dict[str, Any] | None:
    """The whole section for a user who may see it; looking at it is a visit."""
    if not policy.may(request.user, Permission.HISTORY_VIEW):
        return None
    at = clock.now()
    asked = asked or filters.asked(request.GET, user=request.user)
    figures = timeline.figures(user=request.user, owner=owner)
    since = marks.visit(user=request.user, owner=owner, at=at)
    may_record = bool(policy.may(request.user, Permission.HISTORY_RECORD))
    pins = marks.pinned(owner=owner)
    return rest_of(request, owner, asked, since, pins=pins) | {
        "asked": asked,
        "figures": figures,
        "chips": filters.chips(asked, figures),
        "drawing": drawing.of(figures.moments, today=clock.today()),
        "categories": categories.in_use(),
        "deals": []
        if isinstance(owner, Opportunity)
        else filters.deals(request.user, column_of(owner), owner.pk),
        "may_record": may_record,
        "form": form or _form(request, owner, at) if may_record else None,
        "pinned": _pinned(request, asked, pins),
        "since": since,
    }


def rest_of(
    request: Request,
    owner: Owner,
    asked: Asked,
    since: datetime | None,
    *,
    pins: Sequence[int] = (),
) -> dict[str, Any]:
    """One page of entries, and where the next one is."""
    page = timeline.page(user=request.user, owner=owner, filters=asked.filters, before=asked.before)
    told = entries.told(page.entries, user=request.user, new_since=since, pinned=pins)
    folds = entries.folded(told)
    return {
        "owner": owner,
        "kind": owners.kind_of(owner),
        "home": owners.home_of(owner),
        "rows": entries.with_meanwhile(folds, _happened(request, owner, asked, page)),
        "older": page.older,
        "asked": asked,
        "today": clock.today(),
        "may_record": bool(policy.may(request.user, Permission.HISTORY_RECORD)),
    }


def _happened(request: Request, owner: Owner, asked: Asked, page: Page) -> list[Happening]:
    """What happened between the contacts of this page; nothing if some are left out."""
    if asked.is_narrow or not page.entries:
        return []
    return meanwhile.of(
        user=request.user,
        owner=owner,
        since=page.older.at if page.older else None,
        until=asked.before.at if asked.before else None,
    )


def _form(request: Request, owner: Owner, at: datetime) -> ComposerForm:
    return ComposerForm(request=request, owner=owner, at=at)


def _pinned(request: Request, asked: Asked, pins: Sequence[int]) -> list[entries.Entry]:
    """What stands above an unfiltered line."""
    if asked.is_narrow or asked.before or not pins:
        return []
    return entries.told(list(timeline.loaded(pins)), user=request.user, pinned=pins)
