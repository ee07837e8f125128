"""Notices on their way to somebody: by e-mail, as a link by SMS, as a letter. No advertising.

Everything passes the gate with the purpose ``legal_notice`` and is written down with what became
of it; a mail or SMS counts a day later unless it bounces.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consent import gate, links
from consent.decision.codes import Channel
from consent.models import (
    ContactDecision,
    NoticeProvision,
    NoticeVersion,
    ProvisionMedium,
    ProvisionStatus,
)
from consent.notices import documents, letters, provisions
from consent.notices.documents import Document
from consent.notices.rules import wording
from consent.sending import mail, sms
from contacts.models import ContactPoint, Person
from crm.accounts.models import User
from crm.kernel import errors

PURPOSE = "legal_notice"


@transaction.atomic
def by_email(
    *,
    actor: User | None,
    person: Person,
    point: ContactPoint,
    version: NoticeVersion,
    language: str,
    at: datetime,
    new: tuple[str, ...] = (),
) -> NoticeProvision:
    """Send the whole notice, what is ``new`` marked.

    :raises gate.NotAllowed: the mailbox is not the person's, or is dead
    :raises mail.NotSent: the server refused it; nothing is recorded
    """
    document = documents.for_person(version, person=person, language=language, new=new)
    sent = mail.send(
        actor=actor,
        decision=_permit(actor, person, point, version, Channel.EMAIL, at),
        person=person,
        point=point,
        purpose=PURPOSE,
        controller=version.controller,
        subject=f"{document.heading}: {document.title}",
        body=text_of(document),
        at=at,
    )
    return _told(actor, person, version, ProvisionMedium.EMAIL, language, sent.message_id, at)


@transaction.atomic
def by_sms(
    *,
    actor: User | None,
    person: Person,
    point: ContactPoint,
    version: NoticeVersion,
    language: str,
    at: datetime,
) -> NoticeProvision:
    """Send the address of the full text.

    :raises gate.NotAllowed: the number is not the person's, or is dead
    :raises gateways.GatewayFailed: the provider refused it; nothing is recorded
    """
    text = wording.WORDS[language].TEXT_MESSAGE.format(
        name=version.controller.name,
        purpose=wording.purpose(version.purpose, language),
        link=links.notice_version(version),
    )
    sent = sms.send(
        actor=actor,
        decision=_permit(actor, person, point, version, Channel.SMS, at),
        person=person,
        point=point,
        purpose=PURPOSE,
        controller=version.controller,
        text=text,
        at=at,
    )
    return _told(actor, person, version, ProvisionMedium.SMS, language, sent.message_id, at)


@transaction.atomic
def as_letter(
    *,
    actor: User | None,
    person: Person,
    version: NoticeVersion,
    language: str,
    at: datetime,
    new: tuple[str, ...] = (),
) -> tuple[bytes, NoticeProvision]:
    """The letter to print, and that it waits for the post: queued, until somebody sends it.

    :raises errors.Invalid: the person has no address (field ``medium``)
    """
    if not person.addresses.filter(valid_to=None).exists():
        raise errors.Invalid({"medium": [_("Zu dieser Person gibt es keine gültige Anschrift.")]})
    made = letters.letter(version, person=person, language=language, at=at, new=new)
    queued, medium = ProvisionStatus.QUEUED, ProvisionMedium.LETTER
    return made, _told(actor, person, version, medium, language, "", at, status=queued)


@transaction.atomic
def bounce(
    *, actor: User | None, provision: NoticeProvision, person: Person, at: datetime
) -> NoticeProvision:
    """Record that a message came back: it does not count any more.

    :raises errors.Invalid: it was not sent
    """
    if provision.status not in (ProvisionStatus.SENT, ProvisionStatus.DELIVERED):
        raise errors.Invalid({"status": [_("Nur Gesendetes kann zurückkommen.")]})
    return provisions.record(
        actor=actor,
        person=person,
        version=provision.version,
        items=provision.items,
        medium=provision.medium,
        status=ProvisionStatus.BOUNCED,
        language=provision.language,
        reference=provision.reference,
        given_at=at,
        at=at,
    )


@transaction.atomic
def arrived(*, person: Person, reference: str, at: datetime) -> NoticeProvision | None:
    """Record that somebody answered the message that a notice went with: it reached them.

    None if no notice went with it, or if that is known already.
    """
    rows = NoticeProvision.objects.filter(reference=reference).exclude(reference="")
    sent = rows.filter(status=ProvisionStatus.SENT).select_related("version").last()
    if sent is None or rows.filter(status=ProvisionStatus.DELIVERED).exists():
        return None
    return provisions.record(
        actor=None,
        person=person,
        version=sent.version,
        items=sent.items,
        medium=sent.medium,
        status=ProvisionStatus.DELIVERED,
        language=sent.language,
        reference=reference,
        given_at=at,
        at=at,
    )


def text_of(document: Document) -> str:
    """The notice as plain text, as a message of its own."""
    head = wording.WORDS[document.language].MAIL.format(purpose=document.title)
    return f"{head}\n\n{said(document)}\n"


def said(document: Document) -> str:
    """The notice as plain text, where it can be read on the web, and its version."""
    words = wording.WORDS[document.language]
    foot = words.READ_AT.format(link=links.notice_version(document.version))
    return "\n\n".join((*_paragraphs(document, words.NEW), foot, document.dated))


def _paragraphs(document: Document, mark: str) -> Iterable[str]:
    if document.objection is not None:
        yield f"{document.objection.title.upper()}\n{document.objection.text}"
    for section in document.sections:
        title = f"{section.title} ({mark})" if section.is_new else section.title
        yield f"{title}\n{section.text}"


def _permit(
    actor: User | None,
    person: Person,
    point: ContactPoint,
    version: NoticeVersion,
    channel: Channel,
    at: datetime,
) -> ContactDecision:
    return gate.permit(
        actor=actor,
        person=person,
        point=point,
        channel=channel,
        purpose=PURPOSE,
        controller=version.controller,
        at=at,
    )


def _told(
    actor: User | None,
    person: Person,
    version: NoticeVersion,
    medium: ProvisionMedium,
    language: str,
    reference: str,
    at: datetime,
    status: ProvisionStatus = ProvisionStatus.SENT,
) -> NoticeProvision:
    return provisions.record(
        actor=actor,
        person=person,
        version=version,
        medium=medium,
        status=status,
        language=language,
        reference=reference[:300],
        given_at=at,
        at=at,
    )
