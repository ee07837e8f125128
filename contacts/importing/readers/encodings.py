"""Which encoding a text file has.

A byte order mark decides at once. Otherwise the whole file is tried as UTF-8: German text in
another encoding practically never is valid UTF-8, while the first umlaut may stand 100 MB into the
file. What is not UTF-8 is judged by its high bytes: in the right single-byte encoding they are
letters that German text uses, in a wrong one signs and lines. charset-normalizer gives the second
opinion when neither is clear (Polish, Czech, Turkish lists).
"""

import codecs
from collections import Counter
from pathlib import Path
from typing import Final

from charset_normalizer import from_bytes

BLOCK: Final = 1024 * 1024
SAMPLE: Final = 256 * 1024
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GERMAN: Final = frozenset("äöüÄÖÜß")
WESTERN: Final = frozenset("éèêëáàâíìîóòôúùûçñåæøšžÉÈÁÀÓÍÚÇÑÅÆØŠŽ€–„“”‚‘’…§°®²³«»\xa0·´µ¼½×")
SINGLE_BYTE: Final = ("cp1252", "cp850", "mac_roman")


def detect(path: Path) -> str:
    """The encoding of a text file, as a name Python knows."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    if wide := _wide_without_mark(head):
        return wide
    return "utf-8" if _is_utf8(path) else _single_byte(_lines_with_high_bytes(path))


def text_head(head: bytes) -> str | None:
    """The beginning of a file as text for a first look; ``None`` if it is no text."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="replace")
    if wide := _wide_without_mark(head):
        return head.decode(wide, errors="replace")
    controls = sum(head.count(code) for code in range(32) if code not in (9, 10, 11, 12, 13, 26))
    if controls > max(8, len(head) // 50):
        return None
    return head.decode("utf-8", errors="replace")


def _wide_without_mark(head: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a zero in nearly every second byte."""
    pairs = len(head) // 2
    if pairs < 4:
        return None
    if head[1 : pairs * 2 : 2].count(0) > 0.7 * pairs:
        return "utf-16-le"
    if head[0 : pairs * 2 : 2].count(0) > 0.7 * pairs:
        return "utf-16-be"
    return None


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _lines_with_high_bytes(path: Path) -> bytes:
    """Up to 256 KiB of the lines that tell something about the encoding."""
    found = bytearray()
    with path.open("rb") as file:
        while len(found) < SAMPLE and (line := file.readline(BLOCK)):
            if not line.isascii():
                found += line
    return bytes(found[:SAMPLE])


def _single_byte(sample: bytes) -> str:
    """The best encoding for bytes that are not valid UTF-8 as a whole."""
    if _broken_utf8(sample):
        return "utf-8"
    scores = {name: _plausibility(sample, name) for name in SINGLE_BYTE}
    best = max(SINGLE_BYTE, key=lambda name: scores[name])
    if scores[best] >= 0.9:
        return best
    match = from_bytes(sample).best()
    guess = match.encoding if match else ""
    return guess if guess in ("cp1250", "iso8859_2", "cp852") else best


def _broken_utf8(sample: bytes) -> bool:
    """UTF-8 with a few damaged places: only their rows are to be refused, not all."""
    text = sample.decode("utf-8", errors="replace")
    good = sum(1 for char in text if char > "\x7f" and char != "\ufffd")
    return good > 9 * text.count("\ufffd")


def _plausibility(sample: bytes, encoding: str) -> float:
    """The share (0 to 1) of high bytes that German or western text would have."""
    high = Counter(byte for byte in sample if byte > 0x7F)
    total = sum(high.values())
    good = 0.0
    for byte, count in high.items():
        char = bytes([byte]).decode(encoding, errors="replace")
        good += count * (1.0 if char in GERMAN else 0.8 if char in WESTERN else 0.0)
    return good / total if total else 1.0
