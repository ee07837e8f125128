"""What a visitor decides on their own phone: to be asked over their own contact points, or no.

A yes is recorded as pending and confirmed over the contact point itself (:mod:`consent.optin`),
a no as a refusal. Both work before the slip of the stand has arrived and after it, once.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent.decision.opting_in import State
from consent.models import ConsentText, OptInRequest
from consent.notices import documents
from consent.notices.documents import Document
from consent.optin import Press, requests
from consent.optin.requests import Wish
from contacts import contact_points, session_locks
from contacts.models import ContactPoint, Person
from crm.kernel import errors
from history.fairs import (
    capturing,
    stand_notices,
    visitor_answers,
    visitor_refusals,
    visitor_ways,
)
from history.fairs.visitor_answers import Stand, VisitorState, form_of, state_of, states_of
from history.fairs.visitor_links import VisitorLink
from history.fairs.visitor_ways import Details, Proof, Way
from history.models import LeadCapture

__all__ = ["Answer", "Outcome", "Visit", "VisitorState", "decide", "seen", "state_of", "states_of"]

MOST_MESSAGES: Final = 8
"""So many mails and codes one link can set off, ever: it is no means to bother others."""
_LOCK = 0x45_4C_56_49  # "ELVI"
_OPEN = (State.GRANTED, State.PENDING)


class TooManyMessages(errors.DomainError):
    """The link has set off as many messages as it may."""

    code = "too-many-messages"
    default_message = gettext_lazy(
        "Über diesen Code wurden schon zu viele Nachrichten angefordert. Bitte sagen Sie am Stand "
        "Bescheid."
    )


class Busy(errors.Conflict):
    """Another press of the same visitor is being saved."""

    code = "visitor-is-deciding"
    default_message = gettext_lazy(
        "Ihre Antwort wird gerade gespeichert. Bitte laden Sie die Seite in einem Moment neu."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the form said: ``chosen`` are keys of ways, ``details`` as the visitor corrected them;
    ``language`` is ``de`` or ``en``, ``notice_language`` may be ``plain`` too."""

    is_yes: bool
    chosen: Sequence[str] = ()
    details: Details = field(default_factory=Details)
    language: str = "de"
    notice_language: str = "de"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What the page shows: the ways that may be ticked, and what stands already."""

    link: VisitorLink
    details: Details
    ways: Sequence[Way]
    stands: Sequence[Stand]
    has_refused: bool

    @property
    def is_decided(self) -> bool:
        """Whether the visitor has answered before."""
        return bool(self.stands) or self.has_refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of an answer. ``by_slip`` are ways that only a signature or a recorded call can
    prove, ``problems`` sentences on messages that did not leave."""

    lead: LeadCapture
    made: Sequence[OptInRequest] = ()
    by_slip: Sequence[Way] = ()
    problems: Sequence[str] = ()


def seen(
    *, link: VisitorLink, language: str, details: Details | None = None, at: datetime
) -> Visit:
    """What the visitor sees; ``details`` are corrections that nobody has sent off yet.

    Nothing is recorded, but that it was opened is remembered for a month.
    """
    visitor_answers.note_opened(link.client_id)
    details = details or Details.of(link.values)
    stands = visitor_answers.stands_of(link.client_id, at=at)
    has = {
        (stand.confirmation.request.text.code, channel)
        for stand in stands
        if stand.state == State.GRANTED
        for channel in stand.confirmation.channels
    }
    ways = visitor_ways.offered(link.event, details=details, language=language)
    lead = LeadCapture.objects.filter(client_id=link.client_id).first()
    return Visit(
        link=link,
        details=details,
        ways=[way for way in ways if (way.text.code, way.channel) not in has],
        stands=stands,
        has_refused=lead is not None and visitor_answers.has_refused(lead),
    )


def decide(*, link: VisitorLink, answer: Answer, press: Press, at: datetime) -> Outcome:
    """Take the visitor's answer: once, however often the button is pressed.

    :raises errors.Invalid: nothing ticked (``ways``), no name, an address that cannot be read
    :raises TooManyMessages: the link has set off enough of them
    :raises Busy: another press is being saved
    """
    press = replace(press, form=form_of(link.client_id))
    with _alone(link):
        return (_yes if answer.is_yes else _no)(link, answer, press, at)


