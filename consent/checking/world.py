"""What a vector's facts describe, set up with the real models and services."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from consent import circumstances, consents, controllers, gate, recording, suppression, texts
from consent.decision import codes
from consent.decision.vectors import Vector, instant, last_instant
from consent.models import (
    ConsentText,
    Controller,
    EventKind,
    Evidence,
    EvidenceKind,
    Grade,
    LedgerEvent,
    TextForm,
)
from contacts.models import (
    Address,
    ContactPoint,
    ContactPointHolder,
    ContactPointKind,
    Person,
    Source,
    SourceKind,
)

BEGINNING = datetime(2015, 1, 1, tzinfo=UTC)
KINDS = {
    "email": ContactPointKind.EMAIL,
    "phone": ContactPointKind.PHONE,
    "mobile": ContactPointKind.MOBILE,
    "fax": ContactPointKind.FAX,
    "postal": ContactPointKind.POSTAL,
    "messenger": ContactPointKind.MESSENGER,
    "social": ContactPointKind.SOCIAL,
    "video": ContactPointKind.MESSENGER,
}
KIND_OF_CHANNEL = {
    "sms": "mobile",
    "robocall": "phone",
    "post": "postal",
    "social_dm": "social",
}
SOURCES = {
    "address_supplier": SourceKind.SUPPLIER,
    "third_person": SourceKind.THIRD_PERSON,
    "public": SourceKind.PUBLIC,
    "public_directory": SourceKind.PUBLIC,
    "import": SourceKind.LIST,
}
EVERYTHING = {"channels": [*codes.Channel], "purposes": [*codes.PURPOSES]}


@dataclass(slots=True)
class World:
    """Persons, contact points and controllers of a vector by the names it gives them."""

    kind: str
    persons: dict[str, Person] = field(default_factory=dict)
    points: dict[str, ContactPoint] = field(default_factory=dict)
    consents: dict[str, LedgerEvent] = field(default_factory=dict)
    _texts: dict[int, ConsentText] = field(default_factory=dict)
    _acts: list[tuple[datetime, Callable[[], None]]] = field(default_factory=list)

    def person(self, name: str, born: str | None = None) -> Person:
        """The person of that name."""
        if name not in self.persons:
            self.persons[name] = Person.objects.create(
                given_name="Vektor",
                surname=name,
                birth_date=date.fromisoformat(born) if born else None,
                source=_source(SourceKind.MANUAL),
                created_at=BEGINNING,
                updated_at=BEGINNING,
            )
        return self.persons[name]

    def point(self, name: str, kind: str | None = None) -> ContactPoint:
        """The contact point of that name."""
        if name not in self.points:
            self.points[name], _created = ContactPoint.objects.get_or_create(
                kind=KINDS.get(kind or self.kind, ContactPointKind.MESSENGER),
                normalised=f"vector {name}",
                defaults={"display": name},
            )
        return self.points[name]

    def hold(self, person: Person, point: ContactPoint, **values: Any) -> None:
        """Give the person the contact point; an address through an address."""
        source = _source(SOURCES.get(values.pop("source", ""), SourceKind.MANUAL))
        if point.kind == ContactPointKind.POSTAL:
            is_over = values.get("status", "ACTIVE") != "ACTIVE"
            Address.objects.get_or_create(
                person=person,
                contact_point=point,
                defaults={
                    "source": source,
                    "street": "Vektorweg",
                    "postal_code": "10115",
                    "city": "Berlin",
                    "created_at": BEGINNING,
                    "valid_to": BEGINNING.date() if is_over else None,
                },
            )
            return
        ContactPointHolder.objects.get_or_create(
            person=person,
            contact_point=point,
            defaults={"source": source, "created_at": BEGINNING, **values},
        )

    def controller(self, name: str) -> Controller:
        """C1 is the installation's own, any other one of its own."""
        if name == "C1":
            return controllers.default()
        return Controller.objects.get_or_create(name=f"Vektor {name}")[0]

    def text(self, controller: Controller) -> ConsentText:
        """A published text that names everything."""
        if controller.pk not in self._texts:
            draft = texts.draft(
                actor=None,
                code=f"vector-{controller.pk}",
                form=TextForm.PAPER,
                title="Vektor",
                body="Vektor",
                elements=list(texts.ELEMENTS),
                controller=controller,
                at=BEGINNING,
                **EVERYTHING,
            )
            self._texts[controller.pk] = texts.publish(actor=None, text=draft, at=BEGINNING)
        return self._texts[controller.pk]

    def later(self, recorded_at: datetime, act: Callable[[], None]) -> None:
        """Do something when it is its turn: the ledger is written in the order of recording."""
        self._acts.append((recorded_at, act))

    def happen(self) -> None:
        """Do everything in its order."""
        for _at, act in sorted(self._acts, key=lambda each: each[0]):
            act()
        self._acts.clear()


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
            lambda: _ignore(
                circumstances.classify(
                    actor=None,
                    person=asked,
                    recipient_type=vector.recipient_type,
                    basis="Vektor",
                    at=BEGINNING,
                )
            ),
        )
    if person.get("status") == "deceased":
        world.later(
            BEGINNING,
            lambda: _ignore(
                circumstances.note_death(actor=None, person=asked, died_at=BEGINNING, at=BEGINNING)
            ),
        )
    for each in given.get("consents", []):
        _consent(world, each)
    for each in given.get("objections", []):
        _objection(world, each)
    for each in given.get("suppression", []):
        _suppression(world, each)
    _rest(world, vector, asked, cp)
    world.happen()
    return world


