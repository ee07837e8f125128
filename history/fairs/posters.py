"""The notice of the stand to hang up: A4, large print, and the full text behind a QR code."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import segno
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from consent import links
from consent.desk.printing import FAINT, FONTS, INK
from consent.models import NoticeItem, NoticeVersion
from consent.notices import documents
from consent.notices.rules import items
from crm.kernel import errors
from history.fairs import stand_notices
from history.models import Event

FIRST: Final = ("13.1.a", "13.1.c", "13.2.c", "13.2.b", "13.2.d")
"""What is said at once (WP260, paragraph 36), with whatever may surprise; the rest is behind it."""
IN_FULL: Final = frozenset({"13.1.a", "13.1.c"})
MARGIN, CODE, QUIET = 20, 58, 4  # mm, mm, modules
NO_BREAK: Final = "\u00a0"
_PLAIN: Final = {
    "title": "Datenschutz an unserem Stand",
    "more": "Hier lesen Sie alles. Machen Sie ein Foto von dem Zeichen.",
}


def pdf(event: Event, *, language: str, at: datetime) -> bytes:
    """The poster as PDF/A; ``language`` is ``de``, ``en`` or ``plain``.

    :raises errors.Invalid: no notice for talks at fairs is published (``notice``)
    """
    version = stand_notices.version_of(event)
    if version is None:
        raise errors.Invalid(
            {
                "notice": [
                    _(
                        "Für Gespräche auf Messen sind noch keine Datenschutzhinweise "
                        "veröffentlicht. Veröffentlichen Sie sie unter Verwaltung, "
                        "Datenschutzhinweise."
                    )
                ]
            }
        )
    with override("en" if language == "en" else "de"):
        return _Poster(event, version, language=language, at=at).made()


class _Poster(FPDF):
    def __init__(
        self, event: Event, version: NoticeVersion, *, language: str, at: datetime
    ) -> None:
        super().__init__(format="A4", enforce_compliance="PDF/A-3B")
        self.event, self.version, self.language = event, version, language
        for style, name in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
            self.add_font("sans", style, FONTS / name)
        self.set_title(self._title())
        self.set_author(event.controller.name)
        self.set_lang("en" if language == "en" else "de")
        self.set_creation_date(at)
        self.set_margins(MARGIN, 18, MARGIN)
        self.set_auto_page_break(auto=False)

    def made(self) -> bytes:
        """The finished page: smaller print if the words are many."""
        self.add_page()
        foot = self.h - MARGIN - CODE
        self._head()
        top = self.get_y()
        size = next(
            (size for size in (17, 16, 15, 14, 13, 12, 11, 10) if self._height(size) < foot - top),
            9,
        )
        for text in self._said():
            self._say(text, size)
        self._foot(foot)
        return bytes(self.output())

    def _title(self) -> str:
        return _PLAIN["title"] if self.language == "plain" else _("Datenschutz an unserem Stand")

    def _head(self) -> None:
        place = " · ".join(
            filter(None, (self.event.name, self.event.stand and f"Stand {self.event.stand}"))
        )
        self._line(self.event.controller.name, 15, "B")
        self._line(place, 13, "", faint=True)
        self.ln(6)
        self._line(self._title(), 25, "B")
        self.ln(5)

    def _said(self) -> Iterator[str]:
        """What stands in large print, in the order of the law."""
        rows = {row.item: row for row in self.version.items.all() if row.is_applicable}
        surprising = [item for item, row in rows.items() if row.is_surprising]
        wanted = items.ordered({*FIRST, *surprising, items.OBJECTION} & rows.keys())
        for item in wanted:
            yield self._words(rows[item])

    def _words(self, row: NoticeItem) -> str:
        texts = row.texts if row.item in IN_FULL else row.spoken
        return str(texts.get(self.language) or row.texts.get(self.language, ""))

    def _height(self, size: float) -> float:
        """How much room the words take at a size, in mm, with the space before the code."""
        self.set_font("sans", "", size)
        step = size * 0.53
        heights = [
            self.multi_cell(0, step, text, dry_run=True, output="HEIGHT", align="L")
            for text in self._said()
        ]
        return sum(float(str(each)) + size * 0.22 for each in heights) + 6

    def _say(self, text: str, size: float) -> None:
        self._line(text, size, "")
        self.ln(size * 0.22)

    def _line(self, text: str, size: float, style: str, *, faint: bool = False) -> None:
        self.set_font("sans", style, size)
        self.set_text_color(*(FAINT if faint else INK))
        phone = self.event.controller.phone
        text = text.replace(phone, phone.replace(" ", NO_BREAK)) if phone else text
        self.multi_cell(0, size * 0.53, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")

    def _foot(self, top: float) -> None:
        """The code at the left, beside it where it leads and which version this is."""
        address = stand_notices.address_of(self.version)
        self._code(address, MARGIN, top)
        left = MARGIN + CODE + 8
        self.set_left_margin(left)
        self.set_xy(left, top + 6)
        more = _("Alle Hinweise: scannen Sie diesen Code, oder öffnen Sie")
        self._line(_PLAIN["more"] if self.language == "plain" else more, 14, "B")
        self.ln(2)
        self._line(links.to_say(address), 12, "")
        self.ln(4)
        dated = documents.of_version(self.version, language=self.language).dated
        self._line(dated, 10, "", faint=True)
        until = _("Was aus dieser Messe nicht weiterführt, wird am %(day)s gelöscht.")
        day = date_format(self.event.delete_on, "DATE_FORMAT")
        if self.language != "plain":
            self._line(until % {"day": day}, 10, "", faint=True)

    def _code(self, address: str, left: float, top: float) -> None:
        matrix = segno.make(address, error="m", micro=False).matrix
        step = CODE / (len(matrix) + QUIET)  # the margin of the page is quiet as well
        self.set_fill_color(0, 0, 0)
        for row, modules in enumerate(matrix):
            for column, is_dark in enumerate(modules):
                if is_dark:
                    x, y = left + column * step, top + row * step
                    self.rect(x, y, step * 1.01, step * 1.01, style="F")
