"""The hashes of an event are pinned: they lie in databases and in checkpoints held elsewhere."""

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from consent.ledger import chain

CORE: dict[str, object] = {
    "v": 1,
    "seq": 1,
    "id": "018f4b5e-0000-7000-8000-000000000001",
    "kind": "GRANTED",
    "person": "7f0c1f3a-5a58-4d0e-9d5c-4d1f1a9b0001",
    "point": None,
    "controller": None,
    "channels": ["email", "phone"],
    "purposes": ["newsletter"],
    "effective_at": "2026-03-02T08:00:00.000000Z",
    "recorded_at": "2026-03-02T08:00:01.000250Z",
    "actor": None,
    "about": None,
    "text": None,
    "evidence": [],
    "details": {"method": "web_form", "ttl": 48},
    "commitment": None,
}
SPELLED = (
    '{"about":null,"actor":null,"channels":["email","phone"],"commitment":null,"controller":null,'
    '"details":{"method":"web_form","ttl":48},"effective_at":"2026-03-02T08:00:00.000000Z",'
    '"evidence":[],"id":"018f4b5e-0000-7000-8000-000000000001","kind":"GRANTED",'
    '"person":"7f0c1f3a-5a58-4d0e-9d5c-4d1f1a9b0001","point":null,"purposes":["newsletter"],'
    '"recorded_at":"2026-03-02T08:00:01.000250Z","seq":1,"text":null,"v":1}'
)


def test_a_leaf_is_the_hash_of_the_spelled_columns() -> None:
    assert chain.leaf(CORE) == sha256(b"\x00" + SPELLED.encode()).digest()
    assert chain.leaf(CORE).hex() == (
        "a9327abdce20aa4409c6c6dc3b02ae2e9eb5d0d2bd0109a8f1fc93060d7c6dd1"
    )


def test_the_first_link_starts_from_zeros_and_binds_the_number() -> None:
    sealed = chain.seal(CORE, after=chain.START)
    assert chain.START == b"\x00" * 32
    assert sealed.leaf == chain.leaf(CORE)
    assert (
        sealed.chain
        == sha256(
            b"\x01" + b"\x00" * 32 + sealed.leaf + b"\x00\x00\x00\x00\x00\x00\x00\x01"
        ).digest()
    )
    assert chain.link(chain.START, sealed.leaf, 2) != sealed.chain


def test_a_commitment_is_salted() -> None:
    payload = {"name": "Erika Muster", "email": "erika@example.org"}
    spelled = b'{"email":"erika@example.org","name":"Erika Muster"}'
    assert chain.commitment(b"\x07" * 32, payload) == sha256(b"\x07" * 32 + spelled).hexdigest()
    one, other = chain.commit(payload), chain.commit(payload)
    assert len(one.salt) == 32
    assert one.salt != other.salt
    assert one.commitment != other.commitment
    assert one.commitment == chain.commitment(one.salt, payload)


@pytest.mark.parametrize("key", sorted(CORE))
def test_every_column_changes_the_leaf(key: str) -> None:
    changed = CORE | {key: "other" if CORE[key] is None else None}
    assert chain.leaf(changed) != chain.leaf(CORE)


@pytest.mark.parametrize(
    "core",
    [
        {key: value for key, value in CORE.items() if key != "about"},
        CORE | {"note": "one column too many"},
        CORE | {"seq": 0},
        CORE | {"seq": "1"},
        CORE | {"seq": True},
    ],
    ids=["missing", "unknown", "zero", "text", "bool"],
)
def test_only_a_complete_core_is_sealed(core: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"columns of an event|seq counts from 1"):
        chain.seal(core, after=chain.START)


def test_times_have_one_spelling() -> None:
    berlin = timezone(timedelta(hours=1))
    assert chain.instant(datetime(2026, 3, 2, 9, tzinfo=berlin)) == "2026-03-02T08:00:00.000000Z"
    assert chain.instant(datetime(2026, 3, 2, 8, 0, 1, 250, UTC)) == "2026-03-02T08:00:01.000250Z"
    with pytest.raises(ValueError, match="without its zone"):
        chain.instant(datetime(2026, 3, 2, 8))  # noqa: DTZ001
