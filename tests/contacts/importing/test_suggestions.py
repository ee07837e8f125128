"""Columns find their meaning by their names."""

import pytest

from contacts.importing.mapping import BadMapping, Mapping, checked, parse
from contacts.importing.presets import erp, google, outlook
from contacts.importing.presets.catalogue import PRESETS
from contacts.importing.suggestions import recognise, suggest
from contacts.importing.targets import find
from contacts.models import Address, Company, ContactPoint, Employment, ExternalId, Person

GOOGLE_NEW = ["First Name", "Middle Name", "Last Name", "Organization Name", "Birthday",
              "E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label",
              "Phone 1 - Value"]  # fmt: skip
GOOGLE_OLD = ["Name", "Given Name", "Family Name", "Name Prefix", "E-mail 1 - Type",
              "E-mail 1 - Value", "Phone 1 - Type", "Phone 1 - Value", "Address 1 - Type",
              "Address 1 - Street", "Organization 1 - Name"]  # fmt: skip
SAP = ["KUNNR", "NAME1", "NAME2", "STRAS", "PSTLZ", "ORT01", "LAND1", "TELF1", "STCEG"]
LEXWARE = ["Kundennummer", "Matchcode", "Anrede", "Firma", "Name", "Vorname", "Strasse", "PLZ",
           "Ort", "Telefon1", "E-Mail", "USt-IdNr."]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "preset"),
    [
        (list(outlook.GERMAN), "outlook"),
        (list(outlook.ENGLISH), "outlook"),
        (GOOGLE_NEW, "google"),
        (GOOGLE_OLD, "google"),
        (SAP, "erp"),
        (LEXWARE, "erp"),
        (["Vorname", "Nachname", "Firma", "PLZ", "Ort", "Telefon"], "free"),
        (["Alpha", "Beta"], "free"),
    ],
)
def test_programs_are_recognised(header: list[str], preset: str) -> None:
    assert recognise(header) == preset


def test_every_preset_names_existing_fields_only() -> None:
    codes = {code for preset in PRESETS.values() for code in preset.columns.values() if code}

    assert {code for code in codes if find(code) is None} == set()


def test_an_erp_name_in_several_columns_is_one_name() -> None:
    columns = suggest(header=SAP).columns

    assert columns["NAME1"] == columns["NAME2"] == "company.name"
    assert columns["KUNNR"] == "company.number"
    assert columns["TELF1"] == "phone.switchboard"


@pytest.mark.parametrize(
    ("header", "cells", "meaning"),
    [
        (["NAME1", "FIRMA"], ["Maier, Johannes"], "person.surname_given"),
        (["NAME1", "FIRMA"], ["Johannes Maier"], "person.full_name"),
        (["NAME1", "PLZ"], ["Brandt & Söhne KG"], "company.name"),
        (["Name", "Vorname"], ["Maier"], "person.surname"),
        (["Name", "Ort"], ["Hans Maier"], "person.full_name"),
        (["Name", "Nachname"], ["Hans Maier"], None),
    ],
)
def test_a_name_means_what_its_neighbours_say(
    header: list[str], cells: list[str], meaning: str | None
) -> None:
    found = suggest(header=header, rows=[[*cells, "x"]])

    assert found.columns[header[0]] == meaning


def test_trades_in_words_are_no_codes() -> None:
    header = ["Firma", "Branche"]

    coded = suggest(header=header, rows=[["A", "28.99"]], preset="erp")
    worded = suggest(header=header, rows=[["A", "Maschinenbau"]], preset="erp")
    asked = suggest(
        header=header,
        rows=[["A", "Maschinenbau"]],
        preset="erp",
        criteria={"Branche": "branche"},
    )

    assert coded.columns["Branche"] == "company.industry"
    assert worded.columns["Branche"] is None
    assert asked.columns["Branche"] == "criterion.branche"


def test_a_field_for_one_column_is_given_to_the_first() -> None:
    columns = suggest(header=["PLZ", "Postleitzahl", "Ort"]).columns

    assert (columns["PLZ"], columns["Postleitzahl"]) == ("address.business.postal_code", None)


def test_spelling_of_a_column_name_does_not_matter() -> None:
    columns = suggest(header=["STRASSE GESCHÄFTLICH", "strasse_geschaeftlich 2", "E-MAIL-ADRESSE"])

    assert columns.columns == {
        "STRASSE GESCHÄFTLICH": "address.business.street_line",
        "strasse_geschaeftlich 2": "address.business.extra",
        "E-MAIL-ADRESSE": "email.business",
    }


def test_a_wrong_mapping_is_told_in_full() -> None:
    header = ["Vorname", "PLZ", "Postleitzahl", "Ort"]
    data = {
        "columns": {
            "Strasse": "address.business.street_line",
            "PLZ": "address.business.postal_code",
            "Postleitzahl": "address.business.postal_code",
            "Ort": "person.colour",
        },
        "translations": {"person.salutation": {"m": 1}},
        "options": {"colour": "red"},
    }

    with pytest.raises(BadMapping) as refusal:
        parse(data, header=header)

    assert refusal.value.problems == [
        "Die Spalte „Strasse“ gibt es in der Datei nicht.",
        "Das Feld „person.colour“ gibt es nicht.",
        "„PLZ, geschäftlich“ nimmt nur eine Spalte; zugeordnet sind: PLZ, Postleitzahl.",
        "Die Übersetzungen für „person.salutation“ müssen Text zu Text sein.",
        "Die Angabe „colour“ kennt die Zuordnung nicht.",
        "Ordnen Sie wenigstens einen Namen oder eine Firma zu.",
    ]


@pytest.mark.parametrize("data", [[], {"columns": []}, {"spalten": {}}])
def test_a_mapping_of_another_shape_is_refused(data: object) -> None:
    with pytest.raises(BadMapping):
        parse(data, header=["Vorname"])


def test_a_criterion_must_exist() -> None:
    mapping = Mapping(columns={"N": "person.surname", "B": "criterion.bonitaet"})

    with pytest.raises(BadMapping, match="Das Kriterium „bonitaet“ gibt es nicht"):
        checked(mapping, header=["N", "B"])
    assert checked(mapping, header=["N", "B"], criteria=["bonitaet"]) is mapping


def test_limits_are_those_of_the_models() -> None:
    def limit(model: type, name: str) -> int:
        return int(model._meta.get_field(name).max_length)  # type: ignore[attr-defined]

    pairs = {
        "person.title": limit(Person, "title"),
        "person.given_name": limit(Person, "given_name"),
        "person.particle": limit(Person, "particle"),
        "person.surname": limit(Person, "surname"),
        "employment.function": limit(Employment, "function"),
        "employment.department": limit(Employment, "department"),
        "company.name": limit(Company, "name"),
        "company.legal_form": limit(Company, "legal_form"),
        "company.number": limit(Company, "erp_number"),
        "company.website": limit(Company, "website"),
        "person.number": limit(ExternalId, "value"),
        "messenger.private": limit(ContactPoint, "normalised"),
        "address.business.street_line": limit(Address, "street"),
        "address.business.house_number": limit(Address, "house_number"),
        "address.business.extra": limit(Address, "extra"),
        "address.business.city": limit(Address, "city"),
        "address.business.po_box": limit(Address, "po_box"),
    }
    targets = {code: find(code) for code in pairs}

    assert {code: target.limit for code, target in targets.items() if target} == pairs


def test_no_program_claims_a_name_twice_within_itself() -> None:
    assert len(google.COLUMNS) > 100
    assert erp.COLUMNS["NAME1"] == "company.name"
