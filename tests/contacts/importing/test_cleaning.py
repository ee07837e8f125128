"""A row of text becomes normalised data, or the reason why not."""

from datetime import date

import pytest

from contacts.importing.cleaning.cells import columns_of
from contacts.importing.cleaning.rows import Plan, prepare
from contacts.importing.mapping import Mapping
from contacts.importing.prepared import PreparedRow
from contacts.importing.readers.table import Row
from contacts.models import Address

TODAY = date(2026, 3, 17)


def clean(
    cells: dict[str, str],
    *,
    mapping: dict[str, str] | None = None,
    defaults: dict[str, str] | None = None,
    translations: dict[str, dict[str, str]] | None = None,
    **plan: object,
) -> PreparedRow:
    """Clean a row whose columns are called like the fields they mean (unless ``mapping``)."""
    header = list(cells)
    found = Mapping(
        columns=dict(mapping or {name: name for name in header}),
        translations=translations or {},
    )
    made = Plan(
        columns=columns_of(found, header),
        today=TODAY,
        defaults=defaults or {},
        **plan,  # type: ignore[arg-type]
    )
    return prepare(Row(2, list(cells.values())), made)


def refusal(cells: dict[str, str], **plan: object) -> tuple[str, str]:
    """(column, code) of the only reason."""
    (error,) = clean({"person.surname": "Maier", **cells}, **plan).errors  # type: ignore[arg-type]
    return error.column, error.code


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"person.given_name": "Hans", "person.surname": "Maier"}, ("", "Hans", "", "Maier")),
        ({"person.given_name": "Dr. Hans", "person.surname": "von der Heide"},
         ("Dr.", "Hans", "von der", "Heide")),
        ({"person.full_name": "Herr Prof. Dr. Hans von der Heide"},
         ("Prof. Dr.", "Hans", "von der", "Heide")),
        ({"person.surname_given": "MAIER, JOHANNES"}, ("", "Johannes", "", "Maier")),
        ({"person.surname_given": "von der Heide Hans Peter"},
         ("", "Hans Peter", "von der", "Heide")),
        ({"person.full_name": "Maier", "person.title": "Dr."}, ("Dr.", "", "", "Maier")),
        ({"person.salutation": "Herr Dr.", "person.surname": "Maier"}, ("Dr.", "", "", "Maier")),
    ],
)  # fmt: skip
def test_names_are_put_in_order(cells: dict[str, str], name: tuple[str, ...]) -> None:
    person = clean(cells).person

    assert person is not None
    assert (person.title, person.given_name, person.particle, person.surname) == name


