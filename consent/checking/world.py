"""What a vector's facts describe, set up with the real models and services."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from consent import (
    controllers,
    texts,
)
from consent.decision import codes
from consent.models import (
    ConsentText,
    Controller,
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


@dataclass(slots=True)
class World:
    """Persons, contact points and controllers of a vector by the names it gives them."""

    kind: str
    persons: dict[str, Person] = field(default_factory=dict)
    points: dict[str, ContactPoint] = field(default_factory=dict)
    consents: dict[str, LedgerEvent] = field(default_factory=dict)
    _texts: dict[int, ConsentText] = field(default_factory=dict)
    _acts: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)

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
                channels=[*codes.Channel],
                purposes=[*codes.PURPOSES],
            )
            self._texts[controller.pk] = texts.publish(actor=None, text=draft, at=BEGINNING)
        return self._texts[controller.pk]

    def later(self, recorded_at: datetime, act: Callable[[], object]) -> None:
        """Do something when it is its turn: the ledger is written in the order of recording."""
        self._acts.append((recorded_at, act))

    def happen(self) -> None:
        """Do everything in its order."""
        for _at, act in sorted(self._acts, key=lambda each: each[0]):
            act()
        self._acts.clear()


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
