"""German surnames and first names with their shares: a real head, a long composed tail."""

import random
from functools import cache

import numpy as np
from faker.providers.person.de_DE import Provider

from benchmarks.populations.urns import Dice, Numbers, Strings, Urn, ranked, sections, words

SEXES = ("female", "male")
FIRST_DECADE, DECADES = 1930, 8
_ATTEMPTS = 700_000
# (rank, share) of German surnames in a telephone book; about half of the people bear a rarer one.
_SURNAME_CURVE = [
    (1, 0.0114), (2, 0.0084), (3, 0.0056), (5, 0.0042), (10, 0.0033), (20, 0.00205),
    (50, 0.00127), (100, 0.00074), (200, 0.00045), (500, 0.00024), (1000, 0.000135),
    (2000, 0.000075), (4000, 0.00004),
]  # fmt: skip
_KNOWN, _TAIL_SHARE = 4_000, 0.33
# How many composed names have so many letters, and which share of the tail bears them.
_TAIL_LENGTHS = {
    3: (120, 1.1), 4: (1_800, 7.2), 5: (9_000, 14.6), 6: (28_000, 23), 7: (34_000, 20.7),
    8: (28_000, 15.6), 9: (16_000, 8.8), 10: (9_000, 4.9), 11: (4_500, 2.6), 12: (2_000, 1.5),
}  # fmt: skip
# (rank, share) among the first names of one sex.
_FIRST_NAME_CURVE = [
    (1, 0.025), (3, 0.020), (10, 0.0162), (20, 0.0118), (30, 0.0092), (50, 0.006), (100, 0.0026),
    (200, 0.0009), (300, 0.00045), (500, 0.00018), (1000, 0.00006),
]  # fmt: skip
# How much likelier a name is in its own time, one and two steps away, and further.
_TIME_FACTORS = np.array([1.7, 1.2, 0.75, 0.55, 0.5, 0.45, 0.45, 0.45])
_TIMES = {"1": 1940, "2": 1955, "3": 1970, "4": 1985, "5": 2000}


@cache
def surnames() -> Urn:
    """All surnames. More than 130,000; the commonest is borne by one person in eighty."""
    listed = words("names.txt", "surnames")
    known = list(dict.fromkeys([*listed, *Provider.last_names]))
    tail = _composed(set(known))
    chance = random.Random(2)
    middling = [name for name in tail if chance.random() < 0.03][: _KNOWN - len(known)]
    known += middling
    weights = ranked(_SURNAME_CURVE, len(known))
    rare = sorted(set(tail) - set(middling))
    head = weights * ((1 - _TAIL_SHARE) / weights.sum())
    return Urn([*known, *rare], [*head, *_tail_weights(rare)])


@cache
def common_surnames() -> Urn:
    """The surnames of the head alone, as in a smaller stock."""
    urn = surnames()
    return Urn(urn.values[:_KNOWN], urn.shares[:_KNOWN])


def _tail_weights(names: list[str]) -> list[float]:
    """Shares of composed names: short ones are borne by more people."""
    each = {length: share / count for length, (count, share) in _TAIL_LENGTHS.items()}
    weights = [each[len(name)] for name in names]
    total = sum(weights)
    return [weight * _TAIL_SHARE / total for weight in weights]


def _composed(taken: set[str]) -> list[str]:
    """Surnames made of syllables, stems and endings, in an order that is always the same."""
    chance = random.Random(1)
    parts = {
        part: [text.strip("-") for text in " ".join(sections("names.txt")[part]).split()]
        for part in ("onsets", "vowels", "singles", "codas", "suffixes", "stems", "endings",
                     "foreign stems", "foreign endings")
    }  # fmt: skip
    shapes = [
        *4 * [("onsets", "vowels", "codas", "suffixes")],
        *2 * [("onsets", "vowels", "singles", "vowels", "codas", "suffixes")],
        ("stems", "endings"),
        ("foreign stems", "foreign endings"),
    ]
    wanted = {length: count for length, (count, _share) in _TAIL_LENGTHS.items()}
    made: dict[str, None] = {}
    for _attempt in range(_ATTEMPTS):
        name = _joined(*[chance.choice(parts[part]) for part in chance.choice(shapes)]).capitalize()
        if name[0] in "ÄÖÜ" or name in made or name in taken:
            continue
        if wanted.get(len(name), 0):
            wanted[len(name)] -= 1
            made[name] = None
    return list(made)


def _joined(*parts: str) -> str:
    """Parts of a name, no letter three times, no two vowels where they meet."""
    name = ""
    for part in parts:
        if name and part and name[-1] in "aeiou" and part[0] in "aeiou":
            name = name[:-1]
        if name[-2:] == 2 * part[:1]:
            name = name[:-1]
        name += part
    return name


@cache
def first_names(sex: str, decade: int) -> Urn:
    """First names of those of one sex who were born in a decade (0 is that of 1930)."""
    names, times = _first_names(sex)
    born = FIRST_DECADE + 10 * decade + 5
    steps = np.where(times == 0, 2, np.abs(times - born) / 15).round().astype(int)
    return Urn(names, ranked(_FIRST_NAME_CURVE, len(names)) * _TIME_FACTORS[steps])


@cache
def _first_names(sex: str) -> tuple[list[str], Numbers]:
    """First names of one sex by frequency, and the year about which each was commonest."""
    listed = {word[:-1]: _TIMES.get(word[-1], 0) for word in words("names.txt", sex)}
    more = Provider.first_names_male if sex == "male" else Provider.first_names_female
    rest = [name for name in more if name not in listed and " " not in name]
    random.Random(2).shuffle(rest)
    listed.update(dict.fromkeys(rest, 0))
    return list(listed), np.array(list(listed.values()))


def draw_first_names(dice: Dice, male: Numbers, years: Numbers) -> Strings:
    """A first name for every person, by sex (0 female, 1 male) and year of birth."""
    groups = male * DECADES + np.clip((years - FIRST_DECADE) // 10, 0, DECADES - 1)
    found = np.empty(len(groups), dtype=object)
    for group in range(2 * DECADES):
        where = np.flatnonzero(groups == group)
        urn = first_names(SEXES[group // DECADES], group % DECADES)
        found[where] = urn.pick(dice, len(where))
    return found


def surname_frequencies() -> dict[str, float]:
    """The share of every surname that a population can hold."""
    urn = surnames()
    return dict(zip(urn.values, urn.shares.tolist(), strict=True))


def first_name_frequencies(sex: str | None = None) -> dict[str, float]:
    """The share of every first name over all times of birth, of one sex or of both."""
    shares: dict[str, float] = {}
    for each in SEXES if sex is None else (sex,):
        for decade in range(DECADES):
            urn = first_names(each, decade)
            for name, share in zip(urn.values, urn.shares.tolist(), strict=True):
                shares[name] = shares.get(name, 0.0) + share
    total = sum(shares.values())
    return {name: share / total for name, share in shares.items()}


@cache
def nicknames() -> dict[str, tuple[str, ...]]:
    """What else somebody of this first name is called; the full name for a short form."""
    others: dict[str, dict[str, None]] = {}
    for line in sections("names.txt")["nicknames"]:
        full, *short = line.split()
        others.setdefault(full, {}).update(dict.fromkeys(short))
        for name in short:
            others.setdefault(name, {})[full] = None
    return {name: tuple(found) for name, found in others.items()}
