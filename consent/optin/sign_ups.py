"""What becomes of an entry in a public form: a person, a pending consent, one mail to confirm it.

It is done in the background, so that whoever enters an address learns nothing about it: neither
from the answer nor from how long it takes.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Self
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from consent import evidences, gate
from consent.decision.codes import Channel
from consent.models import (
    ConsentText,
    Evidence,
    EvidenceKind,
    Grade,
    OptInConfirmation,
    OptInRequest,
    SignUpForm,
)
from consent.notices import documents, versions
from consent.notices.documents import Document
from consent.optin import Press, requests
from consent.optin.sign_up_forms import NOTICES
from contacts import contact_points, persons
from contacts.contact_points import Reading
from contacts.matching import normalise
from contacts.models import ContactPoint, ContactPointKind, ContactPointStatus, Person
from crm.accounts.models import User

FORM: Final = "eintragen/"
"""How the form is called in a request: this and the code of its text."""
MOST_MAILS: Final = 3
"""So many confirmations one mailbox gets within :data:`WITHIN`: the form is no means to bother."""
WITHIN: Final = timedelta(days=1)
_LONGEST_NAME: Final = 150
_REACHABLE: Final = (ContactPointStatus.ACTIVE, ContactPointStatus.BOUNCED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An entry that was found in order, as it travels to where it is carried out.

    ``public_id`` is what the request will be called: carried out twice, it is there once.
    ``shown`` is the form as it was to be seen. ``actor`` is whose key a website used.
    """

    public_id: str
    code: str
    text: str
    email: str
    name: str
    language: str
    shown: str
    address: str
    agent: str
    form: str
    pressed_at: str
    actor: int | None = None

    @classmethod
    def read(cls, values: dict[str, Any]) -> Self:
        """From what :meth:`told` gave."""
        return cls(**values)

    def told(self) -> dict[str, Any]:
        """As it travels: JSON values."""
        return asdict(self)

    @property
    def press(self) -> Press:
        """From where, and when."""
        moment = datetime.fromisoformat(self.pressed_at)
        return Press(address=self.address, agent=self.agent, form=self.form, at=moment)


def carry_out(wanted: Wanted, *, at: datetime) -> OptInRequest | None:
    """Record the entry and send its mail; None if the mailbox got enough of them today.

    A mail that the server did not take is sent when this is called again.

    :raises mail.NotSent: the mail server did not take it
    """
    known = OptInRequest.objects.filter(public_id=wanted.public_id).first()
    text = ConsentText.objects.select_related("controller").get(public_id=wanted.text)
    try:
        if known is not None:
            requests.send_unsent(known, notice=_notice(text, wanted), at=at)
            return known
        return _ask(wanted, text, at=at)
    except gate.NotAllowed:
        return OptInRequest.objects.filter(public_id=wanted.public_id).first()


def _ask(wanted: Wanted, text: ConsentText, *, at: datetime) -> OptInRequest | None:
    reading = contact_points.read(kind=ContactPointKind.EMAIL, value=wanted.email)
    with transaction.atomic():
        point = _locked(reading)
        if _has_enough(point, at=at):
            return None
        person = _person(point, wanted, text, at=at)
    return requests.request(
        actor=User.objects.filter(pk=wanted.actor).first() if wanted.actor else None,
        person=person,
        controller=text.controller,
        text=text,
        wishes=[requests.Wish(point, [Channel.EMAIL])],
        purposes=text.purposes,
        press=wanted.press,
        notice=_notice(text, wanted),
        shown=_shown(wanted, at=at),
        public_id=UUID(wanted.public_id),
        at=at,
    )


def _locked(reading: Reading) -> ContactPoint:
    """The mailbox; whoever enters the same one at the same time waits."""
    point, _created = ContactPoint.objects.get_or_create(
        kind=reading.kind, normalised=reading.normalised, defaults={"display": reading.display}
    )
    return ContactPoint.objects.select_for_update().get(pk=point.pk)


def _has_enough(point: ContactPoint, *, at: datetime) -> bool:
    sent = OptInConfirmation.objects.filter(point=point, sent_at__gt=at - WITHIN)
    return sent.count() >= MOST_MAILS


def _person(point: ContactPoint, wanted: Wanted, text: ConsentText, *, at: datetime) -> Person:
    """Whose mailbox it is: the one who has it, of several the one of this name, else somebody new.

    Nothing that a stranger typed changes what is known of anybody.
    """
    parts = persons.parts_of_name(wanted.name) if wanted.name else _nameless(point)
    if known := _known(point, parts, has_name=bool(wanted.name)):
        return known
    source = SignUpForm.objects.select_related("source").get(code=wanted.code).source
    day = timezone.localdate(wanted.press.at)
    new = persons.create(
        actor=None,
        values={**parts, "language": text.language},
        source=source,
        confirmed_on=day,
        at=at,
    )
    contact_points.add(
        actor=None, record=new, kind=point.kind, value=point.normalised, source=source,
        confirmed_on=day, at=at,
    )  # fmt: skip
    return new


def _known(point: ContactPoint, parts: dict[str, str], *, has_name: bool) -> Person | None:
    held = point.holders.filter(person__isnull=False, status__in=_REACHABLE)
    holders = [each.person for each in held.select_related("person").order_by("pk") if each.person]
    nameless = [each for each in holders if each.surname == _nameless(point)["surname"]]
    if has_name:
        found = [each for each in holders if _is_called(each, parts)] or nameless
    else:
        found = nameless or (holders if len(holders) == 1 else [])
    return found[0] if found else None


def _nameless(point: ContactPoint) -> dict[str, str]:
    """Who gave no name is called like the mailbox, until somebody knows better."""
    return {"surname": point.normalised[:_LONGEST_NAME]}


def _is_called(person: Person, parts: dict[str, str]) -> bool:
    """Whether both have the surname, and the same initial as far as it is known."""
    initials = {
        normalise.fold(given)[:1] for given in (person.given_name, parts.get("given_name", ""))
    }
    same = normalise.fold(person.surname) == normalise.fold(parts["surname"])
    return same and len(initials - {""}) < 2


def _notice(text: ConsentText, wanted: Wanted) -> Document | None:
    version = versions.first_current(controller=text.controller, purposes=NOTICES)
    return documents.of_version(version, language=wanted.language) if version else None


def _shown(wanted: Wanted, *, at: datetime) -> Evidence | None:
    if not wanted.shown:
        return None
    return evidences.store(
        content=wanted.shown.encode(),
        kind=EvidenceKind.FORM_LOG,
        grade=Grade.D,
        media_type="text/plain",
        name=_("Formular, wie es zu sehen war.html.txt"),
        at=at,
    )
