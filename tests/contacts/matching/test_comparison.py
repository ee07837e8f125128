"""Comparison: which level two values have, and that it does not matter who is asked first."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.matching import comparison, strings
from contacts.matching.comparison.levels import COMPANY_FIELDS, PERSON_FIELDS
from contacts.matching.model import COMPANIES, PERSONS, Layout
from contacts.matching.signatures import Facts, Place
from contacts.matching.stock import Pairs
from tests.contacts.matching import stocks

NAMES = st.sampled_from(
    ["Johannes", "Hans", "Hans-Peter", "Stefan", "Stephan", "Stefanie", "Maier", "Meier", "Mayer",
     "Meier-Voß", "Voß", "Voss", "Müller", "Mueller", "Schmidt", "Schmitt", "X", "Ö", "J.", "",
     "محمد", "علي", "שרה", "😀", "😀🎉", "Ernst", "Martin", "von der Heide", "O’Brien"]
) | st.text(max_size=12)  # fmt: skip
DATES = st.dates(date(1930, 1, 1), date(2012, 12, 31)) | st.sampled_from(
    [date(1964, 4, 11), date(1964, 11, 4), date(1964, 4, 12), date(1965, 4, 11), date(1964, 1, 1)]
)
MAILS = st.sampled_from(
    ["hans.maier@gmx.de", "hans.maier@web.de", "maier.hans64@web.de", "h.maier@brandt.example",
     "hans.maier@brandt.example", "info@brandt.example", "x@y.example", "ö@ü.example", "@", "@@"]
)  # fmt: skip
PHONES = st.sampled_from(
    ["+4943123125", "+494312312510", "+494312312511", "+491715550123", "+491715550124", "+1", "+"]
)
PLACES = st.builds(
    Place,
    st.sampled_from(["Lange Straße", "Lange Str.", "Lang Str", "Am Hang", "😀", ""]),
    st.sampled_from(["1", "1a", "12", "", "x"]),
    st.sampled_from(["24103", "24105", "24013", "80331", "A-1010", ""]),
    st.sampled_from(["Kiel", "München", "Muenchen", ""]),
)
EMPLOYERS = st.tuples(
    st.integers(1, 3), st.sampled_from(["Brandt KG", "Brand GmbH", "Kern AG", "😀 GmbH", "GmbH"])
)
RECORDS = st.builds(
    Facts,
    given_name=NAMES,
    surname=NAMES,
    birth_date=st.none() | DATES,
    vat_id=st.sampled_from(["", "DE123456788", "DE811128135"]),
    emails=st.lists(MAILS, max_size=5),
    phones=st.lists(PHONES, max_size=6),
    places=st.lists(PLACES, max_size=4),
    employers=st.lists(EMPLOYERS, max_size=4),
)


def numbered(records: list[Facts]) -> list[Facts]:
    for number, record in enumerate(records, 1):
        record.id = number
    return records


@pytest.mark.parametrize("layout", [PERSONS, COMPANIES], ids=["persons", "companies"])
@given(records=st.lists(RECORDS, min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_it_does_not_matter_which_record_is_asked_first(
    layout: Layout, records: list[Facts]
) -> None:
    stock = stocks.stock_of(numbered(records))
    a, b = (each.ravel().astype(np.int32) for each in np.indices((len(stock), len(stock))))
    straight = comparison.compare(Pairs.of(stock, a, b), layout.fields)
    crossed = comparison.compare(Pairs.of(stock, b, a), layout.fields)
    assert straight.tolist() == crossed.tolist()


@given(st.lists(RECORDS, min_size=1, max_size=3))
@settings(max_examples=50, deadline=None)
def test_a_pattern_can_be_unpacked(records: list[Facts]) -> None:
    stock = stocks.stock_of(numbered(records))
    here = np.arange(len(stock), dtype=np.int32)
    for fields in (PERSON_FIELDS, COMPANY_FIELDS):
        patterns = comparison.compare(Pairs.of(stock, here, here[::-1].copy()), fields)
        levels = comparison.unpack(patterns, fields)
        assert comparison.pack(list(levels.T)).tolist() == patterns.tolist()
        assert (levels < [field.size for field in fields]).all()


def levels(one: Facts, other: Facts, layout: Layout = PERSONS) -> dict[str, str]:
    """Field and level of two records that differ in one thing, in a stock of their own."""
    stock = stocks.stock_of(numbered([one, other]))
    row = comparison.unpack(np.array([stocks.pattern(stock, 0, 1, layout)], np.uint64),
                            layout.fields)[0]  # fmt: skip
    return {
        field.name: field.levels[level - 1].code
        for field, level in zip(layout.fields, row.tolist(), strict=True)
        if level
    }


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (date(1964, 4, 17), date(1964, 4, 17), "same_common"),  # half of this stock was born then
        (date(1964, 4, 17), date(1964, 4, 18), "digit"),
        (date(1964, 4, 17), date(1964, 5, 17), "digit"),
        (date(1964, 4, 11), date(1964, 11, 4), "exchanged"),
        (date(1964, 4, 17), date(1965, 4, 17), "year"),
        (date(1964, 4, 17), date(1974, 4, 17), "year"),
        (date(1964, 4, 17), date(1946, 4, 17), "other"),
        (date(1964, 4, 17), date(1964, 4, 5), "month"),
        (date(1964, 4, 17), date(1964, 1, 1), "filler"),
        (date(1964, 4, 17), date(1964, 9, 5), "same_year"),
        (date(1964, 4, 17), date(1971, 9, 5), "other"),
    ],
)
def test_birth_dates(one: date, other: date, level: str) -> None:
    assert levels(Facts(birth_date=one), Facts(birth_date=other)) == {"birth": level}


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("+4943123125", "+4943123125", "same"),
        ("+491715550123", "+491715550123", "same_mobile"),
        ("+491715550123", "+491715550124", "digit"),
        ("+491715550123", "+491609990000", "other_mobile"),
        ("+494312312510", "+494312312522", "extension"),
        ("+4943123125", "+494312312522", "extension"),
        ("+4943123125", "+4940998877", "other"),
        ("+4943123125", "+491715550123", "other"),
    ],
)
def test_phones(one: str, other: str, level: str) -> None:
    assert levels(Facts(phones=[one]), Facts(phones=[other])) == {"phone": level}


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("Lange Str.", "1", "24103", "Kiel"), ("Lange Straße", "1", "24103", ""), "same"),
        (("Lange Str.", "1a", "24103", "Kiel"), ("Lange Str.", "1 A", "24103", "Kiel"), "same"),
        (("Lange Str.", "1a", "24103", "Kiel"), ("Lange Str.", "1", "24103", "Kiel"), "suffix"),
        (("Lange Str.", "1", "24103", "Kiel"), ("Lange Str.", "2", "24103", "Kiel"), "street"),
        (("Lange Str.", "1", "24103", "K"), ("Lange Str.", "1", "24113", "L"), "moved_number"),
        (("Lange Str.", "1", "24103", "K"), ("Lange Str.", "1", "80331", "L"), "elsewhere"),
        (("Lange Str.", "1", "24103", "K"), ("Am Hang", "1", "24103", "K"), "postcode"),
        (("", "", "24103", "Kiel"), ("Am Hang", "1", "24103", "Kiel"), "postcode_only"),
        (("Lange Str.", "1", "24103", "Kiel"), ("Am Hang", "1", "24159", "Kiel"), "near"),
        (("Lange Str.", "1", "24103", "K"), ("Am Hang", "1", "80331", "L"), "other"),
    ],
)
def test_places(one: tuple[str, ...], other: tuple[str, ...], level: str) -> None:
    assert levels(Facts(places=[Place(*one)]), Facts(places=[Place(*other)])) == {"place": level}


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("maier@gmx.de", "maier@gmx.de", "same"),
        ("hans.maier@gmail.com", "hansmaier+crm@googlemail.com", "same"),
        ("hans.maier@gmx.de", "hans.maier@web.de", "local"),
        ("hans.maier@gmx.de", "maier.hans@web.de", "near"),
        ("hans.maier@brandt.example", "maier_hans@brandt.example", "domain_near"),
        ("hans.maier@brandt.example", "inge.abel@brandt.example", "domain"),
        ("hans.maier@gmx.de", "inge.abel@gmx.de", "other"),
    ],
)
def test_mail_addresses(one: str, other: str, level: str) -> None:
    assert levels(Facts(emails=[one]), Facts(emails=[other]))["mail"] == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("Josef", "Huber"), ("Sepp", "Huber"), "nickname"),
        (("Hans-Peter", "Huber"), ("Hans", "Huber"), "word"),
        (("M.", "Huber"), ("Marek", "Huber"), "initial"),
        (("Ernst", "Martin"), ("Martin", "Ernst"), "swapped_common"),
        (("Wolfgang", "Huber"), ("Ute", "Huber"), "other"),
        (("Änne", "Huber"), ("Aenne", "Huber"), "same_8"),
    ],
)
def test_given_names(one: tuple[str, str], other: tuple[str, str], level: str) -> None:
    a, b = (Facts(given_name=given, surname=surname) for given, surname in (one, other))
    assert levels(a, b)["given"] == level


def test_the_best_of_several_values_counts_even_beyond_the_signatures_places() -> None:
    many = [f"+49431{n}00000" for n in range(1, 7)]
    one, other = Facts(phones=[*many, "+491715550123"]), Facts(phones=["+491715550123"])
    stock = stocks.stock_of(numbered([one, other]))
    found = stocks.compared(stock)
    ids = stock.rows["id"]
    at = [(ids[a], ids[b]) for a, b in zip(found.a, found.b, strict=True)].index((1, 2))
    (row,) = comparison.unpack(found.patterns[at : at + 1], PERSON_FIELDS)
    assert PERSON_FIELDS[4].levels[row[4] - 1].code == "same_mobile"


def test_what_is_missing_says_nothing() -> None:
    assert levels(Facts(given_name="Anna", birth_date=date(1964, 4, 17)), Facts(surname="A")) == {}


@given(st.lists(st.text(alphabet="abcdefö😀 ", max_size=9), min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_the_bound_never_rules_out_what_is_similar(texts: list[str]) -> None:
    stock = stocks.stock_of(numbered([Facts(given_name=text) for text in texts]))
    a, b = (each.ravel().astype(np.int32) for each in np.indices((len(stock.texts),) * 2))
    named = (a > 0) & (b > 0)
    a, b = a[named], b[named]
    exact = strings.jaro_winkler(stock.names, stock.texts, a, b, at_least=0.0)
    assert (strings.bound(stock.names, a, b) >= exact - 1e-6).all()


def test_a_crowded_house_is_crowded_from_either_side() -> None:
    """The street of one is written as eight others write it, that of the other as nobody does."""
    people = [
        Facts(given_name=f"A{n}", places=[Place("Lindenallee", "7", "24103", "Kiel")])
        for n in range(9)
    ]
    people.append(Facts(given_name="B", places=[Place("Lindenalee", "7", "24103", "Kiel")]))
    stock = stocks.stock_of(numbered(people))
    assert stocks.pattern(stock, 0, 9) == stocks.pattern(stock, 9, 0)


def test_companies_are_compared_by_name_number_and_place() -> None:
    one = Facts(surname="Brandt Maschinenbau GmbH", vat_id="DE123456788", phones=["+4943123125"])
    other = Facts(surname="Brandt Maschinenbau", vat_id="DE123456788", phones=["+494312312510"])
    found = levels(one, other, COMPANIES)
    assert (found["number"], found["phone"]) == ("same", "extension")
