"""A thousand changes behind the ledger's back: each is found, and where."""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from consent import (
    checkpoints,
    circumstances,
    consents,
    erasing,
    evidences,
    suppression,
    texts,
    verifying,
)
from consent.models import (
    Checkpoint,
    ConsentText,
    Controller,
    EventKind,
    EventPayload,
    LedgerEvent,
    SuppressionEntry,
)
from contacts.models import ContactPoint, Person
from crm.accounts.models import User

pytestmark = pytest.mark.django_db
Gives = Callable[..., LedgerEvent]
CHANGES, SEED = 1000, 20261126
OTHER_ID = "0192e4a0-0000-7000-8000-000000000001"


@pytest.fixture(autouse=True)
def _anchors(settings: Any, tmp_path: Path) -> None:
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"


@pytest.fixture
def ledger(
    give_consent: Gives,
    person: Person,
    mailbox: ContactPoint,
    number: ContactPoint,
    controller: Controller,
    text: ConsentText,
    admin: User,
    at: datetime,
) -> None:
    """Some of everything, with three checkpoints, the last over all of it."""
    first, second = give_consent(), give_consent(channels=["email", "post"])
    at += timedelta(minutes=1)
    consents.withdraw(actor=admin, consents=[first], received_at=at, via="letter", at=at)
    circumstances.object_to_marketing(
        actor=admin, person=person, received_at=at, via="phone", wording="Nein.", at=at
    )
    checkpoints.make(at=at)
    entry = suppression.suppress(actor=admin, point=mailbox, effective_at=at, at=at)
    suppression.suppress(actor=admin, point=number, channel="phone", effective_at=at, at=at)
    suppression.lift(actor=admin, entry=entry, reason="Irrtum", at=at)
    checkpoints.make(at=at)
    newer = texts.draft(
        actor=admin,
        code=text.code,
        form=text.form,
        title=text.title,
        body="Ich willige auch ein, dass …",
        channels=["email"],
        purposes=["newsletter"],
        elements=[*texts.ELEMENTS],
        controller=controller,
        at=at,
    )
    texts.publish(actor=admin, text=newer, at=at)
    erasing.erase(actor=admin, events=[first], reason="art-17", at=at)
    consents.end(
        actor=admin,
        consent=second,
        kind=EventKind.EXPIRED,
        reason="test",
        effective_at=at,
        at=at,
    )
    checkpoints.make(at=at + timedelta(minutes=1))


def test_erasure_leaves_everything_valid(ledger: None) -> None:
    done = verifying.verify()
    assert done.findings == []
    assert bool(done) is True
    assert (done.report.erased, done.report.checkpoints, done.report.signed) == (1, 3, True)


def test_every_single_change_is_found_where_it_was_made(ledger: None) -> None:
    dice, rows = random.Random(SEED), Rows()
    missed, misplaced = [], []
    for _number in range(CHANGES):
        with rolled_back():
            change = dice.choice(KINDS)(dice, rows)
            done = verifying.verify()
        if done:
            missed.append(change.what)
        elif not change.places & {(each.place, each.which) for each in done.findings}:
            misplaced.append((change, done.findings))
    assert missed == []
    assert misplaced == []


@pytest.mark.parametrize("columns", [["effective_at"], ["effective_at", "recorded_at"]])
@pytest.mark.parametrize(
    "value",
    ["(to_char({0}, 'YYYY-MM-DD HH24:MI:SS.US+00') || ' BC')::timestamptz", "'-infinity'"],
)
def test_a_time_before_our_era_is_found(ledger: None, columns: list[str], value: str) -> None:
    changed = ", ".join(f"{column} = {value.format(column)}" for column in columns)
    with rolled_back():
        _execute(f"UPDATE consent_ledgerevent SET {changed} WHERE seq = 1")
        assert verifying.verify().report.first_bad_seq == 1


def test_a_lost_end_is_found_by_the_checkpoint_outside(ledger: None, at: datetime) -> None:
    with rolled_back():
        for table in ("consent_eventpayload", "consent_suppressionentry", "consent_ledgerevent"):
            _execute(f"DELETE FROM {table}")
        _execute("DELETE FROM consent_checkpoint")
        done = verifying.verify()
    found = {(each.reason, each.place, each.which) for each in done.findings}
    sizes = [str(size) for size in Checkpoint.objects.values_list("size", flat=True)]
    assert {("checkpoint_missing", "checkpoint", size) for size in sizes} <= found
    assert {("size_below_checkpoint", "checkpoint", size) for size in sizes} <= found


def test_a_changed_piece_of_evidence_is_found(
    ledger: None, slip: Any, settings: Any, at: datetime
) -> None:
    Path(slip.file.path).write_bytes(b"something else")
    assert [str(each) for each in verifying.verify().findings] == [
        f"Nachweis {slip.sha256}: Der Inhalt ist nicht der, dessen Prüfsumme im Protokoll steht."
    ]
    Path(slip.file.path).unlink()
    assert [each.reason for each in verifying.verify().findings] == ["evidence_missing"]


