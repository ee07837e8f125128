"""Where the header stands and what its columns are called."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from contacts.importing.presets.vocabulary import is_known
from contacts.importing.readers.records import Record

LOOK_AT: Final = 20


def find(head: Sequence[Record]) -> int:
    """The line number of the header among the first rows; 0 if there is none.

    The row with the most known column names wins, the first of equals. Without any known name it
    is the first full row that looks like words, not data.
    """
    candidates = head[:LOOK_AT]
    known = [sum(map(is_known, record.cells)) for record in candidates]
    if max(known) >= 2:
        return candidates[known.index(max(known))].line
    widest = max(_filled(record.cells) for record in candidates)
    full = [record for record in candidates if _filled(record.cells) >= widest * 0.6]
    named_row = next((record for record in full if any(map(is_known, record.cells))), full[0])
    return named_row.line if _looks_like_words(named_row.cells) else 0


def named(cells: Sequence[str]) -> tuple[str, ...]:
    """Column names: trimmed, empty ones numbered, repeated ones told apart (``Telefon (2)``)."""
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(cells, start=1):
        base = " ".join(cell.split()) or unnamed(position)
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base} ({count})"
        taken.add(name)
        names.append(name)
    return tuple(names)


def unnamed(position: int) -> str:
    """The name of a column without one; ``position`` counts from 1."""
    return _("Spalte %(position)d") % {"position": position}


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _looks_like_words(cells: Sequence[str]) -> bool:
    """No cell holds an e-mail, a number or the same text as another one."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(set(filled)) < len(filled):
        return False
    return not any(
        "@" in cell or sum(map(str.isdigit, cell)) > len(cell) / 3 or len(cell) > 60
        for cell in filled
    )
