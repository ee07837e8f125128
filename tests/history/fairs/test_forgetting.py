"""Whose slips are whose: found with their photos, and a photo is freed when nobody needs it."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from consent.requests import persons
from contacts import merging
from contacts.models import Person
from crm.accounts.models import User
from history import forgetting
from history.fairs import files
from history.fairs import forgetting as fairs
from history.fairs.capturing import Arrival
from history.models import LeadCapture, StoredFile
from tests.history.fairs.conftest import FULL, NAMED

Send = Callable[..., Arrival]


def photo(lead: LeadCapture, content: bytes, at: datetime) -> str:
    """Send a photo of the slip; gives its hash."""
    sha = hashlib.sha256(content).hexdigest()
    files.announce(
        lead=lead, sent=[{"sha256": sha, "size": len(content), "kind": "CARD", "name": "k.jpg"}]
    )
    files.take(lead=lead, sha256=sha, offset=0, piece=content, at=at)
    return sha


def freed(person: Person | None) -> list[str]:
    assert person is not None
    return [each.sha256 for each in forgetting.stored_files(persons.whose(person))]


def test_a_photo_is_freed_when_no_other_slip_needs_it(send: Send, at: datetime) -> None:
    first = send(FULL).lead
    other = send({"name": "Inge Voß"}, id=uuid4()).lead
    waiting = send({"company_name": "Lumitrax"}, id=uuid4()).lead
    own, lent, shared = (photo(first, content, at) for content in (b"own", b"lent", b"shared"))
    photo(other, b"shared", at)
    photo(waiting, b"lent", at)
    assert StoredFile.objects.count() == 3
    assert freed(first.person) == [own]
    assert freed(other.person) == []
    waiting.delete()
    assert set(freed(first.person)) == {own, lent}
    other.delete()
    assert shared not in freed(first.person)  # the contact with Inge Voß has it still


def test_a_slip_of_nobody_is_theirs_by_number_or_address(send: Send, at: datetime) -> None:
    person = send(FULL).lead.person
    assert person is not None
    waiting = [
        send(fields, id=uuid4()).lead
        for fields in (
            {"mobile": "0049 (0)1522 / 8817386"},
            {"email": "H.Mayer@Havelberg.example"},
            {"note": "antwortet unter h.mayer@havelberg.example"},
        )
    ]
    stranger = send({"mobile": "0152 11111111", "company_name": "Havelberg"}, id=uuid4()).lead
    sha = photo(waiting[0], b"card", at)
    whose = persons.whose(person)
    found = set(fairs.leads(whose).values_list("pk", flat=True))
    assert found == {*(each.pk for each in waiting), LeadCapture.objects.get(person=person).pk}
    assert stranger.pk not in found
    assert [each.sha256 for each in fairs.lead_files(whose)] == [sha]
    assert freed(person) == [sha]


def test_a_merged_person_brings_its_slips_along(
    send: Send, admin: User, make_person: Any, at: datetime
) -> None:
    lead = send(NAMED).lead
    known = make_person("Johannes", "Maier")
    assert lead.person is not None
    merge = merging.merge(actor=admin, survivor=known, others=[lead.person], at=at)
    lead.refresh_from_db()
    assert lead.person == known
    merging.undo(actor=admin, merge=merge, at=at)
    lead.refresh_from_db()
    assert lead.person is not None
    assert lead.person.full_name == "Hans Mayer"


@pytest.mark.parametrize("count", [1, 3])
def test_the_search_takes_as_many_queries_for_one_slip_as_for_many(
    send: Send, count: int, django_assert_num_queries: Any
) -> None:
    person = send(FULL).lead.person
    assert person is not None
    for _n in range(count):
        send({"mobile": FULL["mobile"]}, id=uuid4())
    whose = persons.whose(person)
    with django_assert_num_queries(3):
        assert len(fairs.leads(whose)) == count + 1
