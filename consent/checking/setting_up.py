"""The facts of a vector, declared one after the other as they became known."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from consent import (
    circumstances,
    consents,
    gate,
    recording,
    references,
    suppression,
)
from consent.checking.world import BEGINNING, KIND_OF_CHANNEL, World, evidence
from consent.decision.vectors import Vector, instant, last_instant
from consent.models import EventKind, LedgerEvent
from contacts.models import ContactPoint, Person


def built(vector: Vector) -> World:
    """The world that a row of the family may_contact describes."""
    given = vector.facts
    point, person = given.get("cp", {}), given.get("person", {})
    channel = vector.channel
    world = World(kind=point.get("kind") or KIND_OF_CHANNEL.get(channel, channel))
    name = person.get("id", "p1")
    asked = world.person(name, person.get("born"))
    cp = world.point(point.get("id", "cp1"))
    for holder in {point.get("owner", "p1"), *point.get("shared_with", [])}:
        world.hold(
            world.person(holder),
            cp,
            status=point.get("status", "active").upper(),
            source=point.get("source", ""),
        )
    if vector.recipient_type in ("consumer", "business"):
        world.later(
            BEGINNING,
            lambda: circumstances.classify(
                actor=None,
                person=asked,
                recipient_type=vector.recipient_type,
                basis="Vektor",
                at=BEGINNING,
            ),
        )
    if person.get("status") == "deceased":
        world.later(
            BEGINNING,
            lambda: circumstances.note_death(
                actor=None, person=asked, died_at=BEGINNING, at=BEGINNING
            ),
        )
    for each in given.get("consents", []):
        _consent(world, each, name)
    for each in given.get("objections", []):
        _objection(world, each, name)
    for each in given.get("suppression", []):
        _suppression(world, each)
    _rest(world, vector, asked, cp)
    world.happen()
    return world


def declare(world: World, person: Person, given: Mapping[str, Any]) -> None:
    """What a row of the family merge says of one of the two persons."""
    if name := given.get("cp"):
        world.hold(person, world.point(name))
    if type_ := given.get("type"):
        if type_ in ("consumer", "business"):
            world.later(
                BEGINNING,
                lambda: circumstances.classify(
                    actor=None,
                    person=person,
                    recipient_type=type_,
                    basis="Vektor",
                    at=BEGINNING,
                ),
            )
        else:
            references.subject_of(person)
    if given.get("granted"):
        _consent(
            world,
            {
                "id": f"k-{person.surname}",
                "person": person.surname,
                "cp": given["cp"],
                "channels": [world.kind],
                "purposes": ["newsletter"],
                "method": "paper",
                "granted_at": given["granted"],
            },
            person.surname,
        )
    scopes = {"objected": "channel", "objected_all": "marketing_all"}
    for key, scope in scopes.items():
        if given.get(key):
            objection = {"at": given[key], "scope": scope, "value": world.kind}
            _objection(world, objection, person.surname)
    if given.get("restricted_from"):
        _restriction(world, {"from": given["restricted_from"]}, person)


def _consent(world: World, given: Mapping[str, Any], asked: str) -> None:
    person = world.person(given.get("person", asked))
    point = world.point(given.get("cp", "cp1"))
    world.hold(person, point)
    controller = world.controller(given.get("controller", "C1"))
    granted = instant(given["granted_at"])
    recorded = instant(given.get("recorded_at") or given["granted_at"])
    has_proof = given.get("proof", "full") == "full"
    flaws = {
        key: given[key]
        for key in ("text_missing", "preticked", "coupled", "tainted", "guardian")
        if given.get(key)
    }
    until = given.get("valid_until")
    if until:
        flaws["valid_until"] = last_instant(until).isoformat()
    method = given["method"]
    name = given.get("id", f"k{len(world.consents)}")

    def give() -> None:
        world.consents[name] = consents.grant(
            actor=None,
            declaration=consents.Declaration(
                person=person,
                point=point,
                controller=controller,
                channels=given["channels"],
                purposes=given["purposes"],
                method=method if has_proof else "import",
                declared_at=granted,
                text=world.text(controller) if has_proof else None,
                evidence=[evidence(name)] if has_proof else [],
                flaws=flaws,
            ),
            is_pending=method == "web_form" and has_proof,
            at=recorded,
        )

    world.later(recorded, give)
    proof = given.get("doi") or {}
    if proof.get("confirmed_at"):
        confirmed = instant(proof["confirmed_at"])
        other = world.point(proof.get("cp", given.get("cp", "cp1")))
        world.later(
            max(confirmed, recorded),
            lambda: consents.confirm(
                actor=None,
                consent=world.consents[name],
                how=proof["kind"],
                point=other,
                channels=given["channels"],
                effective_at=confirmed,
                at=max(confirmed, recorded),
            ),
        )
    for used in map(instant, given.get("uses", [])):
        world.later(max(used, recorded), partial(_use, world, name, used))
    for end in given.get("withdrawals", []):
        _withdrawal(world, name, end)


def _withdrawal(world: World, name: str, end: Mapping[str, Any]) -> None:
    at = instant(end["at"])
    recorded = instant(end.get("recorded_at") or end["at"])
    world.later(
        recorded,
        lambda: consents.withdraw(
            actor=None,
            consents=[world.consents[name]],
            received_at=at,
            channels=[end["channel"]] if end.get("channel") else [],
            purposes=[end["purpose"]] if end.get("purpose") else [],
            via="vector",
            at=recorded,
        ),
    )


def _objection(world: World, given: Mapping[str, Any], asked: str) -> None:
    at = instant(given["at"])
    recorded = instant(given.get("recorded_at") or given["at"])
    scope, value = given.get("scope") or "marketing_all", given.get("value") or ""
    world.later(
        recorded,
        lambda: circumstances.object_to_marketing(
            actor=None,
            person=world.person(given.get("person", asked)),
            received_at=at,
            via="vector",
            scope=scope,
            value="" if scope == "cp" else value,
            point=world.point(value) if scope == "cp" else None,
            at=recorded,
        ),
    )


def _suppression(world: World, given: Mapping[str, Any]) -> None:
    at = instant(given["at"])
    world.later(
        at,
        lambda: suppression.suppress(
            actor=None,
            point=world.point(given.get("cp", "cp1")),
            channel=given.get("channel") or "*",
            on=given.get("list", "internal"),
            effective_at=at,
            at=at,
        ),
    )


def _rest(world: World, vector: Vector, person: Person, point: ContactPoint) -> None:
    given, now = vector.facts, vector.at
    if limits := given.get("restriction"):
        _restriction(world, limits, person)
    if (sale := given.get("customer")) and sale.get("sale_at"):
        sold = instant(sale["sale_at"])
        world.later(
            sold,
            lambda: circumstances.note_sale(
                actor=None,
                person=person,
                point=world.point(sale["cp"]) if sale.get("cp") else point,
                sold_at=sold,
                sale=sale.get("sale", "paid"),
                is_from_sale=bool(sale.get("cp_from_sale")),
                is_own_similar=bool(sale.get("own_similar")),
                has_notice=bool(sale.get("notice_at_collection")),
                at=sold,
            ),
        )
    noted = given.get("presumed") or {}
    if noted.get("documented"):
        noted_at = instant(noted["at"]) if noted.get("at") else now - timedelta(seconds=1)
        world.later(
            noted_at,
            lambda: circumstances.presume_interest(
                actor=None,
                person=person,
                why=noted.get("why") or "Vektor",
                is_concrete=bool(noted.get("concrete")),
                noted_at=noted_at,
                at=noted_at,
            ),
        )
    if (relation := given.get("service")) and relation.get("relation"):
        _service(world, relation, person, now)
    art14 = given.get("art14", {}).get("status", "not_needed")
    if art14 == "not_needed":
        world.later(
            BEGINNING,
            lambda: circumstances.note_informed(
                actor=None, person=person, informed_at=BEGINNING, medium="letter", at=BEGINNING
            ),
        )
    if request := given.get("doi_request"):
        _request(world, request, person, point)


def _restriction(world: World, limits: Mapping[str, Any], person: Person) -> None:
    starts = instant(limits["from"])
    made: list[LedgerEvent] = []
    world.later(
        starts,
        lambda: made.append(
            circumstances.restrict(
                actor=None, person=person, ground="a", starts_at=starts, at=starts
            )
        ),
    )
    if limits.get("to"):
        ends = instant(limits["to"])
        world.later(
            ends,
            lambda: circumstances.lift(
                actor=None, event=made[0], reason="Vektor", effective_at=ends, at=ends
            ),
        )


def _service(world: World, relation: Mapping[str, Any], person: Person, now: datetime) -> None:
    given_for = relation.get("cp_given_for")
    given_for = [given_for] if isinstance(given_for, str) else given_for
    purposes = None if given_for in (None, True) else list(given_for or ())
    since = min(now, BEGINNING + timedelta(days=1))
    world.later(
        since,
        lambda: circumstances.note_service(
            actor=None,
            person=person,
            relation=relation["relation"],
            since=since,
            until=last_instant(relation["until"]) if relation.get("until") else None,
            purposes=purposes,
            at=since,
        ),
    )


def _request(world: World, request: Mapping[str, Any], person: Person, point: ContactPoint) -> None:
    at = instant(request["requested_at"])
    controller = world.controller("C1")

    def ask() -> None:
        consents.grant(
            actor=None,
            declaration=consents.Declaration(
                person=person,
                point=point,
                controller=controller,
                channels=["email"],
                purposes=["newsletter"],
                method="web_form",
                declared_at=at,
                text=world.text(controller),
                evidence=[evidence("request")],
            ),
            is_pending=True,
            at=at,
        )
        for _mail in range(int(request.get("sent", 0))):
            decision = gate.permit(
                actor=None,
                person=person,
                point=point,
                channel="email",
                purpose="doi_confirmation",
                at=at,
            )
            gate.use(actor=None, decision=decision, reference="vector", at=at)

    world.later(at, ask)


def _use(world: World, name: str, at: datetime) -> None:
    consent = world.consents[name]
    recording.append(
        recording.Draft(
            kind=EventKind.USED,
            effective_at=at,
            person=consent.person,
            point=consent.point,
            controller=consent.controller,
            about=consent.public_id,
        ),
        actor=None,
        at=at,
    )
