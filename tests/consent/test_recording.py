"""The ledger only grows, by one chain, in the order of recording."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import ProgrammingError

from consent import erasing, reading, recording
from consent.ledger import verifier
from consent.models import EventKind, EventPayload, Evidence, LedgerEvent

pytestmark = pytest.mark.django_db


def drafts(count: int, at: datetime) -> list[recording.Draft]:
    return [
        recording.Draft(
            kind=EventKind.DECEASED, effective_at=at, details={"number": number}, payload={"a": "ä"}
        )
        for number in range(count)
    ]


def test_events_are_numbered_linked_and_verify(at: datetime) -> None:
    recording.append_all(drafts(3, at), actor=None, at=at)
    recording.append(drafts(1, at)[0], actor=None, at=at + timedelta(hours=1))

    assert [event.seq for event in LedgerEvent.objects.all()] == [1, 2, 3, 4]
    report = verifier.verify(reading.lines())
    assert (report.decision, report.size, report.intact) == ("VALID", 4, 4)


def test_the_clock_running_back_does_not_turn_the_order(at: datetime) -> None:
    recording.append(drafts(1, at)[0], actor=None, at=at)
    early = at - timedelta(seconds=3)
    event = recording.append(drafts(1, early)[0], actor=None, at=early)

    assert event.recorded_at == at
    assert verifier.verify(reading.lines()).decision == "VALID"


def test_the_future_is_refused_and_nothing_of_it_is_written(at: datetime) -> None:
    late = at + timedelta(seconds=1)
    with pytest.raises(recording.FutureEvent) as refused:
        recording.append_all([*drafts(1, at), *drafts(1, late)], actor=None, at=at)
    assert refused.value.field == "effective_at"
    assert "17.03.2026 10:12" in refused.value.message
    assert not LedgerEvent.objects.exists()
    assert not EventPayload.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent_ledgerevent SET kind = 'granted'",
        "DELETE FROM consent_ledgerevent",
        "TRUNCATE consent_ledgerevent CASCADE",
        "UPDATE consent_eventpayload SET body = '{}'",
        "TRUNCATE consent_eventpayload",
    ],
)
def test_the_database_refuses_changes(statement: str, at: datetime) -> None:
    recording.append_all(drafts(2, at), actor=None, at=at)
    before = list(reading.lines())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises((InternalError, ProgrammingError), match="Cannot"):
        _execute(statement)
    assert list(reading.lines()) == before


@transaction.atomic
def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_erasure_leaves_a_valid_chain(
    give_consent: Callable[..., LedgerEvent],
    slip: Evidence,
    at: datetime,
    django_capture_on_commit_callbacks: Any,
) -> None:
    consent = give_consent()
    path = slip.file.path
    with django_capture_on_commit_callbacks(execute=True):
        erased = erasing.erase(actor=None, events=[consent], reason="art-17", at=at)

    assert erased is not None
    assert erased.details == {"events": [str(consent.public_id)], "reason": "art-17"}
    assert not EventPayload.objects.filter(event=consent).exists()
    slip.refresh_from_db()
    assert (slip.erased_at, slip.file.name, slip.name) == (at, "", "")
    with pytest.raises(FileNotFoundError), open(path, "rb"):
        pass
    report = verifier.verify(reading.lines())
    assert (report.decision, report.erased) == ("VALID", 1)


def test_evidence_that_another_event_needs_stays(
    give_consent: Callable[..., LedgerEvent], slip: Evidence, at: datetime
) -> None:
    first, _second = give_consent(), give_consent()
    erasing.erase(actor=None, events=[first], reason="art-17", at=at)
    slip.refresh_from_db()
    assert slip.erased_at is None


def test_what_holds_nothing_personal_is_not_erased_twice(
    give_consent: Callable[..., LedgerEvent], at: datetime
) -> None:
    consent = give_consent()
    erasing.erase(actor=None, events=[consent], reason="art-17", at=at)
    size = recording.size()
    assert erasing.erase(actor=None, events=[consent], reason="art-17", at=at) is None
    assert recording.size() == size
