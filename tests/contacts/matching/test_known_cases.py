"""What is said of some sixty pairs that everybody can judge: a table to read and to argue with.

Each line of ``known_cases.csv`` gives two records, how strongly they must be suspected ("-": not
at all), what the explanation must say of some fields and, if it matters, which coincidence it must
name as the alternative. The model is learned from 12,000 invented records and those of the table.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from contacts.matching import explain
from contacts.matching.model import COMPANIES, PERSONS, Model
from contacts.matching.signatures import Facts, Place
from contacts.matching.stock import Stock
from tests.contacts.matching import stocks

PLACE = re.compile(r"(?P<street>.+) (?P<number>\d+\w?) (?P<code>\d{5}) (?P<city>.+)")
RECORDS = 16_000
STAFF = 12


@dataclass(frozen=True, slots=True)
class Case:
    """A line of the table; the records stand at ``place`` and behind it in their stock."""

    place: int
    stock: str
    case: str
    one: Facts
    other: Facts
    band: str
    says: dict[str, str]
    against: str
    open: str


def person(text: str, pk: int) -> Facts:
    """ "Vorname/Name, 1962-05-14, mail, +49…, Lindenweg 3 24937 Flensburg, bei Firma"."""
    name, *values = text.split(", ")
    given, surname = name.split("/")
    facts = Facts(id=pk, given_name=given, surname=surname)
    for value in values:
        place = PLACE.fullmatch(value)
        if "@" in value:
            facts.emails.append(value)
        elif value.startswith("+"):
            facts.phones.append(value)
        elif value.startswith("bei "):
            facts.employers.append(stocks.employer(value.removeprefix("bei ")))
        elif place:
            facts.places.append(Place(*place.group("street", "number", "code", "city")))
        else:
            facts.birth_date = date.fromisoformat(value)
    return facts


def table() -> list[Case]:
    found = []
    with Path(__file__).with_name("known_cases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            at = RECORDS + 2 * sum(each.stock == row["stock"] for each in found)
            said = dict(part.split(": ", 1) for part in row.pop("says").split(" | ") if part)
            one, other = person(row.pop("one"), at + 1), person(row.pop("other"), at + 2)
            found.append(Case(place=at, one=one, other=other, says=said, **row))
    return found


CASES = table()


def staff() -> list[Facts]:
    """Some that everybody at Kranbau Nordlicht works with, so that it has a switchboard."""
    line = "{0}arin/{0}ollmann, {0}ollmann@kranbau-nordlicht.example, +494319990, "
    line += "bei Kranbau Nordlicht GmbH"
    return [person(line.format(name), 2 * RECORDS + n) for n, name in enumerate("ABCDEFGHIJKL")]


@pytest.fixture(scope="module")
def taught() -> dict[str, tuple[Stock, Model]]:
    found = {}
    for name, kind in (("private", "household"), ("business", "b2b")):
        facts = list(stocks.people(RECORDS, seed=11, kind=kind))
        facts += [each for case in CASES if case.stock == name for each in (case.one, case.other)]
        stock = stocks.stock_of(facts + (staff() if name == "business" else []))
        found[name] = stock, stocks.learned(stock, stocks.compared(stock))
    return found


def asked(case: Case) -> object:
    marks = [pytest.mark.xfail(reason=case.open, strict=True)] if case.open else []
    return pytest.param(case, id=case.case, marks=marks)


@pytest.mark.parametrize("case", [asked(case) for case in CASES])
def test_a_known_case(case: Case, taught: dict[str, tuple[Stock, Model]]) -> None:
    stock, model = taught[case.stock]
    why = explain.explain(stocks.pattern(stock, case.place, case.place + 1), model)

    told = {explain.field_label(p.field): explain.level_text(p.field, p.level) for p in why.parts}
    for field, words in case.says.items():  # how frequent an equal value is depends on the stock
        assert told[field] == words or told[field].startswith(f"{words}, "), told
    assert (why.band if why.weight >= 0 else "-") == case.band, why
    if case.against:
        assert explain.cause_text(why.against) == case.against


def test_every_explanation_adds_up_to_the_weight(taught: dict[str, tuple[Stock, Model]]) -> None:
    for stock, model in taught.values():
        patterns, _counts = stocks.compared(stock).counted()
        weights = model.weights(patterns)
        assert len(patterns) > 1500
        for pattern, weight in zip(patterns.tolist(), weights.tolist(), strict=True):
            why = explain.explain(pattern, model)
            total = why.base + sum(part.bits for part in why.parts)
            assert total == pytest.approx(weight, abs=1e-6)
            assert why.weight == pytest.approx(weight, abs=1e-6)


def test_every_level_and_cause_has_german_words() -> None:
    for layout in (PERSONS, COMPANIES):
        for field in layout.fields:
            assert explain.field_label(field.name)
            assert all(explain.level_text(field.name, level.code) for level in field.levels)
        assert all(explain.cause_text(cause.code) for cause in layout.causes)


def test_there_are_fifty_cases_and_no_two_of_a_name() -> None:
    assert len(CASES) >= 50
    assert len({case.case for case in CASES}) == len(CASES)
