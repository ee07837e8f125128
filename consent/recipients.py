"""Who gets data from this installation: those it is connected to, and those inside of it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consent.notices import configuring


@dataclass(frozen=True, slots=True)
class Recipient:
    """``what`` is which data, ``why`` what for; ``is_internal`` for one's own staff."""

    code: str
    name: Any
    what: Any
    why: Any
    is_internal: bool = False


def all_of() -> list[Recipient]:
    """As it is configured now."""
    found = [
        Recipient(
            "staff",
            _("Beschäftigte in Vertrieb und Service"),
            _("alle Daten, nach Rolle und Zuständigkeit"),
            _("Betreuung und Verkauf"),
            is_internal=True,
        ),
        Recipient(
            "privacy",
            _("Datenschutzbeauftragte Person"),
            _("alle Daten"),
            _("Prüfung und Betroffenenrechte"),
            is_internal=True,
        ),
    ]
    if "mail" in configuring.integrations():
        found.append(
            Recipient(
                "mail",
                _("E-Mail-Dienst (%(host)s)") % {"host": getattr(settings, "EMAIL_HOST", "")},
                _("E-Mail-Adresse, Inhalt der Nachricht"),
                _("Versand von E-Mails"),
            )
        )
    if settings.SMS_URL:
        found.append(
            Recipient(
                "sms",
                _("SMS-Dienst"),
                _("Mobilnummer, Inhalt der Nachricht"),
                _("Versand von SMS"),
            )
        )
    return found
