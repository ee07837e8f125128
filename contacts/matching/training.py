"""Learning the model from the stock itself, without labels, by expectation maximisation.

Dempster, Laird, Rubin: Maximum Likelihood from Incomplete Data via the EM Algorithm, JRSS B 39
(1977). It works on counts of patterns: some ten thousand patterns stand for millions of pairs.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from contacts.matching.causes import Cause
from contacts.matching.comparison import Patterns, unpack
from contacts.matching.comparison.levels import SURNAME
from contacts.matching.model import Doubles, Layout, Model

STARTS: Final = (0.1, 0.02)
_HOUSEHOLD: Final = 0.15
_MOST_STEPS: Final = 60
_HELD: Final = 20
_SETTLED: Final = 1e-5
_FLOOR: Final = 0.001
_PRIOR_PAIRS: Final = 100.0
_PARTS: Final = (0.9, 0.97)  # of all pairs, by their most frequent patterns
_FIRST_STEPS: Final = 50
_LAST_STEPS: Final = 10


Floats = npt.NDArray[np.float32]


@dataclass(slots=True)
class _Data:
    """Patterns as a matrix of ones, their counts, and the place of both names in a joint table."""

    ones: npt.NDArray[np.float32]
    levels: npt.NDArray[np.uint8]
    counts: Floats
    cell: npt.NDArray[np.int64]

    def first(self, count: int) -> "_Data":
        return _Data(self.ones[:count], self.levels[:count], self.counts[:count], self.cell[:count])


def learn(patterns: Patterns, counts: npt.NDArray[np.int64], chance: Doubles, layout: Layout,
          *, only_shares_of: Model | None = None) -> Model:  # fmt: skip
    """The model that explains the counted patterns best.

    ``chance``: a row of level probabilities for two records drawn at random. With
    ``only_shares_of`` the probabilities are those of that model, and the shares alone are learned.
    """
    layout = _without_unneeded(layout, patterns)
    order = np.argsort(-counts, kind="stable")
    data = _data(patterns[order], counts[order], layout)
    if only_shares_of is not None:
        begun = _narrowed(only_shares_of, layout)
        model, likelihood = _climb(begun, data, learn_tables=False, steps=_MOST_STEPS)
        model.told |= {"log_likelihood": likelihood}
        return model
    share = np.cumsum(data.counts, dtype=np.float64) / counts.sum()
    often, usual = (data.first(max(2000, int(np.searchsorted(share, part)) + 1)) for part in _PARTS)
    climbed = [_climb(_start(layout, chance, match), often, steps=_FIRST_STEPS) for match in STARTS]
    best, _likelihood = max(climbed, key=lambda each: each[1])
    best, _likelihood = _climb(best, usual, steps=_MOST_STEPS, held=0)
    model, likelihood = _climb(best, data, steps=_LAST_STEPS, held=0)
    model.told |= {
        "log_likelihood": likelihood,
        "patterns": len(counts),
        "pairs": int(counts.sum()),
    }
    return model


def _without_unneeded(layout: Layout, patterns: Patterns) -> Layout:
    """Leave out causes about a field that is hardly ever filled."""
    levels = unpack(patterns, layout.fields)
    names = [each.name for each in layout.fields]
    filled = {name: bool((levels[:, at] > 0).mean() > 0.02) for at, name in enumerate(names)}
    kept = tuple(c for c in layout.causes if not c.needs or filled.get(c.needs, False))
    return replace(layout, causes=kept)


def _narrowed(model: Model, layout: Layout) -> Model:
    """The model without the causes that the layout does not have."""
    codes = [cause.code for cause in model.layout.causes]
    keep = [codes.index(cause.code) for cause in layout.causes]
    shares = model.shares[keep]
    joint = {keep.index(cause): each for cause, each in model.joint.items() if cause in keep}
    return Model(layout, shares / shares.sum(), model.table[keep], joint, dict(model.told))


def _data(patterns: Patterns, counts: npt.NDArray[np.int64], layout: Layout) -> _Data:
    levels = unpack(patterns, layout.fields)
    offsets = layout.offsets
    ones = np.zeros((len(levels), offsets[-1]), dtype=np.float32)
    rows = np.arange(len(levels))
    for at, offset in enumerate(offsets[:-1]):
        ones[rows, offset + levels[:, at]] = 1
    width = layout.fields[1].size
    cell = levels[:, 0].astype(np.int64) * width + levels[:, 1]
    return _Data(ones, levels, counts.astype(np.float32), cell)


def _start(layout: Layout, chance: Doubles, match: float) -> Model:
    """Where EM begins: what a cause makes agree agrees often, the rest is chance."""
    count = len(layout.causes)
    shares = np.full(count, 0.0)
    shares[0] = match
    codes = [cause.code for cause in layout.causes]
    household = codes.index("household") if "household" in codes else None
    if household is not None:
        shares[household] = _HOUSEHOLD
    even = (1 - shares.sum()) / (shares == 0).sum()
    shares[shares == 0] = even
    table = np.tile(chance, (count, 1))
    joint: dict[int, Doubles] = {}
    for at, cause in enumerate(layout.causes):
        rows = {name: _begun(layout, name, cause) for name in _learned(cause)}
        for name, row in rows.items():
            table[at, layout.span(name)] = row
        _constrain(table[at], layout, cause)
        if cause.joint:
            joint[at] = _joint_of(table[at], layout)
            for name in ("given", "surname"):
                table[at, layout.span(name)] = 1
    return Model(layout, shares, table, joint)


def _learned(cause: Cause) -> tuple[str, ...]:
    return (*cause.free, "given", "surname") if cause.joint else cause.free


def _begun(layout: Layout, name: str, cause: Cause) -> Doubles:
    field = next(each for each in layout.fields if each.name == name)
    row = np.array([1.0, *(max(level.start, 0.005) for level in field.levels)])
    if name in cause.start:
        wanted = [field.number(code) for code in cause.start[name]]
        row[1:] *= 0.1 / row[1:].sum()
        row[wanted] += 0.9 / len(wanted)
    row[1:] /= row[1:].sum()
    return row


def _constrain(row: Doubles, layout: Layout, cause: Cause) -> None:
    """Make levels impossible that the cause rules out."""
    for name, codes in cause.never.items():
        row[layout.levels_of(name, codes)] = 0
        _normalise(row, layout, name)
    for name, codes in cause.only.items():
        places = layout.levels_of(name, codes)
        kept = row[places].copy()
        span = layout.span(name)
        row[span] = 0
        row[span.start] = 1
        row[places] = kept
        _normalise(row, layout, name)


def _normalise(row: Doubles, layout: Layout, name: str) -> None:
    span = layout.span(name)
    levels = slice(span.start + 1, span.stop)
    row[levels] /= row[levels].sum()


def _joint_of(row: Doubles, layout: Layout) -> Doubles:
    """Given name x surname as a product; a missing one leaves the other's own probability."""
    return np.outer(row[layout.span("given")], row[layout.span("surname")])


