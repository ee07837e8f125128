"""How it stands with what visitors answered on their own phones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from consent import channels
from consent.consents import ENDED
from consent.decision.opting_in import State
from consent.models import (
    ConsentText,
    EventKind,
    LedgerEvent,
    OptInConfirmation,
)
from consent.optin import confirming
from history.models import LeadCapture, LeadOptIn, OptInAnswer

FORM: Final = "messe"
METHOD: Final = "web_form"
_REFUSED: Final = Q(recorded__kind=EventKind.REFUSED, recorded__details__method=METHOD) | Q(
    recorded=None, answer=OptInAnswer.NO
)
"""A no of the visitor, or one that nobody could record for want of a contact point."""
_REMEMBERED: Final = 60 * 60 * 24 * 30  # seconds


class VisitorState(StrEnum):
    """From nothing to a confirmed yes; ``OPENED`` only says that somebody looked."""

    NONE = "none"
    OPENED = "opened"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Stand:
    """What one contact point was asked, and what became of it."""

    confirmation: OptInConfirmation
    state: State

    @property
    def channel_labels(self) -> str:
        """``Anruf, SMS``."""
        return ", ".join(channels.label(each) for each in self.confirmation.channels)


def form_of(client_id: UUID) -> str:
    """What a request of this visitor calls its form, by which it is found again."""
    return f"{FORM}/{client_id}"


def note_opened(client_id: UUID) -> None:
    """Remember for a month that somebody opened the link; no more than that is known of it."""
    cache.set(_key(client_id), True, timeout=_REMEMBERED)


def stands_of(client_id: UUID, *, at: datetime) -> list[Stand]:
    """What was asked of each contact point last, in the order in which it was asked."""
    latest: dict[tuple[str, int, str], OptInConfirmation] = {}
    for each in (
        asked_of(client_id).select_related("request__text", "point", "consent").order_by("id")
    ):
        latest[each.request.text.code, each.point_id, ",".join(each.channels)] = each
    return [Stand(each, confirming.look(each, at=at).state) for each in latest.values()]


def asked_of(client_id: UUID) -> QuerySet[OptInConfirmation]:
    """All messages that the link of this slip set off."""
    return OptInConfirmation.objects.filter(
        request__form=form_of(client_id), request__person__leads__client_id=client_id
    )


def note(
    lead: LeadCapture, text: ConsentText, channel: str, answer: str, recorded: LedgerEvent | None
) -> None:
    """Keep beside the slip what the visitor said to one channel of one text, and the event of
    the ledger that it led to; it takes the place of what the stand noted."""
    LeadOptIn.objects.filter(lead=lead, text__code=text.code, channel=channel).exclude(
        text=text
    ).delete()
    LeadOptIn.objects.update_or_create(
        lead=lead, text=text, channel=channel, defaults={"answer": answer, "recorded": recorded}
    )


def is_own_refusal(row: LeadOptIn) -> bool:
    """Whether the visitor said no to this on their own phone, whatever the slip says of it."""
    event = row.recorded
    return (
        event is not None
        and event.kind == EventKind.REFUSED
        and event.details.get("method") == METHOD
    )


def has_refused(lead: LeadCapture) -> bool:
    """Whether a no of the visitor is known (one query)."""
    return LeadOptIn.objects.filter(_REFUSED, lead=lead).exists()


def state_of(lead: LeadCapture) -> VisitorState:
    """How it stands with the visitor of one lead; see :func:`states_of`."""
    return states_of([lead])[lead.pk]


def states_of(leads: Iterable[LeadCapture]) -> dict[int, VisitorState]:
    """How it stands with the visitors of leads, by primary key (one query, one of the cache)."""
    leads = list(leads)
    rows = LeadCapture.objects.filter(pk__in=[lead.pk for lead in leads]).order_by()
    told = rows.annotate(
        confirmed=Exists(_asked(is_over=False).filter(confirmed_at__isnull=False)),
        asked=Exists(_asked(is_over=False)),
        refused=Exists(LeadOptIn.objects.filter(_REFUSED, lead=OuterRef("pk"))),
        ended=Exists(_asked(is_over=True)),
    ).values_list("pk", "confirmed", "asked", "refused", "ended")
    opened = cache.get_many([_key(lead.client_id) for lead in leads])
    states = {
        lead.pk: VisitorState.OPENED if _key(lead.client_id) in opened else VisitorState.NONE
        for lead in leads
    }
    for lead, is_confirmed, is_asked, has_refused, has_ended in told:
        if is_confirmed:
            states[lead] = VisitorState.CONFIRMED
        elif is_asked:
            states[lead] = VisitorState.ASKED
        elif has_refused or has_ended:
            states[lead] = VisitorState.REFUSED
    return states


def _asked(*, is_over: bool) -> QuerySet[OptInConfirmation]:
    """For a query of leads: what their visitors were asked, ended or not."""
    ended = LedgerEvent.objects.filter(
        about=OuterRef("consent_id"), kind__in=ENDED, channels=[], purposes=[]
    )
    form = Concat(Value(f"{FORM}/"), Cast(OuterRef("client_id"), TextField()))
    return OptInConfirmation.objects.filter(
        Exists(ended) if is_over else ~Exists(ended),
        request__person=OuterRef("person"),
        request__form=form,
    ).order_by()


def _key(client_id: UUID) -> str:
    return f"fair-visitor-opened:{client_id}"
