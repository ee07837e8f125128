"""Refused and waiting rows as a file: the original columns with line, column and reason."""

import csv
from collections.abc import Iterator
from io import StringIO

from contacts.importing.presets.synonyms import REPORT_COLUMNS
from contacts.importing.reports import plain_text
from history.models import Takeover


def as_csv(takeover: Takeover) -> Iterator[str]:
    """The refused rows, piece by piece: to be mended and taken over again."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    header = takeover.header
    writer.writerow([*map(plain_text, header), *REPORT_COLUMNS])
    for row in takeover.refused_rows.order_by("number").iterator(chunk_size=1000):
        cells = [plain_text(str(cell)) for cell in row.cells][: len(header)]
        cells += [""] * (len(header) - len(cells))
        writer.writerow([*cells, row.number, row.column, plain_text(row.reason)])
        yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
