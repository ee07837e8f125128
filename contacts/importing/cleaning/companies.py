"""The company of a row: name and legal form, numbers, industry, website."""

import re
from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

from contacts.importing.cleaning import problems
from contacts.importing.cleaning.cells import Cell, Cells
from contacts.importing.cleaning.problems import Refused
from contacts.importing.prepared import PreparedCompany
from contacts.importing.readers.table import Problem
from contacts.matching import normalise
from contacts.matching.normalise import Unreadable

WZ_2008: Final = re.compile(r"([A-U]\s?)?(\d{2})\.?(\d{1,2})?\.?(\d)?")


def prepare(cells: Cells) -> PreparedCompany | None:
    """The row's company, or ``None`` if no name is given.

    :raises Refused: a name, VAT id, industry or website that cannot be read
    """
    cell = cells.one("company.name")
    if not cell.text:
        return None
    try:
        name = normalise.company_name(cell.text)
    except Unreadable as error:
        raise Refused(problems.unreadable(error, cell.column)) from error
    return PreparedCompany(
        name=name.name,
        legal_form=_legal_form(cells.one("company.legal_form"), name.legal_form),
        number=cells.one("company.number").text,
        vat_id=_read(cells.one("company.vat_id"), normalise.vat_id),
        industry=_industry(cells.one("company.industry")),
        website=_read(cells.one("company.website"), normalise.website),
    )


def _legal_form(cell: Cell, found: str) -> str:
    """The form of its own column in canonical spelling, else the one split off the name."""
    if not cell.text:
        return found
    try:
        form = normalise.company_name(f"X {cell.text}").legal_form
    except Unreadable:
        form = ""
    return form or cell.text


def is_industry_code(text: str) -> bool:
    """Whether the text has the form of a WZ 2008 code: ``28.99``, ``C 28.99.1``, ``2899``."""
    return WZ_2008.fullmatch(text.strip()) is not None


def _industry(cell: Cell) -> str:
    if not cell.text:
        return ""
    match = WZ_2008.fullmatch(cell.text)
    if match is None:
        raise Refused(
            Problem(
                "industry-code",
                _("„%(text)s“ ist kein Code der Klassifikation WZ 2008.") % {"text": cell.text},
                cell.column,
                _("Tragen Sie zum Beispiel 28.99 ein, oder ordnen Sie die Spalte anders zu."),
            )
        )
    return ".".join(part for part in match.groups()[1:] if part)


def _read(cell: Cell, reader: Callable[[str], str]) -> str:
    if not cell.text:
        return ""
    try:
        return reader(cell.text)
    except Unreadable as error:
        raise Refused(problems.unreadable(error, cell.column)) from error
