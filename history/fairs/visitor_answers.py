"""How it stands with what visitors answered on their own phones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q, QuerySet

from consent import channels
from consent.consents import ENDED
from consent.decision.opting_in import State
from consent.models import ConsentText, EventKind, LedgerEvent, OptInConfirmation
from consent.optin import confirming
from history.models import LeadCapture, LeadOptIn, OptInAnswer

FORM: Final = "messe"
METHOD: Final = "web_form"
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
    rows = OptInConfirmation.objects.filter(request__form=form_of(client_id))
    for each in rows.select_related("request__text", "point", "consent").order_by("id"):
        latest[each.request.text.code, each.point_id, ",".join(each.channels)] = each
    return [Stand(each, confirming.look(each, at=at).state) for each in latest.values()]


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


def has_refused(lead: LeadCapture) -> bool:
    """Whether a no of the visitor stands."""
    return _refusals(LeadOptIn.objects.filter(lead=lead)).exists()


def state_of(lead: LeadCapture) -> VisitorState:
    """How it stands with the visitor of one lead; see :func:`states_of`."""
    return states_of([lead])[lead.pk]


def states_of(leads: Iterable[LeadCapture]) -> dict[int, VisitorState]:
    """How it stands with the visitors of leads, by primary key (3 queries, one of the cache)."""
    leads = list(leads)
    form_by_lead = {lead.pk: form_of(lead.client_id) for lead in leads}
    asked = _asked(form_by_lead.values())
    refused = set(
        _refusals(LeadOptIn.objects.filter(lead__in=leads)).values_list("lead_id", flat=True)
    )
    opened = cache.get_many([_key(lead.client_id) for lead in leads])
    return {
        lead.pk: _state(
            asked.get(form_by_lead[lead.pk], set()),
            has_refused=lead.pk in refused,
            is_opened=_key(lead.client_id) in opened,
        )
        for lead in leads
    }


def _state(asked: set[VisitorState], *, has_refused: bool, is_opened: bool) -> VisitorState:
    for state in (VisitorState.CONFIRMED, VisitorState.ASKED):
        if state in asked:
            return state
    if has_refused or asked:
        return VisitorState.REFUSED
    return VisitorState.OPENED if is_opened else VisitorState.NONE


def _asked(forms: Iterable[str]) -> Mapping[str, set[VisitorState]]:
    """By form; REFUSED where a consent was withdrawn or ended."""
    found: dict[str, set[VisitorState]] = {}
    rows = OptInConfirmation.objects.filter(request__form__in=list(forms))
    known = list(rows.values_list("request__form", "consent_id", "confirmed_at"))
    over = set(
        LedgerEvent.objects.filter(
            about__in=[consent for _form, consent, _at in known], kind__in=ENDED, channels=[]
        ).values_list("about", flat=True)
    )
    for form, consent, confirmed_at in known:
        if consent in over:
            state = VisitorState.REFUSED
        else:
            state = VisitorState.CONFIRMED if confirmed_at else VisitorState.ASKED
        found.setdefault(form, set()).add(state)
    return found


def _refusals(rows: QuerySet[LeadOptIn]) -> QuerySet[LeadOptIn]:
    """Those that the visitor gave, whatever the stand notes later; and those that nobody could
    record for want of a contact point."""
    own = Q(recorded__kind=EventKind.REFUSED, recorded__details__method=METHOD)
    return rows.filter(own | Q(recorded=None, answer=OptInAnswer.NO))


def _key(client_id: UUID) -> str:
    return f"fair-visitor-opened:{client_id}"
