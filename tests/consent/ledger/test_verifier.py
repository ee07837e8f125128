"""Whatever is done to a ledger is found, and at the right place; what may be done stays valid."""

import copy
import random
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from consent.ledger import checkpoint
from consent.ledger.tampering import Event, sealed, tree_over
from consent.ledger.verifier import (
    CORE_KEYS,
    KEPT_FINDINGS,
    Finding,
    VerifierKey,
    verify,
)
from tests.consent.ledger.conftest import COVERED, SIZE

RUNS, CHANGES = 10, 100


def test_an_untouched_ledger_is_valid(
    events: list[Event], notes: list[str], keys: list[VerifierKey]
) -> None:
    report = verify(events, notes, keys)
    assert report.as_dict() == {
        "decision": "VALID",
        "reason": None,
        "first_bad_seq": None,
        "size": 200,
        "root_hash": tree_over(events).root().hex(),
        "chain_hash": events[-1]["chain_hash"],
        "payloads": {"intact": 163, "erased": 8},
        "checkpoints": {"compared": 3, "signed": True},
        "findings": [],
        "further_findings": 0,
    }


def test_an_empty_ledger_is_valid_until_a_checkpoint_knows_more(notes: list[str]) -> None:
    assert verify([]).decision == "VALID"
    report = verify([], notes)
    assert report.findings == [Finding("size_below_checkpoint", 1, size) for size in COVERED]


@pytest.mark.parametrize("run", range(RUNS))
def test_a_thousand_single_changes_are_found_where_they_are(
    events: list[Event], notes: list[str], run: int
) -> None:
    dice = random.Random(run)
    for number in range(CHANGES):
        changed = [dict(event) for event in events]
        what = dice.choice(CHANGES_OF_ROWS if number % 4 == 0 else CHANGES_OF_FIELDS)
        what(dice, changed)
        place = first_difference(events, changed)
        report = verify(changed, notes)
        told = (run, number, what.__name__, place, report.findings[:3])
        assert report.decision == "BROKEN", told
        assert report.first_bad_seq == place, told
        assert len(report.findings) <= 12, told  # what follows is not blamed


@pytest.mark.parametrize("run", range(5))
def test_a_consistent_rewriting_breaks_every_checkpoint_over_it(
    events: list[Event], notes: list[str], keys: list[VerifierKey], run: int
) -> None:
    dice = random.Random(run)
    place = dice.randrange(SIZE)
    changed = copy.deepcopy(events)
    changed[place]["kind"] = "WITHDRAWN"
    changed = sealed(changed)
    assert verify(changed).decision == "VALID"  # only heads kept elsewhere can know
    report = verify(changed, notes, keys)
    assert report.findings == [
        Finding("checkpoint_root_mismatch", None, size) for size in COVERED if size > place
    ]


def test_erasing_payloads_keeps_the_ledger_valid(
    events: list[Event], notes: list[str], keys: list[VerifierKey]
) -> None:
    erased = [event | {"payload": None, "salt": None} for event in events]
    report = verify(erased, notes, keys)
    assert (report.decision, report.intact, report.erased) == ("VALID", 0, 171)
    assert report.root == tree_over(events).root()


@pytest.mark.parametrize(
    "left",
    [
        {"payload": None},
        {"salt": None},
        {"salt": "x"},
        {"payload": {}},
        {"payload": {"score": 0.5}},
    ],
    ids=str,
)
def test_half_an_erasure_is_none(events: list[Event], left: Event) -> None:
    changed = [*events[:4], events[4] | left, *events[5:]]
    assert verify(changed).findings == [Finding("commitment_mismatch", 5)]


def test_an_export_may_leave_out_what_was_erased(events: list[Event]) -> None:
    bare = [{key: event[key] for key in event if event[key] is not None or key in CORE_KEYS}
            for event in events]  # fmt: skip
    assert "payload" not in bare[10]
    assert verify(bare).as_dict() == verify(events).as_dict()


