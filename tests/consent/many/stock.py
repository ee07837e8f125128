"""Random stocks of persons that are nearly alike: what only looks the same has to be told apart.

Each history of a few events is told of several persons, with some times, points and details
changed. Much is equal by chance, so that many share an answer.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from consent import controllers, recording, references, suppression
from consent.decision.codes import PURPOSES, Channel
from consent.ledger import chain
from consent.models import ROOTS, EventKind, Subject, SuppressionEntry
from contacts.models import (
    Address,
    Company,
    ContactPoint,
    ContactPointHolder,
    Employment,
    Person,
    Source,
)
from crm.kernel.ids import uuid7

NOW = datetime(2026, 2, 28, 10, 0, tzinfo=UTC)
"""The last day of a short month: periods of months end in odd places before it."""
BEGAN = datetime(2021, 1, 1, tzinfo=UTC)
RECORDED = [NOW - timedelta(days=250), NOW - timedelta(days=120), NOW]
CHANNELS = ["email", "phone", "post", "sms"]
NAMES = ["newsletter", "partner_offer", "contract_info", "callback_requested"]
POINTS = ["EMAIL", "MOBILE", "POSTAL"]
ENDS = [EventKind.WITHDRAWN, EventKind.EXPIRED, EventKind.INVALIDATED]
MOMENTS = [
    NOW - timedelta(days=days, hours=hours)
    for days, hours in [(1500, 0), (900, 0), (400, 0), (300, 0), (260, 1), (130, 0), (5, 0)]
] + [
    datetime(*day, hour, tzinfo=UTC)
    for day in [(2024, 2, 28), (2024, 2, 29), (2022, 2, 28), (2025, 8, 28), (2025, 8, 31)]
    for hour in [10, 11]
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An event of a history; ``about`` is the place of another one, ``point`` whose point it is
    of: the person's own one of a kind, somebody else's, or none."""

    kind: EventKind
    at: datetime
    point: str = ""
    is_own: bool = True
    about: int | None = None
    controller: int | None = None
    channels: list[str] = field(default_factory=list)
    purposes: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)


