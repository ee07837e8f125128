"""Known persons: left alone, or brought up to date where that is certain."""

import pytest

from contacts import persons, sources
from contacts.models import (
    Address,
    Company,
    ContactPointHolder,
    ExternalId,
    ImportRow,
    Person,
    SourceKind,
)
from crm.kernel.models import AuditEntry

HEADER = "Personennummer;Vorname;Nachname;Funktion;Firma;PLZ;Ort;Telefon;E-Mail"
BEFORE = "7;Hans;Maier;Einkauf;Brandt KG;24103;Kiel;030 23125101;maier@brandt.example"
AFTER = "7;Hans;Mayer;Leiter Einkauf;Brandt KG;20095;Hamburg;030 23125102;maier@brandt.example"


def lines(*rows: str) -> str:
    return "\n".join([HEADER, *rows])


def test_without_being_told_an_import_changes_nobody(import_file, outcomes):
    import_file(lines(BEFORE))
    again = import_file(lines(AFTER))

    assert outcomes(again) == [(2, "UNCHANGED", "known-already")]
    assert Person.objects.get().surname == "Maier"
    assert ExternalId.objects.get().value == "7"


def test_an_update_brings_everything_up_to_date(import_file):
    import_file(lines(BEFORE))
    run = import_file(lines(AFTER), update_existing=True)

    assert (run.updated_count, run.created_count) == (1, 0)
    person = Person.objects.get()
    assert (person.surname, person.version) == ("Mayer", 2)
    assert person.sort_key == "mayer\thans"
    numbers = ContactPointHolder.objects.filter(person=person, contact_point__kind="PHONE")
    assert numbers.count() == 2
    assert person.employments.get().function == "Leiter Einkauf"
    current = Address.objects.filter(person=person, valid_to=None)
    assert [address.place for address in current] == ["20095 Hamburg"]
    assert Address.objects.filter(person=person).count() == 2
    entry = AuditEntry.objects.filter(action="person.updated").get()
    assert entry.changes["surname"] == ["Maier", "Mayer"]
    assert entry.context == {"import": run.pk, "row": 2}


def test_an_update_is_taken_back_to_the_letter(import_file, take_back):
    import_file(lines(BEFORE))
    before = snapshot()
    run = import_file(lines(AFTER), update_existing=True)
    assert snapshot() != before

    run = take_back(run)

    assert run.settings["revert"] == {"removed": 0, "restored": 1, "left": 0}
    assert snapshot() == before


def snapshot() -> dict[str, list[object]]:
    fields = ("surname", "given_name", "version", "sort_key", "field_sources", "completeness")
    return {
        "persons": list(Person.objects.order_by("pk").values_list("pk", *fields)),
        "companies": list(Company.objects.order_by("pk").values_list("pk", "name", "version")),
        "addresses": list(Address.objects.order_by("pk").values_list("pk", "city", "valid_to")),
        "points": list(
            ContactPointHolder.objects.order_by("pk").values_list("pk", "contact_point__display")
        ),
        "roles": list(Person.objects.order_by("pk").values_list("employments__function")),
    }


def test_what_the_source_said_last_counts(import_file, outcomes):
    import_file(lines(BEFORE))
    import_file(lines(AFTER), update_existing=True)

    same = import_file(lines(AFTER), update_existing=True, file_name="wieder.csv")
    older = import_file(lines(BEFORE), update_existing=True, file_name="alt.csv")

    assert outcomes(same) == [(2, "UNCHANGED", "same-before")]
    assert outcomes(older) == [(2, "UPDATED", "")]
    assert Person.objects.get().surname == "Maier"


def test_what_was_entered_by_hand_stays(import_file, admin, at, outcomes):
    import_file(lines(BEFORE))
    by_hand = sources.by_hand(at=at)
    persons.update(
        actor=admin, person=Person.objects.get(), values={"surname": "Meyer"}, source=by_hand, at=at
    )

    run = import_file(lines(AFTER), update_existing=True)

    person = Person.objects.get()
    assert person.surname == "Meyer"
    assert outcomes(run) == [(2, "UPDATED", "kept-by-hand")]
    assert ImportRow.objects.get(run=run).reason == "Behalten, weil von Hand erfasst: Nachname."