def test_evidence_that_an_event_names_must_exist(ledger: None, slip: Any) -> None:
    slip.delete()
    assert verifying.verify().findings == [
        verifying.Finding("evidence_missing", "evidence", slip.sha256)
    ]


def test_nothing_is_signed_over_a_broken_chain(ledger: None, give_consent: Gives) -> None:
    added = give_consent()
    with rolled_back():
        _execute("UPDATE consent_ledgerevent SET kind = 'renewed' WHERE seq = %s", [added.seq])
        with pytest.raises(checkpoints.Broken, match=f"event {added.seq}"):
            checkpoints.make(at=added.recorded_at)
        assert Checkpoint.objects.count() == 3
    made = checkpoints.make(at=added.recorded_at)
    assert made is not None
    assert made.size == added.seq
    assert checkpoints.make(at=added.recorded_at) is None


def test_the_same_evidence_may_come_back_after_an_erasure(
    ledger: None, give_consent: Gives, slip: Any, at: datetime
) -> None:
    erasing.erase(actor=None, events=LedgerEvent.objects.all(), reason="art-17", at=at)
    slip.refresh_from_db()
    assert slip.erased_at == at
    assert verifying.verify().findings == []
    again = evidences.store(
        content=b"\x89PNG\r\n\x1a\n signed",
        kind="SCAN",
        grade="A",
        media_type="image/png",
        name="Zettel.png",
        at=at,
    )
    assert (again.pk, again.erased_at, again.name) == (slip.pk, None, "Zettel.png")
    assert again.file.read() == b"\x89PNG\r\n\x1a\n signed"
    assert verifying.verify().findings == []


# --- what somebody with all rights in the database could do --------------------------------------
@dataclass(frozen=True)
class Change:
    what: str
    places: frozenset[tuple[str, str]]


class Rows:
    """What is there before any change, read once."""

    def __init__(self) -> None:
        self.events = list(LedgerEvent.objects.all())
        self.payloads = list(EventPayload.objects.select_related("event"))
        self.checkpoints = list(Checkpoint.objects.all())
        self.texts = list(ConsentText.objects.all())
        self.suppressions = list(SuppressionEntry.objects.select_related("opened"))
        self.other_controller = Controller.objects.create(name="Andere GmbH")

    def without(self, taken: Iterable[Any]) -> list[Any]:
        """Ids of events that none of those already point to."""
        taken = set(taken)
        return [each.public_id for each in self.events if each.public_id not in taken]


def change_event(dice: random.Random, rows: Rows) -> Change:
    event = dice.choice(rows.events)
    column = dice.choice(
        [
            *("seq", "public_id", "kind", "person", "point", "controller", "channels"),
            *("purposes", "effective_at", "recorded_at", "actor", "about", "text"),
            *("evidence", "details", "commitment", "leaf_hash", "chain_hash"),
        ]
    )
    before = getattr(event, column)
    _set("consent_ledgerevent", "seq", event.seq, column, _other(dice, column, before))
    return Change(f"event {event.seq} {column}", _at_event(event.seq))


def change_payload(dice: random.Random, rows: Rows) -> Change:
    payload = dice.choice(rows.payloads)
    column = dice.choice(["salt", "body", "event_id"])
    other = _other(dice, column, getattr(payload, column))
    if column == "event_id":
        other = dice.choice(rows.without(each.event_id for each in rows.payloads))
    _set("consent_eventpayload", "event_id", payload.event_id, column, other)
    return Change(f"payload {payload.event.seq} {column}", _at_event(payload.event.seq))


def change_checkpoint(dice: random.Random, rows: Rows) -> Change:
    row = dice.choice(rows.checkpoints)
    column = dice.choice(["size", "root", "note", "state", "created_at"])
    other = _other(dice, column, getattr(row, column))
    _set("consent_checkpoint", "size", row.size, column, other)
    return Change(f"checkpoint {row.size} {column}", frozenset({("checkpoint", str(row.size))}))


def change_text(dice: random.Random, rows: Rows) -> Change:
    row = dice.choice(rows.texts)
    column = dice.choice(
        [
            *("public_id", "code", "version", "language", "form", "controller_id", "channels"),
            *("purposes", "title", "body", "elements", "status", "sha256", "published_at"),
            *("retired_at", "created_at"),
        ]
    )
    other = _other(dice, column, getattr(row, column))
    if column == "controller_id":
        other = rows.other_controller.pk
    if column == "status" and other == "PUBLISHED":
        other = "DRAFT"
    _set("consent_consenttext", "id", row.pk, column, other)
    changed = {"code": row.code, "language": row.language, "version": row.version, column: other}
    names = (
        f"{row.code}/{row.language}/{row.version}",
        f"{changed['code']}/{changed['language']}/{changed['version']}",
    )
    return Change(f"text {row.pk} {column}", frozenset(("text", name) for name in names))


