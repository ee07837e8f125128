"""A ledger of all shapes of events with its checkpoints, made once for all tests of a package."""

import pytest

from consent.ledger import checkpoint
from consent.ledger.tampering import Event, build_chain, sealed, tree_over
from consent.ledger.verifier import VerifierKey

SIZE = 200
COVERED = (50, 120, SIZE)


@pytest.fixture(scope="package")
def key(tmp_path_factory: pytest.TempPathFactory) -> checkpoint.SigningKey:
    return checkpoint.create_key(tmp_path_factory.mktemp("keys"), "crm.beispiel.de/einwilligungen")


@pytest.fixture(scope="package")
def events() -> list[Event]:
    """All shapes of an event: with payload, with none, with an erased one, with details."""
    shaped = build_chain(SIZE)
    for number, event in enumerate(shaped):
        if number % 7 == 3:
            event |= {"commitment": None, "payload": None, "salt": None, "person": None}
        if number % 3 == 0:
            event |= {"channels": ["phone", "sms"], "details": {"ttl": 48, "codes": ["A", "B"]}}
        if number % 5 == 0:
            event |= {"text": None, "evidence": [], "actor": "3b1f0d5e-0000-4000-8000-000000000001"}
    done = sealed(shaped)
    for event in done[10::20]:
        event |= {"payload": None, "salt": None}
    return done


@pytest.fixture(scope="package")
def notes(events: list[Event], key: checkpoint.SigningKey) -> list[str]:
    return [checkpoint.sign(tree_over(events[:size]), key) for size in COVERED]


@pytest.fixture
def keys(key: checkpoint.SigningKey) -> list[VerifierKey]:
    return [key.public]
