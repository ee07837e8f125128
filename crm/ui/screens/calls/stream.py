"""``/anrufe/strom/``: server-sent events, one short answer after the other.

Each answer ends with the first call or after some seconds; the browser comes back by itself with
the place that it read to. Without a free place the answer is at once what is there.
"""

import json
import re
from time import monotonic
from typing import Final

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from redis.exceptions import RedisError

from crm.accounts.policy import Permission
from crm.ui.access import Request, permitted
from crm.ui.screens.calls import places
from history.calls import announcing
from history.models import Extension

HELD: Final = 20.0
SLICE_MS: Final = 500
STALE_MS: Final = 60_000
SOON_MS, LATER_MS, MUCH_LATER_MS = 50, 600, 10_000
_PLACE = re.compile(r"[0-9]{1,15}-[0-9]{1,9}")
_TYPE: Final = "text/event-stream"
Told = list[tuple[str, dict[str, str]]]


@never_cache
@require_GET
@permitted(Permission.CONTACTS_VIEW)
def stream(request: Request) -> HttpResponse:
    """What rings at the user's telephone; 204 ends it for those who have none."""
    user = request.user
    if not Extension.objects.filter(user=user, system__is_active=True).exists():
        return HttpResponse(status=204, content_type=_TYPE)
    asked = request.headers.get("Last-Event-ID") or request.GET.get("nach", "")
    try:
        now = announcing.now()
        if not _PLACE.fullmatch(asked):
            return _answer([], place=now, retry=SOON_MS)
        place = max(asked, f"{_ms(now) - STALE_MS}-0", key=_ms)
        told, was_held = _waited(place, user_id=user.pk)
    except RedisError:
        return _answer([], place="", retry=MUCH_LATER_MS)
    return _answer(told, place=place, retry=SOON_MS if was_held else LATER_MS)


def _waited(place: str, *, user_id: int) -> tuple[Told, bool]:
    """What was told behind the place, and whether there was time to wait for it."""
    told = announcing.after(place, user_id=user_id)
    if told:
        return told, True
    end = monotonic() + HELD
    with places.place_of(user_id) as is_own:
        was_held = is_own()
        while not told and is_own() and monotonic() < end:
            told = announcing.after(place, user_id=user_id, wait_ms=SLICE_MS)
    return told, was_held


def _answer(told: Told, *, place: str, retry: int) -> HttpResponse:
    lines = [f"retry: {retry}\n\n"]
    for at, word in told:
        lines.append(f"id: {at}\nevent: call\ndata: {json.dumps(word)}\n\n")
    if place and not told:
        lines.append(f"id: {place}\nevent: place\ndata: -\n\n")
    headers = {"X-Accel-Buffering": "no"}
    return HttpResponse("".join(lines), content_type=_TYPE, headers=headers)


def _ms(place: str) -> int:
    return int(place.partition("-")[0])
