"""E-mail addresses made of names, and telephone numbers in the notations people use."""

from functools import lru_cache

import numpy as np

from benchmarks.populations.urns import Dice, Numbers, Strings, Urn, strings

PROVIDERS = Urn(
    ["gmx.de", "web.de", "gmail.com", "t-online.de", "outlook.com", "freenet.de", "yahoo.de",
     "arcor.de", "icloud.com", "posteo.de"],
    [24.5, 23.8, 21.2, 12.1, 6.5, 3.3, 2.5, 2.5, 2.2, 1.1],
)  # fmt: skip
_HANDLES = (
    "motor", "blume", "sunny", "katze", "wolke", "tiger", "fussball", "adler", "stern", "musik"
)  # fmt: skip
_MOBILE_PREFIXES = strings([
    "151", "152", "157", "159", "160", "162", "163", "170", "171", "172", "173", "174", "175",
    "176", "177", "178", "179",
])  # fmt: skip
# first.last, last.first, firstlast+year, f.last+number, first.last+number, handle+number
_PATTERNS = Urn(["0", "1", "2", "3", "4", "5"], [34.9, 12, 12, 15, 11.6, 14.5])
_LETTERS = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "á": "a", "ć": "c", "č": "c",
    "ğ": "g", "ş": "s", "ı": "i", "ç": "c", "ó": "o", "í": "i", " ": "", "-": "", ".": "", "'": "",
})  # fmt: skip


@lru_cache(maxsize=1 << 18)
def mailbox_letters(name: str) -> str:
    """A name as it stands in a mail address."""
    return name.lower().translate(_LETTERS)


def mailboxes(dice: Dice, firsts: Strings, lasts: Strings, years: Numbers) -> Strings:
    """A private address for every person, in one of the usual patterns."""
    count = len(firsts)
    pattern, provider = _PATTERNS.draw(dice, count), PROVIDERS.pick(dice, count)
    number = dice.random(count)
    cells = zip(
        pattern.tolist(), firsts, lasts, (years % 100).tolist(), number.tolist(), provider,
        strict=True,
    )  # fmt: skip
    return strings([_mailbox(*cell) for cell in cells])


def _mailbox(pattern: int, first: str, last: str, year: int, number: float, provider: str) -> str:
    if pattern == 5:
        return f"{_HANDLES[int(number * 10)]}{int(number * 1e9) % 100_000}@{provider}"
    first, last = mailbox_letters(first), mailbox_letters(last)
    if pattern == 0:
        return f"{first}.{last}@{provider}"
    if pattern == 1:
        return f"{last}.{first}@{provider}"
    if pattern == 2:
        return f"{first}{last}{year:02}@{provider}"
    if pattern == 3:
        return f"{first[:1]}.{last}{1 + int(number * 98)}@{provider}"
    return f"{first}.{last}{1 + int(number * 998)}@{provider}"


def mobiles(dice: Dice, count: int) -> tuple[Strings, Strings]:
    """Mobile numbers as (prefix without 0, number); those that begin with 015 have eight digits."""
    prefix = _MOBILE_PREFIXES[dice.integers(0, len(_MOBILE_PREFIXES), count)]
    short = (dice.random(count) < 0.12) & np.array([text[1] != "5" for text in prefix], dtype=bool)
    return prefix, _numbers(dice, np.where(short, 7, 8))


def landlines(dice: Dice, areas: Strings) -> Strings:
    """Numbers behind area codes: the longer the code, the shorter the number."""
    lengths = np.array([{2: 8, 3: 8, 4: 7}.get(len(area), 6) for area in areas], dtype=int)
    return _numbers(dice, lengths - (dice.random(len(areas)) < 0.1))


def _numbers(dice: Dice, lengths: Numbers) -> Strings:
    """Numbers of so many digits, the first not 0."""
    lowest = 10 ** (lengths.astype(np.int64) - 1)
    values = lowest + (dice.random(len(lengths)) * 9 * lowest).astype(np.int64)
    return strings([str(value) for value in values.tolist()])


def written(dice: Dice, areas: Strings, numbers: Strings) -> Strings:
    """Numbers as private people write them, one of eight notations each."""
    notation = dice.integers(0, 8, len(areas)).tolist()
    return strings([_private(*cell) for cell in zip(notation, areas, numbers, strict=True)])


def _private(notation: int, area: str, number: str) -> str:
    if notation == 0:
        return f"0{area}{number}"
    if notation == 1:
        return f"0049{area}{number}"
    if notation == 2:
        return f"+49{area}{number}"
    if notation == 3:
        return f"(0{area}) {number[:3]} {number[3:]}"
    if notation == 4:
        return f"0{area}/{number}"
    if notation == 5:
        return f"+49 (0) {area} - {number}"
    if notation == 6:
        return f"0{area} {number}"
    return f"+49 {area} {number}"


def written_at_work(dice: Dice, areas: Strings, numbers: Strings) -> Strings:
    """Numbers as offices write them, one of eight notations each."""
    notation = dice.integers(0, 8, len(areas)).tolist()
    return strings([_office(*cell) for cell in zip(notation, areas, numbers, strict=True)])


def _office(notation: int, area: str, number: str) -> str:
    if notation == 0:
        return f"0{area}{number}"
    if notation == 1:
        return f"0049{area}{number}"
    if notation == 2:
        return f"0{area}-{number}"
    if notation == 3:
        return f"(0{area}) {number[:-2]}-{number[-2:]}"
    if notation == 4:
        return f"0{area}/{number}"
    if notation == 5:
        return f"+49 (0){area} {number}"
    if notation == 6:
        return f"0{area} {number}"
    return f"+49 {area} {number}"
