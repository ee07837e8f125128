"""The check at entry: who in the stock looks like this record, by the batch's own scorer."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.db import connection

from contacts.matching import blocking, comparison, frequencies, names, signatures
from contacts.matching.blocking import View
from contacts.matching.columns import Columns
from contacts.matching.frequencies import Fillers
from contacts.matching.model import Model
from contacts.matching.signatures import Facts, Signatures
from contacts.matching.stock import Pairs, Stock
from contacts.matching.store import dictionary, findings
from contacts.matching.store.findings import Current
from contacts.matching.store.upkeep import KEPT

MOST: Final = 4000  # candidates looked at; blocks that are too large are known and left out
_KNOWN: Final = 200_000  # names kept in memory
_RARE: Final = 1e-7
_CROWDED: Final = 255
_FIELDS: Final = ("given", "surname", "street", "firm")


@dataclass(frozen=True, slots=True)
class Frequencies:
    """What the last run knew: shares of names by number, frequent days with their shares, how
    many records have an employer of each name, keys too common to ask for, fillers. Where no run
    has counted names, ``shares_of`` tells them: shares of texts, for ``given`` or ``surname``."""

    given: npt.NDArray[np.float32]
    surname: npt.NDArray[np.float32]
    births: npt.NDArray[np.float64]
    firms: npt.NDArray[np.uint8]
    dropped: npt.NDArray[np.uint32]
    fillers: Fillers
    shares_of: Callable[[Sequence[str], str], npt.NDArray[np.float32]] | None = None


@dataclass(frozen=True, slots=True)
class Standard:
    """By what is scored: model and frequencies, of the run ``run`` (None: what is shipped)."""

    run: Current | None
    model: Model
    known: Frequencies


@dataclass(frozen=True, slots=True)
class Scored:
    """A record of the stock, its weight in bits, and the pattern behind it."""

    id: int
    weight: float
    pattern: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and the run whose result held when the stock was asked: if that is another
    one than the frequencies are of, ask again."""

    found: list[Scored]
    run: Current | None


def of_facts(kind: str, facts: Facts, *, standard: Standard) -> Answer:
    """Records that share a key with these facts, strongest first; the record itself left out.

    Three queries at most; names seen before are remembered.
    """
    numbers = dictionary.numbers(facts.names(), add=False)
    own, texts, features = _own(facts, numbers)
    return _scored(kind, _Entry(own, texts, features), standard)


def of_record(kind: str, pk: int, *, standard: Standard) -> Answer:
    """The same for a record of the stock."""
    kept = KEPT[kind]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT data, keys FROM {kept.table} WHERE {kept.column} = %s", [pk])
        row = cursor.fetchone()
    if row is None:
        return Answer([], standard.run)
    own = signatures.read(bytes(row[0]))
    used = _used(own)
    _remember(used)
    features = {each: _names[each][1] for each in used if each in _names}
    keys = np.array(row[1], dtype=np.int32).view(np.uint32)
    has_fillers = _has_fillers(own, standard.known.fillers)
    return _scored(kind, _Entry(own, {}, features, None if has_fillers else keys), standard)


@dataclass(frozen=True, slots=True)
class _Entry:
    """The record's signatures, the names in them (texts of those that are not remembered, and
    features, by number), and its keys if they are known."""

    rows: Signatures
    texts: dict[int, str]
    features: dict[int, bytes]
    keys: npt.NDArray[np.uint32] | None = None


def _scored(kind: str, own: _Entry, standard: Standard) -> Answer:
    model, known = standard.model, standard.known
    keys = _keys(kind, own.rows, own.features, known) if own.keys is None else own.keys
    keys = _asked(keys, known.dropped)
    found, run = _candidates(kind, keys, besides=int(own.rows["id"][0]))
    if not len(found) or run != standard.run:
        return Answer([], run)
    rows = np.concatenate((own.rows, found))
    stock = _stock(rows, own.texts, own.features, known, kind, keys)
    count = len(own.rows)
    a = np.repeat(np.arange(count, dtype=np.int32), len(found))
    b = np.tile(np.arange(count, len(rows), dtype=np.int32), count)
    patterns = comparison.compare(Pairs.of(stock, a, b), model.layout.fields).tolist()
    weights = _weights(model, patterns)
    best: dict[int, Scored] = {}
    for pk, pattern in zip(rows["id"][b].tolist(), patterns, strict=True):
        weight = weights[pattern]
        if pk not in best or weight > best[pk].weight:
            best[pk] = Scored(pk, weight, pattern)
    return Answer(sorted(best.values(), key=lambda each: (-each.weight, each.id)), run)


