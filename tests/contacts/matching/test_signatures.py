"""Signatures: fixed length, nothing lost, the same for the same facts."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.matching import names, signatures
from contacts.matching.hashing import text_hash
from contacts.matching.normalise.company_words import company_core
from contacts.matching.signatures import (
    EMPLOYERS,
    MAILBOXES,
    PHONES,
    PLACES,
    SIGNATURE,
    Facts,
    Place,
    packed,
)

TEXT = st.text(max_size=40) | st.sampled_from(
    ["Müller-Lüdenscheidt", "Große Straße", "Lange Str.", "Hansestr", "Straße des 17. Juni", "X",
     "محمد علي", "😀", "Ångström", "O’Brien", "Brandt GmbH & Co. KG", "STRASSE", "Am Str.", "str"]
)  # fmt: skip
NUMBERS = {
    "johannes": 1, "maier": 2, "lange str": 3, "brandt": 4, "hof": 5, "weg": 6, "kranbau": 7,
}  # fmt: skip
MAIER = Facts(
    id=17,
    given_name="Johannes",
    surname="Maier",
    birth_date=date(1964, 4, 17),
    emails=["j.maier64@brandt.example"],
    phones=["+4943123125", "+491715550123"],
    places=[Place("Lange Straße", "14a", "24103", "Kiel")],
    employers=[(9, "Brandt KG")],
)


def number(text: str) -> int:
    return NUMBERS.get(text, 0)


def test_a_signature_has_the_length_that_is_written_down() -> None:
    assert SIGNATURE.itemsize == 224
    assert len(packed(Facts(), number)) == SIGNATURE.itemsize
    assert len(packed(MAIER, number)) == SIGNATURE.itemsize


def test_what_stands_in_a_signature() -> None:
    (row,) = signatures.read(packed(MAIER, number))

    assert (row["id"], row["given"], row["surname"], row["birth"]) == (17, 1, 2, 19640417)
    assert row["phone"].tolist() == [4943123125, 491715550123, 0, 0]
    assert row["mobile"] == 0b10
    assert row["year"].tolist() == [64, -1, -1]
    assert row["mail"].tolist() == [text_hash("j.maier64@brandt.example"), 0, 0]
    assert row["domain"].tolist() == [text_hash("brandt.example"), 0, 0]
    assert row["word"][0].tolist() == [text_hash("j"), text_hash("maier")]
    assert (row["street"][0], row["postcode"][0], row["house"][0]) == (3, 24104, 14)
    assert row["city"][0] == text_hash("kiel")
    assert row["suffix"][0] == text_hash("a") & 0xFFFF
    assert (row["employer"][0], row["firm"][0]) == (9, 4)
    assert row["spoken"].tolist() == [text_hash("johannesmaier"), text_hash("maierjohannes")]


def test_what_is_missing_is_zero() -> None:
    (row,) = signatures.read(packed(Facts(id=3), number))
    empty = {name for name in SIGNATURE.names or () if not np.any(row[name])}
    assert empty == set(SIGNATURE.names or ()) - {"id", "year"}


def test_further_values_go_to_further_signatures_and_none_is_lost() -> None:
    facts = Facts(
        id=5,
        given_name="Johannes",
        emails=[f"a{n}@b.example" for n in range(MAILBOXES * 2 + 1)],
        phones=[f"+49431{n}" for n in range(1, PHONES + 2)],
        places=[Place(postal_code=f"2410{n}") for n in range(PLACES + 1)],
        employers=[(n, "Brandt") for n in range(1, EMPLOYERS + 2)],
    )
    rows = signatures.read(packed(facts, number))

    assert len(rows) == 3
    assert rows["id"].tolist() == [5, 5, 5]
    assert rows["given"].tolist() == [1, 1, 1]
    assert [n for n in rows["phone"].ravel().tolist() if n] == [
        int(phone.lstrip("+")) for phone in facts.phones
    ]
    assert [n for n in rows["postcode"].ravel().tolist() if n] == [24101, 24102, 24103]
    assert [n for n in rows["employer"].ravel().tolist() if n] == [1, 2, 3]
    assert np.count_nonzero(rows["mail"]) == len(facts.emails)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Lange Straße", "lange str"),
        ("Lange Str.", "lange str"),
        ("Langestr.", "lange str"),
        ("LANGESTRASSE", "lange str"),
        ("Lange-Straße", "lange str"),
        ("Straße des 17. Juni", "str des 17 juni"),
        ("Am Hang", "am hang"),
        ("", ""),
    ],
)
def test_streets_are_told_by_one_name(written: str, name: str) -> None:
    assert signatures.street_name(written) == name


@given(TEXT)
def test_normalising_twice_changes_nothing(text: str) -> None:
    for normalise in (names.folded, signatures.street_name, signatures.firm_name, company_core):
        once = normalise(text)
        assert normalise(once) == once, normalise.__name__


@given(TEXT, TEXT, st.lists(TEXT, max_size=5), st.lists(TEXT, max_size=6))
def test_any_text_can_be_packed(
    given_name: str, surname: str, emails: list[str], places: list[str]
) -> None:
    facts = Facts(
        given_name=given_name,
        surname=surname,
        emails=[f"{mail}@{mail}" for mail in emails],
        places=[Place(text, text, text, text) for text in places],
        employers=[(2**31 - 1, text) for text in places],
    )
    data = packed(facts, lambda text: text_hash(text) >> 2)
    assert data == packed(facts, lambda text: text_hash(text) >> 2)
    assert len(data) % SIGNATURE.itemsize == 0
    assert len(names.features(sorted(set(facts.names())))) == len(set(facts.names()))
