"""The dictionary of names: everything about a name that the comparison asks for, computed once.

Given names, surnames, streets and firms share one dictionary: a name is a folded text with a
number; records hold numbers, comparisons read the columns of :data:`NAME`.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from contacts.matching import nicknames, phonetics
from contacts.matching.hashing import text_hash
from contacts.matching.normalise.folding import loose

NAME = np.dtype(
    [
        ("code", "<u4"),  # sound of the whole name
        ("first_code", "<u4"),  # sound of its first word
        ("last_code", "<u4"),  # sound of its last word
        ("joined", "<u4"),  # letters without spaces
        ("first", "<u4"),  # letters of the first word
        ("last", "<u4"),  # letters of the last word
        ("letters", "<u8"),  # which letters occur at least once and at least twice
        ("prefix", "<u4"),  # first four letters as bytes
        ("nickname", "<i2", (4,)),  # groups of short forms the name or its first word belongs to
        ("length", "u1"),
        ("more", "u1"),  # letters beyond the second of their kind
        ("words", "u1"),
        ("pad", "u1"),
    ]
)
"""What is known of one name; 48 bytes. Hashes are 32 bits, 0 means there is none."""

_LONGEST = 60
Names = npt.NDArray[np.void]


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """The form in which a name enters the dictionary: "Müller-Voß" → "muller voss"."""
    return loose(text)[:_LONGEST].rstrip()


def features(texts: Sequence[str]) -> Names:
    """Rows of :data:`NAME` for folded names."""
    return np.array([_row(text) for text in texts], dtype=NAME)


def mask(text: str) -> tuple[int, int]:
    """(letters, more): 64 bits telling letters that occur once and twice, and how many more.

    The number of letters two texts share is at most the bits they share plus the larger of the
    smaller ``more``; that bounds Jaro's similarity from above without looking at the texts.
    """
    bits = more = 0
    for letter in text:
        place = ord(letter) - 97
        bit = 1 << (place if 0 <= place < 26 else 26 + ord(letter) % 6)
        if not bits & bit:
            bits |= bit
        elif not bits & (bit << 32):
            bits |= bit << 32
        else:
            more += 1
    return bits, min(more, 255)


def _sound(word: str) -> int:
    """Hash of the Cologne code; a word without one (another script) sounds like itself alone."""
    return text_hash(phonetics.cologne(word) or word)


def _row(text: str) -> tuple[object, ...]:
    words = text.split()
    if not words:
        return (0, 0, 0, 0, 0, 0, 0, 0, (0, 0, 0, 0), 0, 0, 0, 0)
    joined = "".join(words)
    bits, more = mask(joined)
    groups = nicknames.groups_of(text) or nicknames.groups_of(words[0])
    prefix = int.from_bytes(joined.encode("utf-8")[:4].ljust(4, b"\0"), "little")
    return (
        _sound(joined),
        _sound(words[0]),
        _sound(words[-1]),
        text_hash(joined),
        text_hash(words[0]),
        text_hash(words[-1]),
        bits,
        prefix,
        (*groups, 0, 0, 0, 0)[:4],
        len(joined),
        more,
        min(len(words), 255),
        0,
    )
