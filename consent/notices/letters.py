"""A notice as PDF/A: by itself, or as a letter to somebody."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from consent.desk import printing
from consent.desk.blocks import Block, Heading, Quote, Text
from consent.desk.printing import Letterhead
from consent.models import Controller, NoticeVersion
from consent.notices import documents
from consent.notices.documents import Document
from consent.notices.rules import wording
from contacts.models import Address, Person


def pdf(version: NoticeVersion, *, language: str, at: datetime) -> bytes:
    """The full text, for everybody."""
    return _set(documents.of_version(version, language=language), at=at)


def letter(
    version: NoticeVersion,
    *,
    person: Person,
    language: str,
    at: datetime,
    new: tuple[str, ...] = (),
) -> bytes:
    """The full text with the address of the person, what is ``new`` marked."""
    made = documents.for_person(version, person=person, language=language, new=new)
    address = (person.full_name, *_lines(_current(person)))
    return _set(made, at=at, letterhead=Letterhead(sender(version.controller), address))


def sender(controller: Controller) -> str:
    """Who writes, in one line."""
    place = f"{controller.postal_code} {controller.city}".strip()
    return " · ".join(filter(None, (controller.name, controller.street, place)))


def _set(document: Document, *, at: datetime, letterhead: Letterhead | None = None) -> bytes:
    with override("en" if document.language == "en" else "de"):
        return printing.to_pdf(
            title=f"{document.heading}: {document.title}",
            subtitle=f"{document.version.controller.name} · {document.dated}",
            blocks=list(_blocks(document)),
            letterhead=letterhead,
            attached={},
            at=at,
            language="en" if document.language == "en" else "de",
        )


def _blocks(document: Document) -> Iterable[Block]:
    if document.objection is not None:
        yield Heading(document.objection.title)
        yield Quote(document.objection.text)
    mark = wording.WORDS[document.language].NEW
    for section in document.sections:
        yield Heading(f"{section.title} ({mark})" if section.is_new else section.title, level=2)
        yield Text(section.text)


def _current(person: Person) -> Address | None:
    return person.addresses.filter(valid_to=None).first()


def _lines(address: Address | None) -> Iterable[str]:
    if address is None:
        return (_("(keine Anschrift)"),)
    return tuple(filter(None, (address.extra, address.street_line, address.place)))
