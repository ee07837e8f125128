"""vCards as logical lines, streamed: cards told apart, lines unfolded, text decoded.

vCard 2.1 (versit 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350). Photos, logos, sounds and keys are
counted and never held in memory as a whole.
"""

import codecs
import quopri
import re
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final, NamedTuple

BINARY: Final = (b"PHOTO", b"LOGO", b"SOUND", b"KEY")
CARD_LIMIT: Final = 1024 * 1024
_NAME: Final = re.compile(rb"^(?:[\w-]+\.)?([\w-]+)", re.ASCII)
_CHARSET: Final = re.compile(r";\s*CHARSET\s*=\s*\"?([\w-]+)\"?", re.IGNORECASE)
_QUOTED_PRINTABLE: Final = re.compile(
    rb";\s*(?:ENCODING\s*=\s*)?\"?QUOTED-PRINTABLE\"?", re.IGNORECASE
)


class Card(NamedTuple):
    """One card: its place in the file (from 1), its lines, and whether it was closed."""

    number: int
    lines: list[str]
    closed: bool


def cards(path: Path, encoding: str | None, left_out: Counter[str]) -> Generator[Card, None, None]:
    """All cards of a file; ``left_out`` counts binary properties by name."""
    number = 0
    lines: list[str] | None = None
    chosen = None if _is_wide(encoding) else encoding
    for raw in _logical_lines(path, encoding):
        upper = raw[:20].strip().upper()
        if upper == b"BEGIN:VCARD":
            if lines is not None:
                yield Card(number, lines, closed=False)
            number += 1
            lines = []
        elif lines is None:
            continue
        elif upper == b"END:VCARD":
            yield Card(number, lines, closed=True)
            lines = None
        elif (match := _NAME.match(raw)) and (name := match[1].upper()) in BINARY:
            left_out[name.decode("ascii")] += 1
        else:
            lines.append(_text(raw, chosen))
    if lines is not None:
        yield Card(number, lines, closed=False)


def _logical_lines(path: Path, encoding: str | None) -> Iterator[bytes]:
    """Lines with their continuations: folded by a space or a tab, or quoted-printable by ``=``.

    A binary property keeps its first line only; so does whatever grows beyond a mebibyte.
    """
    pending = bytearray()
    soft = False
    for line in _physical_lines(path, encoding):
        if soft:
            pending += line
        elif pending and (line[:1] in (b" ", b"\t") or _is_picture_data(pending, line)):
            if not _is_binary(pending) and len(pending) < CARD_LIMIT:
                pending += line[1:]
            continue
        else:
            if pending:
                yield bytes(pending)
            pending = bytearray(line)
        soft = pending.endswith(b"=") and bool(_QUOTED_PRINTABLE.search(_head(pending)))
        if soft:
            del pending[-1:]
    if pending:
        yield bytes(pending)


def _physical_lines(path: Path, encoding: str | None) -> Iterator[bytes]:
    """Lines without their ends; UTF-16 files come as UTF-8."""
    if _is_wide(encoding):
        with path.open(encoding=encoding, errors="replace", newline=None) as text:
            for wide in text:
                yield wide.rstrip("\n").lstrip("\ufeff").encode()
        return
    with path.open("rb") as file:
        if file.read(3) != codecs.BOM_UTF8:
            file.seek(0)
        for line in file:
            yield line.rstrip(b"\r\n")


def _is_wide(encoding: str | None) -> bool:
    return encoding is not None and encoding.startswith("utf-16")


def _text(raw: bytes, encoding: str | None) -> str:
    """A line as text; quoted-printable is undone and its parameter removed.

    The line's own ``CHARSET`` counts, then the chosen encoding, then UTF-8 and Windows-1252.
    """
    head = _head(raw)
    parameters = head.decode("latin-1")
    charset = match[1] if (match := _CHARSET.search(parameters)) else None
    if not _QUOTED_PRINTABLE.search(head):
        return _decoded(raw, charset, encoding)
    value = _decoded(quopri.decodestring(raw[len(head) + 1 :]), charset, encoding)
    value = value.replace("\r\n", "\n").replace("\n", "\\n")
    plain = _QUOTED_PRINTABLE.sub(b"", head).decode("latin-1")
    return f"{plain}:{value}"


def _head(raw: bytes | bytearray) -> bytes:
    """Name and parameters: what stands before the first colon outside of quotes."""
    quoted = False
    for position, byte in enumerate(raw):
        if byte == 0x22:
            quoted = not quoted
        elif byte == 0x3A and not quoted:
            return bytes(raw[:position])
    return bytes(raw)


def _is_binary(raw: bytearray) -> bool:
    match = _NAME.match(raw)
    return match is not None and match[1].upper() in BINARY


def _is_picture_data(pending: bytearray, line: bytes) -> bool:
    """Some programs of the time of version 2.1 do not indent base64."""
    return bool(line) and b":" not in line and _is_binary(pending)


def _decoded(raw: bytes, charset: str | None, encoding: str | None) -> str:
    for name in (charset, encoding, "utf-8", "cp1252"):
        if name is None:
            continue
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("cp1252", errors="replace")