@pytest.mark.parametrize("seq", [1, 2, 77, SIZE])
def test_a_backdated_event_is_found_even_in_a_new_chain(events: list[Event], seq: int) -> None:
    before = str(events[seq - 1]["recorded_at"])
    late = events[seq - 1] | {"recorded_at": before.replace("2026", "2025")}
    changed = sealed([*events[:seq], late, *events[seq:]])
    assert verify(changed).findings == [Finding("recorded_at_not_monotonic", seq + 1)]


def test_events_of_the_same_moment_are_in_order(events: list[Event]) -> None:
    at = events[0]["recorded_at"]
    assert verify(sealed([event | {"recorded_at": at} for event in events])).decision == "VALID"


@pytest.mark.parametrize("seq", [0, -1, 2**53, "2", 2.0, True, None, [2]], ids=str)
def test_a_number_that_is_none_is_no_event(events: list[Event], seq: object) -> None:
    report = verify([events[0], events[1] | {"seq": seq}, *events[2:]])
    assert report.findings[0] == Finding("malformed", 2)


@pytest.mark.parametrize(
    "event",
    [{}, {"seq": 2}, {"v": 2}, {"recorded_at": "2026-03-02T08:02:00Z"}, {"recorded_at": 5},
     {"recorded_at": "٢٠٢٦-03-02T08:02:00.000000Z"}, {"leaf_hash": "AB" * 32}, {"chain_hash": None},
     {"details": {"score": 0.5}}, {"details": {"x": "\ud800"}}, {"extra": None}],
    ids=str,
)  # fmt: skip
def test_a_damaged_event_is_reported_and_the_rest_is_checked(
    events: list[Event], event: Event
) -> None:
    damaged = events[1] | event if event.keys() - {"seq"} else event
    changed = copy.deepcopy([events[0], damaged, *events[2:]])
    changed[8]["kind"] = "OTHER"
    assert verify(changed).findings == [Finding("malformed", 2), Finding("leaf_mismatch", 9)]


def test_the_first_row_may_not_be_missing(events: list[Event]) -> None:
    assert verify(events[3:]).findings == [Finding("seq_gap", 1)]


def test_findings_beyond_a_hundred_are_counted(events: list[Event]) -> None:
    report = verify([event | {"kind": "OTHER"} for event in events])
    assert len(report.findings) == KEPT_FINDINGS
    assert report.further_findings == SIZE - KEPT_FINDINGS
    assert report.first_bad_seq == 1


def test_a_million_events_need_no_more_memory_than_a_few(events: list[Event]) -> None:
    def stream(rounds: int) -> Iterator[Event]:
        for _ in range(rounds):
            yield from ({**event, "payload": dict.fromkeys("abc", "x" * 1000)} for event in events)

    def peak(rounds: int) -> int:
        tracemalloc.start()
        verify(stream(rounds))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(10) < peak(1) + 20_000


class TestCheckpoints:
    def test_nobody_else_can_sign(self, events: list[Event], tmp_path: Path) -> None:
        other = checkpoint.create_key(tmp_path / "1", "crm.beispiel.de/einwilligungen")
        own = checkpoint.create_key(tmp_path / "2", "crm.beispiel.de/einwilligungen")
        report = verify(events, [checkpoint.sign(tree_over(events), other)], [own.public])
        assert report.findings == [Finding("checkpoint_signature", None, SIZE)]
        assert report.signed is False

    def test_a_key_may_have_a_successor(
        self, events: list[Event], notes: list[str], keys: list[VerifierKey], tmp_path: Path
    ) -> None:
        new = checkpoint.create_key(tmp_path, keys[0].name)
        later = checkpoint.sign(tree_over(events), new)
        assert verify(events, [*notes, later], [*keys, new.public]).signed is True

    def test_without_a_key_the_root_is_compared_all_the_same(
        self, events: list[Event], notes: list[str]
    ) -> None:
        assert verify(events, notes).as_dict()["checkpoints"] == {"compared": 3, "signed": None}
        changed = sealed([event | {"actor": None} for event in events])
        assert verify(changed, notes).reason == "checkpoint_root_mismatch"

    def test_what_cannot_be_read_is_a_finding(
        self, events: list[Event], notes: list[str], keys: list[VerifierKey]
    ) -> None:
        report = verify(events, [*notes, "kein Prüfpunkt\n"], keys)
        assert report.findings == [Finding("checkpoint_malformed")]
        assert report.signed is False

    def test_a_cut_end_is_known_to_the_checkpoints_over_it(
        self, events: list[Event], notes: list[str], keys: list[VerifierKey]
    ) -> None:
        assert verify(events[:60], notes, keys).findings == [
            Finding("size_below_checkpoint", 61, 120),
            Finding("size_below_checkpoint", 61, SIZE),
        ]


