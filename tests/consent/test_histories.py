"""What somebody declared, in words."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from consent import circumstances, consents, erasing, histories
from consent.models import LedgerEvent
from contacts.models import ContactPoint, Person
from crm.accounts.models import User

pytestmark = pytest.mark.django_db
Gives = Callable[..., LedgerEvent]


@pytest.fixture
def declared(
    give_consent: Gives, person: Person, mailbox: ContactPoint, admin: User, at: datetime
) -> LedgerEvent:
    consent = give_consent()
    later = at + timedelta(days=2)
    consents.withdraw(
        actor=admin,
        consents=[consent],
        received_at=at + timedelta(hours=1),
        via="letter",
        at=later,
        payload={"wording": "Bitte nicht mehr."},
    )
    circumstances.object_to_marketing(
        actor=admin, person=person, received_at=later, via="phone", wording="Nein danke.", at=later
    )
    return consent


def test_the_newest_comes_first_with_its_words(
    declared: LedgerEvent, person: Person, admin: User
) -> None:
    objected, withdrawn, granted = histories.of_person(person).entries
    assert (objected.title, objected.facts, objected.wording, objected.light) == (
        "Werbewiderspruch",
        ("am Telefon", "gegen jede Werbung"),
        "Nein danke.",
        "no",
    )
    assert (withdrawn.title, withdrawn.facts, withdrawn.wording) == (
        "Einwilligung widerrufen",
        ("j.maier@x.example", "per Brief"),
        "Bitte nicht mehr.",
    )
    assert (withdrawn.was_late, withdrawn.actor) == (True, admin.full_name)
    assert (granted.title, granted.wording, granted.was_late) == (
        "Einwilligung erteilt",
        "Ich willige ein, dass …",
        False,
    )
    assert granted.facts == (
        "E‑Mail",
        "j.maier@x.example",
        "Newsletter",
        "auf Papier",
        "Nachweisstufe A: unterschrieben, angemeldet oder aufgezeichnet",
    )


def test_pages(declared: LedgerEvent, person: Person) -> None:
    first = histories.of_person(person, size=2)
    assert [entry.kind for entry in first.entries] == ["objected", "withdrawn"]
    rest = histories.of_person(person, before=first.older, size=2)
    assert ([entry.kind for entry in rest.entries], rest.older) == (["granted"], 0)


def test_what_was_erased_is_not_told(declared: LedgerEvent, person: Person, at: datetime) -> None:
    erasing.erase(actor=None, events=LedgerEvent.objects.all(), reason="art-17", at=at)
    objected, withdrawn, granted = histories.of_person(person).entries
    assert (objected.wording, withdrawn.wording) == ("", "")
    assert objected.is_erased is withdrawn.is_erased is granted.is_erased is True


def test_a_stranger_has_no_history(
    declared: LedgerEvent, make_person: Callable[..., Person]
) -> None:
    assert histories.of_person(make_person("Hans", "Fremd")).entries == []


def test_the_number_of_reads_stays(
    declared: LedgerEvent, person: Person, give_consent: Gives, django_assert_num_queries: Any
) -> None:
    for _number in range(4):
        give_consent()
    with django_assert_num_queries(6):
        histories.of_person(person)
