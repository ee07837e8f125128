"""The check at the door: a permit is for one person, contact point, channel and purpose."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import gate, references
from consent.decision import codes
from consent.models import ContactDecision, Controller
from contacts.models import ContactPoint, ContactPointKind, Person
from crm.kernel import errors

KINDS = {
    codes.Channel.EMAIL: (ContactPointKind.EMAIL,),
    codes.Channel.SMS: (ContactPointKind.MOBILE,),
}
"""Over which contact points this package can send."""


class NoPermit(errors.DomainError):
    """There is no permit for this contact, or it does not hold any more. Nothing was sent."""

    code = "no-permit"
    default_message = gettext_lazy(
        "Für diesen Kontakt liegt keine gültige Erlaubnis vor. Es wurde nichts gesendet."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom a message is for, over what, and why."""

    person: Person
    point: ContactPoint
    channel: str
    purpose: str
    controller: Controller

    @property
    def is_advertising(self) -> bool:
        """Whether the message advertises."""
        return codes.PURPOSES.get(self.purpose) == codes.PurposeClass.MARKETING


def require(decision: ContactDecision, contact: Contact, *, at: datetime) -> None:
    """Pass if the decision allows exactly this contact now.

    :raises NoPermit: it does not; the sentence says what is wrong
    :raises gate.NotUsable: it was used already
    """
    if problem := _problem(decision, contact, at):
        raise NoPermit(
            _("%(problem)s Es wurde nichts gesendet.") % {"problem": problem},
            decision=str(decision.public_id),
        )
    gate.require_usable(decision, at=at)


def _problem(decision: ContactDecision, contact: Contact, at: datetime) -> str:
    if decision.outcome not in (codes.Outcome.ALLOW, codes.Outcome.ALLOW_IF):
        return _("Der Kontakt ist nicht erlaubt.")
    if not decision.decided_at <= at < decision.expires_at:
        return _("Die Erlaubnis ist abgelaufen; bitte prüfen Sie sie neu.")
    person = contact.person
    if decision.subject not in references.subjects_of([person.pk]).get(person.pk, []):
        return _("Die Erlaubnis gilt für eine andere Person.")
    if decision.point is None or decision.point != references.point_of(contact.point):
        return _("Die Erlaubnis gilt für einen anderen Kontaktweg.")
    if decision.channel != contact.channel:
        return _("Die Erlaubnis gilt für einen anderen Kanal.")
    if decision.purpose != contact.purpose:
        return _("Die Erlaubnis gilt für einen anderen Zweck.")
    if decision.question.get("controller") != str(contact.controller.public_id):
        return _("Die Erlaubnis gilt für einen anderen Verantwortlichen.")
    if contact.point.kind not in KINDS[codes.Channel(contact.channel)]:
        return _("Über %(value)s lässt sich auf diesem Kanal nichts senden.") % {
            "value": contact.point.display
        }
    return ""