# --- single changes ---------------------------------------------------------------------------
def first_difference(before: Sequence[Event], after: Sequence[Event]) -> int:
    """The number, from 1, of the first row that is another one than before, or is missing."""
    pairs = zip(before, after, strict=False)
    alike = [one == other and list(map(type, one.values())) == list(map(type, other.values()))
             for one, other in pairs]  # fmt: skip
    return (alike.index(False) if False in alike else len(alike)) + 1


def change_a_column(dice: random.Random, events: list[Event]) -> None:
    event, key = dice.choice(events), dice.choice(CORE_KEYS)
    event[key] = another(dice, event[key])


def change_a_hash(dice: random.Random, events: list[Event]) -> None:
    event, key = dice.choice(events), dice.choice(["leaf_hash", "chain_hash"])
    event[key] = another(dice, event[key])


def change_a_payload(dice: random.Random, events: list[Event]) -> None:
    event = dice.choice(events)
    event["payload"] = another(dice, event["payload"])


def change_a_salt(dice: random.Random, events: list[Event]) -> None:
    event = dice.choice(events)
    event["salt"] = another(dice, event["salt"])


def drop_a_column(dice: random.Random, events: list[Event]) -> None:
    del dice.choice(events)[dice.choice(CORE_KEYS)]


def add_a_column(dice: random.Random, events: list[Event]) -> None:
    dice.choice(events)["note"] = dice.choice([None, "x", []])


def delete_a_row(dice: random.Random, events: list[Event]) -> None:
    del events[dice.randrange(SIZE)]


def insert_a_copy(dice: random.Random, events: list[Event]) -> None:
    events.insert(dice.randrange(SIZE + 1), dict(dice.choice(events)))


def insert_a_new_row(dice: random.Random, events: list[Event]) -> None:
    place = dice.randrange(SIZE)
    new = events[place] | {"id": "3b1f0d5e-0000-4000-8000-00000000beef"}
    events.insert(place, new)


def swap_two_rows(dice: random.Random, events: list[Event]) -> None:
    one, other = dice.sample(range(SIZE), 2)
    events[one], events[other] = events[other], events[one]


CHANGES_OF_FIELDS = [change_a_column] * 5 + [
    change_a_hash,
    change_a_payload,
    change_a_salt,
    drop_a_column,
    add_a_column,
]
CHANGES_OF_ROWS = [delete_a_row, insert_a_copy, insert_a_new_row, swap_two_rows]


def another(dice: random.Random, value: object) -> object:
    """A value of the same kind that differs in one place, or null where something was."""
    match value:
        case None:
            return dice.choice(["x", "ab" * 32, 0, [], {}])
        case str() if dice.random() < 0.9:
            place = dice.randrange(len(value))
            letters = [letter for letter in "0123456789abcdefZ" if letter != value[place]]
            return value[:place] + dice.choice(letters) + value[place + 1 :]
        case int():
            return value + dice.choice([-1, 1, 1000])
        case list():
            return dice.choice([[*value, "x"], value[:-1] if value else ["y"]])
        case dict() if value:
            key = dice.choice(list(value))
            inner = {**value, key: another(dice, value[key])}
            return dice.choice(
                [inner, {**value, "more": 1}, {k: value[k] for k in value if k != key}]
            )
    return None if value else "x"
