"""What channels and purposes are called, and which contact points a channel can use."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent.decision.codes import Channel
from consent.facts import KINDS_OF_CHANNEL

LABELS: dict[str, str | Promise] = {
    Channel.EMAIL: _("E‑Mail"),
    Channel.PHONE: _("Anruf"),
    Channel.SMS: _("SMS"),
    Channel.POST: _("Brief"),
    Channel.MESSENGER: _("Messenger"),
    Channel.SOCIAL_DM: _("Nachricht im sozialen Netz"),
    Channel.FAX: _("Fax"),
    Channel.VIDEO: _("Videoanruf"),
    Channel.ROBOCALL: _("automatischer Anruf"),
}
PURPOSES: dict[str, str | Promise] = {
    "newsletter": _("Newsletter"),
    "product_offer": _("Angebote zu Produkten"),
    "partner_offer": _("Angebote von Partnern"),
    "satisfaction_survey": _("Befragungen zur Zufriedenheit"),
    "sales_call": _("Beratung und Angebote am Telefon"),
    "appointment_acquisition": _("Vorschläge für Termine"),
    "consent_request": _("Frage nach einer Einwilligung"),
    "appointment_confirm": _("Bestätigung eines Termins"),
    "appointment_reminder": _("Erinnerung an einen Termin"),
    "contract_info": _("Nachrichten zu einem Vertrag"),
    "invoice": _("Rechnungen"),
    "callback_requested": _("gewünschter Rückruf"),
    "legal_notice": _("rechtlich nötige Mitteilungen"),
    "doi_confirmation": _("Bestätigung einer Anmeldung"),
    "call_recording": _("Aufzeichnung von Gesprächen"),
    "profile_attribute": _("Angaben zur Person"),
}


def of(kind: str) -> list[str]:
    """Codes of the channels that a contact point of this kind can serve, in their usual order."""
    return [channel for channel in LABELS if fits(channel, kind)]


def fits(channel: str, kind: str) -> bool:
    """Whether the channel can use a contact point of this kind."""
    return kind in KINDS_OF_CHANNEL.get(channel, ())


def label(channel: str) -> str:
    """What a channel is called."""
    return str(LABELS.get(channel, channel))


def purpose(code: str) -> str:
    """What a purpose is called."""
    return str(PURPOSES.get(code, code))
