"""The full notice as it follows in writing: below a mail, on the pages behind a letter."""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consent import links
from consent.notices import documents
from consent.notices.documents import Document, Section
from history.models import AppointmentMessage


def of(message: AppointmentMessage) -> Document | None:
    """What goes with the message; None if nothing does."""
    if message.notice is None:
        return None
    new = tuple(message.notice_new)
    return documents.of_version(message.notice, language=message.notice_language, new=new)


def as_text(document: Document) -> str:
    """The whole notice as plain text."""
    with translation.override("en" if document.language == "en" else "de"):
        head = heading(document)
        parts = [head, "=" * len(head), *map(_section, sections(document))]
        return "\n\n".join([*parts, link(document)]) + "\n"


def heading(document: Document) -> str:
    """``Datenschutzhinweise: Termin, Fassung 2 vom 14. Januar 2026``."""
    published = document.published_at
    return _("Datenschutzhinweise: %(title)s, Fassung %(number)s vom %(day)s") % {
        "title": document.title,
        "number": document.version.number,
        "day": date_format(published, "DATE_FORMAT") if published else "–",
    }


def sections(document: Document) -> list[Section]:
    """All of it; the right to object stands first and by itself (Art. 21(4) GDPR)."""
    apart = [document.objection] if document.objection else []
    return [*apart, *document.sections]


def title(section: Section) -> str:
    """Its heading; what the reader was not told before is marked."""
    return _("NEU: %(title)s") % {"title": section.title} if section.is_new else section.title


def link(document: Document) -> str:
    """Where it stays readable."""
    return _("Auch zu lesen unter: %(link)s") % {"link": links.notice_version(document.version)}


def _section(section: Section) -> str:
    return f"{title(section)}\n{section.text}"
