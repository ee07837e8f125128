"""The cells of a row by target, after defaults, translations and the checks that hold for all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from contacts.importing import targets
from contacts.importing.cleaning import labels, problems
from contacts.importing.mapping import Mapping
from contacts.importing.readers.table import Problem

MANY: Final = ":::"
FORMULA_SIGNS: Final = ("=", "+", "-", "@")
_SPECIAL: Final = re.compile(r"^'|[\x00\ufffd]|:::")


class Cell(NamedTuple):
    """Text without space around it, and the column it comes from."""

    text: str
    column: str


class Column(NamedTuple):
    """One mapped column, looked up once for the whole file.

    A ``plain_code`` says that most of its cells are taken over under this target as they stand.
    """

    position: int
    name: str
    target: targets.Target
    words: dict[str, str]
    label_position: int | None
    plain_code: str


@dataclass(slots=True)
class Cells:
    """A row's cells: ``by_target`` holds filled ones only; ``errors`` refuse the row."""

    by_target: dict[str, list[Cell]] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)

    def one(self, code: str) -> Cell:
        """The cell of a target, several joined as the target says; empty if there is none."""
        found = self.by_target.get(code)
        if not found:
            return EMPTY
        if len(found) == 1:
            return found[0]
        target = targets.TARGETS[code]
        text = (target.joined_by or " ").join(cell.text for cell in found)
        if target.limit and len(text) > target.limit:
            self.errors.append(problems.too_long(len(text), target.limit, found[0].column))
        return Cell(text, found[0].column)

    def all(self, code: str) -> Sequence[Cell]:
        """Every value of a target, cells with several values taken apart."""
        return self.by_target.get(code, ())


EMPTY: Final = Cell("", "")


def columns_of(mapping: Mapping, header: Sequence[str]) -> list[Column]:
    """The mapped columns in the order of the file."""
    positions = {name: position for position, name in enumerate(header)}
    label_names = [name for name, code in mapping.columns.items() if code == targets.LABEL]
    columns = []
    for name, code in mapping.columns.items():
        target = targets.find(code) if code else None
        if target is None or code == targets.LABEL or name not in positions:
            continue
        words = {key.strip().casefold(): word for key, word in _words(mapping, target.code).items()}
        label = labels.label_column(name, label_names) if ".labelled" in target.code else None
        label_position = positions[label] if label else None
        plain_code = "" if words or ".labelled" in target.code else target.code
        columns.append(Column(positions[name], name, target, words, label_position, plain_code))
    return sorted(columns, key=lambda column: column.position)


def read(values: Sequence[str], columns: Sequence[Column], defaults: dict[str, str]) -> Cells:
    """The filled cells of a row."""
    cells = Cells()
    by_target = cells.by_target
    for column in columns:
        position, name, target, _words, _label, plain_code = column
        if not (text := values[position].strip()):
            continue
        fits = len(text) <= target.limit or not target.limit
        if plain_code and fits and not _SPECIAL.search(text):
            by_target.setdefault(plain_code, []).append(Cell(text, name))
        else:
            _take(text, column, values, cells)
    for code, text in defaults.items():
        if code not in cells.by_target and text.strip():
            cells.by_target[code] = [Cell(text.strip(), "")]
    return cells


def _take(text: str, column: Column, values: Sequence[str], cells: Cells) -> None:
    """Sort one filled cell under its target, or note what is wrong with it."""
    if text[0] == "'" and text[1:2] in FORMULA_SIGNS:
        text = text[1:]
    if problem := _fault(text, column):
        cells.errors.append(problem)
        return
    if column.words:
        text = column.words.get(text.casefold(), text).strip()
    code = column.target.code
    if ".labelled" in code:
        label = values[column.label_position] if column.label_position is not None else ""
        code = labels.meant(code, label)
    parts = text.split(MANY) if column.target.many and MANY in text else [text]
    for part in parts:
        if part := part.strip():
            cells.by_target.setdefault(code, []).append(Cell(part, column.name))


def _words(mapping: Mapping, code: str) -> dict[str, str]:
    return mapping.translations.get(code, {})


def _fault(text: str, column: Column) -> Problem | None:
    limit = column.target.limit
    if text.isascii() and len(text) <= limit and "\x00" not in text:
        return None
    if limit and len(text) > limit and not (column.target.many and MANY in text):
        return problems.too_long(len(text), limit, column.name)
    if "\ufffd" in text:
        return problems.damaged(column.name)
    return problems.nul_character(column.name) if "\x00" in text else None