class Stock:
    """Built from one seed: ``histories`` times ``twins`` persons."""

    def __init__(self, seed: int, *, histories: int = 8, twins: int = 6) -> None:
        self.dice = random.Random(seed)
        other, _new = type(controllers.default()).objects.get_or_create(name="Nord")
        self.controllers = [controllers.default(), other]
        self.sources = {
            kind: Source.objects.get_or_create(
                kind=kind, name=kind, defaults={"created_at": BEGAN, **_licence(kind)}
            )[0]
            for kind in ("MANUAL", "SUPPLIER")
        }
        known = {"source": self.sources["MANUAL"], "created_at": BEGAN}
        self.known = known
        self.company = Company.objects.create(name="Havelberg", updated_at=BEGAN, **known)
        count = histories * twins
        self.persons = Person.objects.bulk_create(
            Person(
                given_name="Inge", surname=f"Abel {at}", updated_at=BEGAN, **known,
                birth_date=self.dice.choice([None] * 8 + [date(1980, 5, 3), self._birthday()]),
            )
            for at in range(count)
        )  # fmt: skip
        values = [(kind, f"{kind} {seed} {at}") for at in range(count) for kind in POINTS]
        made = ContactPoint.objects.bulk_create(
            ContactPoint(kind=kind, normalised=value, display=value) for kind, value in values
        )
        self.points = [made[at : at + 3] for at in range(0, 3 * count, 3)]
        self._hold()
        self._tell([self._history() for _at in range(histories)], twins)
        self._suppress()
        self._merge()

    def more(self) -> None:
        """One more event for a few: nothing that is folded yet tells of them."""
        for person in self.dice.sample(self.persons, 4):
            event = Told(EventKind.OBJECTED, NOW, details={"scope": "marketing_all"})
            self._append([(False, self._draft(event, person, 0))], at=NOW)

    def consent(self) -> None:
        """Everybody consents to the newsletter by e-mail, as well as it can be proved."""
        consent = Told(
            EventKind.GRANTED, NOW - timedelta(days=60), "EMAIL", controller=0,
            channels=["email"], purposes=["newsletter"],
            details={"method": "paper", "grade": "A", "proof": "full"},
        )  # fmt: skip
        drafts = [
            self._draft(consent, person, int(person.surname.split()[-1])) for person in self.persons
        ]
        self._append([(False, draft) for draft in drafts], at=NOW)

    def _hold(self) -> None:
        dice = self.dice
        holders: list[ContactPointHolder] = []
        addresses: list[Address] = []
        for at, person in enumerate(self.persons):
            near = self.points[at - 1] if dice.random() < 0.04 else []
            for point in [*self.points[at], *near]:
                if dice.random() < 0.03:
                    continue
                source = self.sources["SUPPLIER" if dice.random() < 0.05 else "MANUAL"]
                values = {**self.known, "source": source, "person": person, "contact_point": point}
                if point.kind == "POSTAL" and dice.random() < 0.9:
                    for _row in range(dice.choice([1, 1, 1, 2])):
                        addresses.append(Address(
                            **values, city="Berlin", kind=dice.choice(["BUSINESS", "PRIVATE"]),
                            valid_to=dice.choice([None] * 5 + [NOW.date()]),
                            confirmed_on=dice.choice([None, None, BEGAN.date(), NOW.date()]),
                        ))  # fmt: skip
                    continue
                verified = dice.choice([None] * 4 + [BEGAN.date(), NOW.date()])
                holders.append(ContactPointHolder(
                    **values, status=dice.choice(["ACTIVE"] * 30 + ["BOUNCED"]),
                    purpose=dice.choice(["BUSINESS"] * 12 + ["", "PRIVATE"]),
                    is_preferred=dice.random() < 0.1,
                    verified_on=verified, verified_how="CALL" if verified else "",
                ))  # fmt: skip
        ContactPointHolder.objects.bulk_create(holders)
        Address.objects.bulk_create(addresses)
        Employment.objects.bulk_create(
            Employment(person=person, company=self.company, **self.known)
            for person in self.persons
            if dice.random() < 0.9
        )

    def _history(self) -> list[Told]:
        dice = self.dice
        told: list[Told] = []
        for _at in range(dice.choice([1, 2, 2, 3, 4])):
            roots = [at for at, event in enumerate(told) if event.kind in ROOTS]
            if not roots or dice.random() < 0.2:
                told.append(self._root() if dice.random() < 0.7 else self._other())
            elif dice.random() < 0.7:
                told.append(self._about(dice.choice(roots)))
            else:
                told.append(self._other())
        lifts = {
            EventKind.OBJECTED: EventKind.OBJECTION_LIFTED,
            EventKind.RESTRICTED: EventKind.RESTRICTION_LIFTED,
        }
        for at, event in enumerate(list(told)):
            if event.kind in lifts and dice.random() < 0.4:
                told.append(Told(lifts[event.kind], self._moment(), about=at))
        return told

    def _twin(self, history: list[Told]) -> list[Told]:
        """The same, or the same but for one thing."""
        dice = self.dice
        if dice.random() < 0.4:
            return history
        changed, at = list(history), dice.randrange(len(history))
        event = changed[at]
        roots = [n for n, each in enumerate(history) if each.kind in ROOTS]
        kind = dice.randrange(6)
        if kind < 3:
            changed[at] = replace(event, at=self._moment())
        elif kind == 3 and event.point:
            changed[at] = replace(event, is_own=not event.is_own)
        elif kind == 4 and roots:
            changed.append(self._about(roots[0]))
        elif event.kind in ROOTS:
            changed[at] = replace(event, details={**event.details, "grade": "C"})
        elif event.kind == EventKind.CLASSIFIED:
            changed[at] = replace(event, details={"type": dice.choice(["consumer", "business"])})
        return changed

    def _root(self) -> Told:
        dice = self.dice
        kinds = [EventKind.GRANTED, EventKind.GRANTED, EventKind.PENDING, EventKind.RENEWED]
        details: dict[str, Any] = {"method": dice.choice(["web_form", "paper"]), "grade": "A"}
        details["proof"] = dice.choice(["full"] * 6 + ["none"])
        flaws: list[tuple[str, Any]] = [
            ("preticked", True), ("coupled", "contract"), ("coupled", "contest"),
            ("tainted", True), ("guardian", True), ("text_missing", ["controller"]),
            ("valid_until", self._end()),
        ]  # fmt: skip
        details |= dict([dice.choice(flaws)]) if dice.random() < 0.3 else {}
        return Told(
            dice.choice([*kinds, *kinds, *sorted(ROOTS)]), self._moment(), dice.choice(POINTS),
            controller=dice.choice([0, 0, 0, 1]), details=details,
            channels=dice.sample(CHANNELS, dice.choice([1, 2, 3])),
            purposes=["newsletter", *dice.sample(NAMES[1:], 1)],
        )  # fmt: skip

    def _about(self, root: int) -> Told:
        dice = self.dice
        kind = dice.choice([EventKind.CONFIRMED, EventKind.USED, EventKind.CORRECTED, *ENDS])
        details: dict[str, Any] = {"decision": str(uuid4())} if kind == EventKind.USED else {}
        if kind == EventKind.CONFIRMED:
            details = {"how": dice.choice(["email_link", "sms_code", "in_channel_reply"])}
        elif kind == EventKind.CORRECTED:
            details = dice.choice([{"proof": "full"}, {"grade": "B"}, {"valid_until": self._end()}])
        is_narrow = kind == EventKind.WITHDRAWN and dice.random() < 0.5
        return Told(
            kind, self._moment(), dice.choice(POINTS), about=root, details=details,
            channels=dice.sample(CHANNELS, 1) if is_narrow else [],
            purposes=["newsletter"] if is_narrow and dice.random() < 0.5 else [],
        )  # fmt: skip

    def _other(self) -> Told:
        dice = self.dice
        channel, purpose = dice.choice(CHANNELS), dice.choice(NAMES)
        scope = dice.choice(["marketing_all", "channel", "purpose", "cp"])
        flags = ("cp_from_sale", "own_similar", "notice_at_collection")
        sale = {flag: dice.random() < 0.9 for flag in flags}
        service: dict[str, Any] = {"relation": dice.choice(["contract", "appointment", "request"])}
        if dice.random() < 0.5:
            service["until"] = self._end()
        if dice.random() < 0.5:
            service["cp_given_for"] = [dice.choice([purpose, "POINT"])]
        at, point = self._moment(), dice.choice(["", *POINTS])
        return dice.choice([
            Told(
                EventKind.OBJECTED, at, point or "EMAIL", details={"scope": scope},
                channels=[channel] if scope == "channel" else [],
                purposes=[purpose] if scope == "purpose" else [],
            ),
            Told(EventKind.SALE, at, point, details={"sale": "paid", **sale}),
            Told(EventKind.SALE, at, point, details={"sale": "free_account", **sale}),
            Told(EventKind.PRESUMED, at, details={"documented": True, "concrete": True}),
            Told(EventKind.SERVICE, at, point, details=service),
            Told(EventKind.INFORMED, at),
            Told(EventKind.IDENTIFIED, at),
            Told(EventKind.CLASSIFIED, at, details={"type": dice.choice(["consumer", "business"])}),
            Told(EventKind.DECEASED, at),
            Told(EventKind.RESTRICTED, at, details={"ground": "a"}),
            Told(EventKind.USED, at, details={"decision": str(uuid4())}),
            Told(
                EventKind.CLEARED, at, point, channels=[channel], purposes=[purpose],
                details={"until": chain.instant(self._instant())},
            ),
        ])  # fmt: skip

    def _tell(self, histories: list[list[Told]], twins: int) -> None:
        """Append everything in three batches, most of it with the first one that it fits in."""
        drafts = []
        for at, person in enumerate(self.persons):
            history = self._twin(histories[at // twins])
            ids = [uuid7() for _event in history]
            for n, event in enumerate(history):
                late = self.dice.random() < 0.05
                drafts.append((late, self._draft(event, person, at, ids=ids, own=n)))
        for recorded in RECORDED:
            now = [
                (late, draft)
                for late, draft in drafts
                if draft.effective_at <= recorded and (not late or recorded == NOW)
            ]
            drafts = [each for each in drafts if each not in now]
            self._append(now, at=recorded)

    def _draft(
        self, event: Told, person: Person, at: int, *, ids: list[UUID] | None = None, own: int = 0
    ) -> recording.Draft:
        whose = at if event.is_own else at - 1
        point = None
        if event.point:
            point = references.point_of(self.points[whose][POINTS.index(event.point)])
        details = dict(event.details)
        if details.get("cp_given_for") == ["POINT"]:
            details["cp_given_for"] = [str(point)]
        return recording.Draft(
            kind=event.kind, effective_at=event.at, person=references.subject_of(person),
            point=point, details=details, channels=event.channels, purposes=event.purposes,
            controller=(
                None if event.controller is None else self.controllers[event.controller].public_id
            ),
            about=ids[event.about] if ids and event.about is not None else None,
            id=ids[own] if ids else uuid4(),
        )  # fmt: skip

    @staticmethod
    def _append(drafts: Sequence[tuple[bool, recording.Draft]], *, at: datetime) -> None:
        recording.append_all([draft for _late, draft in drafts], actor=None, at=at)

    def _suppress(self) -> None:
        for point in self.dice.sample([point for own in self.points for point in own], 6):
            suppression.suppress(
                actor=None, point=point, effective_at=self._moment(), at=NOW,
                channel=self.dice.choice(["*", *CHANNELS]),
            )  # fmt: skip
        for entry in SuppressionEntry.objects.all()[:2]:
            suppression.lift(actor=None, entry=entry, reason="", at=NOW)

    def _merge(self) -> None:
        """As a merge leaves it: the references of one person stand for another one."""
        for _at in range(2):
            survivor, other = self.dice.sample(self.persons, 2)
            Subject.objects.filter(person=other).update(person=survivor)
            ContactPointHolder.objects.filter(person=other).delete()
            Person.with_aliases.filter(pk=other.pk).update(merged_into=survivor)
            self.persons.remove(other)

    def _moment(self) -> datetime:
        return self.dice.choice(MOMENTS)

    def _instant(self) -> datetime:
        return NOW + timedelta(days=self.dice.choice([-300, -1, 0, 1, 300]))

    def _end(self) -> str:
        return self._instant().date().isoformat()

    def _birthday(self) -> date:
        """Of somebody who turned 16 in these years."""
        return date(2010 - self.dice.randrange(5), 2, 28)


def questions(dice: random.Random, *, count: int) -> list[dict[str, Any]]:
    """Random questions: any channel, any purpose, now or then, as known now or then."""
    return [
        {
            "channel": dice.choice([*CHANNELS * 3, *Channel, "pigeon"]),
            "purpose": dice.choice([*NAMES[:1] * 6, *NAMES * 3, *PURPOSES, "fun"]),
            "at": dice.choice([NOW, NOW, NOW, NOW - timedelta(days=200)]),
            "known_at": dice.choice([None, None, NOW - timedelta(days=100), NOW]),
        }
        for _at in range(count)
    ]


def _licence(kind: str) -> dict[str, Any]:
    return {"licence": "einmalig", "use_until": NOW.date()} if kind == "SUPPLIER" else {}
