"""What was typed for a new record goes to one that is there: nothing is overwritten."""

from datetime import datetime
from typing import Any

import pytest

from contacts import addresses, companies, contact_points, employments
from contacts.intake import NewPoint, NewRole
from contacts.models import Company, Person, Source
from contacts.supplementing import Item, supplement
from crm.accounts.models import RoleCode, User
from crm.kernel import errors
from crm.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
PLACE = {"street": "Am Speicher", "house_number": "14", "postal_code": "10997", "city": "Berlin"}


@pytest.fixture
def known(sales: User, source: Source, at: datetime) -> dict[str, Any]:
    return {"actor": sales, "source": source, "confirmed_on": at.date(), "at": at}


@pytest.fixture
def maier(make_person: Any, admin: User, team: Any, source: Source, at: datetime) -> Person:
    person = make_person("Johannes", "Maier", team=team)
    contact_points.add(
        actor=admin, record=person, kind="EMAIL", value="j@h.example", source=source, at=at
    )
    addresses.add(actor=admin, record=person, values=dict(PLACE), source=source, at=at)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def havelberg(admin: User, source: Source, team: Any, at: datetime) -> Company:
    values = {"name": "Havelberg Anlagenbau"}
    return companies.create(actor=admin, values=values, source=source, team=team, at=at)


def acts_since(number: int) -> list[str]:
    return list(
        AuditEntry.objects.filter(pk__gt=number).order_by("pk").values_list("action", flat=True)
    )


def last_act() -> int:
    return int(AuditEntry.objects.order_by("-pk").values_list("pk", flat=True)[0])


def test_what_is_missing_is_added_and_what_differs_is_told(
    maier: Person, havelberg: Company, known: Any
) -> None:
    before = last_act()
    found = supplement(
        record=maier,
        values={"salutation": "HERR", "title": "Dr.", "given_name": "Hans", "surname": "maier"},
        role=NewRole(company=havelberg, values={"function": "Leiter Technik"}),
        points=[
            NewPoint("email", "EMAIL", "J@H.example", "BUSINESS"),
            NewPoint("phone", "PHONE", "0170 1234567", "BUSINESS"),
        ],
        address={**PLACE, "street": "am speicher", "country": "DE"},
        **known,
    )
    assert found.added == [
        Item("salutation", "HERR"),
        Item("title", "Dr."),
        Item("contact-point.MOBILE", "0170 1234567"),
        Item("employer", "Leiter Technik, Havelberg Anlagenbau"),
    ]
    assert found.kept == [Item("given_name", "Hans", "Johannes")]
    again = Person.objects.get(pk=maier.pk)
    assert found.record == again
    assert (again.full_name, again.salutation) == ("Dr. Johannes Maier", "HERR")
    assert again.contact_points.count() == 2
    assert again.addresses.count() == 1
    assert again.contact_points.get(contact_point__kind="MOBILE").confirmed_on == known["at"].date()
    assert acts_since(before) == ["person.updated", "contact-point.added", "employment.added"]


def test_nothing_new_writes_nothing(maier: Person, known: Any) -> None:
    before, version = last_act(), maier.version
    found = supplement(
        record=maier,
        values={"given_name": "JOHANNES", "surname": "Maier", "title": ""},
        points=[NewPoint("email", "EMAIL", "j@h.example")],
        address={"postal_code": "10997"},
        **known,
    )
    assert (found.added, found.kept) == ([], [])
    assert acts_since(before) == []
    assert Person.objects.get(pk=maier.pk).version == version


@pytest.mark.parametrize(
    ("surname", "is_taken"), [("Maier", True), ("Heide", False)], ids=["same", "other"]
)
def test_a_particle_comes_only_with_its_name(
    maier: Person, known: Any, surname: str, is_taken: bool
) -> None:
    found = supplement(record=maier, values={"particle": "von der", "surname": surname}, **known)
    assert Person.objects.get(pk=maier.pk).particle == ("von der" if is_taken else "")
    assert [item.name for item in found.kept] == ([] if is_taken else ["particle", "surname"])


