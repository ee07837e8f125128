"""``manage.py may_contact --number +49… --channel phone --purpose sales_call``."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from consent import gate
from consent.decision import serial, words
from contacts import contact_points
from contacts.models import ContactPoint, Person
from crm.kernel import clock, errors

Pair = tuple[Person, ContactPoint]


class Command(BaseCommand):
    """Ask the gate about everybody who holds a number or address, or about one person."""

    help = _("Sagt, ob und auf welcher Grundlage jemand kontaktiert werden darf.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom, how, what for, when."""
        whom = parser.add_mutually_exclusive_group(required=True)
        whom.add_argument("--number", help=_("Rufnummer, in jeder Schreibweise"))
        whom.add_argument("--email", help=_("E‑Mail-Adresse"))
        whom.add_argument("--person", type=UUID, help=_("Kennung einer Person"))
        parser.add_argument("--channel", required=True, help=_("Kanal, z. B. phone"))
        parser.add_argument("--purpose", required=True, help=_("Zweck, z. B. sales_call"))
        parser.add_argument("--at", type=_moment, help=_("Zeitpunkt; sonst jetzt"))
        parser.add_argument("--known-at", type=_moment, help=_("Kenntnisstand; sonst alles"))
        parser.add_argument("--json", action="store_true", help=_("Ergebnis als JSON"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask; exit code 1 if nobody may be contacted."""
        at = options["at"] or clock.now()
        pairs = list(_pairs(options))
        if not pairs:
            raise CommandError(_("Dazu gibt es niemanden mit einem passenden Kontaktweg."))
        answers = [
            gate.may_contact(
                person=person,
                point=point,
                channel=options["channel"],
                purpose=options["purpose"],
                at=at,
                known_at=options["known_at"],
            )
            for person, point in pairs
        ]
        for (person, point), decision in zip(pairs, answers, strict=True):
            told = words.explain(decision, translation.get_language() or "de")
            if options["json"]:
                answer = {
                    "person": str(person.public_id),
                    "contact_point": str(point.public_id),
                    "at": at.isoformat(),
                    **serial.as_json(decision),
                    "headline": told.headline,
                }
                self.stdout.write(json.dumps(answer, ensure_ascii=False))
                continue
            self.stdout.write(f"{person.full_name} · {point.display} · {told.headline}")
            for sentence in (*told.sentences, *told.duties):
                self.stdout.write(f"  {sentence}")
        if not any(answers):
            raise CommandError(_("Niemand davon darf kontaktiert werden."))


def _pairs(options: dict[str, Any]) -> Iterator[Pair]:
    """Everybody whom the question is about, each with the contact points it is about."""
    if options["person"]:
        person = Person.objects.filter(public_id=options["person"]).first()
        if person is None:
            raise CommandError(_("Diese Person gibt es nicht."))
        held = {row.contact_point for row in person.contact_points.select_related("contact_point")}
        held |= {row.contact_point for row in person.addresses.select_related("contact_point")}
        for point in sorted(held, key=lambda point: point.pk):
            if gate.reaches(options["channel"], point):
                yield person, point
        return
    kind, value = ("PHONE", options["number"]) if options["number"] else ("EMAIL", options["email"])
    try:
        normalised = contact_points.read(kind=kind, value=value).normalised
    except errors.Invalid as error:
        raise CommandError(error.message) from error
    kinds = ("PHONE", "MOBILE", "FAX") if kind == "PHONE" else (kind,)
    for point in ContactPoint.objects.filter(kind__in=kinds, normalised=normalised):
        if gate.reaches(options["channel"], point):
            for holder in point.holders.filter(person__isnull=False).select_related("person"):
                if holder.person is not None:
                    yield holder.person, point


def _moment(text: str) -> datetime:
    """ISO 8601; without a zone it is the installation's time."""
    moment = parse_datetime(text)
    if moment is None:
        raise CommandError(
            _("„%(text)s“ ist kein Zeitpunkt; schreiben Sie zum Beispiel 2026-03-03T10:00.")
            % {"text": text}
        )
    return moment if moment.tzinfo else timezone.make_aware(moment)