def _consent(world: World, given: Mapping[str, Any]) -> None:
    person = world.person(given.get("person", "p1"))
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
            lambda: _ignore(
                consents.confirm(
                    actor=None,
                    consent=world.consents[name],
                    how=proof["kind"],
                    point=other,
                    channels=given["channels"],
                    effective_at=confirmed,
                    at=max(confirmed, recorded),
                )
            ),
        )
    for used in map(instant, given.get("uses", [])):
        world.later(max(used, recorded), lambda used=used: _used(world.consents[name], used))
    for end in given.get("withdrawals", []):
        _withdrawal(world, name, end)


def _withdrawal(world: World, name: str, end: Mapping[str, Any]) -> None:
    at = instant(end["at"])
    recorded = instant(end.get("recorded_at") or end["at"])
    world.later(
        recorded,
        lambda: _ignore(
            consents.withdraw(
                actor=None,
                consents=[world.consents[name]],
                received_at=at,
                channels=[end["channel"]] if end.get("channel") else [],
                purposes=[end["purpose"]] if end.get("purpose") else [],
                via="vector",
                at=recorded,
            )
        ),
    )


def _objection(world: World, given: Mapping[str, Any]) -> None:
    at = instant(given["at"])
    recorded = instant(given.get("recorded_at") or given["at"])
    scope, value = given.get("scope") or "marketing_all", given.get("value") or ""
    world.later(
        recorded,
        lambda: _ignore(
            circumstances.object_to_marketing(
                actor=None,
                person=world.person(given.get("person", "p1")),
                received_at=at,
                via="vector",
                scope=scope,
                value="" if scope == "cp" else value,
                point=world.point(value) if scope == "cp" else None,
                at=recorded,
            )
        ),
    )


def _suppression(world: World, given: Mapping[str, Any]) -> None:
    at = instant(given["at"])
    world.later(
        at,
        lambda: _ignore(
            suppression.suppress(
                actor=None,
                point=world.point(given.get("cp", "cp1")),
                channel=given.get("channel") or "*",
                on=given.get("list", "internal"),
                effective_at=at,
                at=at,
            )
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
            lambda: _ignore(
                circumstances.note_sale(
                    actor=None,
                    person=person,
                    point=world.point(sale["cp"]) if sale.get("cp") else point,
                    sold_at=sold,
                    sale=sale.get("sale", "paid"),
                    is_from_sale=bool(sale.get("cp_from_sale")),
                    is_own_similar=bool(sale.get("own_similar")),
                    has_notice=bool(sale.get("notice_at_collection")),
                    at=sold,
                )
            ),
        )
    noted = given.get("presumed") or {}
    if noted.get("documented"):
        noted_at = instant(noted["at"]) if noted.get("at") else now - timedelta(seconds=1)
        world.later(
            noted_at,
            lambda: _ignore(
                circumstances.presume_interest(
                    actor=None,
                    person=person,
                    why=noted.get("why") or "Vektor",
                    is_concrete=bool(noted.get("concrete")),
                    noted_at=noted_at,
                    at=noted_at,
                )
            ),
        )
    if (relation := given.get("service")) and relation.get("relation"):
        _service(world, relation, person, now)
    art14 = given.get("art14", {}).get("status", "not_needed")
    if art14 == "not_needed":
        world.later(
            BEGINNING,
            lambda: _ignore(
                circumstances.note_informed(
                    actor=None, person=person, informed_at=BEGINNING, medium="letter", at=BEGINNING
                )
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
            lambda: _ignore(
                circumstances.lift(
                    actor=None, event=made[0], reason="Vektor", effective_at=ends, at=ends
                )
            ),
        )


def _service(world: World, relation: Mapping[str, Any], person: Person, now: datetime) -> None:
    given_for = relation.get("cp_given_for")
    given_for = [given_for] if isinstance(given_for, str) else given_for
    purposes = None if given_for in (None, True) else list(given_for or ())
    since = min(now, BEGINNING + timedelta(days=1))
    world.later(
        since,
        lambda: _ignore(
            circumstances.note_service(
                actor=None,
                person=person,
                relation=relation["relation"],
                since=since,
                until=last_instant(relation["until"]) if relation.get("until") else None,
                purposes=purposes,
                at=since,
            )
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


def _used(consent: LedgerEvent, at: datetime) -> None:
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


def evidence(name: str) -> Evidence:
    """Proof of the best grade, without a file."""
    digest = hashlib.sha256(f"vector {name}".encode()).hexdigest()
    return Evidence.objects.get_or_create(
        sha256=digest,
        defaults={
            "kind": EvidenceKind.NOTE,
            "grade": Grade.A,
            "media_type": "text/plain",
            "size": 0,
            "created_at": BEGINNING,
        },
    )[0]


def _source(kind: SourceKind) -> Source:
    is_bought = kind == SourceKind.SUPPLIER
    return Source.objects.get_or_create(
        name=f"Vektor {kind}",
        defaults={
            "kind": kind,
            "licence": "Vektor" if is_bought else "",
            "use_until": date(2099, 12, 31) if is_bought else None,
            "created_at": BEGINNING,
        },
    )[0]


def _ignore(_made: object) -> None:
    """A lambda that only acts."""
