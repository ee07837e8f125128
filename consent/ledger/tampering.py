"""A chain, something done to it, and what the check says: the vectors of the family ``chain``."""

import copy
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consent.ledger import chain, checkpoint
from consent.ledger.verifier import CompactRange, payload_state, verify

Event = dict[str, object]
DEFAULT_SIZE = 10
FIRST_MINUTE = datetime(2026, 3, 2, 8, tzinfo=UTC)


def chain_case(facts: Mapping[str, object]) -> tuple[str, dict[str, object]]:
    """Decision (VALID, BROKEN) and details for one vector; ``facts`` as in its ``facts_json``.

    ``size`` is the number of events afterwards, ``n`` how many the truncation takes away.
    """
    at_seq = _number(facts, "at_seq")
    taken = _number(facts, "n") or 3
    size = _number(facts, "size") or 0
    covered = _number(facts, "checkpoint_size")
    before = size + taken if size and facts.get("tamper") == "truncate" else size
    length = max(before or DEFAULT_SIZE, covered or 0, at_seq or 0)
    events = build_chain(length)
    key = checkpoint.SigningKey("einklang.example/ledger", Ed25519PrivateKey.generate())
    note = checkpoint.sign(tree_over(events[: length if covered is None else covered]), key)
    events = tampered(events, facts.get("tamper"), at_seq=at_seq, size=size or length - taken)
    report = verify(events, [note], [key.public])
    details: dict[str, object] = {"first_bad_seq": report.first_bad_seq, "reason": report.reason}
    if at_seq and at_seq <= len(events):
        details[f"payload_{at_seq}"] = payload_state(events[at_seq - 1])
    return report.decision, details


def build_chain(length: int) -> list[Event]:
    """Sealed events, a minute apart, each with a payload."""
    return sealed([new_event(seq) for seq in range(1, length + 1)])


def tampered(
    events: Sequence[Event], tamper: object, *, at_seq: int | None = None, size: int = 0
) -> list[Event]:
    """A copy of ``events`` to which ``tamper`` was done; ``size``: what a truncation leaves."""
    copied = copy.deepcopy(list(events))
    chosen = (at_seq or len(copied)) - 1
    match tamper:
        case None:
            return copied
        case "core_edit":
            copied[chosen]["channels"] = ["email", "phone", "post"]
        case "payload_edit":
            copied[chosen]["payload"] = {"name": "Jemand Anderes", "email": "anders@example.org"}
        case "payload_erased":
            copied[chosen] |= {"payload": None, "salt": None}
        case "truncate":
            return copied[:size]
        case "rewrite_all":
            for event in copied:
                event["purposes"] = ["newsletter", "offers"]
            return sealed(copied)
        case "backdated_insert":
            return _with_backdated(copied, at_seq or len(copied) + 1)
        case _:
            raise ValueError(f"unknown tampering: {tamper}")
    return copied


def sealed(events: Sequence[Event]) -> list[Event]:
    """The same events, numbered and hashed anew: what someone who can write everything does."""
    done, previous = [], chain.START
    for seq, event in enumerate(events, start=1):
        core = {key: event[key] for key in chain.CORE_KEYS} | {"seq": seq}
        own = chain.seal(core, after=previous)
        hashes = {"leaf_hash": own.leaf.hex(), "chain_hash": own.chain.hex()}
        done.append(core | hashes | {key: event[key] for key in ("payload", "salt")})
        previous = own.chain
    return done


def tree_over(events: Sequence[Event]) -> CompactRange:
    tree = CompactRange()
    for event in events:
        tree.append(bytes.fromhex(str(event["leaf_hash"])))
    return tree


def _with_backdated(events: list[Event], seq: int) -> list[Event]:
    """An event that claims to be a day older than the one before it, everything after resealed."""
    new = new_event(seq) | {"id": str(UUID(int=10**6 + seq))}
    new["recorded_at"] = new["effective_at"] = _minute(seq - 1, days=-1)
    return sealed([*events[: seq - 1], new, *events[seq - 1 :]])


def new_event(seq: int) -> Event:
    """An event as it is before it is sealed, with its payload and salt."""
    payload = {"name": f"Erika Muster {seq}", "email": f"erika{seq}@example.org"}
    own = chain.commit(payload)
    return {
        "v": chain.VERSION,
        "seq": seq,
        "id": str(UUID(int=seq)),
        "kind": "GRANTED",
        "person": str(UUID(int=1000 + seq)),
        "point": str(UUID(int=2000 + seq)),
        "controller": str(UUID(int=3000)),
        "channels": ["email"],
        "purposes": ["newsletter"],
        "effective_at": _minute(seq),
        "recorded_at": _minute(seq),
        "actor": None,
        "about": None,
        "text": "ab" * 32,
        "evidence": ["cd" * 32],
        "details": {"method": "web_form"},
        "commitment": own.commitment,
        "payload": payload,
        "salt": own.salt.hex(),
    }


def _minute(number: int, *, days: int = 0) -> str:
    return chain.instant(FIRST_MINUTE + timedelta(days=days, minutes=number))


def _number(facts: Mapping[str, object], key: str) -> int | None:
    value = facts.get(key)
    return value if isinstance(value, int) else None
