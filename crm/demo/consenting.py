"""Consents of the demo company's contacts: given, used, withdrawn, doubted, over two years."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from consent import (
    circumstances,
    consents,
    controllers,
    evidences,
    gate,
    starters,
    suppression,
    texts,
)
from consent.models import ConsentText, Controller, Evidence, LedgerEvent, TextStatus
from consent.optin import sign_up_forms
from contacts.models import ContactPoint, ContactPointHolder, ContactPointStatus, Person
from crm.demo import cast, informing, staff

PEOPLE = 160
YEARS = 820  # days back to the first consent: some are to be looked at after 24 months
BEFORE = timedelta(days=YEARS + 30)
Act = tuple[datetime, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class _Stock:
    controller: Controller
    slip: ConsentText
    call: ConsentText
    paper: Evidence
    note: Evidence


@transaction.atomic
def declare(*, at: datetime) -> int:
    """Publish the texts and let people declare what people declare; gives their number.

    Everything is recorded in the order of its time, by the functions that the screens call, and
    is the same in every demo of the same day.
    """
    if ConsentText.objects.exists():
        return 0
    stock = _published(at - BEFORE)
    dice = random.Random(2026)
    acts: list[Act] = []
    reached = _reached(dice)
    for number, (person, mailbox, phone) in enumerate(reached):
        acts += _story(number, person, mailbox, phone, stock, dice=dice, at=at)
    acts += informing.acts([person for person, *_ways in reached], stock.controller, at=at)
    for _at, act in sorted(acts, key=lambda each: each[0]):
        act()
    newsletter = ConsentText.objects.get(code="newsletter", language="de")
    sign_up_forms.open_for(actor=None, text=newsletter, at=at)
    return len(reached)


def _published(at: datetime) -> _Stock:
    controller = controllers.default()
    controller.name, controller.city = "Nordlicht Messetechnik GmbH", "Hamburg"
    controller.street, controller.postal_code = "Speicherkai 12", "20457"
    controller.authority = "Hamburgischer Beauftragter für Datenschutz und Informationsfreiheit"
    controller.email = f"info@{staff.DOMAIN}"
    controller.privacy_contact = f"datenschutz@{staff.DOMAIN}"
    controller.save()
    drafts = starters.create(actor=None, controller=controller, at=at)
    for draft in drafts:
        texts.publish(actor=None, text=draft, at=at)
    german = {
        text.code: text
        for text in ConsentText.objects.filter(language="de", status=TextStatus.PUBLISHED)
    }
    return _Stock(
        controller=controller,
        slip=german["slip"],
        call=german["sales-call"],
        paper=_evidence("LETTER", "A", "Unterschriebener Zettel (Muster der Demo)", at),
        note=_evidence("NOTE", "C", "Vermerk nach einem Gespräch (Muster der Demo)", at),
    )


def _evidence(kind: str, grade: str, words: str, at: datetime) -> Evidence:
    return evidences.store(
        content=words.encode(),
        kind=kind,
        grade=grade,
        media_type="text/plain",
        name=f"{words}.txt",
        at=at,
    )


def _reached(dice: random.Random) -> list[tuple[Person, ContactPoint, ContactPoint | None]]:
    """Persons with a mailbox, and their number if they have one."""
    held = ContactPointHolder.objects.filter(
        person__merged_into=None, status=ContactPointStatus.ACTIVE
    ).select_related("person", "contact_point")
    mailboxes = {
        each.person: each.contact_point for each in held.filter(contact_point__kind="EMAIL")
    }
    numbers = {
        each.person: each.contact_point
        for each in held.filter(contact_point__kind__in=["MOBILE", "PHONE"])
    }
    at_havelberg = set(
        Person.objects.filter(employments__company__name=cast.HAVELBERG.company_name).values_list(
            "pk", flat=True
        )
    )
    people = sorted((person for person in mailboxes if person), key=lambda each: each.pk)
    known = [person for person in people if person.pk in at_havelberg]
    others = [person for person in people if person.pk not in at_havelberg]
    chosen = known + dice.sample(others, min(PEOPLE, len(others)))
    return [(person, mailboxes[person], numbers.get(person)) for person in chosen]


def _story(
    number: int,
    person: Person,
    mailbox: ContactPoint,
    phone: ContactPoint | None,
    stock: _Stock,
    *,
    dice: random.Random,
    at: datetime,
) -> list[Act]:
    """What one person declares; which of it, tells the number."""
    given = at - timedelta(days=dice.randint(60, YEARS), minutes=dice.randint(0, 600))
    later = given + (at - given) * dice.uniform(0.2, 0.9)
    made: list[LedgerEvent] = []

    def consent(point: ContactPoint, text: ConsentText, channel: str, purpose: str) -> Act:
        is_call = channel == "phone"
        return given, lambda: made.append(
            consents.grant(
                actor=None,
                declaration=consents.Declaration(
                    person=person,
                    point=point,
                    controller=stock.controller,
                    channels=[channel],
                    purposes=[purpose],
                    method="oral_inbound" if is_call else "paper",
                    declared_at=given,
                    text=text,
                    evidence=[stock.note if is_call and number % 4 else stock.paper],
                ),
                at=given,
            )
        )

    acts: list[Act] = []
    if number % 10 < 7:
        acts.append(consent(mailbox, stock.slip, "email", "newsletter"))
    if phone is not None and number % 5 < 2:
        acts.append(consent(phone, stock.call, "phone", "sales_call"))
    if number % 10 == 7:
        acts.append((given, lambda: _import(person, mailbox, stock.controller, given)))
    if number % 12 == 3:
        acts.append((later, lambda: _withdraw(made, later)))
    if number % 14 == 5:
        acts.append((later, lambda: _object(person, later)))
    if number % 3 == 0:
        acts.append((later, lambda: _mail(person, mailbox, later)))
    if number % 9 == 8:
        acts.append((given, lambda: _buy(person, mailbox, given)))
    if number % 40 == 39:
        acts.append((later, lambda: _suppress(mailbox, later)))
    return acts


def _import(person: Person, point: ContactPoint, controller: Controller, at: datetime) -> None:
    """A flag from an older system: nobody knows what it was given for."""
    consents.grant(
        actor=None,
        declaration=consents.Declaration(
            person=person,
            point=point,
            controller=controller,
            channels=["email"],
            purposes=["newsletter"],
            method="import",
            declared_at=at,
        ),
        at=at,
    )


def _withdraw(made: list[LedgerEvent], at: datetime) -> None:
    consents.withdraw(actor=None, consents=made, received_at=at, via="letter", at=at)


def _object(person: Person, at: datetime) -> None:
    circumstances.object_to_marketing(
        actor=None,
        person=person,
        received_at=at,
        via="phone",
        wording="Bitte keine Werbung mehr.",
        at=at,
    )


def _mail(person: Person, mailbox: ContactPoint, at: datetime) -> None:
    """A newsletter, if it was allowed then."""
    question: dict[str, Any] = {
        "person": person,
        "point": mailbox,
        "channel": "email",
        "purpose": "newsletter",
    }
    if gate.may_contact(**question, at=at):
        decision = gate.permit(actor=None, **question, at=at)
        gate.use(actor=None, decision=decision, reference=f"newsletter-{at:%Y-%m}", at=at)


def _buy(person: Person, mailbox: ContactPoint, at: datetime) -> None:
    circumstances.note_sale(
        actor=None,
        person=person,
        point=mailbox,
        sold_at=at,
        is_from_sale=True,
        is_own_similar=True,
        has_notice=True,
        at=at,
    )


def _suppress(mailbox: ContactPoint, at: datetime) -> None:
    suppression.suppress(
        actor=None, point=mailbox, effective_at=at, at=at, reason="Wunsch am Telefon"
    )
