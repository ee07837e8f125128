"""Particles of surnames: von der, van, zu, Freiherr von …, which names are not sorted by."""

_PARTICLES = {
    "von", "vom", "v.", "van", "zu", "zum", "zur", "der", "den", "dem", "de", "ter", "ten", "te",
    "di", "da", "del", "della", "dos", "das", "do", "du", "af", "av", "bin", "ibn", "d.", "la",
    "le", "und",
}  # fmt: skip
# With a capital, or in a name written in capitals, only these are sure.
_ALSO_CAPITAL = {"von", "vom", "van", "zu", "zum", "zur", "der", "den", "de"}
_ONLY_INSIDE = {"und", "la", "le", "der", "den", "dem", "d."}
_NOBILITY = {
    "freiherr", "freifrau", "freiin", "graf", "gräfin", "baron", "baronin", "ritter", "edler",
    "edle", "prinz", "prinzessin", "fürst", "fürstin", "herzog", "herzogin",
}  # fmt: skip


def is_particle(word: str, *, first: bool) -> bool:
    """Whether a word is a particle; ``first``: nothing of the particle stands before it."""
    low = word.lower()
    if low not in _PARTICLES or (first and low in _ONLY_INSIDE):
        return low in ("der", "den") and word == low
    return word == low or low in _ALSO_CAPITAL


def particle_start(words: list[str]) -> int:
    """Where the particle begins: the index of its first word, or ``len(words)`` if none.

    The last word is a surname and never a particle. A title of nobility belongs to the
    particle when one follows it: "Graf von Spee", but "Steffi Graf".
    """
    for at, word in enumerate(words[:-1]):
        if is_particle(word, first=True):
            noble = at > 0 and words[at - 1].lower() in _NOBILITY
            return at - 1 if noble else at
    return len(words)


def particle_end(words: list[str], start: int) -> int:
    """The index of the first word of the surname proper behind a particle at ``start``."""
    at = start
    if words[at].lower() in _NOBILITY:
        at += 1
    while at < len(words) - 1 and is_particle(words[at], first=at == start):
        at += 1
    return at


def split_particle(surname: str) -> tuple[str, str]:
    """``"von der Heide"`` → ``("von der", "Heide")``; ``"Heide"`` → ``("", "Heide")``."""
    words = surname.split()
    noble = len(words) > 2 and words[0].lower() in _NOBILITY
    start = 1 if noble else 0
    if len(words) < 2 or not is_particle(words[start], first=True):
        return "", surname
    end = particle_end(words, start)
    return " ".join([_small(word) for word in words[:end]]), " ".join(words[end:])


def _small(word: str) -> str:
    return word if word.lower() in _NOBILITY else word.lower()
