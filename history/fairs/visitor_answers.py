"""How it stands with what visitors answered on their own phones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.core.cache import cache

from consent import channels, references
from consent.consents import ENDED
from consent.decision.opting_in import State
from consent.models import (
    ConsentText,
    EventKind,
    EventPayload,
    LedgerEvent,
    OptInConfirmation,
)
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


def refused(leads: Iterable[LeadCapture]) -> dict[int, set[tuple[str, str]]]:
    """What visitors refused themselves, as code of the text and channel, by lead (4 queries).

    The ledger says so, whatever the stand notes on the slip afterwards. Of whom it cannot tell,
    for want of a name or a contact point, the answers beside the slip are taken.
    """
    leads = list(leads)
    by_form = {form_of(lead.client_id): lead.pk for lead in leads}
    rows = _refusals([lead.person_id for lead in leads if lead.person_id], by_form)
    hashes = {text for _form, text, _named in rows}
    texts = ConsentText.objects.filter(sha256__in=hashes) if hashes else ConsentText.objects.none()
    codes = dict(texts.values_list("sha256", "code"))
    found: dict[int, set[tuple[str, str]]] = {lead.pk: set() for lead in leads}
    for form, text, named in rows:
        found[by_form[form]] |= {(codes[text], each) for each in named if text in codes}
    waiting = LeadOptIn.objects.filter(lead__in=leads, answer=OptInAnswer.NO, recorded=None)
    for lead, code, channel in waiting.values_list("lead_id", "text__code", "channel"):
        found[lead].add((code, channel))
    return found


def _refusals(persons: list[int], forms: Iterable[str]) -> list[tuple[str, str | None, list[str]]]:
    """Form, hash of the text and channels of what these persons refused on these forms."""
    refs = references.subjects_of(persons) if persons else {}
    if not refs:
        return []
    told = EventPayload.objects.filter(
        event__person__in=[ref for own in refs.values() for ref in own],
        event__kind=EventKind.REFUSED,
        body__form__in=list(forms),
    )
    return list(told.values_list("body__form", "event__text", "event__channels"))


def has_refused(lead: LeadCapture) -> bool:
    """Whether a no of the visitor is known."""
    return bool(refused([lead])[lead.pk])


def state_of(lead: LeadCapture) -> VisitorState:
    """How it stands with the visitor of one lead; see :func:`states_of`."""
    return states_of([lead])[lead.pk]


def states_of(leads: Iterable[LeadCapture]) -> dict[int, VisitorState]:
    """How it stands with the visitors of leads, by primary key (6 queries, one of the cache)."""
    leads = list(leads)
    form_by_lead = {lead.pk: form_of(lead.client_id) for lead in leads}
    asked = _asked(form_by_lead.values())
    no = refused(leads)
    opened = cache.get_many([_key(lead.client_id) for lead in leads])
    return {
        lead.pk: _state(
            asked.get(form_by_lead[lead.pk], set()),
            has_refused=bool(no[lead.pk]),
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
    if not known:
        return found
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


def _key(client_id: UUID) -> str:
    return f"fair-visitor-opened:{client_id}"
