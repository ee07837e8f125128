"""A ledger as long as wanted for a stock of persons, copied with its real chain of hashes.

Each person has a life of events: many web forms with their confirmations, slips of paper, sales,
objections; most events are uses. Lives run side by side, so that the events of one person lie far
apart in the table.
"""

import json
import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from consent.ledger import chain

BLOCK = 5000
Event = dict[str, Any]
_EMPTY = "{}"


def load(*, events: int, end: datetime, seed: int = 2026) -> int:
    """Append events about the persons of the database until there are so many, evenly in the five
    years before ``end``; every 20th person is left out. Returns how many persons they are of."""
    dice = random.Random(seed)
    controller = _one("SELECT public_id FROM consent_controller WHERE is_default")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO consent_subject (ref, person_id, made_for) "
            "SELECT gen_random_uuid(), id, id FROM contacts_person WHERE id %% 20 <> 0 "
            "ORDER BY id", []
        )  # fmt: skip
        cursor.execute(
            "INSERT INTO consent_pointreference (ref, contact_point_id) "
            "SELECT gen_random_uuid(), contact_point_id FROM contacts_contactpointholder "
            "WHERE person_id IS NOT NULL ORDER BY person_id, contact_point_id"
        )
        cursor.execute(
            "SELECT s.ref::text, array_agg(r.ref::text ORDER BY c.kind) FROM consent_subject s "
            "JOIN contacts_contactpointholder h USING (person_id) "
            "JOIN contacts_contactpoint c ON c.id = h.contact_point_id "
            "JOIN consent_pointreference r ON r.contact_point_id = c.id "
            "GROUP BY s.id ORDER BY s.id"
        )
        lives = [_Life(dice, ref, points, str(controller)) for ref, points in cursor.fetchall()]
    _copy(_chained(_told(lives, events), events, end))
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE consent_ledgerevent, consent_subject, consent_pointreference"
        )
    return len(lives)


class _Life:
    """What is still to be told of one person; it goes on with uses when it is over."""

    __slots__ = ("controller", "dice", "points", "ref", "root", "waiting")

    def __init__(self, dice: random.Random, ref: str, points: list[str], controller: str) -> None:
        self.dice, self.ref, self.points, self.controller = dice, ref, points, controller
        self.root: str | None = None
        self.waiting = dice.choices(
            [
                ("form", "confirmed"), ("form",), ("slip",), ("sale",),
                ("form", "confirmed", "left"), ("slip", "left"), ("form", "confirmed", "objected"),
                ("listed",), ("business", "noted"), ("sale", "form", "confirmed"), ("restricted",),
            ],
            weights=[40, 8, 15, 8, 8, 4, 4, 4, 4, 4, 1],
        )[0]  # fmt: skip

    def next(self, at: int) -> Event:
        """One more event, the ``at``-th of this life."""
        step = self.waiting[at] if at < len(self.waiting) else "used"
        mail, number = self.points[0], self.points[-1]
        event: Event = {
            "kind": "used", "person": self.ref, "point": mail, "controller": self.controller,
            "channels": [], "purposes": [], "about": self.root, "details": {},
        }  # fmt: skip
        both = {"channels": ["email", "phone"], "purposes": ["newsletter", "product_offer"]}
        if step == "form":
            details = {"method": "web_form", "proof": "full", "grade": "B"}
            event |= {**both, "kind": "pending", "about": None, "details": details}
        elif step == "confirmed":
            event |= {"kind": "confirmed", "details": {"how": "email_link"}}
        elif step == "slip":
            details = {"method": "paper", "proof": "full", "grade": self.dice.choice("AAC")}
            event |= {**both, "kind": "granted", "about": None, "details": details}
        elif step == "listed":
            details = {"method": "import", "proof": "none", "grade": "D"}
            event |= {**both, "kind": "disputed", "about": None, "details": details}
        elif step == "left":
            event |= {"kind": "withdrawn", "details": {"via": "letter"}}
        elif step == "objected":
            event |= {"kind": "objected", "about": None, "details": {"scope": "marketing_all"}}
        elif step == "sale":
            flags = ("cp_from_sale", "own_similar", "notice_at_collection")
            details = {"sale": "paid", **{flag: self.dice.random() < 0.9 for flag in flags}}
            event |= {"kind": "sale", "about": None, "details": details}
        elif step == "business":
            details = {"type": "business"}
            event |= {"kind": "classified", "point": None, "about": None, "details": details}
        elif step == "noted":
            details = {"documented": True, "concrete": True}
            event |= {"kind": "presumed", "point": number, "about": None, "details": details}
        elif step == "restricted":
            event |= {"kind": "restricted", "about": None, "details": {"ground": "a"}}
        return event


def _told(lives: list[_Life], count: int) -> Iterator[tuple[Event, str]]:
    """Events in turn, each with its id."""
    rounds = -(-count // len(lives))
    left = count
    for at in range(rounds):
        for life in lives:
            if not left:
                return
            left -= 1
            event = life.next(at)
            own = str(uuid.UUID(int=life.dice.getrandbits(128), version=4))
            if event["kind"] in ("pending", "granted", "disputed"):
                life.root = own
            yield event, own


def _chained(told: Iterator[tuple[Event, str]], count: int, end: datetime) -> Iterator[str]:
    """Lines for COPY."""
    start = end - timedelta(days=5 * 365)
    step = (end - start) / (count + 1)
    head, moment = chain.START, start
    for seq, (event, own) in enumerate(told, start=1):
        moment += step
        when = chain.instant(moment)
        core = {
            "v": chain.VERSION, "seq": seq, "id": own, **event, "effective_at": when,
            "recorded_at": when, "actor": None, "text": None, "evidence": [], "commitment": None,
        }  # fmt: skip
        sealed = chain.seal(core, after=head)
        head = sealed.chain
        details = json.dumps(event["details"])
        yield (
            f"{seq}\t{own}\t{event['kind']}\t{event['person']}\t{event['point'] or _NULL}\t"
            f"{event['controller']}\t{{{','.join(event['channels'])}}}\t"
            f"{{{','.join(event['purposes'])}}}\t{when}\t{when}\t{event['about'] or _NULL}\t"
            f"{_EMPTY}\t{details}\t\\\\x{sealed.leaf.hex()}\t\\\\x{head.hex()}\n"
        )


_NULL = "\\N"


def _copy(lines: Iterator[str]) -> None:
    """Without indexes meanwhile: they are built at the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE indrelid = 'consent_ledgerevent'::regclass AND NOT indisunique"
        )
        dropped = cursor.fetchall()
        for name, _definition in dropped:
            cursor.execute(f"DROP INDEX {name}")
        with cursor.copy(
            "COPY consent_ledgerevent (seq, public_id, kind, person, point, controller, channels, "
            "purposes, effective_at, recorded_at, about, evidence, details, leaf_hash, chain_hash) "
            "FROM STDIN"
        ) as copy:
            block: list[str] = []
            for line in lines:
                block.append(line)
                if len(block) == BLOCK:
                    copy.write("".join(block))
                    block.clear()
            copy.write("".join(block))
        for _name, definition in dropped:
            cursor.execute(definition)


def _one(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
