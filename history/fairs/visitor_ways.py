"""The ways in which a visitor may allow us to get in touch: what the page offers, tick by tick."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from consent import channels
from consent.decision.codes import Channel
from consent.models import ConsentText, TextForm, TextStatus
from consent.optin import requests
from contacts import contact_points
from contacts.models import ContactPointKind
from crm.kernel import errors
from history.models import Event

KINDS: Final[Mapping[str, ContactPointKind]] = {
    "email": ContactPointKind.EMAIL,
    "mobile": ContactPointKind.MOBILE,
    "phone": ContactPointKind.PHONE,
}
"""What may be corrected, and which kind of contact point it is."""


class Proof(StrEnum):
    """How somebody shows that a contact point is theirs: a landline shows nothing by itself."""

    LINK = "link"
    CODE = "code"
    SLIP = "slip"


PROOFS: Final = {"email": Proof.LINK, "mobile": Proof.CODE, "phone": Proof.SLIP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is known of the visitor, as it was noted or as the visitor corrected it."""

    name: str = ""
    company_name: str = ""
    email: str = ""
    mobile: str = ""
    phone: str = ""

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Self:
        """From a link or a form; a mobile number that stands under ``phone`` is one."""
        known = {name: values.get(name, "").strip() for name in cls.__slots__}
        details = cls(**known)
        if details.phone and not details.mobile and _is_mobile(details.phone):
            return replace(details, mobile=details.phone, phone="")
        return details

    def values(self) -> dict[str, str]:
        """By field, the empty ones left out."""
        every = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in every.items() if value}


@dataclass(frozen=True, slots=True)
class Way:
    """One channel of one text over one contact point; ``value`` is empty if it is to be asked."""

    text: ConsentText
    channel: str
    field: str
    value: str

    @property
    def key(self) -> str:
        """``<text>:<channel>:<field>``."""
        return f"{self.text.public_id}:{self.channel}:{self.field}"

    @property
    def proof(self) -> Proof:
        """What it takes until it counts."""
        return PROOFS[self.field]

    @property
    def kind(self) -> ContactPointKind:
        """The kind of the contact point as it was noted."""
        return KINDS[self.field]

    @property
    def channel_label(self) -> str:
        """What the channel is called."""
        return channels.label(self.channel)


def offered(event: Event, *, details: Details, language: str) -> list[Way]:
    """All ways of the event's texts that can be answered on a phone (2 queries)."""
    return [
        Way(text, channel, field, getattr(details, field))
        for text in texts_of(event, language=language)
        for channel in text.channels
        for field in _fields(channel, details)
    ]


def texts_of(event: Event, *, language: str) -> list[ConsentText]:
    """What the event asks for: of each of its texts the version in force, in the language if
    there is one, else in German, else in any (2 queries)."""
    codes = set(event.texts.order_by().values_list("code", flat=True))
    rows = ConsentText.objects.filter(
        code__in=codes, controller=event.controller_id, status=TextStatus.PUBLISHED
    ).exclude(form=TextForm.SPOKEN)
    best: dict[str, ConsentText] = {}
    for text in sorted(rows, key=lambda each: (each.language == language, each.language == "de")):
        best[text.code] = text
    return [best[code] for code in sorted(best)]


def _fields(channel: str, details: Details) -> list[str]:
    if channel == Channel.EMAIL:
        return ["email"]
    if channel not in requests.BY_SMS or not channels.fits(channel, ContactPointKind.MOBILE):
        return []
    if channel != Channel.PHONE or not details.phone:
        return ["mobile"]
    return ["mobile", "phone"] if details.mobile else ["phone", "mobile"]


def _is_mobile(value: str) -> bool:
    try:
        reading = contact_points.read(kind=ContactPointKind.PHONE, value=value)
    except errors.Invalid:
        return False
    return reading.kind == ContactPointKind.MOBILE
