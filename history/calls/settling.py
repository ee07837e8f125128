"""Calls of which an event got lost: written with what is known after a while."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from history.calls import taking, writing
from history.models import Call, CallState

WAITED: Final = timedelta(seconds=15)
FORGOTTEN: Final = timedelta(hours=12)
_AT_ONCE: Final = 200


def settle(*, at: datetime) -> int:
    """Write calls that ended without all of their events, and those that never ended.

    Returns how many were written.
    """
    over = Q(state=CallState.ENDED, changed_at__lte=at - WAITED)
    due = over | Q(changed_at__lte=at - FORGOTTEN)
    numbers = list(Call.objects.filter(due, is_written=False).values_list("pk", flat=True))
    return sum(_settled(pk, at) for pk in numbers[:_AT_ONCE])


@transaction.atomic
def _settled(pk: int, at: datetime) -> bool:
    rows = Call.objects.select_for_update(of=("self",), skip_locked=True)
    call = rows.select_related("agent").filter(pk=pk, is_written=False).first()
    if call is None:
        return False
    call.state = CallState.ENDED
    writing.write(call=call, story=taking.story_of(call), at=at)
    call.save()
    return True
