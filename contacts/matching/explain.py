"""Why two records are suspected: what each field adds or takes, in bits and in words.

The weight is log2 P(match) - log2 P(all other causes). Given how probable each other cause is for
this very pattern, it falls apart exactly: into a part for how frequent matches and coincidences
are at all (``base``) and one part per field. The parts sum to the weight.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from contacts.matching.comparison import unpack
from contacts.matching.explain_words import CAUSES, DIFFERENCES, FIELDS, LEVELS
from contacts.matching.model import Doubles, Model

Band = Literal["SURE", "PROBABLE", "POSSIBLE"]
SURE: Final = 6.0
PROBABLE: Final = 3.0
BANDS: Final[dict[str, tuple[float, float | None]]] = {
    "SURE": (SURE, None),
    "PROBABLE": (PROBABLE, SURE),
    "POSSIBLE": (0.0, PROBABLE),
}


def band(weight: float) -> Band:
    """How strong a suspicion is: sure from 6 bits on, probable from 3, possible from 0."""
    if weight >= SURE:
        return "SURE"
    return "PROBABLE" if weight >= PROBABLE else "POSSIBLE"


@dataclass(frozen=True, slots=True)
class Part:
    """What one field says: its level and the bits it adds (or takes, if negative)."""

    field: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """``weight`` = ``base`` + the bits of all parts. ``against`` is the cause other than a match
    that explains the pattern best."""

    weight: float
    band: Band
    base: float
    against: str
    parts: tuple[Part, ...]


def explain(pattern: int, model: Model) -> Explanation:
    """Take a pair's weight apart. Missing fields say nothing and are left out."""
    layout = model.layout
    levels = unpack(np.array([pattern], dtype=np.uint64), layout.fields)
    logs = model.log_parts(levels)[0]
    others = logs[1:]
    chances = np.exp2(others - others.max())
    chances /= chances.sum()
    known = chances > 0
    entropy = -float((chances[known] * np.log2(chances[known])).sum())
    shares = np.log2(np.maximum(model.shares, 1e-300))
    base = float(shares[0] - chances @ shares[1:]) - entropy
    bits = _bits_of_fields(model, levels[0])
    parts = []
    for at, field in enumerate(layout.fields):
        if levels[0][at]:
            code = field.levels[levels[0][at] - 1].code
            parts.append(Part(field.name, code, float(bits[0, at] - chances @ bits[1:, at])))
    weight = base + sum(part.bits for part in parts)
    against = layout.causes[1 + int(others.argmax())].code
    return Explanation(weight, band(weight), base, against, tuple(parts))


def _bits_of_fields(model: Model, levels: npt.NDArray[np.uint8]) -> Doubles:
    """log2 of each level's probability: one row per cause, one column per field.

    Where a cause has both names in one table, the given name counts for itself and the surname
    for what it adds to it.
    """
    offsets = model.layout.offsets
    found = np.stack(
        [
            np.log2(np.maximum(model.table[:, offsets[at] + int(level)], 1e-12))
            for at, level in enumerate(levels)
        ],
        axis=1,
    )
    for cause, joint in model.joint.items():
        both = float(np.log2(max(joint[levels[0], levels[1]], 1e-12)))
        alone = float(np.log2(max(joint[levels[0], 0], 1e-12)))
        found[cause, 0] += alone
        found[cause, 1] += both - alone
    return found


def field_label(field: str) -> str:
    """The German name of a field; to be translated where it is shown."""
    return FIELDS[field]


def level_text(field: str, level: str) -> str:
    """A level in German words; to be translated where it is shown."""
    return LEVELS[field][level]


def tells_difference(field: str, level: str) -> bool:
    """Whether the words of the level tell a difference, not something in common.

    What two records have in common takes bits too, where another cause than a match would explain
    it even better: colleagues share their company more surely than an old and a new entry of one
    person do.
    """
    return level in DIFFERENCES[field]


def cause_text(cause: str) -> str:
    """A cause in German words; to be translated where it is shown."""
    return CAUSES[cause]