def test_a_mailbox_and_the_same_name_are_certain(import_file, at):
    other = sources.create(actor=None, kind=SourceKind.LIST, name="Messeliste", at=at)
    import_file(lines(BEFORE))

    run = import_file(
        "Vorname;Nachname;E-Mail;Mobil\nHans;Maier;maier@brandt.example;01520 2875101",
        source=other,
        update_existing=True,
    )

    assert (run.updated_count, run.created_count) == (1, 0)
    mobile = ContactPointHolder.objects.get(contact_point__kind="MOBILE")
    assert mobile.source == other


def test_the_mailbox_of_two_namesakes_is_not(import_file):
    twins = "Vorname;Nachname;E-Mail;Ort\n" + "Hans;Maier;m@brandt.example;{}\n" * 2
    import_file(twins.format("Kiel", "Berlin"))

    run = import_file(
        "Vorname;Nachname;E-Mail;Mobil\nHans;Maier;m@brandt.example;01520 2875101",
        update_existing=True,
    )

    assert (run.updated_count, run.created_count, run.marked_count) == (0, 1, 1)


def test_a_change_of_employer_ends_the_former_role(import_file):
    import_file(lines(BEFORE))
    import_file(lines(BEFORE.replace("Brandt KG", "Havelberg AG")), update_existing=True)

    roles = Person.objects.get().employments.order_by("pk")
    assert [(role.company.name, role.is_primary, role.ended_on is None) for role in roles] == [
        ("Brandt", False, False),
        ("Havelberg", True, True),
    ]


def test_the_same_number_twice_in_one_file(import_file, outcomes):
    run = import_file(lines(BEFORE, AFTER))
    assert outcomes(run) == [(2, "CREATED", ""), (3, "UNCHANGED", "twice-in-file")]

    run = import_file(lines(BEFORE, AFTER), update_existing=True, file_name="neu.csv")
    assert outcomes(run) == [(2, "UNCHANGED", "same-before"), (3, "UPDATED", "")]
    assert Person.objects.get().surname == "Mayer"


def test_a_row_twice_in_one_file_is_one_person(import_file, outcomes):
    row = ";Hans;Maier;;;;;030 23125101;"
    run = import_file(lines(row, row))

    assert outcomes(run) == [(2, "CREATED", ""), (3, "UNCHANGED", "twice-in-file")]
    rows = ImportRow.objects.filter(run=run).order_by("number")
    assert rows[0].person_id == rows[1].person_id == Person.objects.get().pk
    assert rows[1].reason == "Zweimal in der Datei, zuerst in Zeile 2."


def test_the_same_file_with_another_mapping_is_the_same_file(import_file, outcomes):
    content = "Vorname;Nachname;Spitzname\nHans;Maier;030 23125101"
    import_file(content)
    columns = {"Vorname": "person.given_name", "Nachname": "person.surname"}
    mapping = {"columns": {**columns, "Spitzname": "phone.business"}}

    run = import_file(content, mapping=mapping)
    assert outcomes(run) == [(2, "UNCHANGED", "known-already")]

    run = import_file(content, mapping=mapping, update_existing=True)
    assert outcomes(run) == [(2, "UPDATED", "")]
    assert ContactPointHolder.objects.get().contact_point.display == "030 23125101"


@pytest.mark.parametrize("update", [False, True])
def test_nobody_reaches_others_records_by_importing(
    import_file, outcomes, team_lead, other_team, update
):
    import_file(lines(BEFORE), team=other_team)

    run = import_file(lines(AFTER), actor=team_lead, update_existing=update)

    assert outcomes(run) == [(2, "REJECTED", "not-permitted")]
    assert Person.objects.get().surname == "Maier"