@pytest.mark.parametrize(
    ("text", "salutation"),
    [("Herr", "HERR"), ("Hr.", "HERR"), ("Frau Dr.", "FRAU"), ("w", "FRAU"), ("divers", "DIVERS"),
     ("Firma", ""), ("Sehr geehrte Frau", "FRAU"), ("", "")],
)  # fmt: skip
def test_salutations_are_understood(text: str, salutation: str) -> None:
    person = clean({"person.surname": "Maier", "person.salutation": text}).person

    assert person is not None
    assert person.salutation == salutation


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"person.salutation": "Häuptling"}, "salutation-unknown"),
        ({"person.birth_date": "31.02.1971"}, "birth-date-impossible"),
        ({"person.birth_date": "irgendwann"}, "birth-date-format"),
        ({"person.language": "klingonisch"}, "language-unknown"),
        ({"phone.business": "030 23125 1o2"}, "phone-letters"),
        ({"phone.business": "23125102"}, "phone-no-area-code"),
        ({"phone.business": "4,94E+11"}, "phone-rounded"),
        ({"email.business": "maier@"}, "email-syntax"),
        ({"address.business.postal_code": "1067"}, "postal-code-short"),
        ({"address.business.street_line": "Am Speicher 14"}, "address-without-place"),
        ({"address.business.city": "Kiel", "address.business.country": "Mordor"},
         "country-unknown"),
        ({"confirmed_at": "31.02.2026"}, "date-format"),
        ({"confirmed_at": "01.01.2030"}, "date-in-future"),
        ({"owner.email": "niemand@einklang.example"}, "owner-unknown"),
        ({"person.remark": "x" * 40_000}, "too-long"),
        ({"person.given_name": "Ha\x00ns"}, "nul-character"),
        ({"person.given_name": "J\ufffdrg"}, "damaged-text"),
        ({"company.name": "Brandt", "company.vat_id": "DE123"}, "vat-format"),
        ({"company.name": "Brandt", "company.industry": "Maschinenbau"}, "industry-code"),
        ({"company.name": "Brandt", "company.website": "keine"}, "website-format"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_refuses_the_row(cells: dict[str, str], code: str) -> None:
    assert refusal(cells) == (list(cells)[-1], code)


def test_a_refusal_says_what_where_and_what_to_do() -> None:
    (error,) = clean({"person.surname": "Maier", "person.remark": "x" * 40_000}).errors

    assert error == (
        "too-long",
        "Die Zelle hat 40000 Zeichen, Platz ist für 10000.",
        "person.remark",
        "Kürzen Sie den Text.",
    )


def test_all_problems_of_a_row_are_told() -> None:
    row = clean(
        {
            "person.surname": "Maier",
            "person.birth_date": "31.02.1971",
            "phone.business": "x",
            "email.business": "y",
            "address.business.postal_code": "1",
        }
    )

    assert [error.column for error in row.errors] == [
        "person.birth_date",
        "email.business",
        "phone.business",
        "address.business.postal_code",
    ]


def test_a_row_must_name_somebody() -> None:
    (error,) = clean({"email.business": "info@brandt.example"}).errors

    assert error.code == "no-name"


@pytest.mark.parametrize("text", ["0.0.00", "00.00.0000", "0000-00-00", "-"])
def test_programs_ways_to_write_no_date(text: str) -> None:
    row = clean({"person.surname": "Maier", "person.birth_date": text})

    assert row.errors == []
    assert row.person is not None
    assert row.person.birth_date is None


def test_numbers_are_what_they_are_whatever_their_column() -> None:
    row = clean(
        {
            "person.surname": "Maier",
            "company.name": "Havelberg Anlagenbau GmbH",
            "phone.business": "01520 2875101",
            "mobile.private": "030 23125101",
            "fax.business": "030 23125199",
            "phone.switchboard": "030 23125-0",
        }
    )

    assert [(p.kind, p.purpose, p.normalised, p.holder) for p in row.points] == [
        ("MOBILE", "BUSINESS", "+4915202875101", "person"),
        ("PHONE", "BUSINESS", "+4930231250", "company"),
        ("PHONE", "PRIVATE", "+493023125101", "person"),
        ("FAX", "BUSINESS", "+493023125199", "person"),
    ]


def test_several_values_may_share_a_cell() -> None:
    row = clean({"person.surname": "Maier", "phone.business": "030 23125101 ::: 030 23125102"})

    assert [point.normalised for point in row.points] == ["+493023125101", "+493023125102"]


def test_labels_say_what_their_neighbours_are() -> None:
    header = {
        "First Name": ("person.given_name", "Anna"),
        "E-mail 1 - Label": ("label", "* Work"),
        "E-mail 1 - Value": ("email.labelled", "anna@firma.example"),
        "E-mail 2 - Label": ("label", "Privat"),
        "E-mail 2 - Value": ("email.labelled", "anna@beispiel.example"),
        "Phone 1 - Label": ("label", "Mobil"),
        "Phone 1 - Value": ("phone.labelled", "01520 2875101"),
        "Phone 2 - Label": ("label", "Home Fax"),
        "Phone 2 - Value": ("phone.labelled", "030 23125199"),
        "Address 1 - Label": ("label", "Home"),
        "Address 1 - City": ("address.labelled.city", "Kiel"),
    }

    row = clean(
        {name: text for name, (_code, text) in header.items()},
        mapping={name: code for name, (code, _text) in header.items()},
    )

    assert [(p.kind, p.purpose) for p in row.points] == [
        ("EMAIL", "BUSINESS"),
        ("EMAIL", "PRIVATE"),
        ("MOBILE", "BUSINESS"),
        ("FAX", "PRIVATE"),
    ]
    assert [(address.kind, address.city) for address in row.addresses] == [("PRIVATE", "Kiel")]


@pytest.mark.parametrize(
    ("cells", "display"),
    [
        ({"street_line": "Am Speicher 14 b", "postal_code": "10997", "city": "Berlin"},
         "Am Speicher 14b, 10997 Berlin"),
        ({"street_line": "Lange Straße", "house_number": "3 A", "postal_code_city": "24103 Kiel"},
         "Lange Straße 3a, 24103 Kiel"),
        ({"po_box": "12 34", "postal_code": "10997", "city": "Berlin"},
         "Postfach 12 34, 10997 Berlin"),
        ({"street_line": "Ring 1", "postal_code_city": "A-1010 Wien"}, "Ring 1, AT-1010 Wien"),
        ({"postal_code": "8001", "city": "Zürich", "country": "Schweiz"}, "CH-8001 Zürich"),
    ],
)  # fmt: skip
def test_addresses_are_taken_apart_and_shown_like_the_model(
    cells: dict[str, str], display: str
) -> None:
    named = {f"address.business.{name}": text for name, text in cells.items()}
    (address,) = clean({"person.surname": "Maier", **named}).addresses
    fields = ("street", "house_number", "po_box", "postal_code", "city", "country")

    assert address.display == display
    assert str(Address(**{name: getattr(address, name) for name in fields})) == display


def test_the_country_of_the_row_is_the_country_of_its_numbers() -> None:
    row = clean(
        {
            "person.surname": "Maier",
            "phone.business": "01 5880001",
            "address.business.city": "Wien",
            "address.business.country": "Österreich",
        }
    )

    assert [point.normalised for point in row.points] == ["+4315880001"]


def test_defaults_and_translations() -> None:
    row = clean(
        {"person.surname": "Maier", "person.salutation": "1", "phone.business": "23125101"},
        defaults={"person.language": "de", "person.surname": "nie"},
        translations={"person.salutation": {"1": "Herr", "2": "Frau"}},
        area_code="030",
    )

    assert row.person is not None
    assert (row.person.salutation, row.person.surname, row.person.language) == (
        "HERR",
        "Maier",
        "de",
    )
    assert row.points[0].normalised == "+493023125101"


def test_channels_beyond_the_licence_are_left_out_and_told() -> None:
    row = clean(
        {
            "person.surname": "Maier",
            "email.business": "unlesbar",
            "phone.business": "030 23125101",
            "address.business.city": "Kiel",
        },
        licensed=frozenset({"PHONE"}),
    )

    assert row.errors == []
    assert [point.kind for point in row.points] == ["PHONE"]
    assert row.addresses == []
    assert [(note.column, note.message) for note in row.notes] == [
        (
            "email.business",
            "E-Mail nicht übernommen: von der Lizenz der Herkunft nicht umfasst.",
        ),
        (
            "address.business.city",
            "Anschrift nicht übernommen: von der Lizenz der Herkunft nicht umfasst.",
        ),
    ]


def test_the_fingerprint_knows_content_not_order() -> None:
    one = clean({"person.surname": "Maier", "person.given_name": "Hans"})
    two = clean({"person.given_name": " Hans ", "person.surname": "Maier"})
    other = clean({"person.surname": "Maier", "person.given_name": "Hanna"})

    assert one.fingerprint == two.fingerprint != other.fingerprint
    assert len(one.fingerprint) == 64


def test_an_apostrophe_before_a_formula_is_taken_away() -> None:
    row = clean({"person.surname": "Maier", "person.remark": "'=1+1", "employment.function": "'x"})

    assert row.person is not None
    assert (row.person.remark, row.person.function) == ("=1+1", "'x")
