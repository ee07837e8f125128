"""Take in an event: keep it, tell the call anew, let those concerned know, write it when over."""

from datetime import datetime

from django.db import transaction

from history.calls import announcing, writing
from history.calls.events import Event, read_again
from history.calls.folding import Story, fold
from history.models import Call, CallEvent, Extension, TelephoneSystem


@transaction.atomic
def take(*, system: TelephoneSystem, event: Event, at: datetime) -> Call:
    """The call as it stands after the event; the same event once more changes nothing."""
    call = _locked(system, event.call_id, at)
    _kept, is_new = CallEvent.objects.get_or_create(
        call=call,
        kind=event.kind,
        defaults={"payload": event.payload, "reading": event.reading(), "received_at": at},
    )
    if not is_new:
        return call
    story = story_of(call)
    _tell(call, story, at)
    if story.is_complete and not call.is_written:
        writing.write(call=call, story=story, at=at)
    call.save()
    concerned = {*call.rung, *([call.agent_id] if call.agent_id else [])}
    transaction.on_commit(lambda: announcing.announce(call=call, user_ids=concerned))
    return call


def story_of(call: Call) -> Story:
    """What the events of a call tell."""
    return fold(
        read_again(kind=each.kind, call_id=call.call_id, reading=each.reading)
        for each in call.events.all()
    )


def _locked(system: TelephoneSystem, call_id: str, at: datetime) -> Call:
    """The row of the call, made if there is none; two events of one call take turns."""
    made = Call(system=system, call_id=call_id, changed_at=at)
    Call.objects.bulk_create([made], ignore_conflicts=True)
    rows = Call.objects.select_for_update(of=("self",)).select_related("agent")
    return rows.get(system=system, call_id=call_id)


def _tell(call: Call, story: Story, at: datetime) -> None:
    for name in (
        "direction", "caller", "called", "other_side", "ringing_at", "answered_at", "ended_at",
        "state", "is_voicemail", "cause",
    ):  # fmt: skip
        setattr(call, name, getattr(story, name))
    rang, spoke = _users(call.system, story.rang), _users(call.system, story.spoke)
    call.rung = sorted(rang)
    call.agent_id = _only(spoke) or _only(rang)
    call.changed_at = at


def _users(system: TelephoneSystem, names: frozenset[str]) -> set[int]:
    """Who is called by one of these names, ids and numbers."""
    rows = Extension.objects.filter(system=system, user__is_active=True)
    found = rows.filter(number__in=names - {""}) | rows.filter(provider_id__in=names - {""})
    return set(found.values_list("user_id", flat=True)) if names else set()


def _only(users: set[int]) -> int | None:
    return next(iter(users)) if len(users) == 1 else None
