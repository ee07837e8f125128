"""vCard 2.1, 3.0 and 4.0, one or many to a file, as a table with one row per card."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from contacts.importing.presets.cards import HEADER
from contacts.importing.readers import card_fields, encodings
from contacts.importing.readers.card_lines import Card, cards
from contacts.importing.readers.options import ReadOptions
from contacts.importing.readers.table import Problem, Row, Table


def open_vcards(path: Path, options: ReadOptions) -> Table:
    """Open a file of cards. A broken card becomes a row with its problem; the rest goes on."""
    encoding = options.encoding
    if encoding is None and (found := encodings.detect(path)).startswith("utf-16"):
        encoding = found
    notices: Counter[str] = Counter()
    stream = cards(path, encoding, notices)
    return Table(
        kind="vcard",
        header=HEADER,
        rows=_rows(stream, notices),
        options=ReadOptions(encoding=encoding, header_row=0),
        notices=notices,
        close=stream.close,
    )


def _rows(stream: Iterable[Card], notices: Counter[str]) -> Iterator[Row]:
    for card in stream:
        try:
            values = card_fields.row_of(card_fields.fields(card.lines, notices), HEADER)
        except card_fields.NoProperty as error:
            yield Row(card.number, _remains(card), _broken(str(error)))
            continue
        yield Row(card.number, values, None if card.closed else _open())


def _remains(card: Card) -> list[str]:
    """What can be told of a broken card: the lines that are properties."""
    values: card_fields.Cells = {}
    for line in card.lines:
        try:
            for column, found in card_fields.fields([line], Counter()).items():
                values.setdefault(column, []).extend(found)
        except card_fields.NoProperty:
            continue
    return card_fields.row_of(values, HEADER)


def _broken(line: str) -> Problem:
    return Problem(
        code="broken-card",
        message=_("Die Visitenkarte ist beschädigt; mit dieser Zeile beginnt es: „%(line)s“.")
        % {"line": line[:80]},
        proposal=_("Exportieren Sie diese Karte noch einmal oder ergänzen Sie sie von Hand."),
    )


def _open() -> Problem:
    return Problem(
        code="unclosed-card",
        message=_("Der Visitenkarte fehlt ihr Ende (END:VCARD); sie ist unvollständig."),
        proposal=_("Exportieren Sie die Datei noch einmal."),
    )
