"""Postal addresses and employers of pairs."""

from typing import Final

import numpy as np
import numpy.typing as npt

from contacts.matching import strings
from contacts.matching.columns import Gathered
from contacts.matching.comparison.levels import FIRM, NUMBER, PLACE
from contacts.matching.comparison.places_of import best, ranked
from contacts.matching.stock import Ints, Pairs, Stock

Levels = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Where = npt.NDArray[np.int64]
CROWDED: Final = 8
COLLEAGUES: Final = 8
_SAME_STREET, _SIMILAR_FIRM = 0.9, 0.9
_PLACE_RANKS = ranked(
    PLACE.size,
    PLACE.numbers(
        "same", "same_crowded", "suffix", "moved_number", "street", "elsewhere", "postcode_only",
        "postcode", "near", "other",
    ),
)  # fmt: skip
_FIRM_RANKS = ranked(
    FIRM.size, FIRM.numbers("same_rare", "same", "similar", "shares_word", "other")
)


def place(pairs: Pairs) -> Levels:
    """Levels of the postal addresses."""
    stock, one, other = pairs.stock, pairs.one, pairs.other

    def compare(where: Where, s: int, t: int) -> Levels:
        a, b = one.at(where), other.at(where)
        code_a, code_b = a["postcode"][:, s], b["postcode"][:, t]
        street_a, street_b = a["street"][:, s], b["street"][:, t]
        levels = np.full(len(where), PLACE.number("other"), dtype=np.uint8)
        codes = (code_a != 0) & (code_b != 0)
        same_code = codes & (code_a == code_b)
        same_city = (a["city"][:, s] == b["city"][:, t]) & (a["city"][:, s] != 0)
        region = codes & (code_a > 0) & (code_b > 0)
        region &= (code_a - 1) // 100 == (code_b - 1) // 100
        levels[same_city | region] = PLACE.number("near")
        levels[same_code] = PLACE.number("postcode")
        no_street = (street_a == 0) | (street_b == 0)
        levels[same_code & no_street] = PLACE.number("postcode_only")
        levels[no_street & ~codes & ~same_city] = 0
        street = _same_name(stock, street_a, street_b, _SAME_STREET)
        number = (a["house"][:, s] == b["house"][:, t]) & (a["house"][:, s] != 0)
        suffix = a["suffix"][:, s] == b["suffix"][:, t]
        around = same_city | (codes & _one_digit(code_a, code_b)) | ~codes
        levels[street & same_code] = PLACE.number("street")
        levels[street & number & suffix & ~same_code] = PLACE.number("elsewhere")
        levels[street & number & suffix & ~same_code & around] = PLACE.number("moved_number")
        levels[street & number & same_code & ~suffix] = PLACE.number("suffix")
        held = stock.place_held
        crowded = np.maximum(held[pairs.a[where], s], held[pairs.b[where], t]) > CROWDED
        level = np.where(crowded, PLACE.number("same_crowded"), PLACE.number("same"))
        whole = street & number & same_code & suffix
        levels[whole] = level[whole].astype(np.uint8)
        return levels

    return best(_has_place(one), _has_place(other), compare, ranks=_PLACE_RANKS)


def firm(pairs: Pairs) -> Levels:
    """Levels of the employers: the same company, or companies of the same name."""
    stock, one, other = pairs.stock, pairs.one, pairs.other

    def compare(where: Where, s: int, t: int) -> Levels:
        name_a, name_b = one["firm"][where, s], other["firm"][where, t]
        id_a, id_b = one["employer"][where, s], other["employer"][where, t]
        levels = np.full(len(where), FIRM.number("other"), dtype=np.uint8)
        levels[stock.names["first"][name_a] == stock.names["first"][name_b]] = FIRM.number(
            "shares_word"
        )
        levels[_same_name(stock, name_a, name_b, _SIMILAR_FIRM)] = FIRM.number("similar")
        same = ((id_a == id_b) & (id_a != 0)) | ((name_a == name_b) & (name_a != 0))
        held = stock.firm_held
        many = np.maximum(held[pairs.a[where], s], held[pairs.b[where], t]) > COLLEAGUES
        level = np.where(many, FIRM.number("same"), FIRM.number("same_rare")).astype(np.uint8)
        levels[same] = level[same]
        return levels

    return best(one["firm"] != 0, other["firm"] != 0, compare, ranks=_FIRM_RANKS)


def number(pairs: Pairs) -> Levels:
    """Levels of the VAT ids."""
    a, b = pairs.each("number")
    levels = np.zeros(len(a), dtype=np.uint8)
    present = (a != 0) & (b != 0)
    levels[present] = NUMBER.number("other")
    levels[present & (a == b)] = NUMBER.number("same")
    return levels


def _has_place(rows: Gathered) -> Flags:
    found: Flags = (rows["street"] != 0) | (rows["postcode"] != 0) | (rows["city"] != 0)
    return found


def _same_name(stock: Stock, a: Ints, b: Ints, at_least: float) -> Flags:
    """Equal, of the same sound, or similar."""
    found: Flags = (a == b) & (a != 0)
    rest = (~found & (a != 0) & (b != 0)).nonzero()[0]
    codes = stock.names["code"]
    sound = codes[a[rest]] == codes[b[rest]]
    found[rest[sound]] = True
    rest = rest[~sound]
    similarity = strings.jaro_winkler(stock.names, stock.texts, a[rest], b[rest], at_least=at_least)
    found[rest] = similarity >= at_least
    return found


def _one_digit(a: Ints, b: Ints) -> Flags:
    """Whether two German postal codes differ in one digit."""
    differing = np.zeros(len(a), dtype=np.uint8)
    for power in range(5):
        differing += ((a - 1) // 10**power % 10 != (b - 1) // 10**power % 10).astype(np.uint8)
    found: Flags = (differing == 1) & (a > 0) & (b > 0)
    return found
