"""What happened with the demo company's contacts, what is promised, and what is to come of it."""

import random
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from contacts.models import Company, Person
from crm.accounts.models import User
from crm.demo import cast
from history import activities, touchpoints
from history.models import Category, CloseReason, Opportunity, Participation, Stage, Touchpoint
from history.opportunities import competitors, deals, moving, pipelines, stakeholders

PEOPLE = 220
DAYS = 540
Staff = Mapping[str, User]
Act = tuple[datetime, Callable[[], object]]

SILENT = "Haas"
"""Releases the money, and nobody has spoken to her: the gap that the deal's page tells of."""
CATEGORIES = {
    "Beratung": ("Angebot", "Muster", "Technische Frage"),
    "Auftrag": ("Lieferzeit", "Rechnung", "Reklamation"),
    "Service": ("Störung", "Wartung"),
}
# days ago, channel, direction, who, minutes, category, subject, text
MAIER: tuple[tuple[float, str, str, str, int, str, str, str], ...] = (
    (0.1, "EMAIL", "IN", "vertrieb", 0, "Angebot", "Angebot 2026-0148",
     "Angebot bitte noch einmal mit DALI‑2-Steuerung und getrenntem Preis für die Montage. Der "
     "Vorstand entscheidet am Monatsende."),
    (1, "CHAT", "IN", "service", 11, "Störung", "",
     "Drei Vorschaltgeräte in Halle 2 flackern. Ersatz zugesagt, ohne Berechnung."),
    (6, "FAIR", "IN", "vertrieb", 20, "Angebot", "Gespräch am Stand 4.2-118",
     "Hallen 3 und 4 sollen bis Herbst auf LED. Will die Nachtabschaltung selbst regeln, "
     "vermeiden: Stillstand in der Saison. Wettbewerb: Lumitrax."),
    (14, "PHONE", "OUT", "vertrieb", 4, "Angebot", "",
     "Zur Raumlicht eingeladen, kommt am Mittwoch. Termin am Stand 11:30 Uhr."),
    *((19 + number, "EMAIL", "OUT" if number % 2 else "IN", "vertrieb", 0, "Angebot",
       "Terminabstimmung Hallenbegehung", "Vorschlag für die Begehung der Hallen 3 und 4.")
      for number in range(5)),
    (33, "VISIT", "OUT", "vertrieb", 90, "Angebot", "Besuch der Hausmesse",
     "Rundgang Lichtlabor. Interesse an sensorgeführter Grundlast, möchte eine Referenz über "
     "5.000 m² sehen."),
    (71, "PHONE", "IN", "service", 6, "Wartung", "", "Fragt nach dem Wartungsplan für Halle 1."),
    (120, "LETTER", "OUT", "vertrieb", 0, "Angebot", "Angebot 2026-0121", "Fassung 1 versandt."),
    (210, "PHONE", "IN", "service", 3, "Rechnung", "", "Rechnung noch einmal als PDF gewünscht."),
)  # fmt: skip
SMALL_TALK: tuple[tuple[str, str, str, str, str], ...] = (
    ("PHONE", "OUT", "Angebot", "", "Angebot besprochen, meldet sich nach Rücksprache."),
    ("PHONE", "IN", "Lieferzeit", "", "Fragt nach der Lieferzeit, nächste Woche zugesagt."),
    ("EMAIL", "IN", "Technische Frage", "Datenblatt", "Bittet um Datenblatt und Maße."),
    ("EMAIL", "OUT", "Technische Frage", "Datenblatt", "Datenblatt und Zeichnung gesendet."),
    ("VISIT", "OUT", "Muster", "", "Muster gezeigt, Testlauf vereinbart."),
    ("VIDEO", "OUT", "Angebot", "", "Lösung am Bildschirm durchgesprochen."),
    ("LETTER", "IN", "Reklamation", "Reklamation", "Zwei Teile mit Transportschaden."),
    ("CHAT", "IN", "Störung", "", "Störung gemeldet, Rückruf vom Service."),
    ("WEB_FORM", "IN", "Angebot", "Anfrage", "Anfrage über das Formular: Preis und Termin."),
    ("PHONE", "OUT", "Wartung", "", "Wartungstermin vorgeschlagen."),
)
# title, company, stage, volume, realisation in days
DEALS: tuple[tuple[str, str, int, int, int], ...] = (
    ("Notlicht-Wartung 2026–2028", "Havelberg Anlagenbau", 1, 30_400, 200),
    ("Druckluftzentrale, Beleuchtung", "Spreewerk Druckluft", 1, 42_000, 120),
    ("Rahmenvertrag Leuchten", "Spreewerk Druckluft", 3, 140_000, 90),
    ("Kühlhausbeleuchtung", "Ostsee Kühltechnik", 2, 118_000, 150),
    ("Showroom Rostock", "Ostsee Kühltechnik", 4, 71_000, 45),
    ("Filterhalle, Ersatz nach Schaden", "Märkische Filterwerke", 3, 58_500, 60),
    ("Messestand 48 m², Miete", "Märkische Filterwerke", 0, 22_600, 80),
    ("Werkhalle Nord, Grundlicht", "Uckermark Pumpen", 0, 65_000, 240),
    ("Außenlicht Parkdeck", "Uckermark Pumpen", 3, 33_000, 100),
    ("Schaltschrankleuchten", "Oderland Apparatebau", 0, 8_400, 70),
    ("Werkstattlicht Lindenau", "Lindenau Hydraulik", 4, 25_000, 30),
    ("Sensorik Halle 7", "Brandt & Söhne", 2, 74_700, 160),
)


