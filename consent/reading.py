"""The ledger as its verifier reads it: events in order, with hashes and payloads that are left."""

import json
from collections.abc import Iterator
from typing import Any, Protocol

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast

from consent import recording
from consent.ledger import chain
from consent.models import LedgerEvent

AT_ONCE = 5000


class _Instant(Func):
    """A time as the hashed core spells it; one before our era has no spelling."""

    template = (
        "CASE WHEN %(expressions)s >= '0001-01-01Z' THEN to_char(%(expressions)s"
        " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') END"
    )
    output_field = TextField()


def _text(name: str) -> Cast:
    return Cast(name, TextField())


def _hex(name: str) -> Func:
    return Func(F(name), Value("hex"), function="encode", output_field=TextField())


_COLUMNS = (
    *("seq", _text("public_id"), "kind", _text("person"), _text("point"), _text("controller")),
    *("channels", "purposes", _Instant("effective_at"), _Instant("recorded_at")),
    *(_text("actor"), _text("about"), "text", "evidence", _text("details"), "commitment"),
    *(_hex("leaf_hash"), _hex("chain_hash"), _text("payload__body"), _hex("payload__salt")),
)
"""The core without its version, then the hashes and the payload, spelled by PostgreSQL."""
_DETAILS = chain.CORE_KEYS.index("details") - 1


class Writable(Protocol):
    """A file for text."""

    def write(self, text: str, /) -> object: ...


def lines(events: QuerySet[LedgerEvent] | None = None) -> Iterator[dict[str, Any]]:
    """Each event's hashed core with ``leaf_hash``, ``chain_hash``, ``payload`` and ``salt``.

    In order of ``seq``, in constant memory; an erased payload is null.
    """
    rows = LedgerEvent.objects.all() if events is None else events
    spelled = rows.order_by("seq").values_list(*_COLUMNS)
    for row in spelled.iterator(chunk_size=AT_ONCE):
        core = dict(zip(chain.CORE_KEYS, (chain.VERSION, *row), strict=False))
        core["details"] = json.loads(row[_DETAILS])
        leaf, link, body, salt = row[-4:]
        yield {
            **core,
            "leaf_hash": leaf,
            "chain_hash": link,
            "payload": None if body is None else json.loads(body),
            "salt": salt,
        }


def line(event: LedgerEvent) -> dict[str, Any]:
    """One event of an export."""
    payload = getattr(event, "payload", None)
    return {
        **recording.core_of(event),
        "leaf_hash": bytes(event.leaf_hash).hex(),
        "chain_hash": bytes(event.chain_hash).hex(),
        "payload": payload.body if payload else None,
        "salt": bytes(payload.salt).hex() if payload else None,
    }


def export(target: Writable, events: QuerySet[LedgerEvent] | None = None) -> int:
    """Write one event a line (JSON Lines); gives their number."""
    count = 0
    for each in lines(events):
        target.write(json.dumps(each, ensure_ascii=False) + "\n")
        count += 1
    return count
