"""``manage.py notice --purpose appointment --layer spoken --lang de [--person ID] --json``."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consent.notices import asking, documents
from consent.notices.asking import Due
from consent.notices.rules.facts import LANGUAGES
from contacts.models import Person
from crm.kernel import clock, errors

LAYERS = ("spoken", "full")
ALSO = {"einfach": "plain"}


class Command(BaseCommand):
    """Say what is due to somebody, or to anybody, and in which words. Nothing is recorded."""

    help = _("Zeigt die Datenschutzhinweise eines Zwecks: das Skript oder den vollen Text.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which notice, how and for whom."""
        parser.add_argument("--purpose", required=True, help=_("Zweck, z. B. appointment"))
        parser.add_argument("--layer", choices=LAYERS, default="spoken")
        choices = (*LANGUAGES, *ALSO)
        parser.add_argument("--lang", choices=choices, help=_("sonst die Sprache der Person"))
        parser.add_argument("--person", type=UUID, help=_("Kennung einer Person"))
        parser.add_argument("--json", action="store_true", help=_("Ergebnis als JSON"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask the rules and print it."""
        at = clock.now()
        person = _person(options["person"])
        try:
            due = asking.due_for(
                person=person, purpose=options["purpose"], medium="phone_inbound", at=at
            )
            language = ALSO.get(options["lang"], options["lang"]) or due.language
            if options["layer"] == "spoken":
                script = asking.script(due=due, at=at, language=language, person=person)
                body: dict[str, Any] = asking.script_json(script)
            else:
                body = _full(due, person, language)
        except errors.DomainError as error:
            raise CommandError(error.message) from error
        if options["json"]:
            self.stdout.write(json.dumps({**asking.as_json(due), **body}, ensure_ascii=False))
            return
        self.stdout.write(body["text"])
        if options["layer"] == "spoken":
            self.stdout.write(
                _("%(seconds)s Sekunden, %(words)s Wörter, %(outcome)s")
                % {**body, "outcome": due.outcome}
            )


def _person(public_id: UUID | None) -> Person | None:
    if public_id is None:
        return None
    person = Person.objects.filter(public_id=public_id).first()
    if person is None:
        raise CommandError(_("Diese Person gibt es nicht."))
    return person


def _full(due: Due, person: Person | None, language: str) -> dict[str, Any]:
    if person is None:
        document = documents.of_version(due.version, language=language)
    else:
        document = documents.for_person(
            due.version, person=person, language=language, new=due.answer.new
        )
    told = [*([document.objection] if document.objection else []), *document.sections]
    return {
        "layer": "full",
        "language": language,
        "text": "\n\n".join(f"{each.title}\n{each.text}" for each in told),
        "sections": [
            {"item": each.item, "title": each.title, "text": each.text, "is_new": each.is_new}
            for each in told
        ],
    }
