"""Numbers in every notation that ERP files have."""

from decimal import Decimal

import pytest

from history.commerce import amounts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.345,00 €", "12345.00"),
        ("12345,5", "12345.5"),
        ("12,345.00", "12345.00"),
        ("12345.5", "12345.5"),
        ("EUR 1.200,50-", "-1200.50"),
        ("-1.200,50", "-1200.50"),
        ("(1.200,50)", "-1200.50"),
        ("\N{MINUS SIGN}7", "-7"),
        ("1 234,00", "1234.00"),
        ("1'234.50", "1234.50"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1.234.567", "1234567"),
        ("+3", "3"),
    ],
)
@pytest.mark.parametrize("notation", ["comma", "point"])
def test_a_number_that_can_be_read_in_one_way_only(text, number, notation) -> None:
    assert amounts.read(text, notation=notation) == Decimal(number)


def test_where_both_are_possible_the_column_decides() -> None:
    assert amounts.read("1.234", notation="comma") == 1234
    assert amounts.read("1.234", notation="point") == Decimal("1.234")
    assert amounts.read("1,234", notation="comma") == Decimal("1.234")
    assert amounts.read("1,234", notation="point") == 1234


@pytest.mark.parametrize(
    "text", ["", "-", "zwölf", "1,2,3", "1..2", "12,34.56", "1e5", "NaN", "½", "1.23.456,0"]
)
def test_what_is_no_number(text: str) -> None:
    for notation in ("comma", "point"):
        assert amounts.read(text, notation=notation) is None


def test_the_notation_of_a_column_is_told_by_its_clear_cells() -> None:
    assert amounts.notation_of(["1.234", "1.500,00", ""]) == "comma"
    assert amounts.notation_of(["1.234", "1500.50", "x"]) == "point"
    assert amounts.notation_of(["1.234", "7"]) == "comma"
