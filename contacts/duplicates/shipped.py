"""What comes with Einklang for small stocks: a model, and how frequent names are.

Both were made from persons and companies that Einklang's own generator invented
(``benchmarks/population.py``): a hundred records cannot tell how rare a name is.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from contacts.duplicates.setup import setup_of
from contacts.matching.model import Model
from contacts.models import MatchingKind

LEAST: Final = 2000  # records from which on a stock speaks for itself
_FOLDER: Final = Path(__file__).parent / "shipped_data"
_UNKNOWN: Final = 3e-6  # share of a name that is not in the table
_COMPANY: Final = 2e-5  # share of any company's name


def serves(kind: str, records: int) -> bool:
    """Whether a stock of this size is compared with what is shipped."""
    return records < LEAST and (_FOLDER / f"{kind.lower()}.json").exists()


def model(kind: str) -> Model:
    """The shipped model."""
    return Model.from_json(_read(f"{kind.lower()}.json"), setup_of(kind).layout)


def shares(kind: str, texts: Sequence[str], part: str) -> npt.NDArray[np.float32]:
    """Share of each of these names (without spaces) among ``given`` names or ``surname``s."""
    table = _read("names.json")[part] if kind == MatchingKind.PERSON else {}
    unknown = _UNKNOWN if kind == MatchingKind.PERSON else _COMPANY
    found = np.array([table.get(text, unknown) for text in texts], dtype=np.float32)
    if len(found):
        found[0] = 0
    return found


@cache
def _read(name: str) -> Any:
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))
