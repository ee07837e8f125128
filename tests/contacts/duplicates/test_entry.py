"""The check at entry: who looks like what is typed so far, as the user may see it."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts import addresses, companies, contact_points, employments, persons
from contacts.duplicates import decisions, entry, offering, typed
from contacts.duplicates.typed import Typed, TypedPlace, TypedPoint
from contacts.matching.signatures import Facts, Place
from contacts.models import Company, MatchingKind, PairDecision, Person
from crm.accounts import users
from crm.accounts.models import RoleCode

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 17)
MAIL = TypedPoint("EMAIL", "J.Maier@havelberg.example")
PHONE = TypedPoint("PHONE", "030/23125-101")
HOME = TypedPlace(street="Am Speicher 14", postal_code="10997", city="Berlin")


@pytest.fixture
def maier(make_person: Any, admin: Any, source: Any, team: Any, at: datetime) -> Person:
    person = make_person("Johannes", "Maier", team=team, birth_date="1971-02-14")
    known = {"actor": admin, "record": person, "source": source, "at": at}
    contact_points.add(kind="EMAIL", value=MAIL.value, **known)
    contact_points.add(kind="PHONE", value=PHONE.value, **known)
    place = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}
    addresses.add(values=place, **known)
    return person


@pytest.fixture
def havelberg(admin: Any, source: Any, team: Any, at: datetime) -> Company:
    values = {"name": "Havelberg Anlagenbau GmbH", "vat_id": "DE136695976"}
    company = companies.create(actor=admin, values=values, source=source, team=team, at=at)
    known = {"actor": admin, "record": company, "source": source, "at": at}
    contact_points.add(kind="PHONE", value="030 23125 0", **known)
    place = {"street": "Am Speicher 14", "postal_code": "10997", "city": "Berlin"}
    addresses.add(values=place, **known)
    return company


def test_a_person_is_read_as_it_stands_in_the_fields(havelberg: Company) -> None:
    found = typed.of_person(
        Typed(
            name="Herr Dr. Hans von der Mayer",
            birth_date="14.02.71",
            points=[MAIL, PHONE, TypedPoint("MOBILE", "0170"), TypedPoint("FAX", "030 1234567")],
            places=[HOME],
            company=havelberg,
        ),
        today=TODAY,
    )
    assert found == Facts(
        given_name="Hans",
        surname="Mayer",
        birth_date=date(1971, 2, 14),
        emails=["j.maier@havelberg.example"],
        phones=["+493023125101"],
        places=[Place("Am Speicher", "14", "10997", "Berlin")],
        employers=[(havelberg.pk, "Havelberg Anlagenbau")],
    )


def test_half_values_say_nothing_and_are_not_refused() -> None:
    half = Typed(
        name="@", birth_date="14.0", points=[TypedPoint("EMAIL", "j.maier@")],
        places=[TypedPlace(street="14", postal_code="109", city=" ")], company_name="?",
    )  # fmt: skip
    assert typed.of_person(half, today=TODAY) == Facts()
    assert typed.of_company(Typed(name="@", vat_id="DE1")) == Facts()


def test_who_has_no_address_has_the_employers(havelberg: Company) -> None:
    found = typed.of_person(Typed(name="Hans Mayer", company=havelberg), today=TODAY)
    assert found.places == [Place("Am Speicher", "14", "10997", "Berlin")]


def test_suspects_come_ranked_and_nothing_is_said_of_a_name_alone(
    maier: Person, make_person: Any, team: Any, sales: Any
) -> None:
    make_person("Ulrike", "Ostwald", team=team)

    def offered(**values: Any) -> list[Any]:
        facts = typed.of_person(Typed(**values), today=TODAY)
        return offering.offer(user=sales, record=facts, kind=MatchingKind.PERSON).suspects

    assert offered(name="Maier") == []
    (by_mail,) = offered(name="Hans Mayer", points=[MAIL])
    (by_both,) = offered(name="Hans Mayer", points=[MAIL, PHONE], places=[HOME])
    assert by_mail.record == by_both.record == maier
    assert by_both.weight > by_mail.weight > 0
    assert by_both.band == "SURE"
    assert by_both.explanation.weight == pytest.approx(by_both.weight)
    assert {part.field for part in by_both.explanation.parts} >= {"surname", "mail", "phone"}


def test_typed_and_stored_are_weighed_alike(
    maier: Person, admin: Any, source: Any, at: Any
) -> None:
    """Also where a name is typed that nobody in the stock has yet, and no run has counted any."""
    facts = typed.of_person(Typed(given_name="Hans", surname="Mayer", points=[MAIL]), today=TODAY)
    still_typed = {each.id: each.weight for each in entry.suspects_for(facts)}
    other = persons.create(
        actor=admin, values={"given_name": "Hans", "surname": "Mayer"}, source=source, at=at
    )
    contact_points.add(
        actor=admin, record=other, kind="EMAIL", value=MAIL.value, source=source, at=at
    )
    stored = {each.id: each.weight for each in entry.suspects_for(other)}
    assert stored == {maier.pk: pytest.approx(still_typed[maier.pk])}


def test_a_company(havelberg: Company, sales: Any) -> None:
    facts = typed.of_company(Typed(name="Havelberg Anlagen-Bau", places=[HOME]))
    (found,) = offering.offer(user=sales, record=facts, kind=MatchingKind.COMPANY).suspects
    assert found.record == havelberg


def test_the_record_itself_and_who_is_somebody_else_are_left_out(
    maier: Person, make_person: Any, team: Any, sales: Any, at: Any
) -> None:
    mayer = make_person("Hans", "Mayer", team=team)
    facts = typed.of_record(mayer)
    typed.add_point(facts, MAIL)
    (found,) = offering.offer(user=sales, record=facts, kind=MatchingKind.PERSON).suspects
    assert found.record == maier
    decision = decisions.decide(
        actor=sales, first=mayer, second=maier, verdict=PairDecision.Verdict.DIFFERENT, at=at
    )
    nothing = offering.offer(user=sales, record=facts, kind=MatchingKind.PERSON)
    assert (nothing.suspects, nothing.hidden) == ([], None)
    decisions.withdraw(actor=sales, decision=decision, at=at)
    assert offering.offer(user=sales, record=facts, kind=MatchingKind.PERSON).suspects


def test_another_value_takes_the_place_of_the_one_that_is_edited(maier: Person) -> None:
    facts = typed.of_record(maier)
    typed.add_point(facts, TypedPoint("EMAIL", "hm@havelberg.example"), instead_of=facts.emails[0])
    typed.add_place(facts, TypedPlace(city="Kiel"), instead_of=facts.places[0])
    assert facts.emails == ["hm@havelberg.example"]
    assert facts.places == [Place(city="Kiel")]
    typed.add_point(facts, TypedPoint("EMAIL", "hm@"), instead_of=facts.emails[0])
    assert facts.emails == []


class TestHidden:
    """Of what a user may not see there is one sentence, and it names whom to ask."""

    @pytest.fixture
    def stranger(self, make_user: Any, other_team: Any) -> Any:
        return make_user(RoleCode.SALES, teams=[other_team])

    def ask(self, user: Any) -> Any:
        facts = typed.of_person(Typed(name="Hans Mayer", points=[MAIL, PHONE]), today=TODAY)
        found = offering.offer(user=user, record=facts, kind=MatchingKind.PERSON)
        assert found.suspects == []
        assert found.hidden is not None
        return found.hidden.ask

    def test_the_owner(self, maier: Person, stranger: Any, sales: Any) -> None:
        Person.objects.update(owner=sales)
        assert self.ask(stranger) == sales

    def test_who_leads_the_team(self, maier: Person, stranger: Any, team_lead: Any) -> None:
        assert self.ask(stranger) == team_lead

    def test_an_owner_who_has_left_is_not_asked(
        self, maier: Person, stranger: Any, sales: Any, team_lead: Any, admin: Any, at: Any
    ) -> None:
        Person.objects.update(owner=sales)
        users.set_active(actor=admin, user=sales, is_active=False, at=at)
        assert self.ask(stranger) == team_lead

    def test_the_administration(self, maier: Person, stranger: Any) -> None:
        assert self.ask(stranger) is None

    def test_several_are_one(
        self, maier: Person, stranger: Any, make_person: Any, admin: Any, source: Any, at: Any
    ) -> None:
        other = make_person("Hans", "Maier", owner=admin)
        contact_points.add(
            actor=admin, record=other, kind="EMAIL", value=MAIL.value, source=source, at=at
        )
        Person.objects.filter(pk=maier.pk).update(owner=admin)
        assert self.ask(stranger) == admin


def test_the_number_of_queries_does_not_grow(
    maier: Person, make_person: Any, admin: Any, source: Any, sales: Any, team: Any, at: Any,
    havelberg: Company,
) -> None:  # fmt: skip
    facts = typed.of_person(Typed(name="Hans Mayer", points=[MAIL, PHONE]), today=TODAY)
    assert sales.access

    def asked() -> tuple[int, int]:
        offering.offer(user=sales, record=facts, kind=MatchingKind.PERSON)  # remembers names
        with CaptureQueriesContext(connection) as queries:
            found = offering.offer(user=sales, record=facts, kind=MatchingKind.PERSON)
        return len(found.suspects), len(queries)

    employments.add(actor=admin, person=maier, company=havelberg, values={}, source=source, at=at)
    alone, budget = asked()
    for _number in range(6):
        other = make_person("Hans", "Maier", team=team)
        known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
        contact_points.add(record=other, kind="EMAIL", value=MAIL.value, **known)
        employments.add(person=other, company=havelberg, values={}, **known)
    assert (alone, *asked()) == (1, offering.MOST_SHOWN, budget)
    assert budget <= 8