def test_a_contact_point_that_is_out_of_use_is_told(maier: Person, known: Any) -> None:
    holder = maier.contact_points.get()
    contact_points.set_status(actor=known["actor"], holder=holder, status="BOUNCED", at=known["at"])
    found = supplement(
        record=maier, values={}, points=[NewPoint("email", "EMAIL", "j@h.example")], **known
    )
    assert found.added == []
    (kept,) = found.kept
    assert (kept.name, kept.typed) == ("contact-point.EMAIL", "j@h.example")
    assert kept.there == "j@h.example (unzustellbar)"


def test_another_address_and_a_former_one_are_added(maier: Person, known: Any) -> None:
    supplement(record=maier, values={}, address={"street": "Kai 1", "city": "Kiel"}, **known)
    assert {str(each) for each in maier.addresses.all()} == {
        "Am Speicher 14, 10997 Berlin",
        "Kai 1, Kiel",
    }
    addresses.end(
        actor=known["actor"], address=maier.addresses.get(city="Berlin"),
        last_day=known["at"].date(), at=known["at"],
    )  # fmt: skip
    supplement(record=maier, values={}, address=dict(PLACE), **known)
    assert maier.addresses.filter(city="Berlin").count() == 2


class TestRoles:
    def test_a_new_company(self, maier: Person, known: Any) -> None:
        supplement(record=maier, values={}, role=NewRole(new_company="Nordwind AG"), **known)
        assert str(maier.employments.get()) == "Nordwind AG"

    def test_the_same_employer_by_name_gets_the_function(
        self, maier: Person, havelberg: Company, known: Any
    ) -> None:
        plain = {name: known[name] for name in ("actor", "source", "at")}
        employments.add(person=maier, company=havelberg, values={}, **plain)
        role = NewRole(new_company="Havelberg Anlagenbau", values={"function": "Einkauf"})
        found = supplement(record=maier, values={}, role=role, **known)
        assert found.added == [Item("function", "Einkauf")]
        assert str(maier.employments.get()) == "Einkauf, Havelberg Anlagenbau"
        assert Company.objects.count() == 1
        other = NewRole(company=havelberg, values={"function": "Vertrieb"})
        found = supplement(record=maier, values={}, role=other, **known)
        assert (found.added, found.kept) == ([], [Item("function", "Vertrieb", "Einkauf")])


def test_a_company(havelberg: Company, known: Any) -> None:
    found = supplement(
        record=havelberg,
        values={"name": "Havelberg Anlagenbau GmbH", "vat_id": "DE 136695976", "website": ""},
        points=[NewPoint("phone", "PHONE", "030 23125 0")],
        **known,
    )
    again = Company.objects.get(pk=havelberg.pk)
    assert (again.full_name, again.vat_id) == ("Havelberg Anlagenbau GmbH", "DE136695976")
    assert [item.name for item in found.added] == ["vat_id", "legal_form", "contact-point.PHONE"]


def test_one_wrong_value_and_nothing_is_written(maier: Person, known: Any) -> None:
    before = last_act()
    with pytest.raises(errors.Invalid) as refusal:
        supplement(
            record=maier,
            values={"title": "Dr."},
            role=NewRole(new_company="Nordwind AG"),
            points=[NewPoint("phone", "PHONE", "0431 2o"), NewPoint("mobile", "MOBILE", "0170 1")],
            address={"postal_code": "2410", "country": "DE"},
            **known,
        )
    assert set(refusal.value.errors) == {"phone", "mobile", "postal_code"}
    assert Person.objects.get(pk=maier.pk).title == ""
    assert not Company.objects.exists()
    assert acts_since(before) == []


def test_who_may_not_see_or_change_it_is_refused(
    maier: Person, known: Any, make_user: Any, other_team: Any, privacy: User
) -> None:
    stranger = make_user(RoleCode.SALES, teams=[other_team])
    before = last_act()
    for actor, refusal in ((stranger, errors.NotFound), (privacy, errors.NotPermitted)):
        with pytest.raises(refusal):
            supplement(record=maier, values={"title": "Dr."}, **{**known, "actor": actor})
    assert acts_since(before) == []