@transaction.atomic
def remember(*, staff: Staff, at: datetime) -> int:
    """Contacts of a year and a half, deals, promises and follow-ups; gives the contacts' number.

    Everything is written by the functions that the screens call, in the order of its time, and is
    the same in every demo of the same day.
    """
    if Touchpoint.objects.exists():
        return 0
    dice = random.Random(2026)
    kinds = _categories()
    people = _people()
    acts: list[Act] = []
    met = [person for surname, person in people.items() if surname != SILENT]
    for person in [*met, *_others(dice, set(people.values()))]:
        acts += _talk(person, kinds, staff, dice=dice, at=at)
    if maier := people.get("Maier"):
        acts += [_told(maier, row, kinds, staff, at) for row in MAIER]
    for _at, act in sorted(acts, key=lambda each: each[0]):
        act()
    _deals(staff, people, dice=dice, at=at)
    _steps(staff, people, at=at)
    return len(acts)


def _categories() -> dict[str, Category]:
    found: dict[str, Category] = {}
    for place, (name, below) in enumerate(CATEGORIES.items()):
        parent = Category.objects.create(name=name, position=place)
        for inner, each in enumerate(below):
            found[each] = Category.objects.create(name=each, parent=parent, position=inner)
    return found


def _people() -> dict[str, Person]:
    """The people of Havelberg by surname: everybody meets them on the screens."""
    there = Person.objects.filter(
        employments__company__name=cast.HAVELBERG.company_name, employments__ended_on=None
    )
    return {person.surname: person for person in there.order_by("-pk").distinct()}


def _others(dice: random.Random, without: set[Person]) -> list[Person]:
    known = Person.objects.exclude(employments=None).exclude(pk__in=[each.pk for each in without])
    numbers = list(known.order_by("pk").values_list("pk", flat=True).distinct())
    chosen = dice.sample(numbers, min(PEOPLE, len(numbers)))
    return list(Person.objects.filter(pk__in=chosen).order_by("pk"))


def _talk(
    person: Person,
    kinds: Mapping[str, Category],
    staff: Staff,
    *,
    dice: random.Random,
    at: datetime,
) -> list[Act]:
    acts = []
    for _each in range(dice.randrange(2, 9)):
        channel, direction, kind, subject, text = dice.choice(SMALL_TALK)
        days = dice.uniform(2, DAYS)
        who = "service" if kind in CATEGORIES["Service"] else "vertrieb"
        row = (days, channel, direction, who, dice.randrange(2, 25), kind, subject, text)
        acts.append(_told(person, row, kinds, staff, at))
    return acts


