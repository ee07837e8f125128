"""Seven ways in which a card is laid out."""

import random
from collections.abc import Callable

from PIL import Image

from benchmarks.visiting_cards.drawing import FACES, Colour, Sheet
from benchmarks.visiting_cards.people import Card

WHITE, BLACK, GREY = (255, 255, 255), (25, 25, 28), (95, 98, 105)
_INKS: tuple[Colour, ...] = ((0, 82, 147), (178, 34, 40), (0, 110, 80), (90, 50, 120), (200, 95, 0))
_PAPERS: tuple[Colour, ...] = ((255, 255, 255), (250, 247, 238), (238, 240, 242))
_DARK: tuple[Colour, ...] = ((24, 32, 48), (30, 60, 50), (70, 20, 30), (40, 40, 42))


def draw(card: Card, *, layout: str, number: int, seed: int) -> Image.Image:
    """The printed card."""
    return ALL[layout](card, random.Random(f"{seed}/{number}/layout"))


def _sheet(chance: random.Random, paper: Colour | None = None, *, upright: bool = False) -> Sheet:
    face = chance.choice(tuple(FACES))
    size = (55, 85) if upright else (85, 55)
    return Sheet(*size, face=face, paper=paper or chance.choice(_PAPERS))


def _labels(chance: random.Random) -> tuple[str, str, str]:
    return chance.choice(
        [
            ("Tel. ", "Mobil ", "Fax "),
            ("T ", "M ", "F "),
            ("Telefon: ", "Mobil: ", "Telefax: "),
            ("Fon ", "Handy ", "Fax "),
            ("T. ", "M. ", "F. "),
            ("Phone ", "Mobile ", "Fax "),
            ("", "", "Fax "),
        ]
    )


def _reach(card: Card, chance: random.Random) -> list[str]:
    """The lines with numbers and addresses."""
    telephone, mobile, fax = _labels(chance)
    lines = [f"{telephone}{card.telephone}"]
    lines += [f"{mobile}{card.mobile}"] if card.mobile else []
    lines += [f"{fax}{card.fax}"] if card.fax else []
    label = chance.choice(["", "", "E-Mail: ", "Mail "]) if telephone else ""
    lines.append(f"{label}{card.get('email')}")
    return lines + ([card.get("website")] if card.get("website") else [])


def _stack(sheet: Sheet, x: float, y: float, lines: list[str], *, points: float, ink: Colour,
           within: float = 78, align: str = "l") -> float:  # fmt: skip
    for line in filter(None, lines):
        size = sheet.fitting(line, points=points, within=within)
        y = sheet.text(x, y, line, points=size, ink=ink, align=align)
    return y


def _place(card: Card) -> list[str]:
    street, place = card.address
    return [street, f"{card.sign}{place}"]


def _two_columns(card: Card, chance: random.Random) -> Image.Image:
    sheet, ink = _sheet(chance), chance.choice(_INKS)
    company = card.get("company_name")
    size = sheet.fitting(company, points=13, within=66, bold=True)
    y = sheet.text(5, 5, company, points=size, ink=ink, bold=True)
    sheet.disc(76, 9, 4, ink)
    if card.slogan:
        sheet.text(5, y, card.slogan, points=6.5, ink=GREY)
    name = card.get("name")
    y = sheet.text(5, 21, name, points=sheet.fitting(name, points=12, within=75, bold=True),
                   ink=BLACK, bold=True)  # fmt: skip
    _stack(sheet, 5, y, [card.get("function")], points=8, ink=GREY)
    _stack(sheet, 5, 39, [company, *_place(card)], points=7, ink=BLACK, within=34)
    _stack(sheet, 42, 37, _reach(card, chance), points=7, ink=BLACK, within=40)
    return sheet.image


def _centred(card: Card, chance: random.Random) -> Image.Image:
    sheet, ink = _sheet(chance), chance.choice(_INKS)
    name, company = card.get("name"), card.get("company_name")
    size = sheet.fitting(name, points=14, within=76, bold=True)
    y = sheet.text(42.5, 8, name, points=size, ink=BLACK, bold=True, align="m")
    y = _stack(sheet, 42.5, y + 0.5, [card.get("function")], points=8.5, ink=GREY, align="m")
    size = sheet.fitting(company, points=10.5, within=76)
    sheet.text(42.5, y + 3, company, points=size, ink=ink, align="m")
    street, place = card.address
    telephone, mobile, _fax = _labels(chance)
    numbers = f"{telephone}{card.telephone}"
    numbers += f"  |  {mobile}{card.mobile}" if card.mobile else ""
    web = "  |  ".join(filter(None, [card.get("email"), card.get("website")]))
    lines = [f"{street} · {place}", numbers, web]
    _stack(sheet, 42.5, 38, lines, points=7.5, ink=BLACK, within=79, align="m")
    return sheet.image


