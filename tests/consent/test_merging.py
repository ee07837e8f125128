"""Consent survives a merge: nothing spreads, the most restrictive wins, an undo gives all back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from consent import circumstances, gate, reading, recording
from consent.decision.codes import Code, Outcome
from consent.ledger import verifier
from consent.models import EventKind, LedgerEvent, Subject
from contacts import contact_points, merging
from contacts.models import ContactPoint, Merge, Person, Source
from crm.accounts.models import User

pytestmark = pytest.mark.django_db
Gives = Callable[..., LedgerEvent]


@pytest.fixture
def other(
    make_person: Callable[..., Person],
    mailbox: ContactPoint,
    admin: User,
    source: Source,
    at: datetime,
) -> Person:
    """The same person, entered twice with the same address."""
    twin = make_person("Johanna", "Mayer")
    contact_points.add(
        actor=admin, record=twin, kind="EMAIL", value=mailbox.display, source=source, at=at
    )
    return twin


def may(person: Person, point: ContactPoint, at: datetime) -> Any:
    return gate.may_contact(
        person=person, point=point, channel="email", purpose="newsletter", at=at
    )


def merged(person: Person, other: Person, admin: User, at: datetime) -> Merge:
    return merging.merge(actor=admin, survivor=person, others=[other], at=at)


def test_an_objection_of_one_beats_a_later_consent_of_the_other(
    person: Person,
    other: Person,
    mailbox: ContactPoint,
    give_consent: Gives,
    admin: User,
    at: datetime,
) -> None:
    circumstances.object_to_marketing(actor=None, person=other, received_at=at, via="letter", at=at)
    later = at + timedelta(days=1)
    give_consent(at=later)
    assert may(person, mailbox, later)
    merge = merged(person, other, admin, later)
    refused = may(person, mailbox, later)
    assert refused.outcome == Outcome.DENY
    assert {Code.OBJECTION_ART21, Code.MERGE_CONFLICT} <= set(refused.codes)
    assert "two_records_one_person" in refused.doubts

    circumstances.document_identity(actor=admin, person=person, proof="Ausweis", at=later)
    assert may(person, mailbox, later)

    merging.undo(actor=admin, merge=merge, at=later)
    assert may(person, mailbox, later)
    assert not may(other, mailbox, later)


def test_a_consent_does_not_spread_to_the_other_address(
    person: Person,
    make_person: Callable[..., Person],
    give_consent: Gives,
    admin: User,
    source: Source,
    at: datetime,
) -> None:
    twin = make_person("Johanna", "Mayer")
    point = contact_points.add(
        actor=admin, record=twin, kind="EMAIL", value="b@x.example", source=source, at=at
    ).contact_point
    give_consent()
    merged(person, twin, admin, at)
    assert Code.CONSENT_OTHER_CP in may(person, point, at).codes


def test_restriction_and_kind_of_recipient_go_with_the_merged_person(
    person: Person,
    other: Person,
    mailbox: ContactPoint,
    give_consent: Gives,
    admin: User,
    at: datetime,
) -> None:
    give_consent()
    circumstances.restrict(actor=None, person=other, ground="a", starts_at=at, at=at)
    assert may(person, mailbox, at)
    merged(person, other, admin, at)
    assert Code.RESTRICTED_ART18 in may(person, mailbox, at).codes


def test_the_chain_stays_and_new_events_stay_with_the_survivor(
    person: Person,
    other: Person,
    mailbox: ContactPoint,
    give_consent: Gives,
    admin: User,
    at: datetime,
) -> None:
    theirs = give_consent(person=other)
    before = list(reading.lines())
    merge = merged(person, other, admin, at)
    assert may(person, mailbox, at)
    ours = give_consent()
    merging.undo(actor=admin, merge=merge, at=at)

    assert list(reading.lines())[: len(before)] == before
    assert verifier.verify(reading.lines()).decision == "VALID"
    refs = dict(Subject.objects.values_list("person", "ref"))
    assert (refs[other.pk], refs[person.pk]) == (theirs.person, ours.person)
    told = LedgerEvent.objects.filter(kind__in=[EventKind.MERGED, EventKind.UNMERGED])
    assert [each.kind for each in told] == ["merged", "unmerged"]


def test_of_persons_without_consents_the_ledger_is_not_told(
    person: Person, other: Person, admin: User, at: datetime
) -> None:
    merging.undo(actor=admin, merge=merged(person, other, admin, at), at=at)
    assert recording.size() == 0
