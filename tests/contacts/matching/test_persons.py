"""Names of persons taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.matching.normalise import NameParts, Unreadable, name_fields, person_name, unshouted


@pytest.mark.parametrize(
    ("text", "salutation", "title", "given_name", "particle", "surname"),
    [
        ("Hans Maier", "", "", "Hans", "", "Maier"),
        ("Maier", "", "", "", "", "Maier"),
        ("Frau Maier", "Frau", "", "", "", "Maier"),
        ("Herrn Dr. Hans Maier", "Herr", "Dr.", "Hans", "", "Maier"),
        ("Fr. Yilmaz", "Frau", "", "", "", "Yilmaz"),
        ("Frau Prof. Dr. med. Anna-Lena Müller-Voß", "Frau", "Prof. Dr. med.", "Anna-Lena", "",
         "Müller-Voß"),
        ("Dr.Hans Weber", "", "Dr.", "Hans", "", "Weber"),
        ("Dr.-Ing. K. Weber", "", "Dr.-Ing.", "K.", "", "Weber"),
        ("Dipl. Ing. (FH) Peter Lutz", "", "Dipl.-Ing. (FH)", "Peter", "", "Lutz"),
        ("Mag. Eva Huber", "", "Mag.", "Eva", "", "Huber"),
        ("Dr. Dr. h. c. mult. Otto Zier", "", "Dr. Dr. h. c. mult.", "Otto", "", "Zier"),
        ("Max Muster, LL.M.", "", "LL.M.", "Max", "", "Muster"),
        ("Dr. Max Muster LL. M.", "", "Dr. LL.M.", "Max", "", "Muster"),
        ("Maier, Johannes", "", "", "Johannes", "", "Maier"),
        ("Maier, Dr. Johannes", "", "Dr.", "Johannes", "", "Maier"),
        ("Müller - Lüdenscheidt, Anna", "", "", "Anna", "", "Müller-Lüdenscheidt"),
        ("Hans von der Heide", "", "", "Hans", "von der", "Heide"),
        ("von der Heide, Hans", "", "", "Hans", "von der", "Heide"),
        ("Heide, Hans von der", "", "", "Hans", "von der", "Heide"),
        ("Ludwig van Beethoven", "", "", "Ludwig", "van", "Beethoven"),
        ("Ferdinand Graf von Spee", "", "", "Ferdinand", "Graf von", "Spee"),
        ("Jan Freiherr von und zu Hohenau", "", "", "Jan", "Freiherr von und zu", "Hohenau"),
        ("Steffi Graf", "", "", "Steffi", "", "Graf"),
        ("HANS VON DER HEIDE", "", "", "Hans", "von der", "Heide"),
        ("FRAU DR. ANNA MÜLLER-LÜDENSCHEIDT", "Frau", "Dr.", "Anna", "", "Müller-Lüdenscheidt"),
        ("MAIER Johannes", "", "", "Johannes", "", "Maier"),
        ("Johannes MAIER", "", "", "Johannes", "", "Maier"),
        ("hans maier", "", "", "Hans", "", "Maier"),
        ("Sean O'BRIEN", "", "", "Sean", "", "O'Brien"),
        ("Max Muster jun.", "", "", "Max", "", "Muster jun."),
        ("Anna Maier geb. Schulz", "", "", "Anna", "", "Maier geb. Schulz"),
        ("Ma Long", "", "", "Ma", "", "Long"),
        ("Herr", "", "", "", "", "Herr"),
        ("\u00a0Hans\u200b  Maier ", "", "", "Hans", "", "Maier"),
    ],
)  # fmt: skip
def test_a_name_is_split(
    text: str, salutation: str, title: str, given_name: str, particle: str, surname: str
) -> None:
    assert person_name(text) == NameParts(salutation, title, given_name, particle, surname)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "name-empty"),
        (" \u00a0 ", "name-empty"),
        ("12345", "name-not-a-name"),
        ("a.maier@firma.example", "name-not-a-name"),
        ("Herr und Frau Maier", "name-several-persons"),
        ("Familie Maier", "name-several-persons"),
        ("Eheleute Schulz", "name-several-persons"),
    ],
)
def test_what_is_no_single_name_is_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        person_name(text)
    assert refusal.value.code == code
    assert "%(" not in refusal.value.message_de


def test_separate_fields_are_put_in_order() -> None:
    parts = name_fields(
        salutation="Mr.", title="dr med", given_name="anna", surname="VON DER HEIDE"
    )
    assert parts == NameParts("Herr", "Dr. med.", "Anna", "von der", "Heide")
    assert name_fields(given_name="Dr. Hans", surname="Maier").title == "Dr."
    assert name_fields(title="Dr.", given_name="Dr. Hans", surname="Maier").title == "Dr."
    assert name_fields(given_name="Hans").given_name == "Hans"
    with pytest.raises(Unreadable):
        name_fields(title="Dr.")


def test_capitals_are_kept_where_they_mean_something() -> None:
    assert unshouted("Hans R. Maier") == "Hans R. Maier"
    assert unshouted("JR") == "JR"
    assert unshouted("MUeLLER") == "Mueller"
    assert unshouted("Joe") == "Joe"
    assert unshouted("VON DER HEIDE") == "von der Heide"


def reread(parts: NameParts) -> NameParts:
    return name_fields(
        salutation=parts.salutation,
        title=parts.title,
        given_name=parts.given_name,
        particle=parts.particle,
        surname=parts.surname,
    )


WORDS = [
    "Herr",
    "Frau",
    "Dr.",
    "Prof.",
    "Hans",
    "ANNA",
    "müller",
    "MEIER-VOSS",
    "von",
    "der",
    "Graf",
    "zu",
    "Maier,",
    "LL.M.",
    "jun.",
    "Dipl.-Ing.",
    "di",
    "da",
    "Mc",
    "O'BRIEN",
    ",",
    ".",
    "-",
    "geb.",
    "und",
]


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_fields_put_in_order_stay_in_order(words: list[str]) -> None:
    try:
        once = reread(person_name(" ".join(words)))
    except Unreadable:
        return
    assert reread(once) == once


@given(
    st.builds(
        NameParts,
        salutation=st.sampled_from(["", "Herr", "Frau"]),
        title=st.sampled_from(["", "Dr.", "Prof. Dr. med.", "Dipl.-Ing. (FH)"]),
        given_name=st.sampled_from(["Anna", "Hans-Peter", "Karl Otto", "K."]),
        particle=st.sampled_from(["", "von", "van der", "Freiherr von", "zu"]),
        surname=st.sampled_from(["Maier", "Müller-Voß", "Herr", "O'Brien", "McDonald"]),
    )
)
def test_a_name_in_order_of_speech_is_read_back(parts: NameParts) -> None:
    assert person_name(parts.full_name) == parts
    assert reread(parts) == parts


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parts = person_name(text)
    except Unreadable:
        return
    assert parts.surname or parts.given_name
