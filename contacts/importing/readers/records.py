"""Records of delimited text, streamed, with a guard against a quote that nobody closed."""

import csv
import sys
from collections import deque
from collections.abc import Iterator
from typing import Final, NamedTuple, TextIO

csv.field_size_limit(sys.maxsize)

LINE_LIMIT: Final = 1000
CHARACTER_LIMIT: Final = 1_000_000


class Record(NamedTuple):
    """``line`` counts from 1; an ``unclosed`` record is one physical line with a stray quote."""

    line: int
    cells: list[str]
    unclosed: bool = False


class _Runaway(Exception):
    """A record grew beyond all measure: its quote is never closed."""


class _Lines:
    """Physical lines for ``csv.reader``, remembering those of the record under way."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.again: deque[str] = deque()
        self.current: list[str] = []
        self.characters = 0
        self.number = 0
        self.ended_inside = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.current) >= LINE_LIMIT or self.characters > CHARACTER_LIMIT:
            raise _Runaway
        line = self.again.popleft() if self.again else self.file.readline()
        if not line:
            self.ended_inside = bool(self.current)
            raise StopIteration
        self.current.append(line)
        self.characters += len(line)
        self.number += 1
        return line

    def start(self) -> int:
        """Begin a record; returns the number of its first line."""
        self.current.clear()
        self.characters = 0
        return self.number + 1

    def give_back(self) -> str:
        """Take the record apart: its first line is returned, the others will be read again."""
        first, rest = self.current[0], self.current[1:]
        self.again.extendleft(reversed(rest))
        self.number -= len(rest)
        self.ended_inside = False
        return first


def records(file: TextIO, delimiter: str) -> Iterator[Record]:
    """Split text into records (RFC 4180, doubled quotes).

    A quoted cell may span lines. If it runs beyond 1,000 lines, a million characters or the end of
    the file, its first line comes out as ``unclosed`` and reading goes on with the second.
    """
    lines = _Lines(file)
    while True:
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            yield from _until_stray(reader, lines)
        except _Runaway:
            pass
        else:
            if not lines.ended_inside:
                return
        line = lines.number - len(lines.current) + 1
        text = lines.give_back().rstrip("\r\n")
        yield Record(line, text.split(delimiter), unclosed=True)


def _until_stray(reader: "Iterator[list[str]]", lines: _Lines) -> Iterator[Record]:
    while True:
        number = lines.start()
        try:
            cells = next(reader)
        except StopIteration:
            return
        if lines.ended_inside:
            return
        yield Record(number, cells)