def _weights(model: Model, patterns: Sequence[int]) -> dict[int, float]:
    """Weights by pattern; those asked for before are remembered."""
    weights = _weighed(model)
    if len(weights) > _KNOWN:
        weights.clear()
    new = [each for each in dict.fromkeys(patterns) if each not in weights]
    if new:
        found = model.weights(np.array(new, dtype=np.uint64))
        weights.update(zip(new, found.tolist(), strict=True))
    return weights


@lru_cache(maxsize=4)
def _weighed(_model: Model) -> dict[int, float]:
    return {}


def _own(
    facts: Facts, numbers: dictionary.Numbers
) -> tuple[Signatures, dict[int, str], dict[int, bytes]]:
    """The facts' signatures; names that the dictionary does not have get negative numbers."""
    texts = {pk: text for text, pk in numbers.by_text.items()}
    features = dict(numbers.features)
    by_text = dict(numbers.by_text)
    for text in facts.names():
        if text and text not in by_text:
            pk = -len(by_text) - 1
            by_text[text], texts[pk] = pk, text
            features[pk] = names.features([text])[0].tobytes()
    rows = signatures.read(signatures.packed(facts, lambda text: by_text.get(text, 0)))
    return rows, texts, features


def _keys(
    kind: str, own: Signatures, features: dict[int, bytes], known: Frequencies
) -> npt.NDArray[np.uint32]:
    """The record's keys; what is a filler gives none."""
    rows, own_names, _numbers = dictionary.localised(own, features)
    rows = frequencies.blanked(rows, _local_fillers(known.fillers, _numbers))
    keys: npt.NDArray[np.uint32] = blocking.all_keys(View(rows, own_names), KEPT[kind].keys)
    present: npt.NDArray[np.uint32] = keys[keys != 0]
    return present