def change_suppression(dice: random.Random, rows: Rows) -> Change:
    row = dice.choice(rows.suppressions)
    column = dice.choice(["match_key", "channel", "list", "opened_id", "closed_id"])
    other = _other(dice, column, getattr(row, column))
    if column in ("opened_id", "closed_id"):
        other = dice.choice(rows.without(getattr(each, column) for each in rows.suppressions))
    _set("consent_suppressionentry", "id", row.pk, column, other)
    places = _at_event(row.opened.seq) | {("suppression", str(row.pk))}
    return Change(f"suppression {row.pk} {column}", places)


def delete_row(dice: random.Random, rows: Rows) -> Change:
    lists = (rows.events, rows.payloads, rows.checkpoints, rows.texts, rows.suppressions)
    row: Any = dice.choice(dice.choice(lists))
    model = type(row)
    places = {
        LedgerEvent: lambda: _at_event(row.seq) | _after(row.seq),
        EventPayload: lambda: _at_event(row.event.seq),
        Checkpoint: lambda: frozenset({("checkpoint", str(row.size))}),
        ConsentText: lambda: frozenset({("text", f"{row.code}/{row.language}/{row.version}")}),
        SuppressionEntry: lambda: _at_event(row.opened.seq),
    }[model]()
    key = model._meta.pk.column
    _execute(f"DELETE FROM {model._meta.db_table} WHERE {key} = %s", [row.pk])
    return Change(f"no {model.__name__} {row.pk}", places)


def add_event(dice: random.Random, rows: Rows) -> Change:
    last = rows.events[-1]
    event = copy(dice.choice(rows.events))
    event.pk, event.public_id = last.seq + 1, uuid4()
    event.save(force_insert=True)
    return Change(f"new event like {event.seq}", _at_event(last.seq + 1))


KINDS: list[Callable[[random.Random, Rows], Change]] = [
    *[change_event] * 8,
    *[change_payload] * 3,
    *[change_checkpoint] * 2,
    *[change_text] * 3,
    *[change_suppression] * 2,
    delete_row,
    delete_row,
    add_event,
]


def _other(dice: random.Random, column: str, before: Any) -> Any:
    """Another value of the column's type."""
    match column:
        case "seq" | "size" | "version":
            return before + 1000
        case "kind":
            return dice.choice([kind for kind in EventKind.values if kind != before])
        case "channels" | "purposes" | "evidence" | "elements":
            return dice.choice([[*before, "x"], [*before, *before, "y"]]) if before else ["fax"]
        case "body" if isinstance(before, str):
            return f"{before} "
        case "details" | "body":
            return json.dumps({**before, dice.choice(["grade", "name", "x"]): dice.random()})
        case "state":
            return json.dumps([("00" if each[:2] != "00" else "ff") + each[2:] for each in before])
        case "effective_at":
            return before - timedelta(microseconds=dice.randint(1, 10**9))
        case "recorded_at" | "created_at" | "published_at":
            return before + timedelta(microseconds=dice.randint(1, 10**9))
        case "retired_at":
            return None if before else datetime.fromisoformat("2026-01-01T00:00:00+00:00")
        case "leaf_hash" | "chain_hash" | "salt" | "root" | "match_key":
            changed = bytearray(bytes(before))
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
            return bytes(changed)
        case "text" | "commitment" | "sha256":
            return f"{dice.getrandbits(256):064x}"
        case "note":
            where = dice.randrange(len(before) - 1)
            return before[:where] + chr(ord(before[where]) % 90 + 33) + before[where + 1 :]
        case "status":
            return dice.choice([s for s in ("DRAFT", "PUBLISHED", "RETIRED") if s != before])
        case "form":
            return "FAIR"
        case "list":
            return "robinson_ddv"
        case "channel":
            return "fax"
        case "code" | "language" | "title":
            return f"{before}x"[:5]
        case _:
            return OTHER_ID


def _at_event(seq: int) -> frozenset[tuple[str, str]]:
    return frozenset({("event", str(seq))})


def _after(seq: int) -> frozenset[tuple[str, str]]:
    """The last event of all is missed by the checkpoint over it."""
    return frozenset({("checkpoint", str(seq))})


def _set(table: str, key: str, pk: Any, column: str, value: Any) -> None:
    _execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [value, pk])


def _execute(statement: str, values: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Triggers and foreign keys are off, as for whoever owns the database."""
    with transaction.atomic():
        _execute("SET LOCAL session_replication_role = replica")
        yield
        transaction.set_rollback(True)
