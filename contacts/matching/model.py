"""The model: how probable each level of each field is under each cause; weights of pairs.

A latent-class model after Fellegi and Sunter (A Theory for Record Linkage, JASA 64, 1969) with
one class per cause instead of one for all non-matches. The weight of a pair is
log2 P(match, pattern) - log2 P(any other cause, pattern); 0 bits is the threshold.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from contacts.matching.causes import COMPANY_CAUSES, PERSON_CAUSES, Cause
from contacts.matching.comparison import COMPANY_FIELDS, PERSON_FIELDS, Patterns, unpack
from contacts.matching.comparison.levels import Field

Doubles = npt.NDArray[np.float64]
_TINY = 1e-12


@dataclass(frozen=True)
class Layout:
    """The fields and causes of a kind of records, and where each field's levels lie in a row.

    A row holds, field after field, one place per level, "missing" included.
    """

    fields: tuple[Field, ...]
    causes: tuple[Cause, ...]

    @cached_property
    def offsets(self) -> list[int]:
        """Where each field begins; the last entry is the width of a row."""
        return [0, *accumulate(each.size for each in self.fields)]

    @cached_property
    def _spans(self) -> dict[str, slice]:
        bounds = pairwise(self.offsets)
        return {each.name: slice(*bound) for each, bound in zip(self.fields, bounds, strict=True)}

    def span(self, name: str) -> slice:
        """The places of a field in a row."""
        return self._spans[name]

    def levels_of(self, name: str, codes: Sequence[str]) -> list[int]:
        """Places of some levels of a field in a row."""
        at = [each.name for each in self.fields].index(name)
        return [self.offsets[at] + self.fields[at].number(code) for code in codes]


PERSONS = Layout(PERSON_FIELDS, PERSON_CAUSES)
COMPANIES = Layout(COMPANY_FIELDS, COMPANY_CAUSES)


@dataclass(slots=True, eq=False)
class Model:
    """``shares`` per cause; ``table[cause]`` a row of level probabilities ("missing" is 1);
    ``joint[cause]`` given name x surname for the causes that have them together;
    ``told`` figures of the training for people to read."""

    layout: Layout
    shares: Doubles
    table: Doubles
    joint: dict[int, Doubles]
    told: dict[str, Any] = field(default_factory=dict)

    def log_parts(self, levels: npt.NDArray[np.uint8]) -> Doubles:
        """log2 P(cause, pattern): one row per pattern, one column per cause."""
        found = np.tile(np.log2(np.maximum(self.shares, 1e-300)), (len(levels), 1))
        logs = np.log2(np.maximum(self.table, _TINY))
        for at, offset in enumerate(self.layout.offsets[:-1]):
            found += logs[:, offset + levels[:, at]].T
        for cause, joint in self.joint.items():
            found[:, cause] += np.log2(np.maximum(joint, _TINY))[levels[:, 0], levels[:, 1]]
        return found

    def weights(self, patterns: Patterns) -> Doubles:
        """Bits for or against a match, for each pattern."""
        parts = self.log_parts(unpack(patterns, self.layout.fields))
        return parts[:, 0] - _log2_sum(parts[:, 1:])

    def as_json(self) -> dict[str, Any]:
        """Everything, for storing; probabilities to nine digits."""
        return {
            "fields": {each.name: [level.code for level in each.levels]
                       for each in self.layout.fields},
            "causes": [cause.code for cause in self.layout.causes],
            "shares": _rounded(self.shares),
            "table": [_rounded(row) for row in self.table],
            "joint": {str(cause): [_rounded(row) for row in each]
                      for cause, each in self.joint.items()},
            "told": self.told,
        }  # fmt: skip

    @classmethod
    def from_json(cls, stored: dict[str, Any], layout: Layout) -> "Model":
        """The model stored as ``stored``; it has the causes that it was learned with.

        :raises ValueError: it was made for other fields, levels or causes
        """
        fields = {each.name: [level.code for level in each.levels] for each in layout.fields}
        causes = {cause.code: cause for cause in layout.causes}
        if stored["fields"] != fields or not set(stored["causes"]) <= set(causes):
            raise ValueError("The stored model was made for other fields, levels or causes.")
        kept = tuple(causes[code] for code in stored["causes"])
        return cls(
            replace(layout, causes=kept),
            np.array(stored["shares"]),
            np.array(stored["table"]),
            {int(cause): np.array(each) for cause, each in stored["joint"].items()},
            stored["told"],
        )


def _rounded(row: Doubles) -> list[float]:
    values: list[float] = json.loads(json.dumps([float(f"{value:.9g}") for value in row]))
    return values


def _log2_sum(parts: Doubles) -> Doubles:
    top = parts.max(axis=1)
    found: Doubles = top + np.log2(np.exp2(parts - top[:, None]).sum(axis=1))
    return found