def _asked(keys: npt.NDArray[np.uint32], dropped: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """The keys without those that too many records have."""
    if not len(dropped):
        return keys
    at = np.minimum(np.searchsorted(dropped, keys), len(dropped) - 1)
    asked: npt.NDArray[np.uint32] = keys[dropped[at] != keys]
    return asked


def _has_fillers(rows: Signatures, found: Fillers) -> bool:
    """Whether something in the record counts as missing."""
    return (
        any(day in found.births for day in rows["birth"].tolist())
        or any(mail in found.mails for mail in rows["mail"].ravel().tolist())
        or any(phone in found.phones for phone in rows["phone"].ravel().tolist())
        or any(
            pair in found.names
            for pair in zip(rows["given"].tolist(), rows["surname"].tolist(), strict=True)
        )
    )


def _local_fillers(found: Fillers, numbers: npt.NDArray[np.int64]) -> Fillers:
    """Fillers with names by their local numbers."""
    if not found.names:
        return found
    place = {pk: at for at, pk in enumerate(numbers.tolist())}
    local = {
        (place[given], place[surname]): held
        for (given, surname), held in found.names.items()
        if given in place and surname in place
    }
    return Fillers(found.births, found.mails, found.phones, local)


def _candidates(
    kind: str, keys: npt.NDArray[np.uint32], *, besides: int
) -> tuple[Signatures, Current | None]:
    """Who shares a key, and the run whose result holds."""
    kept = KEPT[kind]
    with connection.cursor() as cursor:
        cursor.execute(
            # planned for all rows and stopped early: a LIMIT inside tempts to read the table
            f"WITH found AS MATERIALIZED (SELECT data FROM {kept.table} "
            f"WHERE keys && %s::int[] AND {kept.column} <> %s) "
            "SELECT (SELECT string_agg(data, ''::bytea) "
            f"FROM (SELECT data FROM found LIMIT {MOST}) AS f), run.* "
            f"FROM (SELECT) AS one LEFT JOIN ({findings.CURRENT}) AS run ON true",
            [f"{{{','.join(map(str, keys.view(np.int32).tolist()))}}}", besides, kind],
        )
        data, *run = cursor.fetchone()
    return signatures.read(bytes(data or b"")), None if run[0] is None else Current(*run)


_names: "OrderedDict[int, tuple[str, bytes]]" = OrderedDict()


def _stock(
    rows: Signatures,
    texts: dict[int, str],
    features: dict[int, bytes],
    known: Frequencies,
    kind: str,
    keys: npt.NDArray[np.uint32],
) -> Stock:
    """The record (first) and its candidates as a little stock of their own."""
    used = _used(rows)
    _remember([pk for pk in used if pk not in features])
    words = {pk: texts.get(pk) or _names[pk][0] for pk in used if pk in texts or pk in _names}
    own_features = {pk: features.get(pk) or _names[pk][1] for pk in words}
    local, local_names, numbers = dictionary.localised(rows, own_features)
    local = frequencies.blanked(local, _local_fillers(known.fillers, numbers))
    tell = known.shares_of
    spelt = [words[pk].replace(" ", "") if pk else "" for pk in numbers.tolist()]
    return Stock(
        rows=local,
        names=local_names,
        texts=spelt,
        given_share=tell(spelt, "given") if tell else _shares(known.given, numbers),
        surname_share=tell(spelt, "surname") if tell else _shares(known.surname, numbers),
        birth_share=_birth_share(local["birth"], known.births),
        mail_held=frequencies.held(local["mail"]),
        phone_held=frequencies.held(local["phone"]),
        place_held=_place_held(local, local_names, kind, keys),
        firm_held=_firm_held(local["firm"], numbers, known.firms),
    )


def _used(rows: Signatures) -> list[int]:
    """The numbers of all names in some signatures."""
    found = set(np.concatenate([rows[name].ravel() for name in _FIELDS]).tolist())
    return sorted(found - {0})


def _remember(wanted: Sequence[int]) -> None:
    """Fetch names that are not yet remembered; the dictionary never changes what it has."""
    missing = [pk for pk in wanted if pk > 0 and pk not in _names]
    if missing:
        _names.update(dictionary.by_number(missing))
    while len(_names) > _KNOWN:
        _names.popitem(last=False)


def _shares(shares: npt.NDArray[np.float32], numbers: npt.NDArray[np.int64]) -> Any:
    inside = (numbers > 0) & (numbers < len(shares))
    found = np.full(len(numbers), _RARE, dtype=np.float32)
    found[inside] = np.maximum(shares[numbers[inside]], _RARE)
    return found


def _birth_share(births: npt.NDArray[np.int32], often: npt.NDArray[np.float64]) -> Any:
    found = np.zeros(len(births), dtype=np.float32)
    for day, share in often:
        found[births == int(day)] = share
    return found


def _place_held(rows: Columns, names_: Columns, kind: str, keys: Any) -> Any:
    """How many live at each place: counted among the candidates, which all share the place's
    key, unless that key was too common to ask for."""
    found = frequencies.held(frequencies.place_keys(rows))
    view = View(rows.first(), names_)
    place_type = next(each for each in KEPT[kind].keys if each.name == "PLZ, Straße, Hausnummer")
    for at, column in enumerate(place_type.columns(view)):
        if column[0] and column[0] not in keys:
            found[0, at] = _CROWDED
    return found


def _firm_held(firms: Any, numbers: Any, held: npt.NDArray[np.uint8]) -> Any:
    counts = np.zeros(len(numbers), dtype=np.uint8)
    inside = (numbers > 0) & (numbers < len(held))
    counts[inside] = held[numbers[inside]]
    found: Any = counts[firms]
    return found
