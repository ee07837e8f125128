"""What differs between two texts, and bars from the least to the greatest value."""

import pytest

from contacts.matching.explain import Explanation, Part
from contacts.matching.explain_words import DIFFERENCES, LEVELS
from crm.ui.screens.duplicates.comparing import differences, lettered
from crm.ui.screens.duplicates.histogram import histogram
from crm.ui.screens.duplicates.reasons import bar, reasons
from crm.ui.screens.duplicates.words import signed


@pytest.mark.parametrize(
    ("text", "reference", "marked"),
    [
        ("Maier", "Maier", []),
        ("Mayer", "Maier", ["y"]),
        ("Maie", "Maier", ["Maie"]),
        ("Groß", "Müller", ["Groß"]),
        ("Wagner Kerstin", "Kerstin Wagner", ["Wagner Kerstin"]),
        ("Gartenstraße 32", "Daimlerstraße 74", ["Gartenstraße", "32"]),
        ("a.meier@haus.example", "a.maier@dorf.example", ["e", "haus"]),
        ("Präzisionseile Ott", "Präzisionsteile Ott", ["Präzisionseile"]),
        ("Dr. Johannes Maier", "Johannes Maier", ["Dr. "]),
        ("Müller", "", []),
        ("030 23125102", "030 23125101", ["2"]),
    ],
)
def test_only_what_is_different_is_marked(text, reference, marked) -> None:
    pieces = differences(text, reference)
    assert "".join(part for part, _differs in pieces) == text
    assert [part for part, differs in pieces if differs] == marked


def test_letters_run_out_and_numbers_follow() -> None:
    letters = [letter for letter, _record in lettered(list(range(28)))]
    assert (letters[0], letters[25], letters[26:]) == ("A", "Z", ["27", "28"])


@pytest.mark.parametrize(
    ("bits", "start", "width"), [(6.0, "250", "750"), (-2.0, "0", "250"), (0.0, "250", "0")]
)
def test_a_bar_begins_at_zero(bits, start, width) -> None:
    found = bar(bits, (-2.0, 6.0))
    assert (found.start, found.width, found.zero) == (start, width, "250")


def test_a_scale_of_nothing_is_no_trouble() -> None:
    assert bar(0.0, (0.0, 0.0)).width == "0"


@pytest.mark.parametrize(
    ("bits", "said"), [(11.84, "+11,8"), (-1.56, "−1,6"), (-0.04, "0,0"), (0.04, "0,0")]
)
def test_bits_have_a_sign(bits, said) -> None:
    assert signed(bits) == said


@pytest.mark.parametrize("figures", [{}, {"histogram": {}}, {"histogram": {"counts": [0]}}])
def test_no_pairs_no_histogram(figures) -> None:
    assert histogram(figures) is None


def test_a_single_pair_is_seen_beside_millions() -> None:
    found = histogram({"histogram": {"edges": [-2, -1, 0, 1], "counts": [4_000_000, 0, 1]}})
    assert found is not None
    tall, short = found.bars
    assert (tall.code, short.code) == ("", "POSSIBLE")
    assert 0 < float(short.height) < float(tall.height) < 176
    assert [mark.label for mark in found.grid][::3] == ["1", "1.000", "1.000.000"]


def told(*parts: tuple[str, str, float]) -> str:
    found = tuple(Part(*part) for part in parts)
    weight = sum(part.bits for part in found)
    return reasons(Explanation(weight, "POSSIBLE", 0.0, "colleague", found)).sentence


def test_what_agrees_is_never_told_as_a_contradiction() -> None:
    """Colleagues share their company more surely than two entries of one person do."""
    assert told(
        ("surname", "same_3", 6.0), ("place", "same", -1.0), ("firm", "same_rare", -2.0),
        ("phone", "digit", -3.0), ("birth", "other", -4.0),
    ) == (
        "Dafür: Name gleich, selten. "
        "Dagegen: Geburtsdatum verschieden; Telefon eine Ziffer anders. "
        "Auch anders zu erklären: Firma dieselbe Firma; Anschrift gleich."
    )  # fmt: skip


def test_what_hardly_counts_is_not_told() -> None:
    assert told(("place", "same", -0.4), ("birth", "other", -0.4), ("mail", "same", 0.4)) == ""


def test_every_level_is_a_difference_or_something_in_common() -> None:
    assert DIFFERENCES.keys() == LEVELS.keys()
    for field, levels in DIFFERENCES.items():
        assert levels < LEVELS[field].keys()
