"""Which company a row means."""

import pytest

from contacts import sources
from contacts.models import Address, Company, ContactPointHolder, ExternalId, SourceKind

ERP = "KUNDENNR;NAME1;STRASSE;PLZ;ORT;TELEFON1;USTID;ANSPRECHPARTNER"
LIST = "Vorname;Nachname;Firma;PLZ;Zentrale"


@pytest.fixture
def list_source(db, at):
    return sources.create(actor=None, kind=SourceKind.LIST, name="Liste", at=at)


def test_one_number_is_one_company(import_file):
    import_file(
        f"{ERP}\n10001;Brandt & Söhne KG;Ring 1;24103;Kiel;030 23125-0;;Hans Maier\n"
        "10001;Brandt u. Söhne KG;Ring 1;24103;Kiel;030 23125-0;;Inge Abel\n"
    )

    company = Company.objects.get()
    assert (company.name, company.legal_form, company.erp_number) == (
        "Brandt & Söhne",
        "KG",
        "10001",
    )
    assert company.employments.count() == 2
    assert Address.objects.filter(company=company).count() == 1
    assert ContactPointHolder.objects.filter(company=company).count() == 1


@pytest.mark.parametrize(
    ("name", "code", "count"),
    [
        ("Brandt & Söhne KG", "24103", 1),
        ("BRANDT & SÖHNE", "24103", 1),
        ("Brandt & Söhne KG", "", 1),
        ("Brandt & Söhne KG", "80331", 2),
        ("Brandt & Söhne GmbH", "24103", 2),
        ("Brandt", "24103", 2),
    ],
)
def test_a_name_means_a_company_unless_something_contradicts(
    import_file, list_source, name, code, count
):
    import_file(f"{ERP}\n10001;Brandt & Söhne KG;Ring 1;24103;Kiel;;;Hans Maier\n")
    import_file(f"{LIST}\nInge;Abel;{name};{code};\n", source=list_source)

    assert Company.objects.count() == count


def test_a_namesake_elsewhere_is_marked_for_the_check(import_file, list_source):
    import_file(f"{LIST}\nInge;Abel;Brandt KG;24103;\n", source=list_source)
    import_file(f"{LIST}\nHans;Maier;Brandt KG;80331;\n", source=list_source)

    assert [company.duplicate_check_due for company in Company.objects.order_by("pk")] == [
        False,
        True,
    ]


def test_a_vat_id_is_a_company_whatever_its_name(import_file, list_source):
    import_file(f"{ERP}\n10001;Brandt KG;;24103;Kiel;;DE136695976;Hans Maier\n")
    import_file(
        "Nachname;Firma;PLZ;USt-IdNr.\nAbel;Brandt Gruppe;80331;DE 136 695 976\n",
        source=list_source,
    )

    assert Company.objects.get().name == "Brandt"


def test_numbers_of_other_sources_are_kept_apart_from_the_erp(import_file, list_source):
    import_file(f"{ERP}\n10001;Brandt KG;;24103;Kiel;;;Hans Maier\n")
    content = "Kundennummer;Firma;PLZ\n10001;Havelberg AG;80331\n"
    import_file(content, source=list_source)
    import_file(content + "10001;Havelberg Aktiengesellschaft;80331\n", source=list_source)

    assert [(company.name, company.erp_number) for company in Company.objects.order_by("pk")] == [
        ("Brandt", "10001"),
        ("Havelberg", ""),
    ]
    number = ExternalId.objects.get()
    assert (number.system, number.value) == ("Liste", "10001")


def test_a_company_takes_on_what_it_lacks(import_file, list_source):
    import_file(f"{LIST}\nInge;Abel;Brandt KG;;\n", source=list_source)
    assert Address.objects.filter(company__isnull=False).count() == 0

    import_file(f"{ERP}\n10001;Brandt KG;Ring 1;24103;Kiel;030 23125-0;;Hans Maier\n")

    company = Company.objects.get()
    assert (company.version, company.erp_number) == (2, "10001")
    assert [str(address) for address in company.addresses.all()] == ["Ring 1, 24103 Kiel"]


def test_an_update_by_number_overwrites_and_moves(import_file, take_back):
    import_file(f"{ERP}\n10001;Brandt KG;Ring 1;24103;Kiel;;;\n")
    update = f"{ERP}\n10001;Brandt Holding AG;Kai 2;20095;Hamburg;;;\n"
    run = import_file(update, update_existing=True)

    company = Company.objects.get()
    assert (run.updated_count, str(company)) == (1, "Brandt Holding AG")
    assert [str(each) for each in company.addresses.filter(valid_to=None)] == [
        "Kai 2, 20095 Hamburg"
    ]

    take_back(run)

    company.refresh_from_db()
    assert str(company) == "Brandt KG"
    assert [str(each) for each in company.addresses.filter(valid_to=None)] == ["Ring 1, 24103 Kiel"]


def test_companies_without_persons(import_file, outcomes):
    header = "KUNDENNR;NAME1;PLZ;ORT;HOMEPAGE"
    run = import_file(f"{header}\n10001;Brandt KG;24103;Kiel;\n10002;Abel AG;24103;Kiel;\n")
    assert outcomes(run) == [(2, "CREATED", ""), (3, "CREATED", "")]

    again = f"{header}\n10001;Brandt KG;24103;Kiel;www.brandt.example\n"
    assert outcomes(import_file(again)) == [(2, "UNCHANGED", "company-known")]
    assert outcomes(import_file(again, update_existing=True)) == [(2, "UPDATED", "")]
    assert Company.objects.get(erp_number="10001").website == "https://www.brandt.example"
