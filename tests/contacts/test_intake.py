"""Taking in a record with all that is known: everything or nothing, all errors at once."""

import pytest

from contacts import companies, intake
from contacts.intake import NewPoint, NewRole
from contacts.models import Address, Company, ContactPoint, Employment, PairDecision, Person
from crm.kernel import errors
from crm.kernel.models import AuditEntry

POINTS = [
    NewPoint("email", "EMAIL", "J.Maier@Havelberg.example", "BUSINESS"),
    NewPoint("phone", "PHONE", "030/23125-101", "BUSINESS"),
]
ADDRESS = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}
NAME = {"given_name": "Johannes", "surname": "Maier"}


def test_a_person_with_everything(admin, source, at) -> None:
    person = intake.create_person_with(
        actor=admin,
        values={**NAME, "salutation": "HERR"},
        role=NewRole(new_company="Havelberg GmbH", values={"function": "Leiter Technik"}),
        points=POINTS,
        address=ADDRESS,
        source=source,
        confirmed_on=at.date(),
        at=at,
    )
    role = person.employments.get()
    assert (str(role.company), role.function, role.is_primary) == (
        "Havelberg GmbH",
        "Leiter Technik",
        True,
    )
    assert {(p.contact_point.display, p.confirmed_on) for p in person.contact_points.all()} == {
        ("j.maier@havelberg.example", at.date()),
        ("030 23125101", at.date()),
    }
    assert str(person.addresses.get()) == "Am Speicher 14, 10997 Berlin"
    assert (person.completeness, person.owner) == (100, admin)


def test_a_company_that_is_there_is_used(admin, source, at) -> None:
    company = companies.create(actor=admin, values={"name": "Havelberg"}, source=source, at=at)
    intake.create_person_with(
        actor=admin, values=NAME, role=NewRole(company=company), source=source, at=at
    )
    assert Company.objects.get() == company == Employment.objects.get().company


def test_all_errors_at_once_and_nothing_is_written(admin, source, at) -> None:
    written = AuditEntry.objects.count()
    with pytest.raises(errors.Invalid) as refusal:
        intake.create_person_with(
            actor=admin,
            values=NAME,
            role=NewRole(new_company=" ", values={}),
            points=[
                NewPoint("email", "EMAIL", "j.maier@"),
                NewPoint("phone", "PHONE", "030 23125 101"),
                NewPoint("mobile", "MOBILE", "0171 o2"),
            ],
            address={"street": "Am Speicher 14", "postal_code": "1067"},
            source=source,
            at=at,
        )
    assert set(refusal.value.errors) == {"company", "email", "mobile", "postal_code"}
    assert AuditEntry.objects.count() == written
    for model in (Person, Company, ContactPoint, Employment, Address):
        assert not model.objects.exists()


def test_without_a_name_the_other_errors_are_told_as_well(admin, source, at) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        intake.create_person_with(
            actor=admin,
            values={},
            points=[NewPoint("email", "EMAIL", "j.maier@")],
            source=source,
            at=at,
        )
    assert set(refusal.value.errors) == {"surname", "email"}


def test_a_licence_that_does_not_cover_a_channel(admin, source, at) -> None:
    source.licensed_channels = ["POSTAL"]
    source.save()
    with pytest.raises(errors.Invalid) as refusal:
        intake.create_person_with(
            actor=admin, values=NAME, points=POINTS, address=ADDRESS, source=source, at=at
        )
    assert set(refusal.value.errors) == {"email", "phone"}


def test_a_company_with_everything(admin, source, at) -> None:
    company = intake.create_company_with(
        actor=admin,
        values={"name": "Havelberg Anlagenbau GmbH & Co.KG", "vat_id": "DE136695976"},
        points=[NewPoint("phone", "PHONE", "030 23125 0")],
        address=ADDRESS,
        source=source,
        at=at,
    )
    assert (company.name, company.legal_form) == ("Havelberg Anlagenbau", "GmbH & Co. KG")
    assert company.contact_points.get().contact_point.normalised == "+4930231250"


def test_who_may_not_edit_takes_nothing_in(privacy, source, at) -> None:
    with pytest.raises(errors.NotPermitted):
        intake.create_person_with(actor=privacy, values=NAME, source=source, at=at)
    with pytest.raises(errors.NotPermitted):
        intake.create_company_with(actor=privacy, values={"name": "X"}, source=source, at=at)
    assert not Person.objects.exists()


def test_who_looks_alike_and_is_somebody_else(admin, make_person, source, at) -> None:
    other = make_person("Hans", "Mayer")
    known = {"actor": admin, "source": source, "at": at}
    person = intake.create_person_with(values=NAME, points=POINTS, apart=[other], **known)
    decision = PairDecision.objects.get()
    assert (decision.first_person, decision.second_person) == (other, person)
    assert (decision.verdict, decision.decided_by) == ("DIFFERENT", admin)
    acts = AuditEntry.objects.filter(action="duplicate.different")
    assert {entry.object_id for entry in acts} == {other.pk, person.pk}
    with pytest.raises(errors.Invalid):
        intake.create_person_with(values={}, points=POINTS, apart=[other], **known)
    assert PairDecision.objects.count() == 1
