"""Postal codes, towns, area codes and streets: real towns, composed villages between them."""

import random
from dataclasses import dataclass
from functools import cache

import numpy as np

from benchmarks.populations.names import surnames
from benchmarks.populations.urns import (
    Dice,
    Flags,
    Numbers,
    Strings,
    Urn,
    ranked,
    sections,
    strings,
    words,
)

POSTAL_CODES = 7_200
_PEOPLE_PER_CODE = 14.0
_REGIONS = {"0": "east", "1": "east", "2": "north", "3": "north", "4": "west", "5": "west"}
_ADDED = Urn(["", "am See", "am Wald", "im Tal", "an der Heide"], [90, 3, 3, 2, 2])
# Up to which draw "straße" is written as one of the endings.
NOTATIONS = (0.604, 0.782, 0.903)
_STREET_ENDINGS = ("raße", "r.", "rasse", "r")
_STREET_CURVE = [(1, 20.0), (10, 10.0), (50, 6.0), (100, 3.5)]


@dataclass(frozen=True)
class Places:
    """One entry per postal code; ``urn`` draws positions by population."""

    codes: Strings
    cities: Strings
    areas: Strings
    urn: Urn


@cache
def places() -> Places:
    """All postal codes in use."""
    rows = _town_rows()
    taken = [(int(row[0]) // 100, row[0], row[2]) for row in rows]
    rows += _village_rows(taken, POSTAL_CODES - len(rows))
    rows.sort()
    codes, cities, areas, weights = zip(*rows, strict=True)
    return Places(strings(codes), strings(cities), strings(areas), Urn(codes, weights))


def _town_rows() -> list[tuple[str, str, str, float]]:
    """(postal code, town, area code, weight): a town has codes as it has people."""
    rows = []
    for line in sections("towns.txt")["towns"]:
        name, first, last, people, area = line.split(";")
        span = int(last) - int(first)
        count = min(max(1, round(int(people) / _PEOPLE_PER_CODE)), span // 2 + 1)
        for code in np.linspace(int(first), int(last), count).astype(int):
            rows.append((f"{code:05}", name, area, int(people) / count))
    return rows


def _village_rows(
    towns: list[tuple[int, str, str]], count: int
) -> list[tuple[str, str, str, float]]:
    """Villages over the codes that no town has; they telephone through the next town's area."""
    chance = random.Random(3)
    used = {code for _block, code, _area in towns}
    area_of_block = {block: area for block, _code, area in towns}
    blocks = np.array(sorted(area_of_block))
    free = [code for code in (f"{number:05}" for number in range(1067, 99999)) if code not in used]
    near = [code for code in free if np.abs(blocks - int(code) // 100).min() <= 4]
    rows = []
    for code in sorted(chance.sample(near, count)):
        block = int(blocks[np.abs(blocks - int(code) // 100).argmin()])
        rows.append((code, _village(chance, code), area_of_block[block], chance.uniform(4, 11)))
    return rows


def _village(chance: random.Random, code: str) -> str:
    last = chance.choice(words("towns.txt", _REGIONS.get(code[0], "south")))
    first = chance.choice(words("towns.txt", "first parts"))
    if first.endswith("en") and last[0] in "aeiou":
        first = first[:-2]
    name = f"{first}{last}"
    if chance.random() < 0.06:
        name = f"{chance.choice(['Bad', 'Sankt', 'Groß', 'Klein'])} {name}"
    added = chance.choices(_ADDED.values, _ADDED.shares)[0]
    return f"{name} {added}".strip()


@cache
def streets() -> Urn:
    """Streets: the names every place has, composed ones, and a tail named after people."""
    listed = _listed_streets()
    stems, endings = (
        " ".join(sections("streets.txt")[part]).split() for part in ("stems", "endings")
    )
    composed = sorted({_street(stem, end) for stem in stems for end in endings} - {*listed})
    random.Random(4).shuffle(composed)
    people = surnames().values[1_000:26_000]
    groups = [
        (0.59, listed, ranked([*_STREET_CURVE, (len(listed), 1.0)], len(listed))),
        (0.08, [name for name in composed if name.endswith("straße")], None),
        (0.04, [name for name in composed if name.endswith("weg")], None),
        (0.04, [name for name in composed if not name.endswith(("straße", "weg"))], None),
        (0.17, [f"{name}straße" for name in people], None),
        (0.08, [f"{name}weg" for name in people], None),
    ]
    weights = [np.ones(len(names)) if shares is None else shares for _all, names, shares in groups]
    return Urn(
        [name for _all, names, _shares in groups for name in names],
        np.concatenate([
            group[0] * shares / shares.sum() for group, shares in zip(groups, weights, strict=True)
        ]),
    )  # fmt: skip


@cache
def common_streets() -> Urn:
    """The names every place has, alone."""
    listed = _listed_streets()
    return Urn(listed, ranked([*_STREET_CURVE, (len(listed), 1.0)], len(listed)))


def _listed_streets() -> list[str]:
    lines = sections("streets.txt")["streets"]
    return list(dict.fromkeys(name for line in lines for name in line.split("; ")))


def _street(stem: str, ending: str) -> str:
    if ending == "straße" and stem.endswith("en") and stem[0] in "KMF":
        return f"{stem[:-2]}straße"
    return f"{stem}{ending}"


def house_numbers(dice: Dice, count: int) -> Numbers:
    """Low house numbers are commoner; seldom above a hundred."""
    return (
        1
        + np.minimum(dice.integers(0, 80, count), dice.exponential(45, count).astype(int))
        + (dice.random(count) < 0.05) * dice.integers(0, 80, count)
    )


def with_suffixes(numbers: Numbers, suffixed: Flags) -> Strings:
    """House numbers as text, some with a letter."""
    return strings([
        f"{number}a" if more else str(number)
        for number, more in zip(numbers.tolist(), suffixed.tolist(), strict=True)
    ])  # fmt: skip


def street_notations(dice: Dice, names: Strings, limits: tuple[float, ...] = NOTATIONS) -> Strings:
    """Streets with "straße" written out or shortened."""
    ways = np.searchsorted(limits, dice.random(len(names))).tolist()
    return strings([
        f"{name[:-4]}{_STREET_ENDINGS[way]}" if way and name[-5:] == "traße" else name
        for name, way in zip(names, ways, strict=True)
    ])  # fmt: skip
