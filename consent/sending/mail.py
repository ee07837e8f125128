"""E-mail to contacts, over whatever backend Django is set up with."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr, make_msgid
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consent import gate, links
from consent.decision import codes
from consent.models import ContactDecision, Controller, LedgerEvent
from consent.sending import permits
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import errors


class NotSent(errors.DomainError):
    """The mail server did not take the message."""

    code = "not-sent"
    default_message = gettext_lazy(
        "Der Mailserver hat die Nachricht nicht angenommen. Bitte versuchen Sie es später noch "
        "einmal oder fragen Sie Ihre Administration."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What travels with a mail."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What left: ``message_id`` as in its header, SHA-256 of its body (hex), the use event."""

    message_id: str
    body_sha256: str
    use: LedgerEvent


def send(
    *,
    actor: User | None,
    decision: ContactDecision,
    person: Person,
    point: ContactPoint,
    purpose: str,
    controller: Controller,
    subject: str,
    body: str,
    at: datetime,
    headers: Mapping[str, str] | None = None,
    files: Sequence[File] = (),
) -> Sent:
    """Send one plain-text mail, with ``files``, and record that the permit was used.

    Advertising gets what the law asks for whoever writes it: who sends it, how to withdraw or
    object, and the header with which mail programs unsubscribe in one click (RFC 8058).

    :raises permits.NoPermit: the decision does not allow exactly this mail now
    :raises NotSent: the server refused it; nothing is recorded as used
    """
    contact = permits.Contact(
        person=person,
        point=point,
        channel=codes.Channel.EMAIL,
        purpose=purpose,
        controller=controller,
    )
    permits.require(decision, contact, at=at)
    every = {"Message-ID": make_msgid(domain=_domain()), **(headers or {})}
    if contact.is_advertising:
        body = f"{body.rstrip()}\n\n-- \n{_footer(contact, controller)}\n"
        link = links.unsubscribe(person=person, point=point, controller=controller, purpose=purpose)
        every["List-Unsubscribe"] = f"<{link}>"
        every["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        from_email=formataddr((controller.name, settings.DEFAULT_FROM_EMAIL)),
        to=[point.normalised],
        reply_to=[controller.email] if controller.email else None,
        headers=every,
        attachments=[(each.name, each.content, each.media_type) for each in files],
    )
    _hand_over(message)
    use = gate.use(
        actor=actor, decision=decision, reference=every["Message-ID"], outcome="sent", at=at
    )
    return Sent(every["Message-ID"], hashlib.sha256(body.encode()).hexdigest(), use)


def _hand_over(message: EmailMessage) -> None:
    try:
        message.send(fail_silently=False)
    except (SMTPException, OSError) as error:
        raise NotSent(problem=type(error).__name__) from error


def _footer(contact: permits.Contact, controller: Controller) -> str:
    place = " ".join(filter(None, (controller.postal_code, controller.city)))
    sender = ", ".join(filter(None, (controller.name, controller.street, place)))
    withdrawal = _(
        "Sie können jederzeit widerrufen oder der Werbung widersprechen, ohne Gründe und ohne "
        "andere Kosten als die der Übermittlung:"
    )
    link = links.preferences(person=contact.person, point=contact.point, controller=controller)
    return "\n".join((sender, withdrawal, link))


def _domain() -> str:
    address = settings.DEFAULT_FROM_EMAIL.rstrip(">")
    return str(address.rpartition("@")[2] or "localhost")
