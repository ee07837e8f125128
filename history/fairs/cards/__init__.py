"""Business cards: a photograph → what may be filled into a slip.

How cards are read, and what they cannot be read for: docs/algorithms/visitenkarten.md.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.kernel import errors
from history.fairs.cards import fields, pictures, recognition
from history.fairs.cards.pieces import Row
from history.fairs.cards.proposals import Proposal

_ILLEGIBLE = 0.55
_FEWEST = 4
_TOO_MANY = 0.34


class CardUnreadable(errors.DomainError):
    """Nothing could be read on the picture; the code says why: empty, blurred or illegible."""

    code: ClassVar[str] = "card-unreadable"
    default_message = gettext_lazy(
        "Auf dem Bild ist keine lesbare Schrift. Gelesen werden lateinische Buchstaben."
    )


class CardEmpty(CardUnreadable):
    """All of the picture has one colour."""

    code = "card-empty"
    default_message = gettext_lazy("Auf dem Bild ist nichts zu sehen. Nehmen Sie die Karte auf.")


class CardBlurred(CardUnreadable):
    """No edge of the picture is steep enough for letters."""

    code = "card-blurred"
    default_message = gettext_lazy(
        "Das Bild ist unscharf. Nehmen Sie die Karte noch einmal auf, ruhig und näher."
    )


@dataclass(frozen=True, slots=True)
class Card:
    """``proposals``: at most one per field; ``text``: all that was recognised, line by line;
    ``problems``: sentences about what was not."""

    proposals: tuple[Proposal, ...]
    text: str
    problems: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """As it is kept with a file and answered by the API."""
        return {
            "fields": [each.stored() for each in self.proposals],
            "text": self.text,
            "problems": list(self.problems),
        }


def read(image: bytes) -> Card:
    """Read a photographed or scanned card: JPEG, PNG, WebP, TIFF, BMP or GIF up to 25 MB.

    Takes about a second of one processor. Nothing is kept.

    :raises errors.Invalid: ``image`` is too large, of another kind, broken or tiny
    :raises CardUnreadable: there is nothing on it that can be read (:class:`CardEmpty`,
        :class:`CardBlurred`)
    """
    sheet = pictures.sheet(image)
    if sheet.is_empty:
        raise CardEmpty
    lines = recognition.lines(sheet)
    clear = [line for line in lines if _is_clear(line)]
    if not clear:
        raise CardBlurred if sheet.is_blurred else CardUnreadable
    rows = [
        Row(line.text, line.confidence, line.height, round(line.box[0]), round(line.box[1]))
        for line in lines
    ]
    found = fields.proposals(rows)
    return Card(tuple(found), "\n".join(line.text for line in clear), _problems(lines, clear))


def _is_clear(line: recognition.Line) -> bool:
    letters = sum(sign.isalnum() for sign in line.text)
    return line.confidence >= _ILLEGIBLE and letters >= _FEWEST


def _problems(lines: list[recognition.Line], clear: list[recognition.Line]) -> tuple[str, ...]:
    """That much of what looks like text is none in Latin letters."""
    height = max(min(line.height for line in clear), 1.0)
    dark = [line for line in lines if line not in clear and line.height >= 0.8 * height]
    if len(dark) <= _TOO_MANY * (len(dark) + len(clear)):
        return ()
    return (
        _(
            "Ein Teil der Karte ließ sich nicht lesen. Gelesen werden nur lateinische Buchstaben; "
            "E-Mail-Adressen und Rufnummern sind übernommen, soweit sie zu erkennen sind."
        ),
    )


__all__ = ["Card", "CardBlurred", "CardEmpty", "CardUnreadable", "Proposal", "read"]
