"""Make what Einklang ships for small stocks: models and frequencies of names.

    python -m benchmarks.shipped_matching

Persons and companies are invented by :mod:`benchmarks.population`, compared and learned from as
a stock would be, without a database; the result replaces ``contacts/duplicates/shipped_data``.
Takes about two minutes.
"""

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import matching_files, population
from benchmarks.populations import names as invented
from contacts.matching import (
    blocking,
    chance,
    comparison,
    frequencies,
    names,
    signatures,
    training,
)
from contacts.matching.columns import Columns
from contacts.matching.model import COMPANIES, PERSONS, Layout, Model
from contacts.matching.signatures import Facts
from contacts.matching.stock import Pairs

FOLDER = Path(__file__).resolve().parent.parent / "contacts" / "duplicates" / "shipped_data"
LEAST = {"given": 3e-6, "surname": 6e-6}
HOUSEHOLD, B2B, COMPANIES_OF = 300_000, 200_000, 300_000
_CHUNK = 100_000


def main() -> None:
    """Write the three files."""
    _write("names.json", {part: _shares(part) for part in LEAST})
    persons = [*_persons("household", HOUSEHOLD, 101, 1), *_persons("b2b", B2B, 102, HOUSEHOLD + 1)]
    _write("person.json", _learned(persons, blocking.PERSON_KEYS, PERSONS).as_json())
    companies = _companies(COMPANIES_OF, 103)
    _write("company.json", _learned(companies, blocking.COMPANY_KEYS, COMPANIES).as_json())


def _write(name: str, content: Any) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")


def _shares(part: str) -> dict[str, float]:
    """Names as the dictionary spells them, with the share that bears them; the rarest left out."""
    drawn = invented.first_name_frequencies() if part == "given" else invented.surname_frequencies()
    found: dict[str, float] = {}
    for name, share in drawn.items():
        key = names.folded(name).replace(" ", "")
        found[key] = found.get(key, 0.0) + share
    ordered = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return {name: float(f"{share:.3g}") for name, share in ordered if share >= LEAST[part]}


def _persons(kind: str, count: int, seed: int, start: int) -> list[Facts]:
    table = population.generate(count, seed=seed, kind=kind)
    columns = matching_files.columns_of(table.column_names, None)
    companies = table.column("company").unique().to_pylist() if "company" in columns else []
    ids = {text: (number, text) for number, text in enumerate(companies, 1) if text}
    return list(matching_files.facts_of(table, columns, ids, start))


def _companies(count: int, seed: int) -> list[Facts]:
    """Each company as it is written by one of its people: address, switchboard, domain, VAT id."""
    from contacts.matching.normalise import Unreadable, company_name

    dice = random.Random(seed)
    written: dict[str, list[Facts]] = {}
    for person in _persons("b2b", count, seed, 1):
        for _id, name in person.employers:
            written.setdefault(name, []).append(person)
    found = []
    for number, (text, people) in enumerate(written.items(), 1):
        try:
            name = company_name(text).name
        except Unreadable:
            continue
        one = dice.choice(people)
        domains = sorted({mail.rpartition("@")[2] for each in people for mail in each.emails})
        own = next((each for each in domains if each.endswith((".example", ".test"))), "")
        found.append(
            Facts(
                id=number,
                surname=name,
                vat_id=f"DE-{own}" if own and dice.random() < 0.3 else "",
                emails=[f"info@{own}"] if own and dice.random() < 0.6 else [],
                phones=one.phones[:1] if dice.random() < 0.7 else [],
                places=one.places,
            )
        )
    return found


def _learned(facts: Sequence[Facts], keys: Sequence[blocking.KeyType], layout: Layout) -> Model:
    book = {"": 0}
    data = b"".join(
        signatures.packed(each, lambda text: book.setdefault(text, len(book))) for each in facts
    )
    dictionary = Columns.of(names.features(list(book)))
    rows = Columns.of(signatures.read(data))
    rows = frequencies.blanked(rows, frequencies.fillers(rows))
    stock = frequencies.stock_of(rows, dictionary, [text.replace(" ", "") for text in book])
    view = blocking.View(rows, dictionary)
    indexes = [blocking.index(view, kind)[0] for kind in keys]
    firsts = np.zeros(len(keys), dtype=np.int64)
    patterns = []
    for low, high in blocking.ranges(indexes, rows.count, most=_CHUNK):
        a, b = blocking.pairs(indexes, low, high, firsts=firsts)
        patterns.append(comparison.compare(Pairs.of(stock, a, b), layout.fields))
    different, counts = np.unique(np.concatenate(patterns), return_counts=True)
    drawn: Any = sum(chance.drawn(stock, layout, chunk=chunk) for chunk in range(1, 4))
    row = chance.probabilities(stock, layout, drawn)
    model = training.learn(different, counts, row, layout)
    if doubt := training.doubt(model, row):
        raise SystemExit(f"The model makes no sense: {doubt}")
    model.told["chance"] = [float(f"{value:.9g}") for value in row.tolist()]
    return model


if __name__ == "__main__":
    main()
