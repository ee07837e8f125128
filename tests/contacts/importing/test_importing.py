"""A file's way into the stock."""

from contacts import indexing
from contacts.models import Company, ContactPointHolder, ImportState, Person

HEADER = (
    "Anrede;Titel;Vorname;Nachname;Firma;Funktion;Straße;PLZ;Ort;Telefon;Mobil;E-Mail;Geburtsdatum"
)
HEIDE = (
    "Herr;Dr.;Johannes;von der Heide;Havelberg Anlagenbau GmbH;Leiter Technik;Am Speicher 14;10997;"
    "Berlin;030/23125-101;01520 2875101;J.Heide@havelberg.example;14.02.1971"
)
VOSS = (
    "Frau;;Änne;Müller-Voß;Havelberg Anlagenbau GmbH;Einkauf;Am Speicher 14;10997;Berlin;"
    "030 23125 102;;einkauf@havelberg.example;"
)
BRANDT = ";;;;Brandt & Söhne KG;;Uferstr. 3a;20095;Hamburg;040 66969 100;;info@brandt.example;"
LIST = "\n".join([HEADER, HEIDE, VOSS, BRANDT])


def test_rows_become_persons_companies_and_what_hangs_on_them(import_file):
    run = import_file(LIST)

    assert run.state == ImportState.DONE
    assert (run.created_count, run.rejected_count, run.rows_total) == (3, 0, 3)
    heide = Person.objects.get(surname="Heide")
    assert heide.full_name == "Dr. Johannes von der Heide"
    assert heide.salutation == "HERR"
    assert str(heide.birth_date) == "1971-02-14"
    assert str(heide.employments.get()) == "Leiter Technik, Havelberg Anlagenbau GmbH"
    assert [str(address) for address in heide.addresses.all()] == ["Am Speicher 14, 10997 Berlin"]
    points = ContactPointHolder.objects.filter(person=heide).order_by("contact_point__kind")
    assert [(h.contact_point.kind, h.contact_point.normalised, h.purpose) for h in points] == [
        ("EMAIL", "j.heide@havelberg.example", "BUSINESS"),
        ("MOBILE", "+4915202875101", "BUSINESS"),
        ("PHONE", "+493023125101", "BUSINESS"),
    ]
    assert Company.objects.count() == 2
    brandt = Company.objects.get(name="Brandt & Söhne")
    assert ContactPointHolder.objects.filter(company=brandt).count() == 2


def test_an_import_leaves_nothing_to_index(import_file):
    import_file(LIST)

    assert indexing.refresh_persons(Person.objects.values_list("pk", flat=True)) == 0
    assert indexing.refresh_companies(Company.objects.values_list("pk", flat=True)) == 0


def test_the_same_file_twice_creates_nothing_twice(import_file, outcomes):
    import_file(LIST)
    again = import_file(LIST)

    assert outcomes(again) == [
        (2, "UNCHANGED", "same-before"),
        (3, "UNCHANGED", "same-before"),
        (4, "UNCHANGED", "same-before"),
    ]
    assert (Person.objects.count(), Company.objects.count()) == (2, 2)


def test_a_reverted_import_leaves_nothing_behind(import_file, take_back):
    run = take_back(import_file(LIST))

    assert run.state == ImportState.REVERTED
    assert run.settings["revert"] == {"removed": 4, "restored": 0, "left": 0}
    assert (Person.objects.count(), Company.objects.count()) == (0, 0)
