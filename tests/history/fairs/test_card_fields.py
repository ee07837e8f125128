"""What lines of a card become, without any picture."""

from hypothesis import given, settings
from hypothesis import strategies as st

from history.fairs.cards import fields
from history.fairs.cards.pieces import Row
from history.fairs.cards.proposals import FIELDS

WORDS = (
    "Dr. Johannes Maier GmbH & Co. KG Leiter Einkauf Tel. Mobil Fax +49 (0)30 23125-101 0171"
    " 3920012 info @ info@firma.example www.firma.example www. .example D-10115 24103 Kiel Am"
    " Speicher 14 Hauptstr. 5a | · - , ; : / € ﬁ ﬂ \u0000 \u202e 中文 名片 ß É ı 0 1 l O 💳 =@= @@"
    " .@. http:// (at) [at]"
)


def proposed(*lines: str, confidence: float = 1.0) -> dict[str, str]:
    """Field → value of what is proposed for a card with these lines."""
    rows = [Row(line, confidence, 20.0, 0, 30 * at) for at, line in enumerate(lines)]
    return {each.field: each.value for each in fields.proposals(rows)}


def test_a_whole_card_is_told_apart() -> None:
    assert proposed(
        "Havelberg Anlagenbau GmbH & Co. KG",
        "Dr. Johannes Maier",
        "Leiter Technik",
        "Am Speicher 14 b · D-24103 Kiel",
        "Telefon: +49 (0)30 23125-101 | Mobil: 0171 3920012",
        "Fax +49 (0)30 23125-199",
        "j.maier@havelberg.example | www.havelberg.example",
    ) == {
        "name": "Dr. Johannes Maier",
        "company_name": "Havelberg Anlagenbau GmbH & Co. KG",
        "function": "Leiter Technik",
        "email": "j.maier@havelberg.example",
        "phone": "+49 (0)30 23125-101",
        "mobile": "0171 3920012",
        "website": "www.havelberg.example",
        "street": "Am Speicher 14 b",
        "postal_code": "24103",
        "city": "Kiel",
    }


def test_a_fax_is_no_telephone() -> None:
    assert proposed("Anna Maier", "Fax 030 23125-199") == {"name": "Anna Maier"}


def test_ones_own_number_comes_before_the_switchboard() -> None:
    found = proposed("Zentrale 030 23125-0", "Durchwahl 030 23125-101")
    assert found == {"phone": "030 23125-101"}


def test_a_mobile_number_is_one_without_a_label_too() -> None:
    assert proposed("T0221 47105388", "M+49 171 3920012") == {
        "phone": "0221 47105388",
        "mobile": "+49 171 3920012",
    }


def test_blanks_and_commas_leave_an_address() -> None:
    assert proposed("E-Mail: scherer,erhard@rheinwerk. example")["email"] == (
        "scherer.erhard@rheinwerk.example"
    )
    assert proposed("info (at) firma.example")["email"] == "info@firma.example"
    assert proposed("rita@havel- berg.exam ple")["email"] == "rita@havel-berg.example"


def test_letters_that_look_alike_are_mended_by_the_name_only() -> None:
    assert proposed("Paul Müller", "pau1.mue11er@firma.example")["email"] == (
        "paul.mueller@firma.example"
    )
    assert proposed("pau1.mue11er@firma.example")["email"] == "pau1.mue11er@firma.example"


def test_an_initial_is_mended_by_the_name_and_never_spoilt_by_it() -> None:
    assert proposed("Luise Wirth", "I.wirth@firma.example")["email"] == "l.wirth@firma.example"
    assert proposed("Lars Janssen", "l.janssen@firma.example")["email"] == (
        "l.janssen@firma.example"
    )
    assert proposed("Ida Lang", "i.lang@firma.example")["email"] == "i.lang@firma.example"


def test_a_misread_letter_of_a_long_word_is_mended_by_the_company() -> None:
    found = proposed("Westend Antriebstechnik AG", "a.teichmann@westend-antricbstechnik.example")
    assert found["email"] == "a.teichmann@westend-antriebstechnik.example"


def test_two_domains_that_differ_by_a_slip_become_the_one_of_the_company() -> None:
    found = proposed(
        "Stein Messtechnik AG",
        "uta.graf@stein-messtechnik.example",
        "www.stein-messtedhnik.example",
    )
    assert found["website"] == "www.stein-messtechnik.example"


def test_a_legal_form_on_a_line_of_its_own_belongs_to_the_company() -> None:
    assert proposed("Nordlicht Logistik", "GmbH & Co. KG")["company_name"] == (
        "Nordlicht Logistik GmbH & Co. KG"
    )


def test_a_surname_in_the_company_is_no_person() -> None:
    found = proposed("Hinz Maschinenbau", "Dennis Hinz", "d.hinz@hinz-maschinenbau.example")
    assert found["name"] == "Dennis Hinz"
    assert found["company_name"] == "Hinz Maschinenbau"


def test_the_mailbox_says_who_of_two_it_is() -> None:
    lines = ("Quendel Ortrun", "Tjark Quast")
    assert proposed(*lines, "t.quast@firma.example")["name"] == "Tjark Quast"
    assert proposed(*lines, "ortrun@firma.example")["name"] == "Quendel Ortrun"


def test_a_slogan_is_nobody() -> None:
    assert proposed("Ihr Partner in der Region", "Technik, die verbindet.") == {}


def test_an_austrian_and_a_swiss_place() -> None:
    assert proposed("Kärntner Ring 12", "A-1010 Wien") == {
        "street": "Kärntner Ring 12",
        "postal_code": "1010",
        "city": "Wien",
    }
    assert proposed("8001 Zürich", "Tel. +41 44 668 18 00")["city"] == "Zürich"


def test_guessed_letters_tell_only_addresses_and_numbers() -> None:
    found = proposed(
        "Anna Maier", "Leiterin Einkauf", "a.maier@firma.example", "0171 3920012", confidence=0.3
    )
    assert found == {"email": "a.maier@firma.example", "mobile": "0171 3920012"}


def test_confidence_is_that_of_letters_and_of_meaning() -> None:
    sure, unsure = (
        fields.proposals([Row("Tel. 030 23125-101", read, 20.0)])[0].confidence
        for read in (1.0, 0.6)
    )
    assert (sure, unsure) == (0.97, 0.58)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS.split(" ")), max_size=9), max_size=14))
def test_every_value_stands_on_the_card(lines: list[list[str]]) -> None:
    rows = [Row(" ".join(words), 0.9, 20.0, 0, 30 * at) for at, words in enumerate(lines)]
    found = fields.proposals(rows)
    assert [each.field for each in found] == [
        field for field in FIELDS if field in {each.field for each in found}
    ]
    printed = bare(" ".join(row.text for row in rows))
    for each in found:
        assert all(bare(word) in printed for word in each.value.split()), each
        assert 0 <= each.confidence <= 1


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=12))
def test_no_text_breaks_it(lines: list[str]) -> None:
    for each in fields.proposals([Row(line) for line in lines]):
        assert each.value.strip() == each.value != ""


def bare(text: str) -> str:
    """Letters and digits, those that look alike as one, "(at)" as @ is."""
    text = text.replace("ﬁ", "fi").replace("ﬂ", "fl").lower()
    told = "".join(sign for sign in text if sign.isalnum())
    return told.translate(str.maketrans("01i|ı", "ollll")).replace("at", "").replace("w", "")
