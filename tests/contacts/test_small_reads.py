"""Company choice, places of postal codes, reconciling, and taking back a removal."""

import pytest

from contacts import (
    addresses,
    companies,
    company_choice,
    contact_points,
    correcting,
    industries,
    localities,
    restoring,
)
from contacts.matching.normalise import Unreadable
from contacts.models import Company, ContactPointHolder, Person
from contacts.reconciling import reconcile
from contacts.restoring import RemovedPoint
from crm.kernel import errors


@pytest.fixture
def make_company(admin, source, at):
    def make(name: str, **more) -> Company:
        owner = {key: more.pop(key) for key in ("team", "owner") if key in more}
        return companies.create(
            actor=admin, values={"name": name, **more}, source=source, at=at, **owner
        )

    return make


@pytest.mark.parametrize(
    "text", ["mül", "Mueller", "MUELLER W", "Müller Werke GmbH", "K-100", "muller kiel"]
)
def test_a_company_is_found_however_it_is_typed(make_company, admin, source, at, text) -> None:
    wanted = make_company("Müller Werke GmbH", erp_number="K-100")
    addresses.add(
        actor=admin, record=wanted, values={"city": "Kiel", "postal_code": "24103"},
        source=source, at=at,
    )  # fmt: skip
    make_company("Maler Wenzel")
    assert company_choice.companies_like(user=admin, text=text) == [wanted]


def test_only_visible_companies_are_offered(make_company, sales, team, other_team) -> None:
    mine = make_company("Havelberg Nord", team=team)
    make_company("Havelberg Süd", team=other_team)
    assert company_choice.companies_like(user=sales, text="havel") == [mine]
    assert company_choice.companies_like(user=sales, text="GmbH & (!") == []
    assert company_choice.companies_like(user=sales, text=" ") == []


def test_the_same_name_with_or_without_legal_form(make_company) -> None:
    company = make_company("Müller Werke GmbH")
    assert company_choice.same_name(company, "müller werke")
    assert company_choice.same_name(company, "Müller Werke GmbH")
    assert not company_choice.same_name(company, "Müller Werke AG")


def test_places_of_a_postal_code(make_company, admin, source, at) -> None:
    company = make_company("Havelberg")
    for city in ("Kiel", "Kiel", "Kronshagen"):
        values = {"city": city, "postal_code": "24103", "street": city}
        addresses.add(actor=admin, record=company, values=values, source=source, at=at)
    assert localities.cities_of(postal_code="24103") == ["Kiel", "Kronshagen"]
    assert localities.cities_of(postal_code="1010", country="AT") == []
    with pytest.raises(Unreadable):
        localities.cities_of(postal_code="123")


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "values", "disputed"),
    [
        ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 9}, {"a": 2}, {}),
        ({"a": 1}, {"a": 2}, {"a": 3}, {"a": 2}, {"a": 3}),
        ({"a": 1}, {"a": 3}, {"a": 3}, {"a": 3}, {}),
        ({}, {"a": 2}, {"a": 3}, {"a": 2}, {}),
    ],
)
def test_reconciling(base, mine, theirs, values, disputed) -> None:
    result = reconcile(base=base, mine=mine, theirs=theirs)
    assert (result.values, result.disputed) == (values, disputed)


@pytest.fixture
def anna(make_person) -> Person:
    return make_person("Anna", "Abel")


@pytest.fixture
def removed(anna, admin, source, at) -> RemovedPoint:
    holder = contact_points.add(
        actor=admin, record=anna, kind="EMAIL", value="a@abel.example", label="Büro",
        is_preferred=True, source=source, at=at,
    )  # fmt: skip
    holder = contact_points.verify(actor=admin, holder=holder, how="REPLY", at=at)
    memory = RemovedPoint.of(holder)
    contact_points.remove(actor=admin, holder=holder, at=at)
    return memory


def test_a_removal_can_be_taken_back(anna, admin, removed, at) -> None:
    restoring.restore_point(
        actor=admin, record=anna, removed=RemovedPoint(**removed.as_dict()), at=at
    )
    holder = ContactPointHolder.objects.get()
    assert RemovedPoint.of(holder) == removed
    with pytest.raises(errors.Conflict):
        restoring.restore_point(actor=admin, record=anna, removed=removed, at=at)


def test_who_may_not_edit_takes_nothing_back(anna, privacy, removed, at) -> None:
    with pytest.raises(errors.NotPermitted):
        restoring.restore_point(actor=privacy, record=anna, removed=removed, at=at)
    assert not ContactPointHolder.objects.exists()


def test_a_correction_starts_anew(anna, admin, source, at) -> None:
    holder = contact_points.add(
        actor=admin, record=anna, kind="PHONE", value="030 23125 101", label="Büro",
        source=source, confirmed_on=at.date(), at=at,
    )  # fmt: skip
    holder = contact_points.verify(actor=admin, holder=holder, how="CALL", at=at)
    corrected = correcting.correct_point(
        actor=admin, holder=holder, value="0171 39200 12", source=source, at=at
    )
    assert (corrected.pk, corrected.contact_point.kind) == (holder.pk, "MOBILE")
    assert (corrected.label, corrected.verified_on, corrected.confirmed_on) == ("Büro", None, None)


def test_a_correction_to_what_is_there_already_is_refused(anna, admin, source, at) -> None:
    known = {"actor": admin, "source": source, "at": at}
    contact_points.add(record=anna, kind="EMAIL", value="a@abel.example", **known)
    holder = contact_points.add(record=anna, kind="EMAIL", value="b@abel.example", **known)
    with pytest.raises(errors.Invalid) as refusal:
        correcting.correct_point(holder=holder, value="A@abel.example", **known)
    assert set(refusal.value.errors) == {"value"}
    assert correcting.correct_point(holder=holder, value="b@abel.example", **known) == holder
    with pytest.raises(errors.Conflict):
        correcting.correct_point(holder=holder, value="c@abel.example", version=1, **known)


def test_industries_have_names() -> None:
    assert industries.name_of("28.29") == "Maschinenbau"
    assert industries.name_of("00") == ""
    assert len(industries.DIVISIONS) == 88
