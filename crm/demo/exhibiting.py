"""The demo company's fair: a stand, slips by the dozen, and what has come of them so far."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from consent import controllers
from consent.models import ConsentText, TextStatus
from contacts.models import ContactPointHolder, Person
from crm.accounts.models import User
from crm.demo import visitors
from crm.demo.visitors import KNOWN_NEEDS, SPELLINGS, Visitor
from history import activities
from history.fairs import capturing, devices, dropping, events, taking_over
from history.fairs.capturing import Sent
from history.models import CaptureDevice, Event, LeadCapture, LeadState

NAME: Final = "Raumlicht Berlin 2026"
AGO: Final = 9
"""The last day of the fair, in days from today."""
SET_UP: Final = 40
STAND: Final = ("vertrieb", "k.behrens", "vertrieb-sued", "a.oeztuerk", "teamleitung")
SHARES: Final = (14, 10, 8, 6, 2)
OFFERED: Final = "slip"
HOURS: Final = ((10, 3), (11, 7), (12, 4), (13, 2), (14, 6), (15, 8), (16, 7), (17, 3))
UMLAUTS: Final = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"))
REASONS: Final = ("kein Bedarf", "Student oder Bewerberin", "Wettbewerb")
Staff = Mapping[str, User]
Act = tuple[datetime, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class _Fair:
    event: Event
    text: ConsentText | None
    devices: Mapping[str, CaptureDevice]
    at: datetime


@transaction.atomic
def exhibit(*, staff: Staff, at: datetime) -> int:
    """The fair with about forty leads; gives their number, and 0 if there is one already.

    Everything goes the way of the stand and the desk, in the order of its time, and is the same in
    every demo of the same day.
    """
    if Event.objects.exists():
        return 0
    dice = random.Random(4_2_118)
    fair = _set_up(staff, at=at)
    acts: list[Act] = []
    slips = [*visitors.VISITORS, *_known(staff, dice)]
    dice.shuffle(slips)
    for number, (moment, visitor) in enumerate(
        zip(_moments(len(slips), dice, at), slips, strict=True)
    ):
        acts += _story(number, visitor, fair, moment, dice)
    for _at, act in sorted(acts, key=lambda each: each[0]):
        act()
    events.close(actor=staff["teamleitung"], event=fair.event, at=at - timedelta(days=AGO - 1))
    return fair.event.leads.count()


def _set_up(staff: Staff, *, at: datetime) -> _Fair:
    begun = at - timedelta(days=SET_UP)
    last = timezone.localtime(at).date() - timedelta(days=AGO)
    published = ConsentText.objects.filter(status=TextStatus.PUBLISHED, language="de")
    text = published.filter(code=OFFERED).first()
    event = events.create(
        actor=staff["teamleitung"],
        values={
            "name": NAME,
            "stand": "4.2-118",
            "place": "Messe Berlin",
            "starts_on": last - timedelta(days=2),
            "ends_on": last,
            "controller": controllers.default(),
            "team": [staff[mailbox] for mailbox in STAND],
            "texts": [text] if text else [],
            "target_leads": 60,
            "badge_licence": "Badges dürfen gelesen werden; Daten nur für das eigene Nachfassen.",
            "delete_on": last + timedelta(days=180),
        },
        at=begun,
    )
    known = {
        mailbox: devices.register(
            actor=staff[mailbox], event=event, name=f"Handy {staff[mailbox].first_name}", at=begun
        )[0]
        for mailbox in STAND
    }
    return _Fair(event, text, known, at)


def _known(staff: Staff, dice: random.Random) -> Iterator[Visitor]:
    """Contacts of the house whose names were understood a little differently."""
    rows = Person.objects.filter(surname__in=SPELLINGS, employments__ended_on=None, owner__in=[
        staff[mailbox] for mailbox in STAND
    ])  # fmt: skip
    people = rows.exclude(employments=None).distinct().order_by("pk")
    for need, person in zip(KNOWN_NEEDS, people[: len(KNOWN_NEEDS)], strict=False):
        role = person.employments.select_related("company").filter(ended_on=None)[0]
        mobile = ContactPointHolder.objects.filter(
            person=person, contact_point__kind__in=("MOBILE", "PHONE")
        ).first()
        yield Visitor(
            f"{person.given_name} {SPELLINGS[person.surname]}",
            str(role.company),
            role.function,
            need,
            "",
            dice.choice("AABC"),
            dice.choice((visitors.HOT, visitors.WARM, visitors.MILD)),
            dice.choice(({"email": "YES"}, {"email": "YES", "phone": "YES"}, {})),
            mobile=mobile.contact_point.normalised if mobile else "",
        )


def _moments(count: int, dice: random.Random, at: datetime) -> Sequence[datetime]:
    """When the slips were captured: three days, most around eleven and four."""
    last = timezone.localtime(at).date() - timedelta(days=AGO)
    hours = [hour for hour, weight in HOURS for _each in range(weight)]
    return [
        timezone.make_aware(
            datetime.combine(
                last - timedelta(days=dice.choice((0, 1, 1, 2))),
                time(dice.choice(hours), dice.randrange(60), dice.randrange(60)),
            )
        )
        for _each in range(count)
    ]


def _story(
    number: int, visitor: Visitor, fair: _Fair, moment: datetime, dice: random.Random
) -> list[Act]:
    """The slip; most are answered, in time or not, some taken over, a few dropped."""
    mailbox = dice.choices(STAND, SHARES)[0]
    device = fair.devices[mailbox]
    client_id = UUID(int=dice.getrandbits(128), version=4)
    sent = Sent(captured_at=moment, device_now=moment, fields=_fields(visitor, fair, number))
    acts: list[Act] = [
        (
            moment,
            lambda: capturing.arrive(device=device, client_id=client_id, sent=sent, at=moment),
        )
    ]
    answered = moment + timedelta(hours=dice.choice((4, 18, 22, 47, 70, 100)))
    decided = answered + timedelta(hours=dice.choice((1, 20, 30)))
    fate = dice.choices(("open", "answered", "taken", "dropped"), (10, 11, 11, 5))[0]
    if visitor.grade in ("", "C") and fate == "taken":
        fate = "dropped"
    if decided >= fair.at or not visitor.name:
        return acts
    actor = device.user
    if fate in ("answered", "taken"):
        acts.append((answered, lambda: _answer(actor, client_id, answered)))
    if fate == "taken":
        acts.append((decided, lambda: _take_over(actor, client_id, decided)))
    if fate == "dropped":
        reason = dice.choice(REASONS)
        acts.append((decided, lambda: _drop(actor, client_id, reason, decided)))
    return acts


def _fields(visitor: Visitor, fair: _Fair, number: int) -> dict[str, Any]:
    plain = _mailbox(visitor.name)
    return {
        "name": visitor.name,
        "company_name": visitor.company,
        "function": visitor.function,
        "email": f"{plain}@gast{number:02}.example" if visitor.email and plain else "",
        "phone": f"030 23125 {200 + number}" if visitor.said.get("phone") else "",
        "mobile": visitor.mobile,
        "need": visitor.need,
        "note": visitor.note,
        "grade": visitor.grade,
        "answers": visitor.answers,
        "next_step": visitor.next_step,
        "opt_ins": [
            {"text": str(fair.text.public_id), "channel": channel, "answer": answer}
            for channel, answer in visitor.said.items()
            if fair.text is not None and channel in fair.text.channels
        ],
    }


def _mailbox(name: str) -> str:
    """The surname in letters that an e-mail address may have."""
    text = name.split()[-1].lower() if name else ""
    for sign, plain in UMLAUTS:
        text = text.replace(sign, plain)
    return "".join(sign for sign in text if sign.isascii() and (sign.isalnum() or sign == "-"))


def _lead(client_id: UUID) -> LeadCapture:
    return LeadCapture.objects.with_all().get(client_id=client_id)


def _answer(actor: User, client_id: UUID, at: datetime) -> None:
    lead = _lead(client_id)
    if lead.activity is not None and lead.activity.is_open:
        activities.complete(actor=actor, activity=lead.activity, at=at)


def _take_over(actor: User, client_id: UUID, at: datetime) -> None:
    lead = _lead(client_id)
    values: dict[str, Any] = {"company_name": lead.company_name}
    taking_over.take_over(actor=actor, lead=lead, values=values, at=at)


def _drop(actor: User, client_id: UUID, reason: str, at: datetime) -> None:
    lead = _lead(client_id)
    if lead.state == LeadState.NEW:
        dropping.drop(actor=actor, lead=lead, reason=reason, at=at)
