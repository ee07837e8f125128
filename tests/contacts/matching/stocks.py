"""Stocks in memory: facts about records compared, weighed and grouped without a database."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.population import generate
from contacts.matching import blocking, chance, comparison, frequencies, names, signatures, training
from contacts.matching.blocking import PERSON_KEYS, KeyType, View
from contacts.matching.columns import Columns
from contacts.matching.grouping import Edges
from contacts.matching.hashing import text_hash
from contacts.matching.model import PERSONS, Layout, Model
from contacts.matching.normalise import Unreadable, email, name_fields, phone
from contacts.matching.signatures import Facts, Place
from contacts.matching.stock import Pairs, Stock

Patterns = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Compared:
    """The candidate pairs of a stock and how alike they are."""

    a: Ints
    b: Ints
    patterns: Patterns

    def counted(self) -> tuple[Patterns, npt.NDArray[np.int64]]:
        """The different patterns and how often each occurs."""
        return np.unique(self.patterns, return_counts=True)


def stock_of(facts: Sequence[Facts]) -> Stock:
    """The records with a dictionary and frequencies of their own, fillers taken out."""
    number, texts = dictionary_of(facts)
    rows = signatures.read(b"".join(signatures.packed(each, number) for each in facts))
    columns = Columns.of(rows)
    columns = frequencies.blanked(columns, frequencies.fillers(columns))
    known = Columns.of(names.features(texts))
    return frequencies.stock_of(columns, known, [text.replace(" ", "") for text in texts])


def dictionary_of(facts: Iterable[Facts]) -> tuple[Callable[[str], int], list[str]]:
    """Numbers of all names of the records, and the names by number (0 is the empty one)."""
    texts = ["", *sorted({name for each in facts for name in each.names()} - {""})]
    numbers = {text: number for number, text in enumerate(texts)}
    return numbers.__getitem__, texts


def compared(
    stock: Stock, layout: Layout = PERSONS, keys: Sequence[KeyType] = PERSON_KEYS
) -> Compared:
    """All candidate pairs, compared."""
    view = View(stock.rows, stock.names)
    indexes = [blocking.index(view, kind)[0] for kind in keys]
    firsts = np.zeros(len(keys), dtype=np.int64)
    a, b = blocking.pairs(indexes, 0, stock.rows.count, firsts=firsts)
    return Compared(a, b, comparison.compare(Pairs.of(stock, a, b), layout.fields))


def pattern(stock: Stock, a: int, b: int, layout: Layout = PERSONS) -> int:
    """How alike the records at two places are."""
    one, other = (np.array([place], dtype=np.int32) for place in (a, b))
    return int(comparison.compare(Pairs.of(stock, one, other), layout.fields)[0])


def learned(stock: Stock, pairs: Compared, layout: Layout = PERSONS) -> Model:
    """The model that the stock teaches."""
    drawn = sum(chance.drawn(stock, layout, chunk=chunk) for chunk in (1, 2, 3))
    row = chance.probabilities(stock, layout, np.asarray(drawn))
    return training.learn(*pairs.counted(), row, layout)


def edges(stock: Stock, pairs: Compared, model: Model) -> Edges:
    """The suspects among the pairs."""
    weights = model.weights(pairs.patterns)
    strong = weights >= 0
    ids = stock.rows["id"]
    first, second = ids[pairs.a[strong]], ids[pairs.b[strong]]
    return Edges.merged([Edges(first, second, weights[strong], pairs.patterns[strong])])


@cache
def people(records: int, *, seed: int, kind: str = "household") -> tuple[Facts, ...]:
    """An invented population; the record n has the id n + 1."""
    columns = generate(records, seed=seed, kind=kind).to_pydict()
    return tuple(
        _person(at + 1, {name: column[at] or "" for name, column in columns.items()})
        for at in range(records)
    )


def _person(pk: int, told: dict[str, Any]) -> Facts:
    facts = Facts(id=pk, given_name=told["first_name"], surname=told["last_name"])
    with suppress(Unreadable):
        parts = name_fields(given_name=facts.given_name, surname=facts.surname)
        facts.given_name, facts.surname = parts.given_name, parts.surname
    if told.get("birth_date"):
        with suppress(ValueError):
            facts.birth_date = date.fromisoformat(told["birth_date"])
    if told["email"]:
        with suppress(Unreadable):
            facts.emails.append(email(told["email"]))
    for number in filter(None, (told["phone"], told.get("mobile", ""))):
        with suppress(Unreadable):
            facts.phones.append(phone(number).e164)
    place = Place(told["street"], told["house_no"], told["plz"], told["city"])
    facts.places += [place] if place != Place() else []
    if told.get("company"):
        facts.employers.append(employer(told["company"]))
    return facts


def employer(name: str) -> tuple[int, str]:
    """A company with a number that depends on its name alone."""
    return text_hash(name) & 0x7FFFFFFF, name
