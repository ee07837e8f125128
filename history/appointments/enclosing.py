"""The full notice as it follows in writing: below a mail, on the pages behind a letter."""

from consent import links
from consent.notices import documents
from consent.notices.documents import Document
from consent.notices.rules.wording import WORDS
from history.models import AppointmentMessage


def of(message: AppointmentMessage) -> Document | None:
    """What goes with the message, its new items marked; None if nothing does."""
    if message.notice is None:
        return None
    new = tuple(message.notice_new)
    return documents.of_version(message.notice, language=message.notice_language, new=new)


def heading(document: Document) -> str:
    """What stands above it."""
    return f"{document.heading}: {document.title}"


def paragraphs(document: Document) -> list[tuple[str, str]]:
    """Titles and texts; the right to object stands first and by itself (Art. 21(4) GDPR)."""
    mark = WORDS[document.language].NEW
    apart = [document.objection] if document.objection else []
    return [
        (f"{each.title} ({mark})" if each.is_new else each.title, each.text)
        for each in (*apart, *document.sections)
    ]


def foot(document: Document) -> str:
    """Where it stays readable, and of when it is."""
    where = links.notice_version(document.version)
    return f"{WORDS[document.language].READ_AT.format(link=where)}\n{document.dated}"
