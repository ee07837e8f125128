"""Reports as PDF/A-3: everything embedded, fonts too, so that it reads the same in thirty years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from fpdf import FPDF, FontFace
from fpdf.enums import XPos, YPos

from consent.desk.blocks import Block, Facts, Heading, Picture, Proof, Quote, Table, Text

FONTS = Path(__file__).parent / "fonts"
MARGIN, LINE = 20, 5.2  # mm
INK, FAINT, RULE = (24, 28, 33), (91, 98, 107), (214, 212, 206)
GROUND = (246, 245, 241)
WINDOW_LEFT, SENDER_TOP, ADDRESS_TOP, WINDOW_WIDTH = 25, 57.7, 62.7, 80  # mm, DIN 5008 form B
PICTURE_HEIGHT, DOTS = 190, 96  # mm; no picture is enlarged beyond so many dots an inch
CAPTION_HEIGHT, INCH = 16, 25.4  # mm
BODY_TOP, FOLDS = 98.5, (105, 210)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Makes a letter of a report: what stands in the window of a DIN long envelope."""

    sender: str
    address: Sequence[str]


class _Page(FPDF):
    """A4 with the name of the report and the number of the page at its foot."""

    def __init__(self, title: str, subject: str, at: datetime, language: str) -> None:
        super().__init__(format="A4", enforce_compliance="PDF/A-3B")
        for style, name in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
            self.add_font("sans", style, FONTS / name)
        self.add_font("serif", "", FONTS / "DejaVuSerif.ttf")
        self.add_font("mono", "", FONTS / "DejaVuSansMono.ttf")
        self.set_title(title)
        self.set_subject(subject)
        self.set_author("Einklang")
        self.set_lang(language)
        self.set_creation_date(at)
        self.set_margins(MARGIN, 18, MARGIN)
        self.set_auto_page_break(auto=True, margin=20)
        self.foot = title

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font("sans", "", 7.5)
        self.set_text_color(*FAINT)
        self.cell(self.epw * 0.8, 5, self.foot)
        page = _("Seite %(page)s") % {"page": self.page_no()}
        self.cell(self.epw * 0.2, 5, page, align="R")


def to_pdf(
    *,
    title: str,
    subtitle: str,
    blocks: Sequence[Block],
    attached: Mapping[str, bytes],
    at: datetime,
    language: str = "de",
    letterhead: Letterhead | None = None,
) -> bytes:
    """Set a report, or with a letterhead a letter; ``attached`` files travel inside of it."""
    page = _Page(title, subtitle, at, language)
    page.add_page()
    if letterhead is not None:
        _window(page, letterhead)
    page.set_text_color(*INK)
    page.set_font("sans", "B", 17 if letterhead is None else 13)
    page.multi_cell(0, 8, title, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
    _plain(page, subtitle, faint=True)
    made = _("Erstellt am %(moment)s") % {
        "moment": date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
    }
    _plain(page, made, faint=True)
    for block in blocks:
        _put(page, block)
    for name, content in attached.items():
        page.embed_file(
            basename=name,
            bytes=content,
            mime_type="application/json" if name.endswith(".json") else "text/plain",
            associated_file_relationship="Data",
            modification_date=at,
            creation_date=at,
        )
    return bytes(page.output())


def _window(page: _Page, head: Letterhead) -> None:
    page.set_draw_color(*FAINT)
    for height in FOLDS:
        page.line(4, height, 8, height)
    page.set_xy(WINDOW_LEFT, SENDER_TOP)
    page.set_font("sans", "", 6.5)
    page.set_text_color(*FAINT)
    page.cell(WINDOW_WIDTH, 4, head.sender)
    page.set_font("sans", "", 10)
    page.set_text_color(*INK)
    for number, line in enumerate(head.address):
        page.set_xy(WINDOW_LEFT, ADDRESS_TOP + number * LINE)
        page.cell(WINDOW_WIDTH, LINE, line)
    page.set_xy(page.l_margin, BODY_TOP)


def _put(page: _Page, block: Block) -> None:
    match block:
        case Heading(text, level):
            _heading(page, text, level)
        case Text(text, is_faint):
            _plain(page, text, faint=is_faint)
        case Quote(text):
            _marked(page, text, "serif", 10)
        case Proof(text):
            _marked(page, text, "mono", 7.5)
        case Facts(rows):
            _facts(page, rows)
        case Table():
            _table(page, block)
        case Picture():
            _picture(page, block)


def _heading(page: _Page, text: str, level: int) -> None:
    page.ln(4 if level == 1 else 2)
    if page.will_page_break(28):
        page.add_page()
    page.set_text_color(*INK)
    page.set_font("sans", "B", 12 if level == 1 else 10)
    page.multi_cell(0, 6.4, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
    if level == 1:
        page.set_draw_color(*RULE)
        page.line(page.l_margin, page.get_y(), page.w - page.r_margin, page.get_y())
    page.ln(1.4)


def _plain(page: _Page, text: str, *, faint: bool = False) -> None:
    page.set_font("sans", "", 9)
    page.set_text_color(*(FAINT if faint else INK))
    page.multi_cell(0, LINE, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
    page.ln(0.6)


def _marked(page: _Page, text: str, font: str, size: float) -> None:
    """On a ground of its own, so that nobody takes it for our own words."""
    page.set_font(font, "", size)
    page.set_text_color(*INK)
    page.set_fill_color(*GROUND)
    page.set_x(page.l_margin)
    page.multi_cell(
        0, size * 0.53, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L", fill=True, padding=2
    )
    page.ln(2)


def _facts(page: _Page, rows: Sequence[tuple[str, str]]) -> None:
    _grid(page, rows, (30, 70), head=None, borders="NONE")


def _table(page: _Page, table: Table) -> None:
    _grid(page, table.rows, table.widths, head=table.head, borders="HORIZONTAL_LINES")


def _picture(page: _Page, picture: Picture) -> None:
    """Within the margins, with a frame, on the next page if it does not fit on this one."""
    scale = min(page.epw / picture.width, PICTURE_HEIGHT / picture.height, INCH / DOTS)
    width, height = picture.width * scale, picture.height * scale
    if page.will_page_break(height + CAPTION_HEIGHT):
        page.add_page()
    top = page.get_y()
    page.image(BytesIO(picture.content), x=page.l_margin, y=top, w=width, h=height)
    page.set_draw_color(*RULE)
    page.rect(page.l_margin, top, width, height)
    page.set_y(top + height + 1.5)
    page.set_font("sans", "", 7.5)
    page.set_text_color(*FAINT)
    page.multi_cell(0, 4, picture.caption, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
    page.ln(2.5)


def _grid(
    page: _Page,
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    *,
    head: Sequence[str] | None,
    borders: str,
) -> None:
    page.set_font("sans", "", 8.5)
    page.set_text_color(*INK)
    page.set_draw_color(*RULE)
    page.set_fill_color(255, 255, 255)
    faint = FontFace(color=FAINT)
    with page.table(
        col_widths=tuple(widths),
        borders_layout=borders,
        line_height=4.6,
        padding=(0.8, 1.5, 0.8, 0),
        text_align="LEFT",
        first_row_as_headings=head is not None,
        headings_style=FontFace(emphasis="BOLD", color=FAINT, size_pt=8),
    ) as grid:
        for cells in ([head] if head else []) + list(rows):
            row = grid.row()
            for number, cell in enumerate(cells):
                row.cell(cell, style=faint if head is None and number == 0 else None)
    page.ln(2.5)
