"""Days on which something was confirmed: recent ones, so that two-digit years are no riddle."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from contacts.importing.cleaning.cells import Cell
from contacts.importing.cleaning.problems import Refused
from contacts.importing.readers.table import Problem

ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
GERMAN: Final = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2}|\d{4})(?:\s.*)?")
COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
SERIAL: Final = re.compile(r"\d{5}")
EXCEL_EPOCH: Final = date(1899, 12, 30)


def past_day(cell: Cell, *, today: date) -> date | None:
    """The day a cell names; ``None`` for an empty one.

    :raises Refused: no date, or one in the future
    """
    if not cell.text:
        return None
    try:
        day = read(cell.text)
    except ValueError:
        day = None
    if day is None:
        raise _refused(cell, "date-format", _("„%(text)s“ ist kein Datum."))
    if day > today:
        raise _refused(cell, "date-in-future", _("Der %(text)s liegt in der Zukunft."))
    return day


@lru_cache(maxsize=1 << 12)
def read(text: str) -> date | None:
    """The day in any of the notations that files have; None if it is none of them.

    :raises ValueError: it looks like a day and there is no such day
    """
    if match := ISO.fullmatch(text) or COMPACT.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := GERMAN.fullmatch(text):
        year = int(match[3])
        return date(year if year > 99 else 2000 + year, int(match[2]), int(match[1]))
    if SERIAL.fullmatch(text):
        return EXCEL_EPOCH + timedelta(days=int(text))
    return None


def _refused(cell: Cell, code: str, message: str) -> Refused:
    proposal = _("Schreiben Sie das Datum wie 31.03.2026.")
    return Refused(Problem(code, message % {"text": cell.text}, cell.column, proposal))