def _told(
    person: Person,
    row: tuple[float, str, str, str, int, str, str, str],
    kinds: Mapping[str, Category],
    staff: Staff,
    at: datetime,
) -> Act:
    days, channel, direction, who, minutes, kind, subject, text = row
    happened_at = _at_work(at - timedelta(days=days)) if days >= 1 else at - timedelta(days=days)
    ended_at = happened_at + timedelta(minutes=minutes) if minutes else None
    spoken = channel in ("PHONE", "VIDEO", "VISIT", "CHAT", "FAIR")

    def write() -> Touchpoint:
        return touchpoints.record(
            actor=None,
            channel=channel,
            direction=direction,
            happened_at=happened_at,
            times=touchpoints.Times(ended_at=ended_at if spoken else None),
            persons=[(person, "PARTNER")],
            subject=subject,
            body=text,
            outcome="REACHED" if spoken else "",
            category=kinds[kind],
            agent=staff[who],
            at=max(happened_at, ended_at or happened_at),
        )

    return happened_at, write


def _at_work(moment: datetime) -> datetime:
    """The same day or the Friday before, at some hour between eight and five."""
    local = timezone.localtime(moment)
    back = max(local.weekday() - 4, 0)
    day = local.date() - timedelta(days=back)
    hour = 8 + int(moment.timestamp()) % 9
    clock = time(hour, int(moment.timestamp()) // 60 % 60)
    return timezone.make_aware(datetime.combine(day, clock))


def _deals(
    staff: Staff, people: Mapping[str, Person], *, dice: random.Random, at: datetime
) -> None:
    havelberg = Company.objects.filter(name=cast.HAVELBERG.company_name).order_by("pk").first()
    if havelberg is None:
        return
    main = _deal(
        staff, "LED-Deckensystem Halle 3 und 4", havelberg, 2, 184_500, 210, dice=dice, at=at,
        more={
            "need": "6.400 m² Hallendecke, 320 Leuchten, Umbau bei laufendem Betrieb zwischen "
            "zwei Messen.",
            "situation": "Entladungslampen von 2004, 400 W je Leuchte.",
            "regulate": "Die Nachtabschaltung will ich selbst stellen können.",
            "avoid": "Kein Stillstand in der Saison, keinen Tag.",
            "reach": "Ein Drittel weniger Strom, und das schwarz auf weiß.",
            "advantage": "Sensorgeführte Grundlast, im Lichtlabor zu sehen.",
            "budget": "180.000–200.000 €, Freigabe offen",
        },
    )  # fmt: skip
    _say(main, people, staff, at)
    for title, name, stage, volume, days in DEALS:
        if company := Company.objects.filter(name=name).order_by("pk").first():
            _deal(staff, title, company, stage, volume, days, dice=dice, at=at)
    lost = CloseReason.objects.filter(state="LOST").first()
    if lost and (company := Company.objects.filter(name="Brandt & Söhne").first()):
        gone = _deal(staff, "Hallentor-Beleuchtung", company, 2, 12_800, 30, dice=dice, at=at)
        moving.lose(
            actor=staff["admin"], opportunity=gone, reason=lost,
            note="Lumitrax war 8 % günstiger.", at=at - timedelta(days=1),
        )  # fmt: skip


def _deal(
    staff: Staff,
    title: str,
    company: Company,
    stage: int,
    volume: int,
    days: int,
    *,
    dice: random.Random,
    at: datetime,
    more: Mapping[str, Any] | None = None,
) -> Opportunity:
    stages = list(Stage.objects.filter(pipeline=pipelines.default()).order_by("position"))
    begun = at - timedelta(days=dice.randrange(25, 110))
    deal = deals.create(
        actor=staff["admin"],
        values={
            "title": title,
            "company": company,
            "volume": Decimal(volume),
            "realisation_on": (at + timedelta(days=days)).date(),
            **(more or {}),
        },
        owner=staff["vertrieb"],
        team=staff["vertrieb"].teams.order_by("pk").first(),
        at=begun,
    )
    for number in range(1, stage + 1):
        begun += (at - begun) / (stage + 1)
        deal = moving.move(actor=staff["admin"], opportunity=deal, stage=stages[number], at=begun)
    return deal


def _say(deal: Opportunity, people: Mapping[str, Person], staff: Staff, at: datetime) -> None:
    """The buying centre of the deal that everybody looks at, and who else wants it."""
    roles: tuple[tuple[str, list[str], str, int | None], ...] = (
        ("Haas", ["APPROVER"], "", 3),
        ("Maier", ["TECHNICAL"], "FOR", 3),
        ("Kowalczyk", ["BUYER"], "OPEN", 2),
        ("Reuß", ["USER", "COACH"], "FOR", 1),
    )
    for surname, parts, stance, influence in roles:
        if person := people.get(surname):
            values = {"roles": parts, "stance": stance, "influence": influence}
            stakeholders.add(
                actor=staff["admin"], opportunity=deal, person=person, values=values, at=at
            )
    for name, standing, note in (
        ("Lumitrax GmbH", "BEHIND", "günstiger, 14 Wochen Lieferzeit"),
        ("Beleuchtungswerk Süd", "LEVEL", "bestehender Wartungsvertrag"),
    ):
        values = {"name": name, "standing": standing, "note": note}
        competitors.add(actor=staff["admin"], opportunity=deal, values=values, at=at)
    for contact in Touchpoint.objects.filter(
        participations__person=people.get("Maier"), happened_at__gt=at - timedelta(days=40)
    ):
        touchpoints.assign(actor=staff["admin"], touchpoint=contact, opportunity=deal, at=at)


def _steps(staff: Staff, people: Mapping[str, Person], *, at: datetime) -> None:
    """What is to be done today and this week, what is late, and what a colleague promised."""
    deal = Opportunity.objects.filter(title__startswith="LED-Deckensystem").first()
    rows: tuple[tuple[str, str, str, str, float, bool], ...] = (
        ("Haas", "vertrieb", "FOLLOW_UP", "Erstkontakt zur Budgetfreigabe", -4, False),
        ("Kowalczyk", "vertrieb", "CALL", "Zahlungsziel 30 oder 45 Tage?", -1, False),
        ("Maier", "vertrieb", "TASK", "Angebot mit DALI‑2 senden", 1, True),
        ("Reuß", "vertrieb", "APPOINTMENT", "Begehung Halle 3", 2, True),
        ("Maier", "service", "PROMISE", "Drei Vorschaltgeräte liefern", 2, False),
        ("Kowalczyk", "service", "TASK", "Wartungsplan Halle 1 senden", 0, False),
    )
    for surname, who, kind, what, days, has_time in rows:
        if (person := people.get(surname)) is None:
            continue
        due = _at_work(at + timedelta(days=days))
        chats = Participation.objects.filter(person=person, channel="CHAT")
        contact = chats.order_by("-happened_at").first()
        activities.plan(
            actor=staff["admin"],
            values={
                "kind": kind,
                "subject": what,
                "person": person,
                "opportunity": deal if who == "vertrieb" else None,
                "due_at": due,
                "assignee": staff[who],
                "has_time": has_time,
                "touchpoint": contact.touchpoint if kind == "PROMISE" and contact else None,
            },
            at=min(at, due) - timedelta(days=1),
        )
    for number, each in enumerate(Opportunity.objects.filter(state="OPEN").order_by("pk")[1:12]):
        if number % 4 == 3:
            continue  # some have no next step: that is told on the board
        due = _at_work(at + timedelta(days=number % 6))
        activities.plan(
            actor=staff["admin"],
            values={
                "subject": "Nachfassen",
                "opportunity": each,
                "assignee": staff["vertrieb"],
                "due_at": due,
            },
            at=min(at, due) - timedelta(days=1),
        )
