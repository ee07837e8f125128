"""``manage.py fair_poster --event ID --lang de --output aushang.pdf``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consent.notices.rules.facts import LANGUAGES
from crm.kernel import clock, errors
from history.fairs import posters
from history.models import Event


class Command(BaseCommand):
    """Write the notice of a stand as PDF/A, to be printed and hung up. Nothing is recorded."""

    help = _("Schreibt die Datenschutzhinweise eines Messestands als Aushang (PDF, A4).")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which event, in which language, where to."""
        parser.add_argument("--event", type=UUID, required=True, help=_("Kennung einer Messe"))
        parser.add_argument("--lang", choices=LANGUAGES, default="de")
        parser.add_argument("--output", type=Path, required=True, metavar="PDF")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make it and write it."""
        event = Event.objects.filter(public_id=options["event"]).first()
        if event is None:
            raise CommandError(_("Eine Messe mit dieser Kennung gibt es nicht."))
        try:
            made = posters.pdf(event, language=options["lang"], at=clock.now())
        except errors.DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        options["output"].write_bytes(made)
        self.stdout.write(str(options["output"]))
