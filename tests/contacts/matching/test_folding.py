"""Folding for order and for search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.matching.normalise import fold, loose, sort_key, spellings


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller-Lüdenscheidt", "muller ludenscheidt"),
        ("GROẞ", "gross"),
        ("Groß", "gross"),
        ("O’Brien", "obrien"),
        ("D'Angelo", "dangelo"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Ånge Sørensen", "ange sorensen"),
        ("u\u0308ber", "uber"),
        ("  3M & Co.  KG ", "3m co kg"),
        ("Иван", "иван"),
        ("ﬁx", "fix"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_german_order_is_din_5007_1() -> None:
    names = ["Appel", "Äpfelbach", "Abel", "Böhmer", "Bohm", "Grosse", "Groß", "Meier-Voß",
             "Meierhofer", "Meier", "von der Heide", "Heider"]  # fmt: skip
    keys = {
        name: sort_key(surname=name.removeprefix("von der "), given_name="Änne", particle="von der")
        for name in names
    }
    assert sorted(names, key=keys.__getitem__) == [
        "Abel", "Äpfelbach", "Appel", "Bohm", "Böhmer", "Groß", "Grosse", "von der Heide",
        "Heider", "Meier", "Meier-Voß", "Meierhofer",
    ]  # fmt: skip


def test_sort_key_has_no_empty_tail() -> None:
    assert sort_key(surname="Maier") == "maier"
    assert sort_key(surname="", given_name="Änne") == "\tanne"
    assert (
        sort_key(surname="Heide", given_name="Hans", particle="von der") == "heide\thans\tvon der"
    )


@pytest.mark.parametrize("typed", ["Müller", "Mueller", "Muller", "MUELLER"])
def test_every_spelling_of_an_umlaut_finds_every_other(typed: str) -> None:
    stored = {fold(name) for name in ("Müller", "Mueller", "Muller")}
    assert stored <= set(spellings(typed))
    assert loose(typed) == "muller"


def test_spellings_begin_with_what_was_typed_and_stay_few() -> None:
    assert spellings("Mueller")[0] == "mueller"
    assert spellings("Meyer") == ("meyer",)
    assert len(spellings("aouaouaouaouaou")) == 8


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert loose(loose(text)) == loose(text)
    assert loose(fold(text)) == loose(text)


@given(st.from_regex(r"[a-zäöüß]{1,12}", fullmatch=True), st.integers(1, 12))
def test_a_prefix_folds_to_a_prefix(word: str, length: int) -> None:
    assert loose(word).startswith(loose(word[:length]))