def _dark(card: Card, chance: random.Random) -> Image.Image:
    sheet = _sheet(chance, chance.choice(_DARK))
    accent = chance.choice([(240, 180, 60), (120, 200, 220), (230, 230, 230)])
    name, company = card.get("name"), card.get("company_name")
    size = sheet.fitting(name, points=13, within=75)
    y = sheet.text(6, 7, name, points=size, ink=WHITE)
    y = _stack(sheet, 6, y, [card.get("function")], points=8, ink=accent)
    sheet.box(6, y + 2, 18, 0.4, accent)
    size = sheet.fitting(company, points=10, within=72, bold=True)
    y = sheet.text(6, 25, company, points=size, ink=accent, bold=True)
    y = _stack(sheet, 6, y, [", ".join(_place(card))], points=7.5, ink=WHITE, within=73)
    _stack(sheet, 6, max(y + 1.5, 35), _reach(card, chance), points=7.5, ink=WHITE, within=73)
    return sheet.image


def _band(card: Card, chance: random.Random) -> Image.Image:
    sheet, ink = _sheet(chance), chance.choice(_INKS)
    company, name = card.get("company_name"), card.get("name")
    sheet.box(0, 0, 85, 16, ink)
    size = sheet.fitting(company, points=14, within=75, bold=True)
    sheet.text(80, 5, company, points=size, ink=WHITE, bold=True, align="r")
    size = sheet.fitting(name, points=11, within=75, bold=True)
    y = sheet.text(5, 19.5, name, points=size, ink=BLACK, bold=True)
    y = _stack(sheet, 5, y, [card.get("function")], points=8, ink=ink)
    lines = [*_place(card), *_reach(card, chance)]
    _stack(sheet, 5, y + 1.8, lines, points=7, ink=BLACK)
    return sheet.image


def _foot_line(card: Card, chance: random.Random) -> Image.Image:
    sheet, ink = _sheet(chance), chance.choice(_INKS)
    name, company = card.get("name"), card.get("company_name")
    size = sheet.fitting(company, points=9, within=70)
    sheet.text(79, 5, company, points=size, ink=ink, align="r")
    size = sheet.fitting(name, points=15, within=74)
    y = sheet.text(6, 16, name, points=size, ink=ink)
    y = _stack(sheet, 6, y, [card.get("function")], points=8.5, ink=BLACK)
    _stack(sheet, 6, y + 2, _reach(card, chance)[:-1 if card.get("website") else None],
           points=8, ink=BLACK)  # fmt: skip
    sheet.box(6, 48, 73, 0.3, GREY)
    street, place = card.address
    foot = " · ".join(filter(None, [street, place, card.get("website")]))
    _stack(sheet, 6, 49.2, [foot], points=7, ink=GREY, within=73)
    return sheet.image


def _upright(card: Card, chance: random.Random) -> Image.Image:
    sheet, ink = _sheet(chance, upright=True), chance.choice(_INKS)
    sheet.box(0, 0, 55, 3, ink)
    sheet.disc(10, 14, 5, ink)
    sheet.disc(14, 14, 3, (200, 205, 210))
    company, name = card.get("company_name"), card.get("name")
    size = sheet.fitting(company, points=10, within=46, bold=True)
    sheet.text(5, 22, company, points=size, ink=ink, bold=True)
    size = sheet.fitting(name, points=11, within=46, bold=True)
    y = sheet.text(5, 36, name, points=size, ink=BLACK, bold=True)
    _stack(sheet, 5, y, [card.get("function")], points=8, ink=GREY, within=46)
    y = _stack(sheet, 5, 54, _place(card), points=7.5, ink=BLACK, within=46)
    _stack(sheet, 5, y + 2, _reach(card, chance), points=7.5, ink=BLACK, within=46)
    return sheet.image


def _right_hand(card: Card, chance: random.Random) -> Image.Image:
    """Dark field on the left with the firm, everything else ragged left beside it."""
    sheet, dark = _sheet(chance), chance.choice(_DARK)
    sheet.box(0, 0, 26, 55, dark)
    sheet.disc(13, 20, 7, (235, 235, 235))
    sheet.disc(13, 20, 4, dark)
    name, company = card.get("name"), card.get("company_name")
    size = sheet.fitting(name, points=12, within=54, bold=True)
    y = sheet.text(81, 6, name, points=size, ink=dark, bold=True, align="r")
    _stack(sheet, 81, y, [card.get("function")], points=8, ink=GREY, align="r", within=54)
    size = sheet.fitting(company, points=8.5, within=53, bold=True)
    y = sheet.text(81, 24, company, points=size, ink=BLACK, bold=True, align="r")
    lines = [*_place(card), *_reach(card, chance)]
    _stack(sheet, 81, y, lines, points=7, ink=BLACK, align="r", within=53)
    return sheet.image


ALL: dict[str, Callable[[Card, random.Random], Image.Image]] = {
    "two-columns": _two_columns,
    "centred": _centred,
    "dark": _dark,
    "band": _band,
    "foot-line": _foot_line,
    "upright": _upright,
    "right-hand": _right_hand,
}