def _yes(link: VisitorLink, answer: Answer, press: Press, at: datetime) -> Outcome:
    chosen = _chosen(link, answer)
    by_slip = [way for way in chosen if way.proof == Proof.SLIP]
    asked = [way for way in chosen if way.proof != Proof.SLIP]
    if not asked:
        raise errors.Invalid({"ways": [slip_sentence(by_slip[0].value)]})
    _require_few(link, 1)
    lead, person = _announced(link, answer.details, at=at)
    if person is None:
        raise errors.Invalid({"name": [_("Bitte nennen Sie Ihren Namen.")]})
    problems: list[str] = []
    wishes = _wishes(link, person, asked, problems, at=at)
    _require_few(link, sum(map(len, wishes.values())))
    made = []
    for text, wanted in wishes.items():
        try:
            requests.request(
                actor=None,
                person=person,
                controller=text.controller,
                text=text,
                wishes=wanted,
                purposes=text.purposes,
                press=press,
                notice=_notice(link, answer),
                at=at,
            )
        except errors.DomainError as refusal:
            problems.append(refusal.message)
        found = OptInRequest.objects.filter(form=press.form, text=text).order_by("-id").first()
        if found is not None:
            made.append(found)
    if made:
        lead.opt_in_request = made[-1]
        lead.save(update_fields=["opt_in_request"])
    return Outcome(lead=lead, made=made, by_slip=by_slip, problems=problems)


def _no(link: VisitorLink, answer: Answer, press: Press, at: datetime) -> Outcome:
    with transaction.atomic():
        lead, _person = _announced(link, answer.details, at=at)
        texts = visitor_ways.texts_of(link.event, language=answer.language)
        visitor_refusals.refuse(lead=lead, texts=texts, press=press, at=at)
    return Outcome(lead=lead)


def slip_sentence(value: str) -> str:
    """What to do about a landline."""
    return _(
        "%(value)s ist ein Festnetzanschluss und kann keinen Code empfangen. Nennen Sie eine "
        "Mobilnummer, oder unterschreiben Sie am Stand den Zettel."
    ) % {"value": value}


def _chosen(link: VisitorLink, answer: Answer) -> list[Way]:
    open_ = {
        way.key: way
        for way in visitor_ways.offered(
            link.event, details=answer.details, language=answer.language
        )
    }
    wrong: dict[str, list[str]] = {}
    if not answer.chosen or not set(answer.chosen) <= set(open_):
        wrong["ways"] = [_("Bitte wählen Sie mindestens einen Weg.")]
    chosen = [open_[key] for key in dict.fromkeys(answer.chosen) if key in open_]
    for way in chosen:
        if not way.value:
            wrong[way.field] = [_("Bitte ausfüllen, oder den Weg abwählen.")]
            continue
        try:
            contact_points.read(kind=way.kind, value=way.value)
        except errors.Invalid as refusal:
            wrong[way.field] = [refusal.message]
    if not answer.details.name and not _has_person(link):
        wrong["name"] = [_("Bitte nennen Sie Ihren Namen.")]
    if wrong:
        raise errors.Invalid(wrong)
    return chosen


def _announced(
    link: VisitorLink, details: Details, *, at: datetime
) -> tuple[LeadCapture, Person | None]:
    lead = capturing.announce(
        device=link.device,
        client_id=link.client_id,
        device_at=link.device_at,
        values={**link.values, **details.values()},
        at=at,
    )
    return lead, lead.person


def _wishes(
    link: VisitorLink,
    person: Person,
    asked: Sequence[Way],
    problems: list[str],
    *,
    at: datetime,
) -> dict[ConsentText, list[Wish]]:
    """What is to be asked of whom by text, without what stands or waits already."""
    found: dict[ConsentText, dict[ContactPoint, list[str]]] = {}
    stands = visitor_answers.stands_of(link.client_id, at=at)
    for way in asked:
        try:
            point = _point(link, person, way, at=at)
        except errors.DomainError as refusal:
            problems.append(refusal.message)
            continue
        if not any(_covers(stand, way, point) for stand in stands):
            found.setdefault(way.text, {}).setdefault(point, []).append(way.channel)
    return {
        text: [Wish(point, named) for point, named in points.items()]
        for text, points in found.items()
    }


def _covers(stand: Stand, way: Way, point: ContactPoint) -> bool:
    known = stand.confirmation
    return (
        stand.state in _OPEN
        and known.sent_at is not None
        and known.point == point
        and known.request.text.code == way.text.code
        and way.channel in known.channels
    )


def _point(link: VisitorLink, person: Person, way: Way, *, at: datetime) -> ContactPoint:
    """The person's contact point of this value, given to them if the visitor named it first."""
    return contact_points.held_or_added(
        actor=link.device.user,
        record=person,
        kind=way.kind,
        value=way.value,
        source=link.event.source,
        at=at,
    )


def _notice(link: VisitorLink, answer: Answer) -> Document | None:
    version = stand_notices.version_of(link.event)
    if version is None:
        return None
    return documents.of_version(version, language=answer.notice_language)


def _has_person(link: VisitorLink) -> bool:
    """Without a name there is nobody to record a consent for."""
    known = LeadCapture.objects.filter(client_id=link.client_id, person__isnull=False)
    return known.exists()


def _require_few(link: VisitorLink, more: int) -> None:
    sent = visitor_answers.asked_of(link.client_id).count()
    if sent + more > MOST_MESSAGES:
        raise TooManyMessages


@contextmanager
def _alone(link: VisitorLink) -> Iterator[None]:
    with session_locks.working_on(_LOCK, link.client_id.int) as is_alone:
        if not is_alone:
            raise Busy
        yield
