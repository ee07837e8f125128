"""Random stocks: persons, how they are reached, and everything that a ledger can tell of them."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from consent import controllers, recording, references, suppression
from consent.decision.codes import PURPOSES, Channel
from consent.ledger import chain
from consent.models import ROOTS, Controller, EventKind, LedgerEvent, Subject, SuppressionEntry
from contacts.models import (
    Address,
    Company,
    ContactPoint,
    ContactPointHolder,
    Employment,
    Person,
    Source,
    SourceKind,
)
from crm.kernel.ids import uuid7

NOW = datetime(2026, 2, 28, 10, 0, tzinfo=UTC)
"""The last day of a short month: periods of months end in odd places before it."""
BEGAN = NOW - timedelta(days=5 * 366)
CHANNELS = ["email", "phone", "post", "sms"]
NAMES = ["newsletter", "product_offer", "partner_offer", "contract_info", "callback_requested"]
KINDS = ["EMAIL", "PHONE", "MOBILE", "FAX", "MESSENGER", "SOCIAL"]
ENDS = [EventKind.WITHDRAWN, EventKind.EXPIRED, EventKind.INVALIDATED]


class Stock:
    """Built from one seed; the same seed gives the same stock but for ids."""

    def __init__(self, seed: int, *, persons: int = 24, events: int = 160) -> None:
        self.dice = random.Random(seed)
        self.controllers = [controllers.default(), Controller.objects.create(name=f"Nord {seed}")]
        self.sources = [
            Source.objects.create(
                kind=kind, name=f"{kind} {seed}", created_at=BEGAN, **_licence(kind)
            )
            for kind in SourceKind.values
        ]
        self.company = Company.objects.create(
            name="Havelberg", source=self.sources[0], created_at=BEGAN, updated_at=BEGAN
        )
        self.points = [
            ContactPoint.objects.create(kind=kind, normalised=f"{kind} {at}", display=f"{at}")
            for at in range(persons)
            for kind in [self.dice.choice(KINDS), "EMAIL", "PHONE", "POSTAL"][:3 + at % 2]
            if not ContactPoint.objects.filter(kind=kind, normalised=f"{kind} {at}").exists()
        ]  # fmt: skip
        self.persons = [self._person(at) for at in range(persons)]
        times = sorted(self._moment() for _at in range(events))
        self.told = 0
        for at in times:
            self.happen(at)

    def happen(self, at: datetime) -> None:
        """One more thing, recorded ``at``."""
        act = self.dice.choices(
            [self._root, self._about, self._other, self._suppress, self._lift, self._merge],
            weights=[30, 30, 30, 6, 3, 2],
        )[0]
        act(at)

    def _person(self, at: int) -> Person:
        source = self.dice.choice(self.sources)
        born = self.dice.choice([None, None, None, date(1980, 5, 3), self._birthday()])
        person = Person.objects.create(
            given_name="Inge", surname=f"Abel {at}", birth_date=born, source=source,
            created_at=BEGAN, updated_at=BEGAN,
        )  # fmt: skip
        if self.dice.random() < 0.5:
            ended = self.dice.choice([None, None, NOW.date()])
            Employment.objects.create(
                person=person, company=self.company, source=source, created_at=BEGAN, ended_on=ended
            )
        for point in self.dice.sample(self.points, self.dice.randrange(5)):
            self._hold(person, point)
        return person

    def _hold(self, person: Person, point: ContactPoint) -> None:
        dice = self.dice
        source = dice.choice(self.sources)
        if point.kind == "POSTAL" and dice.random() < 0.8:
            for _row in range(dice.choice([1, 1, 2])):
                Address.objects.create(
                    person=person, contact_point=point, source=source, city="Berlin",
                    kind=dice.choice(["BUSINESS", "PRIVATE", "DELIVERY", "INVOICE"]),
                    valid_to=dice.choice([None, None, NOW.date()]),
                    confirmed_on=dice.choice([None, BEGAN.date(), NOW.date()]), created_at=BEGAN,
                )  # fmt: skip
            return
        verified = dice.choice([None, None, BEGAN.date(), NOW.date()])
        ContactPointHolder.objects.create(
            person=person, contact_point=point, source=source, created_at=BEGAN,
            status=dice.choice(["ACTIVE"] * 5 + ["BOUNCED", "RETIRED", "REASSIGNED"]),
            purpose=dice.choice(["", "BUSINESS", "PRIVATE"]), is_preferred=dice.random() < 0.3,
            verified_on=verified, verified_how="CALL" if verified else "",
        )  # fmt: skip

    def _root(self, at: datetime) -> None:
        dice = self.dice
        kind = dice.choice([EventKind.GRANTED] * 4 + [EventKind.PENDING] * 2 + sorted(ROOTS))
        details: dict[str, Any] = {
            "method": dice.choice(["web_form", "paper", "oral_inbound", "import"]),
            "proof": dice.choice(["full"] * 5 + ["none"]),
            "grade": dice.choice("AABBCD"),
        }
        for flaw, value in (
            ("preticked", True),
            ("coupled", dice.choice(["contract", "contest"])),
            ("tainted", True),
            ("guardian", True),
            ("text_missing", ["controller"]),
            ("valid_until", self._end()),
        ):
            if dice.random() < 0.08:
                details[flaw] = value
        person = self._somebody()
        self._tell(
            at, kind, person, point=self._own_point(person), details=details,
            controller=dice.choice([*self.controllers[:1] * 4, self.controllers[1]]).public_id,
            channels=dice.sample(CHANNELS, dice.choice([1, 2])),
            purposes=dice.sample(NAMES, dice.choice([1, 2])),
        )  # fmt: skip

    def _about(self, at: datetime) -> None:
        """Something about a consent: confirmed, used, ended, corrected, in no sensible order."""
        dice = self.dice
        root = self._earlier(sorted(ROOTS))
        if root is None:
            return
        kind = dice.choice([EventKind.CONFIRMED, EventKind.USED, EventKind.CORRECTED, *ENDS])
        details: dict[str, Any] = {"decision": str(uuid4())} if kind == EventKind.USED else {}
        if kind == EventKind.CONFIRMED:
            details = {"how": dice.choice(["email_link", "sms_code", "in_channel_reply"])}
        elif kind == EventKind.CORRECTED:
            details = dice.choice([{"proof": "full"}, {"grade": "A"}, {"valid_until": self._end()}])
        is_narrow = kind == EventKind.WITHDRAWN and dice.random() < 0.5
        recording.append(
            recording.Draft(
                kind=kind, effective_at=self._before(at), person=root.person, point=root.point,
                controller=root.controller, about=root.public_id, details=details,
                channels=dice.sample(CHANNELS, 1) if is_narrow else [],
                purposes=dice.sample(NAMES, 1) if is_narrow and dice.random() < 0.5 else [],
            ),
            actor=None, at=at,
        )  # fmt: skip

    def _other(self, at: datetime) -> None:
        dice, person = self.dice, self._somebody()
        point = self._own_point(person) if dice.random() < 0.5 else None
        kind, values = dice.choice(self._others(point))
        if kind in (EventKind.DECEASED, EventKind.RESTRICTED) and dice.random() < 0.6:
            return  # they would silence everything else
        self._tell(at, kind, person, point=point, **values)

    def _others(self, point: UUID | None) -> list[tuple[EventKind, dict[str, Any]]]:
        dice = self.dice
        channel, purpose = dice.choice(CHANNELS), dice.choice(NAMES)
        scope = dice.choice(["marketing_all", "channel", "purpose", *(["cp"] if point else [])])
        sale = {
            "sale": dice.choice(["paid", "free_account"]),
            **{
                flag: dice.random() < 0.8
                for flag in ("cp_from_sale", "own_similar", "notice_at_collection")
            },
        }
        service: dict[str, Any] = {"relation": dice.choice(["contract", "appointment", "request"])}
        if dice.random() < 0.4:
            service["until"] = self._end()
        if dice.random() < 0.4:
            service["cp_given_for"] = [dice.choice([purpose, str(point)])]
        cleared = {"channels": [channel], "purposes": [purpose]}
        return [
            (
                EventKind.OBJECTED,
                {
                    "details": {"scope": scope},
                    "channels": [channel] if scope == "channel" else [],
                    "purposes": [purpose] if scope == "purpose" else [],
                },
            ),
            (EventKind.SALE, {"details": sale}),
            (
                EventKind.PRESUMED,
                {"details": {"documented": True, "concrete": dice.random() < 0.8}},
            ),
            (EventKind.SERVICE, {"details": service}),
            (EventKind.INFORMED, {}),
            (EventKind.IDENTIFIED, {}),
            (EventKind.CLASSIFIED, {"details": {"type": dice.choice(["consumer", "business"])}}),
            (EventKind.DECEASED, {}),
            (EventKind.RESTRICTED, {"details": {"ground": "a"}}),
            (EventKind.USED, {"details": {"decision": str(uuid4())}}),
            (EventKind.CLEARED, {"details": {"until": chain.instant(self._instant())}, **cleared}),
        ]  # fmt: skip

    def _lift(self, at: datetime) -> None:
        found = self._earlier([EventKind.OBJECTED, EventKind.RESTRICTED])
        if found is None:
            return
        kinds = {
            EventKind.OBJECTED: EventKind.OBJECTION_LIFTED,
            EventKind.RESTRICTED: EventKind.RESTRICTION_LIFTED,
        }
        recording.append(
            recording.Draft(
                kind=kinds[EventKind(found.kind)], effective_at=self._before(at),
                person=found.person, point=found.point, about=found.public_id,
            ),
            actor=None, at=at,
        )  # fmt: skip

    def _suppress(self, at: datetime) -> None:
        entry = SuppressionEntry.objects.filter(closed=None).order_by("pk").last()
        if entry is not None and self.dice.random() < 0.3:
            suppression.lift(actor=None, entry=entry, reason="", at=max(at, self._last()))
            return
        point = self.dice.choice(self.points)
        suppression.suppress(
            actor=None, point=point, effective_at=self._before(at), at=at,
            channel=self.dice.choice(["*", *CHANNELS]),
        )  # fmt: skip

    def _merge(self, at: datetime) -> None:
        """As a merge leaves it: the references of one person stand for another one."""
        survivor, other = self.dice.sample(self.persons, 2)
        Subject.objects.filter(person=other).update(person=survivor)
        ContactPointHolder.objects.filter(person=other).delete()
        self.persons.remove(other)
        Person.with_aliases.filter(pk=other.pk).update(merged_into=survivor)
        self._tell(at, EventKind.MERGED, survivor)

    def _tell(self, at: datetime, kind: EventKind, person: Person, **values: Any) -> None:
        recording.append(
            recording.Draft(
                kind=kind, effective_at=self._before(at), id=uuid7(),
                person=self._subject(person), **values,
            ),
            actor=None, at=at,
        )  # fmt: skip

    def _subject(self, person: Person) -> UUID:
        own = list(Subject.objects.filter(person=person).values_list("ref", flat=True))
        return self.dice.choice([*own, references.subject_of(person)])

    def _somebody(self) -> Person:
        """The first few have long histories."""
        return self.persons[min(int(self.dice.expovariate(0.2)), len(self.persons) - 1)]

    def _own_point(self, person: Person) -> UUID:
        own = [row.contact_point for row in person.contact_points.all()]
        own += [row.contact_point for row in person.addresses.all()]
        return references.point_of(self.dice.choice([*own, *own, self.dice.choice(self.points)]))

    def _earlier(self, kinds: Sequence[str]) -> LedgerEvent | None:
        found = list(LedgerEvent.objects.filter(kind__in=kinds))
        return self.dice.choice(found) if found else None

    @staticmethod
    def _last() -> datetime:
        last = LedgerEvent.objects.order_by("-seq").first()
        return last.recorded_at if last else BEGAN

    def _moment(self) -> datetime:
        """Anywhere in five years, often just where one of the policy's periods ends."""
        if self.dice.random() < 0.4:
            year, month, day = self.dice.choice(
                [(2024, 2, 28), (2024, 2, 29), (2022, 2, 28), (2025, 8, 28), (2025, 8, 31)]
            )
            return datetime(year, month, day, self.dice.choice([9, 10, 11]), tzinfo=UTC)
        return BEGAN + self.dice.random() * (NOW - BEGAN)

    def _before(self, at: datetime) -> datetime:
        """When it took effect: mostly at once."""
        return min(at, self.dice.choice([at, at, at - timedelta(days=40), self._moment()]))

    def _instant(self) -> datetime:
        return NOW + timedelta(days=self.dice.choice([-300, -1, 0, 1, 300]))

    def _end(self) -> str:
        return self._instant().date().isoformat()

    def _birthday(self) -> date:
        """Of somebody who turned 16 in these years."""
        return date(2026 - 16 - self.dice.randrange(6), 2, 28)


def questions(dice: random.Random, *, count: int) -> list[dict[str, Any]]:
    """Random questions: any channel, any purpose, now or then, as known now or then."""
    return [
        {
            "channel": dice.choice([*CHANNELS, *CHANNELS, *Channel, "pigeon"]),
            "purpose": dice.choice([*NAMES, *NAMES, *NAMES, *PURPOSES, "fun"]),
            "at": dice.choice([NOW, NOW, NOW - timedelta(days=200)]),
            "known_at": dice.choice([None, None, NOW - timedelta(days=100), NOW]),
        }
        for _at in range(count)
    ]


def _licence(kind: str) -> dict[str, Any]:
    return {"licence": "einmalig", "use_until": NOW.date()} if kind == "SUPPLIER" else {}
