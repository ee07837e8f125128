"""Letters that a machine takes for one another, and words mended by what else the card says."""

import re
from collections.abc import Iterable

import jellyfish

from contacts.matching.normalise import fold

_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ONE_LETTER = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "8": "b"})
_LETTERS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SHORTEST, _MOST_SLIPS = 8, 2
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Each word small, umlauts written out, without accents: as it stands in addresses."""
    return [plain(word) for word in _WORD.findall(text)]


def plain(word: str) -> str:
    """ "Müller" → "mueller"."""
    return fold(word.lower().translate(_WRITTEN_OUT)).replace(" ", "")


def key(word: str) -> str:
    """The same for words that differ only in what looks alike: "ma1er", "maier", "rnaier"."""
    found = plain(word).translate(_ONE_LETTER)
    for several, one in _LETTERS:
        found = found.replace(several, one)
    return found


def mended(address: str, evidence: Iterable[str]) -> str:
    """The address with each word spelt as the evidence spells it, where the two look alike, or
    where one letter of a long word differs.

    Without such a word nothing is changed: nobody can know which of the two was printed.
    """
    known = [word for text in evidence for word in words(text)]
    spelt = {key(word): word for word in reversed(known)}

    def better(found: re.Match[str]) -> str:
        word = found[0]
        if word.lower() in known:
            return word
        return spelt.get(key(word)) or _but_for_a_letter(word.lower(), known) or word

    return _WORD.sub(better, address)


def _but_for_a_letter(word: str, known: Iterable[str]) -> str:
    if len(word) < _SHORTEST:
        return ""
    near = (each for each in known if jellyfish.levenshtein_distance(word, each) == 1)
    return next(near, "")


def same_but_for_a_slip(domain: str, other: str) -> bool:
    """Whether two domains differ by one or two letters, as one does when it is misread."""
    if domain == other or min(len(domain), len(other)) < _SHORTEST:
        return False
    return jellyfish.levenshtein_distance(domain, other) <= _MOST_SLIPS
