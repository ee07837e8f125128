"""Upright text on white → lines of words with boxes and confidences, by Tesseract.

Three looks: one at the whole picture from afar, which finds where text is and which way up; one at
that part, as large as its smallest letters need; and one at each line that is still doubtful.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

import tesserocr
from PIL import Image

from history.fairs.cards import pictures
from history.fairs.cards.pictures import Sheet

MODELS = Path(__file__).with_name("data")
_LANGUAGE = "deu"
_THREAD = threading.local()
_SURE, _GUESS, _DOUBTFUL = 0.7, 0.5, 0.86
_FLAT, _SURE_LETTER = 7, 0.9
_AFAR = 1600
_SMALLEST, _HEIGHT_OF_A_LINE = 34, 48
_MOST_PIXELS = 9_000_000
_GAP = 1.3


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``confidence`` from 0 to 1, the box in pixels of the upright picture."""

    text: str
    confidence: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side; ``height`` is that of a usual word of it in pixels."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words, one space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """How sure the letters are on average, from 0 to 1."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters

    @property
    def height(self) -> float:
        return median(word.height for word in self.words)

    @property
    def box(self) -> pictures.Box:
        return _around(self.words)


def lines(sheet: Sheet) -> list[Line]:
    """The lines of a sheet from top to bottom, whichever way up it is."""
    image, far = _right_way_up(sheet)
    near = _from_near(image, far)
    best = max(far, near, key=_sure_letters)
    found = [_again(image, line) for line in _joined(best)]
    return [line for line in found if line.words]


def _right_way_up(sheet: Sheet) -> tuple[Image.Image, list[Word]]:
    """The picture turned by quarters of a circle, until its letters are sure, and its words."""
    ways = []
    for degrees in (0, 180, 90, 270):
        image = sheet.image.rotate(degrees, expand=True)
        words = _seen(image, (0, 0, *image.size), _AFAR / max(image.size), from_afar=True)
        if not _is_doubtful(words):
            return image, words
        ways.append((image, words))
    return max(ways, key=lambda way: _sure_letters(way[1]))


def _from_near(image: Image.Image, far: Sequence[Word]) -> list[Word]:
    """The words of the part where words are, as large as the smallest of them need."""
    legible = [word for word in far if word.confidence > _GUESS and len(word.text) > 2]
    if len(legible) < 2:
        return []
    smallest = quantiles([word.height for word in legible], n=5)[0]
    left, top, right, bottom = _around(legible)
    room = 3 * median(word.height for word in legible)
    box = (left - 2 * room, top - room, right + 2 * room, bottom + room)
    pixels = (box[2] - box[0]) * (box[3] - box[1])
    factor = min(max(_SMALLEST / smallest, 0.3), (_MOST_PIXELS / pixels) ** 0.5, 4.0)
    return _seen(image, box, factor)


def _again(image: Image.Image, line: Line) -> Line:
    """The line read once more by itself, if it was doubtful and is surer then."""
    if line.confidence >= _DOUBTFUL or line.height < _FLAT:
        return line
    left, top, right, bottom = line.box
    room = 0.35 * line.height
    box = (left - 2 * room, top - room, right + 2 * room, bottom + room)
    factor = min(max(_HEIGHT_OF_A_LINE / line.height, 0.3), 4.0)
    words = _seen(image, box, factor, as_one_line=True)
    read = Line(tuple(_trimmed(words)))
    return read if read.words and read.confidence > line.confidence else line


def _seen(
    image: Image.Image,
    box: pictures.Box,
    factor: float,
    *,
    from_afar: bool = False,
    as_one_line: bool = False,
) -> list[Word]:
    """The words in a box of the image, seen larger or smaller."""
    api = _api()
    api.SetPageSegMode(tesserocr.PSM.SINGLE_LINE if as_one_line else tesserocr.PSM.SPARSE_TEXT)
    api.SetImage(pictures.part(image, box, factor=factor, sharpened=not from_afar))
    api.SetSourceResolution(300)
    try:
        api.Recognize()
        return [
            replace(
                word,
                left=box[0] + word.left / factor,
                top=box[1] + word.top / factor,
                right=box[0] + word.right / factor,
                bottom=box[1] + word.bottom / factor,
            )
            for word in _each(api)
        ]
    finally:
        api.Clear()


def _each(api: tesserocr.PyTessBaseAPI) -> Iterator[Word]:
    level = tesserocr.RIL.WORD
    found = api.GetIterator()
    for item in tesserocr.iterate_level(found, level) if found else ():
        if item.Empty(level) or not (box := item.BoundingBox(level)):
            continue
        if text := item.GetUTF8Text(level).strip():
            yield Word(text, item.Confidence(level) / 100, *box)


def _api() -> tesserocr.PyTessBaseAPI:
    """Tesseract with its model loaded, one per thread: it is not safe for several."""
    if not hasattr(_THREAD, "api"):
        _THREAD.api = tesserocr.PyTessBaseAPI(path=str(MODELS), lang=_LANGUAGE)
    api: tesserocr.PyTessBaseAPI = _THREAD.api
    return api


def _around(words: Sequence[Word]) -> pictures.Box:
    return (
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )


def _sure_letters(words: Sequence[Word]) -> int:
    return sum(len(word.text) for word in words if word.confidence >= _SURE)


def _is_doubtful(words: Sequence[Word]) -> bool:
    letters = sum(len(word.text) for word in words)
    return _sure_letters(words) < max(12, letters / 2)


def _joined(words: Sequence[Word]) -> list[Line]:
    """Words on one height and near one another are a line."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda each: each.left):
        row = next((row for row in rows if _follows(row[-1], word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    found = [Line(tuple(kept)) for row in rows if (kept := _trimmed(row))]
    return sorted(found, key=lambda line: (line.box[1], line.box[0]))


def _follows(last: Word, word: Word) -> bool:
    shared = min(last.bottom, word.bottom) - max(last.top, word.top)
    lower, higher = sorted((last.height, word.height))
    near = word.left - last.right < _GAP * higher
    return near and shared > 0.5 * lower


def _trimmed(row: Sequence[Word]) -> list[Word]:
    """The row without strokes, edges and bits of pictures before and behind its text."""
    start, end = 0, len(row)
    while start < end and _is_a_bit(row[start]):
        start += 1
    while end > start and (_is_a_bit(row[end - 1]) or _is_a_tail(row[start:end])):
        end -= 1
    return list(row[start:end])


def _is_a_bit(word: Word) -> bool:
    """Whether a word is no text: without letter and digit, flat, or short and a mere guess."""
    letters = sum(sign.isalpha() for sign in word.text)
    digits = sum(sign.isdigit() for sign in word.text)
    short = not digits and letters <= 2 and word.confidence < _GUESS
    return not letters + digits or word.height < _FLAT or short


def _is_a_tail(row: Sequence[Word]) -> bool:
    """Whether the last word is a letter that may as well be the edge of the card; behind a number
    it belongs to a house."""
    last = row[-1]
    is_of_a_house = len(row) > 1 and row[-2].text[-1:].isdigit() and last.confidence >= _GUESS
    is_a_letter = len(last.text) == 1 and last.text.isalpha()
    return is_a_letter and last.confidence < _SURE_LETTER and not is_of_a_house
