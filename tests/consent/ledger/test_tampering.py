"""The vectors of the family ``chain``, and the cases between them."""

import pytest

from consent.ledger.tampering import chain_case

LOST = "size_below_checkpoint"
REWRITTEN = "checkpoint_root_mismatch"
BACKDATED = "recorded_at_not_monotonic"


@pytest.mark.parametrize(
    ("facts", "decision", "reason", "first_bad_seq"),
    [
        ({"tamper": None}, "VALID", None, None),
        ({}, "VALID", None, None),
        ({"tamper": None, "size": 3, "checkpoint_size": 3}, "VALID", None, None),
        ({"tamper": "core_edit", "at_seq": 5}, "BROKEN", "leaf_mismatch", 5),
        ({"tamper": "core_edit", "at_seq": 14}, "BROKEN", "leaf_mismatch", 14),
        ({"tamper": "payload_edit", "at_seq": 5}, "BROKEN", "commitment_mismatch", 5),
        ({"tamper": "payload_erased", "at_seq": 5}, "VALID", None, None),
        ({"tamper": "truncate", "size": 7, "n": 3, "checkpoint_size": 10}, "BROKEN", LOST, 8),
        ({"tamper": "truncate", "n": 1}, "BROKEN", LOST, 10),
        ({"tamper": "truncate", "size": 7, "checkpoint_size": 7}, "VALID", None, None),
        ({"tamper": "rewrite_all"}, "BROKEN", REWRITTEN, None),
        ({"tamper": "backdated_insert"}, "BROKEN", BACKDATED, 11),
        ({"tamper": "backdated_insert", "at_seq": 6}, "BROKEN", BACKDATED, 6),
        ({"tamper": "backdated_insert", "at_seq": 1}, "BROKEN", REWRITTEN, None),
    ],
)
def test_cases(
    facts: dict[str, object], decision: str, reason: str | None, first_bad_seq: int | None
) -> None:
    found, details = chain_case(facts)
    assert (found, details["reason"], details["first_bad_seq"]) == (decision, reason, first_bad_seq)


@pytest.mark.parametrize(
    ("tamper", "state"),
    [(None, "INTACT"), ("payload_edit", "ALTERED"), ("payload_erased", "ERASED_PROVABLY")],
)
def test_the_payload_asked_for_is_told(tamper: str | None, state: str) -> None:
    _decision, details = chain_case({"tamper": tamper, "at_seq": 4})
    assert details["payload_4"] == state


def test_an_unknown_tampering_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown tampering: magic"):
        chain_case({"tamper": "magic"})
