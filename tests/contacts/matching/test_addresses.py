"""Streets, postal codes and countries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.matching.normalise import (
    Locality,
    Street,
    Unreadable,
    country,
    postal_code,
    postal_code_city,
    street,
    street_key,
)


@pytest.mark.parametrize(
    ("text", "name", "number", "extra"),
    [
        ("Am Speicher 14", "Am Speicher", "14", ""),
        ("Hauptstr. 12 a", "Hauptstr.", "12a", ""),
        ("Hauptstr.12B", "Hauptstr.", "12b", ""),
        ("Hauptstraße12", "Hauptstraße", "12", ""),
        ("Straße des 17. Juni 135", "Straße des 17. Juni", "135", ""),
        ("Ring 12 – 14", "Ring", "12-14", ""),
        ("Platz der Republik 1a - 3b", "Platz der Republik", "1a-3b", ""),
        ("Linzer Straße 5/3/12", "Linzer Straße", "5/3/12", ""),
        ("Allee 12 ½", "Allee", "12 1/2", ""),
        ("Weg Nr. 5", "Weg", "5", ""),
        ("C 4, 12", "C 4", "12", ""),
        ("Q7 24", "Q7", "24", ""),
        ("Am Markt 1, Hinterhaus", "Am Markt", "1", "Hinterhaus"),
        ("Berliner Str 45, 2. OG", "Berliner Str", "45", "2. OG"),
        ("12, rue de la Paix", "rue de la Paix", "12", ""),
        ("HAUPTSTRASSE 5", "Hauptstrasse", "5", ""),
        ("Waldweg", "Waldweg", "", ""),
    ],
)
def test_street_and_house_number(text: str, name: str, number: str, extra: str) -> None:
    assert street(text) == Street(name, number, extra)


def test_a_post_office_box_is_no_street() -> None:
    assert street("Postfach 12 34 56") == Street("", po_box="12 34 56")


@pytest.mark.parametrize(("text", "code"), [("", "street-empty"), ("12-14", "street-no-name")])
def test_what_is_no_street_is_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        street(text)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "names",
    [
        ("Lange Straße", "Lange Str.", "LANGE-STRASSE", "Langestrasse"),
        ("Hauptstraße", "Hauptstr.", "Hauptstrasse", "Haupt-Straße"),
        ("Marktplatz", "Marktpl.", "Markt-Platz"),
        ("Sankt-Georg-Weg", "St. Georg Weg"),
        ("Doktor-Kurt-Ring", "Dr.-Kurt-Ring"),
    ],
)
def test_spellings_of_a_street_share_a_key(names: tuple[str, ...]) -> None:
    assert len({street_key(name) for name in names}) == 1


@given(st.text(alphabet="aB ßstr.weg12/-–½,N", max_size=20))
def test_reading_a_street_again_gives_the_same(text: str) -> None:
    try:
        found = street(text)
    except Unreadable:
        return
    if found.po_box or found.extra:
        return
    line = f"{found.name} {found.house_number}".strip()
    once = street(line)
    assert street(f"{once.name} {once.house_number}".strip()) == once


@pytest.mark.parametrize(
    ("text", "where", "code"),
    [
        ("24103", "DE", "24103"),
        ("D-24103", "DE", "24103"),
        ("24 103", "DE", "24103"),
        ("24103.0", "DE", "24103"),
        ("01067", "DE", "01067"),
        ("1010", "AT", "1010"),
        ("A-1010", "AT", "1010"),
        ("CH-8000", "CH", "8000"),
        ("1234ab", "NL", "1234 AB"),
        ("sw1a1aa", "GB", "SW1A 1AA"),
        ("00-950", "PL", "00-950"),
        ("110 00", "CZ", "110 00"),
    ],
)
def test_postal_codes(text: str, where: str, code: str) -> None:
    assert postal_code(text, where) == code
    assert postal_code(code, where) == code


@pytest.mark.parametrize(
    ("text", "where", "code", "proposal"),
    [
        ("1067", "DE", "postal-code-short", "01067"),
        ("123456", "DE", "postal-code-format", ""),
        ("00123", "DE", "postal-code-format", ""),
        ("24103", "AT", "postal-code-format", ""),
        ("Kiel", "DE", "postal-code-format", ""),
        ("A-1010", "DE", "postal-code-other-country", "1010"),
    ],
)
def test_wrong_postal_codes(text: str, where: str, code: str, proposal: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        postal_code(text, where)
    assert (refusal.value.code, refusal.value.proposal) == (code, proposal)
    assert "%(" not in str(refusal.value)


def test_code_and_city_in_one_line() -> None:
    assert postal_code_city("24103 Kiel") == Locality("24103", "Kiel", "DE")
    assert postal_code_city("CH-8000 Zürich") == Locality("8000", "Zürich", "CH")
    assert postal_code_city("D-10997  Berlin-Kreuzberg").city == "Berlin-Kreuzberg"
    with pytest.raises(Unreadable, match="24103 Kiel"):
        postal_code_city("Kiel")


def test_countries() -> None:
    assert [country(text) for text in ("Deutschland", "D", "germany", "de")] == ["DE"] * 4
    assert [country(text) for text in ("Österreich", "A", "Oesterreich")] == ["AT"] * 3
    assert [country(text) for text in ("Schweiz", "Great Britain", "NL")] == ["CH", "GB", "NL"]
    with pytest.raises(Unreadable):
        country("Atlantis")
