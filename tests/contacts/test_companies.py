"""Companies: legal form apart, numbers unique, no circles."""

import pytest

from contacts import companies
from contacts.models import Company
from crm.kernel import errors


def make(actor, source, at, **values):
    return companies.create(actor=actor, values=values, source=source, at=at)


def test_the_legal_form_is_split_off(admin, source, at) -> None:
    company = make(admin, source, at, name="Brandt & Söhne GmbH & Co. KG")
    assert (company.name, company.legal_form) == ("Brandt & Söhne", "GmbH & Co. KG")
    assert company.full_name == "Brandt & Söhne GmbH & Co. KG"
    assert company.completeness == 10


def test_a_vat_id_is_checked(admin, source, at) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        make(admin, source, at, name="Brandt", vat_id="DE123456789")
    assert list(refusal.value.errors) == ["vat_id"]
    assert Company.objects.count() == 0
    assert make(admin, source, at, name="Brandt", vat_id="de 136 695 976").vat_id == "DE136695976"


def test_an_erp_number_belongs_to_one_company(admin, source, at) -> None:
    make(admin, source, at, name="Brandt", erp_number="K-1001")
    with pytest.raises(errors.Invalid, match="K-1001"):
        make(admin, source, at, name="Havelberg", erp_number="K-1001")
    assert Company.objects.count() == 1


def test_a_company_cannot_stand_below_itself(admin, source, at) -> None:
    top = make(admin, source, at, name="Holding")
    middle = make(admin, source, at, name="Mitte", parent=top)
    bottom = make(admin, source, at, name="Unten", parent=middle)
    with pytest.raises(errors.Invalid, match="unter sich selbst"):
        companies.update(actor=admin, company=top, values={"parent": bottom}, source=source, at=at)
    top.refresh_from_db()
    assert top.parent is None


def test_a_renamed_company_is_found_at_its_people(admin, source, at, make_person) -> None:
    from contacts import employments
    from contacts.models import Person

    company = make(admin, source, at, name="Havelberg Anlagenbau GmbH")
    person = make_person("Anna", "Abel")
    employments.add(actor=admin, person=person, company=company, values={}, source=source, at=at)
    companies.update(
        actor=admin, company=company, values={"name": "Spreewerk Druckluft"}, source=source, at=at
    )
    search = str(Person.objects.get(pk=person.pk).search)
    assert "spreewerk" in search
    assert "havelberg" not in search
