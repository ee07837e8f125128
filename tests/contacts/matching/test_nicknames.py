"""Short and pet forms of first names."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.matching import nicknames
from contacts.matching.nicknames import are_forms_of_one_name, group_of, groups_of
from contacts.matching.normalise import fold

LINES = [line.split() for line in nicknames._TABLE.strip().splitlines()]
NAMES = sorted({name for line in LINES for name in line})
AMBIGUOUS = {
    "Alex": ("Alexander", "Alexandra"),
    "Andi": ("Andreas", "Andrea"),
    "Chris": ("Christian", "Christoph", "Christine", "Christopher"),
    "Uli": ("Ulrich", "Ulrike"),
    "Toni": ("Anton", "Antonia"),
    "Sascha": ("Alexander", "Alexandra"),
    "Michi": ("Michael", "Michaela"),
    "Dani": ("Daniel", "Daniela"),
    "Steff": ("Stefan", "Stefanie"),
    "Heinz": ("Heinrich", "Karl-Heinz"),
    "Tina": ("Christine", "Martina", "Bettina"),
    "Leni": ("Magdalena", "Helene", "Marlene"),
    "Fredi": ("Alfred", "Manfred"),
}


@pytest.mark.parametrize(
    "forms",
    [
        "Johannes Hans Johann Hannes", "Josef Joseph Sepp Jupp", "Katharina Kathi Käthe Kati",
        "Michael Michi Michel Mike", "Ursula Uschi Ulla", "Heinrich Heinz Heiner Hinnerk",
        "Friedrich Fritz Fiete", "Wilhelm Willi Willy", "Joachim Jochen Achim",
        "Gabriele Gabi Gaby", "Stefanie Stephanie Steffi", "Barbara Bärbel Babsi",
        "Theresia Resi Therese", "Anton Toni",
        "Elisabeth Lisa Sissi Elli", "Georg Schorsch", "Alois Loisl", "Margarete Gretel Grete",
        "Maximilian Max Maxi", "Günter Günther", "Hans-Joachim Hajo", "Karl-Heinz Karlheinz Kalle",
        "Mehmet Muhammed Mohammed Mohamed", "Ahmet Ahmed", "Hüseyin Hussein", "Yusuf Youssef Josef",
        "Aleksander Olek Alexander", "Anna Ania", "Małgorzata Gosia",
        "Krzysztof Krzysiek Christoph",
        "Katarzyna Kasia Katharina", "Wojciech Wojtek", "Sergej Sergei Sergey",
        "Dmitri Dima Dmitry",
        "Jewgenij Evgeny Eugen", "Jekaterina Katja Ekaterina", "Wladimir Waldemar Wowa",
        "Iwan Ivan Johann", "Giovanni Gianni", "Giuseppe Beppe Pino", "Francesco Franco",
        "Ioannis Giannis Jannis", "William Bill Billy", "Robert Bob Bobby", "Margaret Peggy",
        "Edward Ted Ned",
    ],
)  # fmt: skip
def test_forms_of_one_name(forms: str) -> None:
    for name, other in combinations(forms.split(), 2):
        assert are_forms_of_one_name(name, other), (name, other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Alexander", "Alexandra"), ("Andreas", "Andrea"), ("Ulrich", "Ulrike"),
        ("Anton", "Antonia"), ("Michael", "Michaela"), ("Daniel", "Daniela"),
        ("Stefan", "Stefanie"), ("Jürgen", "Georg"), ("Jörg", "Georg"), ("Ute", "Jutta"),
        ("Birgit", "Brigitte"), ("Juliane", "Julia"), ("Heinrich", "Karl-Heinz"),
        ("Hans", "Hans-Peter"), ("Bob", "Bill"), ("Hans", "Heinz"), ("", "Hans"),
        ("Przybylski", "Hans"), ("Sandra", "Alexander"), ("Martina", "Bettina"),
    ],
)  # fmt: skip
def test_different_names_stay_apart(name: str, other: str) -> None:
    assert not are_forms_of_one_name(name, other)
    assert not are_forms_of_one_name(other, name)


@pytest.mark.parametrize(("form", "names"), AMBIGUOUS.items())
def test_an_ambiguous_form_joins_each_name_but_not_the_names(
    form: str, names: tuple[str, ...]
) -> None:
    assert all(are_forms_of_one_name(form, name) for name in names)
    assert group_of(form) == groups_of(form)[0]
    assert len(groups_of(form)) >= 2


@pytest.mark.parametrize(
    ("form", "head"),
    [
        ("Alex", "Alexander"), ("Andi", "Andreas"), ("Uli", "Ulrich"), ("Toni", "Anton"),
        ("Chris", "Christian"), ("Klaus", "Klaus"), ("Heinz", "Heinrich"), ("Bill", "William"),
        ("Bob", "Robert"), ("Steve", "Stefan"), ("Jan", "Jan"), ("Lena", "Magdalena"),
    ],
)  # fmt: skip
def test_the_first_group_is_the_likeliest(form: str, head: str) -> None:
    assert group_of(form) == next(i for i, line in enumerate(LINES, 1) if line[0] == head)


def test_names_are_folded() -> None:
    assert groups_of("KÄTHE") == groups_of("Kaethe") == groups_of(" käthe ") == groups_of("Kathe")
    assert groups_of("Hans Peter") == groups_of("HANS-PETER") == groups_of("Hanspeter")
    assert groups_of("Paweł") == groups_of("Pawel")
    assert are_forms_of_one_name("Guenther", "Günter")
    assert are_forms_of_one_name("Oemer", "Omar")


def test_a_name_outside_the_table_has_no_group_and_is_a_form_of_itself() -> None:
    assert (group_of("Xylophon"), groups_of("Xylophon")) == (0, ())
    assert (group_of(""), groups_of("")) == (0, ())
    assert are_forms_of_one_name("Xylophon", "xylophon")


def test_the_table_holds_each_name_once_a_group_and_every_group_two() -> None:
    for line in LINES:
        twice = [form for form, times in Counter(map(fold, line)).items() if times > 1]
        assert (line[0], twice) == (line[0], [])
        assert len(line) >= 2, line
    heads = Counter(fold(line[0]) for line in LINES)
    assert [head for head, times in heads.items() if times > 1] == []


def test_stored_ids_do_not_move() -> None:
    """Ids are in the database: whoever changes one of these numbers renames what is stored."""
    ids = {name: group_of(name) for name in ("Hans", "Uschi", "Mehmet", "Olek", "Bob", "Francine")}
    assert ids == {
        "Hans": 1,
        "Bob": 35,
        "Uschi": 176,
        "Mehmet": 318,
        "Olek": 380,
        "Francine": 519,
    }


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_being_forms_of_one_name_is_symmetric(name: str, other: str) -> None:
    assert are_forms_of_one_name(name, other) == are_forms_of_one_name(other, name)
    assert are_forms_of_one_name(name, name)


@given(st.text(max_size=20))
def test_any_text_has_a_group_or_none(text: str) -> None:
    assert group_of(text) == next(iter(groups_of(text)), 0)
