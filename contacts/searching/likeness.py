"""How near a name is to what was typed, in Python, for the few candidates of a look-up."""

from collections import Counter
from collections.abc import Iterable

from jellyfish import jaro_winkler_similarity

from contacts.matching import phonetics
from contacts.matching.normalise import loose
from contacts.searching.lookups import Candidate
from contacts.searching.query import Query

NEAR = 0.75  # Jaro-Winkler: Meyer/Maier .76, Meyer/Mayr .81, Müller/Möller .90; Meyer/Neuer .73


def best_named_first(candidates: Iterable[Candidate], query: Query) -> list[Candidate]:
    """Those whose own name holds the most of the words typed come first."""
    return sorted(candidates, key=lambda found: (-_words_held(found.key, query), found.key))


def spelt_otherwise(candidates: Iterable[Candidate], query: Query) -> list[Candidate]:
    """Those with a word that sounds as typed but is spelt otherwise, the nearest first.

    Spellings take turns, so that each of them shows, those of several persons before those of
    one. Names that merely share a code
    (Anlagenbau, Hamelkamp) and names that begin as typed are left out.
    """
    single = {found.pk: found for found in candidates}.values()
    near = [(*nearest_word(found.key, query), found) for found in single]
    near = [one for one in near if one[0] >= NEAR]
    near.sort(key=lambda one: (-one[0], not _is_surname(one[1], one[2].key), one[2].key))
    sizes = Counter(spelling for _likeness, spelling, _found in near)
    turns: Counter[str] = Counter()
    ordered = []
    for _likeness, spelling, found in near:
        ordered.append((turns[spelling], sizes[spelling] == 1, found))
        turns[spelling] += 1
    return [found for _turn, _rare, found in sorted(ordered, key=lambda place: place[:2])]


def nearest_word(key: str, query: Query) -> tuple[float, str]:
    """The likeness of the word of other spelling and the word; (0, "") if there is none.

    Of several such words the least like counts: all of them must be near.
    """
    names = loose(key).split()
    alike = [
        max(
            (float(jaro_winkler_similarity(name, word)), name)
            for name in names
            if phonetics.cologne(name) == sound
        )
        for word, sound in zip(query.words, query.sounds, strict=True)
        if sound
        and not any(name.startswith(word) for name in names)
        and any(phonetics.cologne(name) == sound for name in names)
    ]
    return min(alike, default=(0.0, ""))


def _is_surname(word: str, key: str) -> bool:
    return loose(key.split("\t")[0]) == word


def _words_held(key: str, query: Query) -> int:
    names = loose(key).split()
    return sum(any(name.startswith(word) for name in names) for word in query.words)
