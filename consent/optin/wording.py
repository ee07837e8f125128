"""What the messages of a double opt-in say: who asked for what, and how to confirm. Nothing that
advertises, nothing that is loaded from elsewhere (OLG München 29 U 1682/12 held against a mail
that did more)."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent import channels
from consent.models import OptInConfirmation
from consent.notices import delivering
from consent.notices.documents import Document

_RULE = "-" * 40


@dataclass(frozen=True, slots=True)
class Mail:
    """Subject and body."""

    subject: str
    body: str


def mail(confirmation: OptInConfirmation, *, link: str, notice: Document | None = None) -> Mail:
    """The confirmation mail in the language of the text that was shown; below it the ``notice``
    on what is stored, whole, in its own language."""
    request = confirmation.request
    controller = request.controller
    with translation.override(request.text.language):
        values = {
            "firm": controller.name,
            "day": date_format(confirmation.expires_at, "DATE_FORMAT"),
            "purposes": ", ".join(channels.purpose(code) for code in request.purposes),
            "link": link,
        }
        parts = [
            _("Guten Tag,"),
            _(
                "für diese Adresse wurde eine Einwilligung gegenüber %(firm)s angefordert: "
                "%(purposes)s per E‑Mail. Der Wortlaut:"
            )
            % values,
            _quoted(request.text.body),
            _("Wenn Sie das waren und einverstanden sind, bestätigen Sie es bitte hier:")
            + "\n"
            + link,
            _(
                "Der Verweis gilt bis zum %(day)s. Wenn Sie das nicht waren, brauchen Sie nichts "
                "zu tun: Ohne Bestätigung erhalten Sie keine weitere Nachricht, und die Anfrage "
                "wird gelöscht."
            )
            % values,
            _imprint(confirmation),
        ]
        if notice is not None:
            parts.append(f"{_RULE}\n{notice.heading}: {notice.title}\n\n{delivering.said(notice)}")
        subject = _("Bitte bestätigen Sie Ihre Einwilligung")
    return Mail(subject, "\n\n".join(parts) + "\n")


def sms(confirmation: OptInConfirmation, *, code: str) -> str:
    """The text with the code: one SMS, without a link, so that nobody learns to follow them."""
    request = confirmation.request
    with translation.override(request.text.language):
        return _(
            "%(code)s ist Ihr Code, um %(firm)s Ihre Einwilligung zu bestätigen. Er gilt 10 "
            "Minuten. Nicht angefordert? Dann brauchen Sie nichts zu tun."
        ) % {"code": code, "firm": request.controller.name}


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _imprint(confirmation: OptInConfirmation) -> str:
    controller = confirmation.request.controller
    place = " ".join(filter(None, (controller.postal_code, controller.city)))
    lines = (controller.name, controller.street, place, controller.email, controller.phone)
    return "\n".join(filter(None, lines))
