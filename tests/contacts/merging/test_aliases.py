"""An old id, address or number leads to the survivor, for those who may see it; nothing else
finds a merged record."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contacts import access, companies, external_ids, merging, search
from contacts.duplicates import entry, suspects
from contacts.listing import ListName, Scope, counting
from contacts.listing import query as queries
from contacts.models import Company, Person, PersonSignature, Source
from crm.accounts.models import Team, User
from crm.kernel import errors

pytestmark = pytest.mark.django_db
MakePerson = Callable[..., Person]


@pytest.fixture
def pair(admin: User, make_person: MakePerson, team: Team, at: datetime) -> tuple[Person, Person]:
    """Johannes Maier, into whom Hilde Brockmann went."""
    maier = make_person("Johannes", "Maier", team=team)
    other = make_person("Hilde", "Brockmann", team=team)
    merging.merge(actor=admin, survivor=maier, others=[other], at=at)
    return maier, Person.with_aliases.get(pk=other.pk)


def test_the_old_id_leads_to_the_survivor(sales: User, pair: tuple[Person, Person]) -> None:
    survivor, alias = pair
    assert access.person_for(user=sales, public_id=alias.public_id) == survivor
    with pytest.raises(errors.NotFound):
        access.company_for(user=sales, public_id=alias.public_id)


def test_the_page_moves_on(sales: User, pair: tuple[Person, Person], client: Client) -> None:
    survivor, alias = pair
    client.force_login(sales)
    answer = client.get(reverse("person-detail", args=[alias.public_id]))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("person-detail", args=[survivor.public_id])


def test_who_may_not_see_the_survivor_is_told_nothing(
    admin: User, sales: User, make_person: MakePerson, team: Team, client: Client, at: datetime
) -> None:
    hidden = make_person("Gisela", "Geheimrat")
    alias = make_person("Hilde", "Brockmann", team=team)
    merging.merge(actor=admin, survivor=hidden, others=[alias], at=at)
    client.force_login(sales)
    answer = client.get(reverse("person-detail", args=[alias.public_id]))
    assert answer.status_code == 404
    assert "Geheimrat" not in answer.content.decode()
    with pytest.raises(errors.NotFound):
        access.person_for(user=sales, public_id=alias.public_id)


def test_who_sees_the_survivor_alone_is_led_there(
    admin: User, sales: User, make_person: MakePerson, team: Team, at: datetime
) -> None:
    survivor = make_person("Johannes", "Maier", team=team)
    alias = make_person("Gisela", "Geheimrat")
    merging.merge(actor=admin, survivor=survivor, others=[alias], at=at)
    assert access.person_for(user=sales, public_id=alias.public_id) == survivor


def test_chains_lead_to_the_last_one(
    admin: User, sales: User, pair: tuple[Person, Person], make_person: MakePerson, team: Team,
    at: datetime,
) -> None:  # fmt: skip
    survivor, _alias = pair
    last = make_person("Inge", "Abel", team=team)
    merging.merge(actor=admin, survivor=last, others=[survivor], at=at)
    for each in pair:
        assert access.person_for(user=sales, public_id=each.public_id) == last


def test_nothing_else_finds_an_alias(
    sales: User, admin: User, pair: tuple[Person, Person], at: datetime
) -> None:
    survivor, alias = pair
    scope = Scope(ListName.PERSONS, admin, at)
    assert counting.count(scope=scope, query=queries.ListQuery()).value == 1
    assert list(scope.visible()) == [survivor]
    assert [hit.name for hit in search.find(user=admin, text="Brockmann", limit=5).persons] == []
    assert not PersonSignature.objects.filter(person=alias).exists()
    assert [each.id for each in entry.suspects_for(survivor)] == []
    assert suspects.of_record(user=admin, record=survivor) == []


def test_numbers_lead_to_the_survivor(
    admin: User, source: Source, make_person: MakePerson, at: datetime
) -> None:
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    one = companies.create(values={"name": "Havelberg", "erp_number": "4711"}, **known)
    other = companies.create(values={"name": "Elbwerft", "erp_number": "4712"}, **known)
    external_ids.add(record=other, system="Outlook", value="O-17", **known)
    merging.merge(actor=admin, survivor=one, others=[other], at=at)
    for number in ("4711", "4712", "O-17"):
        (hit,) = search.find(user=admin, text=number, limit=5).companies
        assert hit.public_id == one.public_id, number
    with pytest.raises(errors.Invalid, match="4712"):
        companies.create(values={"name": "Kern", "erp_number": "4712"}, **known)
    assert Company.objects.count() == 1
