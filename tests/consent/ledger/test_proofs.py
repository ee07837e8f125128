"""The proof of one person's events: small, checkable alone, and silent about everybody else."""

import copy
import json
from typing import Any

import pytest

from consent.ledger import checkpoint
from consent.ledger.merkle import Tree
from consent.ledger.tampering import Event
from consent.ledger.verifier import Finding, Unreadable, VerifierKey, verify_inclusion

SEQS = (3, 7, 31, 120)
Bundle = dict[str, Any]


@pytest.fixture
def bundle(events: list[Event], notes: list[str]) -> Bundle:
    tree = Tree([bytes.fromhex(str(event["leaf_hash"])) for event in events])
    made = checkpoint.proof_bundle(notes[1], [events[seq - 1] for seq in SEQS], tree)
    return copy.deepcopy(made)


def test_it_is_as_long_as_the_tree_is_high(bundle: Bundle) -> None:
    assert [len(entry["proof"]) for entry in bundle["entries"]] == [7, 7, 7, 6]


def test_it_is_valid_without_anybody_elses_events(
    bundle: Bundle, keys: list[VerifierKey], events: list[Event]
) -> None:
    report = verify_inclusion(bundle, keys)
    assert (report.decision, report.size, report.signed) == ("VALID", 4, True)
    assert (report.intact, report.erased) == (3, 1)
    others = {str(event["person"]) for event in events if event["seq"] not in SEQS}
    assert not others & set(json.dumps(bundle).split('"'))


@pytest.mark.parametrize("number", range(4))
def test_a_changed_event_is_not_in_the_ledger(
    bundle: Bundle, keys: list[VerifierKey], number: int
) -> None:
    entries = bundle["entries"]
    entries[number]["event"]["kind"] = "WITHDRAWN"
    seq = SEQS[number]
    assert verify_inclusion(bundle, keys).findings == [
        Finding("leaf_mismatch", seq),
        Finding("inclusion_mismatch", seq, 120),
    ]


def test_a_proof_belongs_to_its_event_and_checkpoint(
    bundle: Bundle, keys: list[VerifierKey], notes: list[str]
) -> None:
    entries = bundle["entries"]
    other = verify_inclusion(bundle | {"checkpoint": notes[2]}, keys)
    assert [found.reason for found in other.findings] == ["inclusion_mismatch"] * 4
    too_old = verify_inclusion(bundle | {"checkpoint": notes[0]}, keys)
    assert too_old.findings[-1] == Finding("inclusion_mismatch", 120, 50)
    entries[0]["proof"], entries[1]["proof"] = entries[1]["proof"], entries[0]["proof"]
    assert verify_inclusion(bundle, keys).findings == [
        Finding("inclusion_mismatch", 3, 120),
        Finding("inclusion_mismatch", 7, 120),
    ]


def test_no_event_counts_twice(bundle: Bundle, keys: list[VerifierKey]) -> None:
    entries = bundle["entries"]
    entries.insert(1, entries[0])
    assert verify_inclusion(bundle, keys).findings == [Finding("seq_order", 3)]


def test_the_checkpoint_must_be_signed(bundle: Bundle, keys: list[VerifierKey]) -> None:
    altered = str(bundle["checkpoint"]).replace("\n120\n", "\n121\n")
    report = verify_inclusion(bundle | {"checkpoint": altered}, keys)
    assert report.findings[0] == Finding("checkpoint_signature", None, 121)
    unreadable = verify_inclusion(bundle | {"checkpoint": None}, keys)
    assert unreadable.findings == [Finding("checkpoint_malformed")]


@pytest.mark.parametrize(
    "entry", [None, {}, {"event": {}, "proof": []}, {"event": [], "proof": []}, "x"], ids=str
)
def test_damaged_entries_are_findings(
    bundle: Bundle, keys: list[VerifierKey], entry: object
) -> None:
    assert verify_inclusion(bundle | {"entries": [entry]}, keys).findings == [Finding("malformed")]


@pytest.mark.parametrize("proof", [None, "", [5], ["ab"], ["zz" * 32]], ids=str)
def test_damaged_proofs_are_findings(
    bundle: Bundle, keys: list[VerifierKey], proof: object
) -> None:
    entries = bundle["entries"]
    entries[2]["proof"] = proof
    assert verify_inclusion(bundle, keys).findings == [Finding("malformed")]


@pytest.mark.parametrize("bundle", [None, [], {}, {"entries": {}}], ids=str)
def test_what_is_no_bundle_is_refused(bundle: object) -> None:
    with pytest.raises(Unreadable, match="besteht aus checkpoint und entries"):
        verify_inclusion(bundle)
