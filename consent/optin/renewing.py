"""One more message to who lost the first: a new code, or a new link in place of an expired one.

It is a new request of whoever holds the link, recorded like the first one, on the same text and for
the same channels. What was sent before it confirms nothing any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consent import consents, links
from consent.decision import opting_in
from consent.decision.opting_in import Again
from consent.models import EventKind, LedgerEvent, OptInConfirmation, TextStatus
from consent.optin import Press, confirming, requests
from consent.optin.requests import Wish
from crm.kernel import errors

REASON = "asked-again"
_ENDS = (EventKind.WITHDRAWN, EventKind.EXPIRED, EventKind.INVALIDATED)
SAID: Final = {
    Again.WAIT: _(
        "Die letzte Nachricht ging vor weniger als einer Minute hinaus. Bitte warten Sie noch "
        "einen Moment."
    ),
    Again.LIMIT: _(
        "Dorthin gingen schon so viele Nachrichten, wie wir senden. Bitte fordern Sie die "
        "Einwilligung später neu an."
    ),
    Again.NEVER: _("Hier gibt es nichts mehr zu bestätigen."),
}


class NotAgain(errors.DomainError):
    """No further message is sent; ``why`` tells the reason."""

    code = "no-further-message"

    def __init__(self, why: Again) -> None:
        self.why = why
        super().__init__(str(SAID[why]), why=str(why))


@dataclass(frozen=True, slots=True)
class _Course:
    """All messages about one text to one contact point, the first first; ``found`` is of them."""

    found: OptInConfirmation
    confirmations: Sequence[OptInConfirmation]

    @property
    def asked(self) -> list[datetime]:
        return [each.request.requested_at for each in self.confirmations]

    @property
    def is_settled(self) -> bool:
        """Whether it was confirmed, or one that was asked for later."""
        since = self.found.request.requested_at
        return any(
            each.confirmed_at and each.request.requested_at >= since for each in self.confirmations
        )


def may(answer: confirming.Answer, *, at: datetime) -> Again:
    """Whether one more message may be asked for now (2 queries)."""
    return _judge(_course(answer.confirmation), at=at)


def again(*, confirmation: OptInConfirmation, press: Press, at: datetime) -> OptInConfirmation:
    """Ask once more, and send one neutral message. What was sent before is void from then on.

    If the message could not be sent, what was sent before stays as it is and the new request ends.

    :raises links.UnknownLink: it was cleared away in the meantime
    :raises NotAgain: too soon, too often, or there is nothing to confirm any more
    :raises gate.NotAllowed: the gate refuses it, for a number that was suppressed since
    :raises errors.DomainError: mail server or SMS provider did not take it
    """
    with transaction.atomic():
        list(_like(confirmation).select_for_update(of=("self",)))  # one press at a time
        course = _course(confirmation)
        if (why := _judge(course, at=at)) is not Again.YES:
            raise NotAgain(why)
        before = course.found.request
        made, secrets = requests.record(
            actor=None,
            person=before.person,
            controller=before.controller,
            text=before.text,
            wishes=[Wish(confirmation.point, confirmation.channels)],
            purposes=before.purposes,
            press=Press(address=press.address, agent=press.agent, form=before.form),
            at=at,
        )
    new = made.confirmations.select_related("point").get()
    new.request = made
    try:
        requests.send(new, secrets[new.pk], actor=None, at=at)
    except errors.DomainError:
        _void([new], at=at)
        raise
    _void(course.confirmations, at=at)
    return new


def _like(found: OptInConfirmation) -> QuerySet[OptInConfirmation]:
    return OptInConfirmation.objects.filter(
        kind=found.kind,
        point=found.point,
        request__person=found.request.person_id,
        request__text=found.request.text_id,
    ).order_by("pk")


def _course(confirmation: OptInConfirmation) -> _Course:
    rows = list(_like(confirmation).select_related("request__text", "point", "consent"))
    found = next((each for each in rows if each.pk == confirmation.pk), None)
    if found is None:
        raise links.UnknownLink
    return _Course(found, rows)


def _judge(course: _Course, *, at: datetime) -> Again:
    found = course.found
    if course.is_settled or found.request.text.status != TextStatus.PUBLISHED:
        return Again.NEVER
    waiting = confirming.waiting_of(found)
    return opting_in.again(waiting, at=at, how=found.kind, asked=course.asked)


@transaction.atomic
def _void(older: Sequence[OptInConfirmation], *, at: datetime) -> None:
    ended = LedgerEvent.objects.filter(
        about__in=[each.consent_id for each in older], kind__in=_ENDS
    )
    rows = OptInConfirmation.objects.filter(
        pk__in=[each.pk for each in older], confirmed_at=None
    ).exclude(consent__in=ended.values("about"))
    for each in rows.select_related("consent").select_for_update(of=("self",)):
        each.expires_at = min(each.expires_at, at)
        each.save(update_fields=["expires_at"])
        consents.end(
            actor=None,
            consent=each.consent,
            kind=EventKind.EXPIRED,
            reason=REASON,
            effective_at=at,
            at=at,
        )
