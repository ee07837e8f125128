"""Sealing an event: the hash of its columns, the link to everything before it, and the salted
promise that stands for its erasable payload."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from consent.ledger.verifier import CORE_KEYS, START, VERSION, link, payload_state
from consent.ledger.verifier import canonical as _canonical
from consent.ledger.verifier import commitment as commitment
from consent.ledger.verifier import leaf_hash as leaf

__all__ = [
    "CORE_KEYS",
    "START",
    "VERSION",
    "Committed",
    "Core",
    "Sealed",
    "commit",
    "commitment",
    "export_line",
    "instant",
    "leaf",
    "link",
    "payload_state",
    "seal",
]

Core = Mapping[str, object]


class Sealed(NamedTuple):
    leaf: bytes
    chain: bytes


class Committed(NamedTuple):
    salt: bytes
    commitment: str


def seal(core: Core, *, after: bytes) -> Sealed:
    """Leaf and chain hash of the event that follows the one with chain hash ``after``."""
    if core.keys() != set(CORE_KEYS):
        raise ValueError(f"not the columns of an event: {sorted(core.keys() ^ set(CORE_KEYS))}")
    seq = core["seq"]
    if type(seq) is not int or seq < 1:
        raise ValueError("seq counts from 1")
    own = leaf(core)
    return Sealed(own, link(after, own, seq))


def commit(payload: Mapping[str, object]) -> Committed:
    """A fresh salt and the commitment to ``payload``; erasing means to delete payload and salt."""
    salt = secrets.token_bytes(32)
    return Committed(salt, commitment(salt, payload))


def instant(at: datetime) -> str:
    """A time as the core spells it: UTC, exactly six decimals, Z."""
    if at.tzinfo is None:
        raise ValueError("a time without its zone is ambiguous")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def export_line(
    core: Core,
    sealed: Sealed,
    payload: Mapping[str, object] | None = None,
    salt: bytes | None = None,
) -> bytes:
    """One line of an export as ``verifier`` reads it."""
    event = {
        **core,
        "leaf_hash": sealed.leaf.hex(),
        "chain_hash": sealed.chain.hex(),
        "payload": payload,
        "salt": None if salt is None else salt.hex(),
    }
    return _canonical(event) + b"\n"
