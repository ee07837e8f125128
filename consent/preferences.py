"""What people change about their consents themselves, by the link in a message and without a
log-in: withdraw one, withdraw all, object to advertising, agree to something new."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consent import channels, circumstances, consents, evidences, references, standing
from consent.decision.codes import Channel
from consent.ledger import chain
from consent.links import Key
from consent.models import (
    ConfirmationKind,
    ConsentText,
    EventKind,
    EvidenceKind,
    Grade,
    LedgerEvent,
    OptInRequest,
    TextForm,
    TextStatus,
)
from consent.optin import Press, requests
from contacts import contact_points
from contacts.models import (
    ContactPoint,
    ContactPointHolder,
    ContactPointKind,
    ContactPointStatus,
    Person,
)
from crm.kernel import errors

VIA = "preference_page"
ONE_CLICK = "list_unsubscribe"


@dataclass(frozen=True, slots=True)
class Offer:
    """A consent that the person could give: a published text, over one way."""

    text: ConsentText
    point: ContactPoint
    channel: str

    @property
    def key(self) -> str:
        """``<text>:<contact point>:<channel>``."""
        return f"{self.text.public_id}:{self.point.public_id}:{self.channel}"

    @property
    def channel_label(self) -> str:
        """What the channel is called."""
        return channels.label(self.channel)


@dataclass(frozen=True, slots=True)
class Given:
    """What came of new consents: how many count at once, how many wait to be confirmed."""

    confirmed: int
    waiting: list[OptInRequest]


def offers(key: Key, *, language: str, at: datetime) -> list[Offer]:
    """What the person has not agreed to yet and can confirm over the contact point itself."""
    texts = ConsentText.objects.filter(
        status=TextStatus.PUBLISHED, form=TextForm.WEB_FORM, controller=key.controller
    )
    wanted = {text.code: text for text in texts.filter(language="de")}
    wanted |= {text.code: text for text in texts.filter(language=language)}
    held = [holder.contact_point for holder in _usable(key.person)]
    has = {
        (line.point.pk, line.channel, purpose)
        for line in standing.of(key.person, controller=key.controller, at=at)
        if line.point is not None and not line.is_pending
        for purpose in line.purposes
    }
    return [
        Offer(text, point, channel)
        for _code, text in sorted(wanted.items())
        for point in held
        for channel in text.channels
        if _can_confirm(point, channel)
        and not all((point.pk, channel, purpose) in has for purpose in text.purposes)
    ]


@transaction.atomic
def withdraw(*, key: Key, lines: Collection[str], press: Press, at: datetime) -> int:
    """Withdraw the lines with these keys (:attr:`standing.Line.key`); effective at once.

    Gives how many there were. What is withdrawn already is left as it is.
    """
    _lock(key.person)
    open_ = standing.of(key.person, controller=key.controller, at=at)
    return _withdraw([line for line in open_ if line.key in lines], press=press, at=at)


@transaction.atomic
def withdraw_all(*, key: Key, press: Press, at: datetime) -> int:
    """Withdraw everything that the person agreed to towards this controller."""
    _lock(key.person)
    return _withdraw(standing.of(key.person, controller=key.controller, at=at), press=press, at=at)


@transaction.atomic
def object_to_all(*, key: Key, press: Press, at: datetime) -> LedgerEvent:
    """Object to all advertising (Art. 21(2) GDPR) and withdraw all consents with it."""
    withdraw_all(key=key, press=press, at=at)
    if (standing_one := _objection(key.person)) is not None:
        return standing_one
    return circumstances.object_to_marketing(
        actor=None, person=key.person, received_at=at, at=at, via=VIA
    )


@transaction.atomic
def unsubscribe(*, key: Key, press: Press, at: datetime) -> None:
    """One click in a mail program: no more mails like the one that the link stood in.

    Where no consent was behind it (§ 7(3) UWG), it is an objection to that purpose by e-mail.
    """
    _lock(key.person)
    mine = [
        line
        for line in standing.of(key.person, controller=key.controller, at=at)
        if line.point == key.point
        and line.channel == Channel.EMAIL
        and key.purpose in line.purposes
    ]
    if mine:
        _withdraw(mine, press=press, at=at, via=ONE_CLICK, purposes=[key.purpose])
        return
    circumstances.object_to_marketing(
        actor=None,
        person=key.person,
        received_at=at,
        at=at,
        via=ONE_CLICK,
        scope="channel",
        value=Channel.EMAIL,
    )


def has_objected(person: Person) -> bool:
    """Whether an objection to all advertising stands."""
    return _objection(person) is not None


def give(*, key: Key, wanted: Sequence[str], language: str, press: Press, at: datetime) -> Given:
    """Agree to offers by their keys.

    Over the mailbox that the link was sent to, it counts at once: who came by the link has shown
    that the mailbox is theirs. Every other contact point confirms for itself.

    :raises errors.Invalid: nothing chosen, or something that is not on offer any more
    """
    open_ = {offer.key: offer for offer in offers(key, language=language, at=at)}
    if not wanted or not set(wanted) <= set(open_):
        raise errors.Invalid({"offer": [_("Bitte wählen Sie mindestens einen Weg.")]})
    chosen = [open_[each] for each in dict.fromkeys(wanted)]
    confirmed, waiting = 0, []
    for text in dict.fromkeys(offer.text for offer in chosen):
        ways: dict[ContactPoint, list[str]] = {}
        for offer in chosen:
            if offer.text == text:
                ways.setdefault(offer.point, []).append(offer.channel)
        if key.point in ways and key.point.kind == ContactPointKind.EMAIL:
            _grant(key, text, ways.pop(key.point), press=press, at=at)
            confirmed += 1
        if ways:
            made = requests.request(
                actor=None,
                person=key.person,
                controller=key.controller,
                text=text,
                wishes=[requests.Wish(point, named) for point, named in ways.items()],
                purposes=text.purposes,
                press=press,
                at=at,
            )
            waiting.append(made)
    return Given(confirmed, waiting)


@transaction.atomic
def _grant(key: Key, text: ConsentText, named: list[str], *, press: Press, at: datetime) -> None:
    log = {
        "granted_at": chain.instant(at),
        "address": press.address,
        "agent": press.agent,
        "form": press.form,
        "link_sent_to": key.point.display,
        "channels": named,
        "purposes": list(text.purposes),
        "text_sha256": text.sha256,
    }
    proof = evidences.store(
        content=json.dumps(log, ensure_ascii=False, sort_keys=True, indent=1).encode(),
        kind=EvidenceKind.FORM_LOG,
        grade=Grade.B,
        media_type="application/json",
        name=_("Einstellungen.json"),
        at=at,
    )
    origin = {"address": press.address, "agent": press.agent, "form": press.form}
    consent = consents.grant(
        actor=None,
        declaration=consents.Declaration(
            person=key.person,
            point=key.point,
            controller=key.controller,
            channels=named,
            purposes=text.purposes,
            method="web_form",
            declared_at=at,
            text=text,
            evidence=[proof],
            payload=origin,
        ),
        is_pending=True,
        at=at,
    )
    consents.confirm(
        actor=None,
        consent=consent,
        how=ConfirmationKind.EMAIL_LINK,
        point=key.point,
        channels=named,
        effective_at=at,
        at=at,
        evidence=[proof],
        payload=origin,
    )


def _withdraw(
    lines: list[standing.Line],
    *,
    press: Press,
    at: datetime,
    via: str = VIA,
    purposes: Sequence[str] = (),
) -> int:
    """One event for each consent: for all of it, or for the channels that were named."""
    by_consent: dict[object, list[standing.Line]] = {}
    for line in lines:
        by_consent.setdefault(line.consent.public_id, []).append(line)
    for same in by_consent.values():
        named = standing.withdrawn_channels(same)
        if purposes:
            named = sorted({line.channel for line in same})
        consents.withdraw(
            actor=None,
            consents=[same[0].consent],
            received_at=at,
            at=at,
            channels=named,
            purposes=purposes,
            via=via,
            payload={"address": press.address, "agent": press.agent},
        )
    return len(lines)


def _usable(person: Person) -> list[ContactPointHolder]:
    return list(contact_points.held_by(person).filter(status=ContactPointStatus.ACTIVE))


def _can_confirm(point: ContactPoint, channel: str) -> bool:
    if channel == Channel.EMAIL:
        return point.kind == ContactPointKind.EMAIL
    return channel in requests.BY_SMS and point.kind == ContactPointKind.MOBILE


def _objection(person: Person) -> LedgerEvent | None:
    refs = references.subjects_of([person.pk]).get(person.pk, [])
    lifted = LedgerEvent.objects.filter(person__in=refs, kind=EventKind.OBJECTION_LIFTED)
    return (
        LedgerEvent.objects.filter(
            person__in=refs, kind=EventKind.OBJECTED, details__scope="marketing_all"
        )
        .exclude(public_id__in=lifted.values("about"))
        .last()
    )


def _lock(person: Person) -> None:
    """Whoever presses twice at once waits for the first press."""
    list(Person.objects.select_for_update(of=("self",)).filter(pk=person.pk).values_list("pk"))
