"""Which character separates the cells.

Each candidate is tried on the first records; the right one gives many rows the same number of
cells and a header whose words are known. ``csv.Sniffer`` looks at characters only and is misled by
commas in addresses and semicolons in remarks.
"""

import io
from collections import Counter
from typing import Final

from contacts.importing.presets.vocabulary import is_known
from contacts.importing.readers.records import records

CANDIDATES: Final = (";", "\t", ",", "|")
RECORDS: Final = 200
HEADER_WITHIN: Final = 20


def declared(text: str) -> str | None:
    """The delimiter of Excel's ``sep=;`` line, if the text starts with one."""
    first = text[:8].splitlines()[0] if text else ""
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") else None


def detect(text: str) -> str:
    """The delimiter of a text's beginning; ``;`` if it has one column only."""
    if found := declared(text):
        return found
    scores = {delimiter: _score(text, delimiter) for delimiter in CANDIDATES}
    best = max(CANDIDATES, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else ";"


def _score(text: str, delimiter: str) -> float:
    """Columns weighted by consistency, plus twice the known words of the best header row."""
    rows = []
    for record in records(io.StringIO(text, newline=""), delimiter):
        if any(record.cells):
            rows.append(record.cells)
        if len(rows) >= RECORDS:
            break
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    known = max(sum(map(is_known, cells)) for cells in rows[:HEADER_WITHIN])
    return (count / len(rows)) ** 2 * (min(width, 40) - 1) + 2 * known
