"""Whoever is restricted is found in no list, search, export or API, except by who handles that."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from consent import circumstances
from consent.models import EventKind, LedgerEvent
from contacts import access, indexing
from contacts.listing.scope import ListName, Scope
from contacts.models import Person
from crm.accounts.models import RoleCode, User, Visibility
from crm.kernel import errors


@pytest.fixture
def restricted(make_person: Callable[..., Person], at: datetime) -> Person:
    person = make_person("Ines", "Ruhekamp")
    make_person("Ines", "Rufkamp")
    circumstances.restrict(actor=None, person=person, ground="a", starts_at=at, at=at)
    indexing.rebuild()
    return person


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    """Sees everything that is not restricted."""
    user = make_user(RoleCode.TEAM_LEAD)
    user.roles.update(visibility=Visibility.ALL)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("address", ["/ansprechpartner/", "/suche/?q=Ines"])
def test_no_screen_shows_them(
    client: Client, restricted: Person, lead: User, privacy: User, address: str
) -> None:
    client.force_login(lead)
    assert "Ruhekamp" not in _text(client.get(address, follow=True))
    client.force_login(privacy)
    assert "Ruhekamp" in _text(client.get(address, follow=True))


def test_the_api_does_not_know_them(
    client: Client, restricted: Person, lead: User, privacy: User, at: datetime
) -> None:
    for user, status, count in ((lead, 404, 1), (privacy, 200, 2)):
        client.force_login(user)
        listed = client.get("/api/v1/persons").json()
        assert len(listed["results"]) == count
        one = client.get(f"/api/v1/persons/{restricted.public_id}")
        assert one.status_code == status


def test_exports_and_lists_leave_them_out(
    restricted: Person, lead: User, privacy: User, at: datetime
) -> None:
    for user, names in ((lead, {"Rufkamp"}), (privacy, {"Rufkamp", "Ruhekamp"})):
        rows = Scope(ListName.PERSONS, user, at).visible()
        assert set(rows.values_list("surname", flat=True)) == names


def test_they_are_back_once_it_is_lifted(restricted: Person, lead: User, at: datetime) -> None:
    with pytest.raises(errors.NotFound):
        access.person_for(user=lead, public_id=restricted.public_id)
    event = LedgerEvent.objects.get(kind=EventKind.RESTRICTED)
    circumstances.lift(actor=None, event=event, reason="geklärt", effective_at=at, at=at)
    assert access.person_for(user=lead, public_id=restricted.public_id) == restricted


def _text(response: Any) -> str:
    return str(response.content.decode())
