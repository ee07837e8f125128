"""``manage.py make_ledger_keys [--name crm.beispiel.de/einwilligungen]``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consent import keys
from consent.ledger.checkpoint import Unreadable


class Command(BaseCommand):
    """Make the keys of the ledger that are missing, and say with what others check it."""

    help = _("Legt die Schlüssel des Einwilligungsprotokolls an, soweit sie fehlen.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How checkpoints call this ledger."""
        parser.add_argument("--name", default="", help=_("Name des Protokolls in Prüfpunkten"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make them; an older key always stays."""
        try:
            made = keys.make(options["name"])
        except Unreadable as error:
            raise CommandError(str(error)) from error
        for path in made:
            self.stdout.write(_("Angelegt: %(path)s") % {"path": path})
        self.stdout.write(_("Prüfschlüssel: %(key)s") % {"key": keys.signing_key().public})
