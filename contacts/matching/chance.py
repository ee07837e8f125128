"""How often fields agree between two records drawn at random (Fellegi and Sunter's u)."""

from typing import Final

import numpy as np
import numpy.typing as npt

from contacts.matching import comparison
from contacts.matching.comparison.births import BOUNDS as BIRTH_BOUNDS
from contacts.matching.comparison.levels import BIRTH
from contacts.matching.comparison.names import SAME_BOUNDS
from contacts.matching.comparison.places import COLLEAGUES, CROWDED
from contacts.matching.comparison.reach import SHARED_MAIL, SHARED_PHONE
from contacts.matching.model import Doubles, Layout
from contacts.matching.stock import Pairs, Stock

PAIRS: Final = 300_000
_CHUNK: Final = 100_000
_SMOOTH: Final = 0.02
_SELDOM: Final = 1e-6  # what is left for all other levels if everybody agrees
_SEED: Final = 20_261_124


def drawn(stock: Stock, layout: Layout, *, chunk: int) -> npt.NDArray[np.int64]:
    """Counts of levels (a row as the layout has it) among 100,000 pairs drawn at random.

    The draw depends on the number of the chunk alone, not on who draws it.
    """
    dice = np.random.default_rng([_SEED, chunk])
    count = len(stock)
    a = dice.integers(0, count, _CHUNK).astype(np.int32)
    b = (a + dice.integers(1, max(count, 2), _CHUNK)) % max(count, 1)
    patterns = comparison.compare(Pairs.of(stock, a, b.astype(np.int32)), layout.fields)
    levels = comparison.unpack(patterns, layout.fields)
    return np.concatenate(
        [np.bincount(levels[:, at], minlength=each.size) for at, each in enumerate(layout.fields)]
    ).astype(np.int64)


def probabilities(stock: Stock, layout: Layout, counted: npt.NDArray[np.int64]) -> Doubles:
    """A row of level probabilities: exact for agreement, drawn for everything else."""
    row = np.ones(layout.offsets[-1])
    exact = _exact(stock)
    for at, field in enumerate(layout.fields):
        offset = layout.offsets[at]
        levels = counted[offset + 1 : offset + field.size] + _SMOOTH
        share = levels / levels.sum()
        known = {field.number(code) - 1: p for code, p in exact.get(field.name, {}).items()}
        places = list(known)
        rest = max(1 - sum(known.values()), _SELDOM)
        others = np.ones(len(share), dtype=bool)
        others[places] = False
        if others.any():
            share[others] *= rest / share[others].sum()
        share[places] = [max(p, 1e-12) for p in known.values()]
        row[offset + 1 : offset + field.size] = share / share.sum()
    return row


def _exact(stock: Stock) -> dict[str, dict[str, float]]:
    rows = stock.rows
    return {
        "given": _names(stock.given_share),
        "surname": _names(stock.surname_share),
        "birth": _births(stock),
        "mail": _held(rows["mail"], stock.mail_held, SHARED_MAIL, ("same", "same_shared")),
        "phone": _phones(stock),
        "place": _places(stock),
        "firm": _firms(stock),
    }  # fmt: skip


def _names(share: npt.NDArray[np.float32]) -> dict[str, float]:
    """Sum of p² over the names of each frequency bin."""
    present = share[share > 0].astype(np.float64)
    total = present.sum() or 1.0
    bins = np.searchsorted(SAME_BOUNDS, present, side="right")
    squares = np.bincount(bins, weights=(present / total) ** 2, minlength=8)
    return {f"same_{n}": float(each) for n, each in enumerate(squares, 1)}


def _births(stock: Stock) -> dict[str, float]:
    """Sum of p over the dated records of each bin: a date of share p is met with p."""
    dated = stock.rows["birth"] != 0
    count = int(dated.sum())
    if count < 2:
        return {}
    share = stock.birth_share[dated].astype(np.float64)
    meets = np.maximum(share * count - 1, 0) / (count - 1)
    bins = np.searchsorted(BIRTH_BOUNDS, stock.birth_share[dated], side="right")
    sums = np.bincount(bins, weights=meets, minlength=3) / count
    first = BIRTH.number("same_rare")
    return {BIRTH.levels[first - 1 + n].code: float(each) for n, each in enumerate(sums)}


def _held(
    values: npt.NDArray[np.uint32],
    held: npt.NDArray[np.uint8],
    many: int,
    codes: tuple[str, str],
) -> dict[str, float]:
    """How often a random other record holds the same value, for values of few and of many."""
    present = values != 0
    count = int(present.any(axis=1).sum())
    if count < 2:
        return {}
    holders = np.bincount(held[present], minlength=256)
    others = np.maximum(np.arange(len(holders)) - 1, 0) * holders / (count - 1) / count
    return {codes[0]: float(others[:many].sum()), codes[1]: float(others[many:].sum())}


def _phones(stock: Stock) -> dict[str, float]:
    held, rows = stock.phone_held, stock.rows
    places = np.arange(rows["phone"].shape[1])
    mobile = (rows["mobile"][:, None] >> places) & 1 == 1
    alone = _held(np.where(mobile, rows["phone"], 0), held, SHARED_PHONE, ("same", "shared"))
    both = _held(rows["phone"], held, SHARED_PHONE, ("same", "same_shared"))
    if not both:
        return {}
    filled = max(int((rows["phone"] != 0).any(axis=1).sum()), 1)
    mobiles = max(int(mobile.any(axis=1).sum()), 1)
    share = (mobiles / filled) ** 2
    return {
        "same_mobile": alone.get("same", 0.0) * share,
        "same": max(both["same"] - alone.get("same", 0.0) * share, 0.0),
        "same_shared": both["same_shared"],
    }


def _places(stock: Stock) -> dict[str, float]:
    filled = stock.rows["street"].astype(np.uint32)
    found = _held(filled, stock.place_held, CROWDED + 1, ("few", "many"))
    return {"same": found["few"], "same_crowded": found["many"]} if found else {}


def _firms(stock: Stock) -> dict[str, float]:
    filled = stock.rows["firm"].astype(np.uint32)
    found = _held(filled, stock.firm_held, COLLEAGUES + 1, ("few", "many"))
    return {"same_rare": found["few"], "same": found["many"]} if found else {}
