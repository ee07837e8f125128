"""The channels of the contact history: what they are called, how they look. Data, no branches."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """On what way a contact happened."""

    PHONE = "PHONE", _("Anruf")
    EMAIL = "EMAIL", _("E‑Mail")
    LETTER = "LETTER", _("Brief")
    FAX = "FAX", _("Fax")
    SMS = "SMS", _("SMS")
    CHAT = "CHAT", _("Chat")
    MESSENGER = "MESSENGER", _("Messenger")
    SOCIAL = "SOCIAL", _("Soziales Netz")
    VIDEO = "VIDEO", _("Video")
    VISIT = "VISIT", _("Besuch")
    FAIR = "FAIR", _("Messe")
    WEB_FORM = "WEB_FORM", _("Webformular")
    ERP = "ERP", _("Warenwirtschaft")
    NOTE = "NOTE", _("Notiz")


class Direction(models.TextChoices):
    """Who turned to whom. ``NONE``: nobody did, somebody wrote something down."""

    INBOUND = "IN", _("von außen")
    OUTBOUND = "OUT", _("von uns")
    NONE = "", _("ohne Richtung")


@dataclass(frozen=True, slots=True)
class Trait:
    """``icon`` is a sign of the sprite, ``kinds`` are the kinds of contact points that the channel
    runs over, ``consent`` is its code at the gate (empty: nobody is addressed over it)."""

    icon: str
    kinds: tuple[str, ...] = ()
    consent: str = ""


TRAITS: dict[str, Trait] = {
    Channel.PHONE: Trait("phone", ("PHONE", "MOBILE"), "phone"),
    Channel.EMAIL: Trait("mail", ("EMAIL",), "email"),
    Channel.LETTER: Trait("letter", ("POSTAL",), "post"),
    Channel.FAX: Trait("fax", ("FAX",), "fax"),
    Channel.SMS: Trait("sms", ("MOBILE",), "sms"),
    Channel.CHAT: Trait("chat", ()),
    Channel.MESSENGER: Trait("chat", ("MESSENGER", "MOBILE"), "messenger"),
    Channel.SOCIAL: Trait("chat", ("SOCIAL",), "social_dm"),
    Channel.VIDEO: Trait("video", ("PHONE", "MOBILE", "EMAIL"), "video"),
    Channel.VISIT: Trait("visit", ()),
    Channel.FAIR: Trait("fair", ()),
    Channel.WEB_FORM: Trait("in", ("EMAIL", "PHONE", "MOBILE")),
    Channel.ERP: Trait("order", ()),
    Channel.NOTE: Trait("note", ()),
}


def label(channel: str) -> str | Promise:
    """What a channel is called; an unknown one by its code."""
    return Channel(channel).label if channel in Channel.values else channel