def _climb(
    model: Model, data: _Data, *, steps: int, held: int = _HELD, learn_tables: bool = True
) -> tuple[Model, float]:
    """Steps of EM until the shares settle; the model and its log-likelihood (bits per pair)."""
    likelihood = -np.inf
    total = data.counts.sum(dtype=np.float64)
    for step in range(steps):
        parts = _log_parts(model, data)
        top = parts.max(axis=0)
        chances = np.exp2(parts - top)
        sums = chances.sum(axis=0)
        likelihood = float(data.counts @ (top + np.log2(sums)) / total)
        belongs = chances * (data.counts / sums)
        shares = _bounded(belongs.sum(axis=1, dtype=np.float64) / total, model.layout)
        settled = float(np.abs(shares - model.shares).max()) < _SETTLED
        model = replace(model, shares=np.maximum(shares, 1e-9))
        if learn_tables:
            _learn_tables(model, data, belongs, hold_match=step < held)
        if settled and step >= held:
            break
    return model, likelihood


def _bounded(shares: Doubles, layout: Layout) -> Doubles:
    """The shares with those cut back that are bound to another cause's."""
    codes = [cause.code for cause in layout.causes]
    for at, cause in enumerate(layout.causes):
        if cause.at_most and cause.at_most[0] in codes:
            other, times = cause.at_most
            shares[at] = min(shares[at], times * shares[codes.index(other)])
    bounded: Doubles = shares / shares.sum()
    return bounded


def _log_parts(model: Model, data: _Data) -> Floats:
    """log2 P(cause, pattern): one row per cause, one column per pattern."""
    logs = np.log2(np.maximum(model.table, 1e-12)).astype(np.float32)
    parts: Floats = logs @ data.ones.T
    parts += np.log2(np.maximum(model.shares, 1e-300)).astype(np.float32)[:, None]
    for cause, joint in model.joint.items():
        parts[cause] += np.log2(np.maximum(joint, 1e-12)).astype(np.float32).ravel()[data.cell]
    return parts


def _learn_tables(model: Model, data: _Data, belongs: Floats, *, hold_match: bool) -> None:
    layout = model.layout
    found = belongs @ data.ones
    for at, cause in enumerate(layout.causes):
        if at == 0 and hold_match:
            continue
        for name in cause.free:
            span = layout.span(name)
            levels = found[at, span.start + 1 : span.stop].astype(np.float64)
            share = levels / max(levels.sum(), 1e-9) + _FLOOR
            model.table[at, span.start + 1 : span.stop] = share / share.sum()
        if cause.joint:
            model.joint[at] = _learned_joint(layout, data, belongs[at])
        _constrain(model.table[at], layout, cause)


def _learned_joint(layout: Layout, data: _Data, belongs: Floats) -> Doubles:
    """The joint table with some pseudo-pairs of the product of its own margins."""
    shape = (layout.fields[0].size, layout.fields[1].size)
    counted = np.bincount(data.cell, weights=belongs, minlength=shape[0] * shape[1])
    both = counted.reshape(shape)[1:, 1:]
    given = both.sum(axis=1) + _FLOOR
    surname = both.sum(axis=0) + _FLOOR
    given, surname = given / given.sum(), surname / surname.sum()
    joint = both + _PRIOR_PAIRS * np.outer(given, surname)
    joint /= joint.sum()
    whole = np.ones(shape)
    whole[1:, 1:] = joint
    whole[1:, 0] = joint.sum(axis=1)
    whole[0, 1:] = joint.sum(axis=0)
    return whole


def doubt(model: Model, chance: Doubles) -> str:
    """What is wrong with a learned model, or "" if it makes sense.

    At five million records a badly begun EM once ended with matches that agree no more often
    than strangers do.
    """
    layout, match = model.layout, model.table[0]
    if not 1e-6 < model.shares[0] < 0.98:
        return f"match share {model.shares[0]:.2g}"
    codes = {level.code for level in SURNAME.levels} - {"near", "other", "mailbox"}
    alike = layout.levels_of("surname", sorted(codes))
    if match[alike].sum() < max(0.5, 2 * float(chance[alike].sum())):
        return f"surnames are alike in {match[alike].sum():.0%} of the matches"
    return ""
