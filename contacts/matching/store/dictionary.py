"""The dictionary of names in the database."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import connection

from contacts.matching import names
from contacts.matching.columns import Columns
from contacts.matching.names import NAME, Names
from contacts.matching.signatures import Signatures
from contacts.models import MatchName

_TABLE = MatchName._meta.db_table
_FIELDS = ("given", "surname", "street", "firm")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of some names, and what is known of each."""

    by_text: Mapping[str, int]
    features: Mapping[int, bytes]

    def __call__(self, text: str) -> int:
        """The number of a name; 0 for the empty one and for one that is not in the dictionary."""
        return self.by_text.get(text, 0)


def numbers(texts: Iterable[str], *, add: bool = True) -> Numbers:
    """Look names up; with ``add`` the missing ones enter the dictionary, in a fixed order."""
    wanted = sorted(set(texts) - {""})
    found = _known(wanted)
    missing = [text for text in wanted if text not in found]
    if add and missing:
        found |= _added(missing)
        found |= _known([text for text in missing if text not in found])
    return Numbers(
        {text: pk for text, (pk, _features) in found.items()},
        {pk: bytes(features) for pk, features in found.values()},
    )


def whole() -> tuple[Names, list[str]]:
    """All features and texts (without spaces) by number; numbers that do not exist are empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(id), 0), coalesce(array_agg(id), '{}'), "
            "string_agg(features, ''::bytea), string_agg(replace(text, ' ', ''), E'\\n') "
            f"FROM (SELECT * FROM {_TABLE} ORDER BY id) AS names"
        )
        last, ids, features, text = cursor.fetchone()
    found = np.zeros(last + 1, dtype=NAME)
    texts = [""] * (last + 1)
    if ids:
        found[np.array(ids)] = np.frombuffer(features, dtype=NAME)
        for pk, each in zip(ids, text.split("\n"), strict=True):
            texts[pk] = each
    return found, texts


def localised(
    rows: Signatures, features: Mapping[int, bytes]
) -> tuple[Columns, Columns, npt.NDArray[np.int64]]:
    """Rows whose names are numbered from 1 among themselves, these names, and their numbers.

    What a few records need of the dictionary is small; the whole dictionary is not.
    """
    used = np.unique(np.concatenate([rows[name].ravel() for name in _FIELDS]))
    used = np.array([pk for pk in used.tolist() if pk in features], dtype=np.int64)
    own = np.zeros(len(used) + 1, dtype=NAME)
    if len(used):
        own[1:] = np.frombuffer(b"".join([features[pk] for pk in used.tolist()]), dtype=NAME)
    rows = rows.copy()
    for name in _FIELDS:
        values = rows[name]
        at = np.minimum(np.searchsorted(used, values), max(len(used) - 1, 0))
        known = (used[at] == values) if len(used) else np.zeros(values.shape, dtype=bool)
        rows[name] = np.where(known, at + 1, 0)
    return Columns.of(rows), Columns.of(own), np.concatenate(([0], used))


def by_number(wanted: Iterable[int]) -> dict[int, tuple[str, bytes]]:
    """(text, features) of some numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, text, features FROM {_TABLE} WHERE id = ANY (%s)", [sorted(set(wanted))]
        )
        return {pk: (text, bytes(features)) for pk, text, features in cursor.fetchall()}


def _known(texts: list[str]) -> dict[str, tuple[int, bytes]]:
    if not texts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT n.text, n.id, n.features FROM json_array_elements_text(%s::json) AS w(text) "
            f'JOIN {_TABLE} n ON n.text = w.text COLLATE "C"',
            [json.dumps(texts)],
        )
        return {text: (pk, features) for text, pk, features in cursor.fetchall()}


def _added(texts: list[str]) -> dict[str, tuple[int, bytes]]:
    """Add those that nobody else added meanwhile."""
    features = [row.tobytes() for row in names.features(texts)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_TABLE} (text, features) SELECT * FROM unnest(%s::text[], %s::bytea[]) "
            "ON CONFLICT (text) DO NOTHING RETURNING text, id, features",
            [texts, features],
        )
        return {text: (pk, known) for text, pk, known in cursor.fetchall()}
