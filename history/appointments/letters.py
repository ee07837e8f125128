"""A letter about an appointment as PDF: its address stands in the window of a DIN long envelope."""

from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from consent.desk.printing import FONTS
from consent.models import Controller
from consent.notices.documents import Document
from contacts.models import Address
from history.appointments import enclosing
from history.appointments.wording import Letter
from history.models import Appointment

LEFT, RIGHT, LINE = 25, 20, 5.4  # mm
WINDOW_TOP, WINDOW_WIDTH, BODY_TOP = 45, 85, 98.5  # form B of DIN 5008
INK, FAINT = (24, 28, 33), (91, 98, 107)
_BOLD: Final = 2


def to_pdf(
    letter: Letter,
    *,
    appointment: Appointment,
    controller: Controller,
    at: datetime,
    enclosed: Document | None = None,
) -> bytes:
    """Set the letter on one page A4, and what is enclosed on the pages behind it."""
    page = _page(letter, at)
    place = " ".join(filter(None, (controller.postal_code, controller.city)))
    sender = " · ".join(filter(None, (controller.name, controller.street, place)))
    page.set_xy(LEFT, WINDOW_TOP + 12.7)
    _lines(page, [sender], size=6.5, color=FAINT, width=WINDOW_WIDTH)
    page.set_xy(LEFT, WINDOW_TOP + 17.7)
    _lines(page, _recipient(appointment), size=10, width=WINDOW_WIDTH)
    page.set_xy(125, WINDOW_TOP + 17.7)
    written = date_format(timezone.localtime(at), "DATE_FORMAT")
    _lines(page, [controller.city, written], size=10, width=65)
    page.set_xy(LEFT, BODY_TOP)
    _lines(page, [letter.subject], size=11, style="B")
    page.ln(LINE)
    _lines(page, [letter.greeting], size=10)
    page.ln(LINE / 2)
    _lines(page, [letter.opening], size=10)
    page.ln(LINE / 2)
    _lines(page, letter.facts[:_BOLD], size=10, style="B")
    _lines(page, letter.facts[_BOLD:], size=10)
    for paragraph in letter.closing:
        page.ln(LINE / 2)
        _lines(page, paragraph.split("\n"), size=10)
    page.ln(LINE)
    _lines(page, letter.signature, size=10)
    if enclosed is not None:
        _enclose(page, enclosed)
    return bytes(page.output())


def _page(letter: Letter, at: datetime) -> FPDF:
    page = FPDF(format="A4")
    for style, name in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
        page.add_font("sans", style, FONTS / name)
    page.set_title(letter.subject)
    page.set_creation_date(at)
    page.set_margins(LEFT, 20, RIGHT)
    page.set_auto_page_break(auto=True, margin=20)
    page.add_page()
    page.set_draw_color(*FAINT)
    for height in (105, 210):  # where it is folded
        page.line(4, height, 8, height)
    return page


def _enclose(page: FPDF, document: Document) -> None:
    page.add_page()
    _lines(page, [enclosing.heading(document)], size=13, style="B")
    for title, text in enclosing.paragraphs(document):
        page.ln(LINE / 2)
        if page.will_page_break(3 * LINE):
            page.add_page()
        _lines(page, [title], size=10, style="B")
        _lines(page, text.split("\n"), size=9.5)
    page.ln(LINE / 2)
    _lines(page, enclosing.foot(document).split("\n"), size=9.5)


def _recipient(appointment: Appointment) -> list[str]:
    address = Address.objects.filter(
        person=appointment.person, contact_point=appointment.contact_point
    ).first()
    lines = [address.extra, address.street_line, address.place] if address else []
    return [line for line in (appointment.person.full_name, *lines) if line]


def _lines(
    page: FPDF,
    lines: list[str],
    *,
    size: float,
    style: str = "",
    color: tuple[int, int, int] = INK,
    width: float = 0,
) -> None:
    page.set_font("sans", style, size)
    page.set_text_color(*color)
    left = page.get_x()
    for line in lines:
        page.set_x(left)
        page.multi_cell(width, LINE, line, new_x=XPos.LEFT, new_y=YPos.NEXT, align="L", padding=0)
    page.set_x(LEFT)
