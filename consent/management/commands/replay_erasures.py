"""``manage.py replay_erasures``: after a backup was restored, erase again what was erased since."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consent.requests import replaying
from crm.kernel import clock


class Command(BaseCommand):
    """Go through the log of erasures and erase whom the restored database still has."""

    help = _("Wiederholt ausgeführte Löschungen nach dem Einspielen einer Sicherung.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said on the command line."""
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it; exit code 1 if somebody could not be erased."""
        done = replaying.replay(at=clock.now(), dry_run=options["dry_run"])
        self.stdout.write(
            _("Löschungen im Verzeichnis: %(known)d, zu wiederholen: %(due)d, wiederholt: %(done)d")
            % {"known": done.known, "due": done.due, "done": done.erased}
        )
        for sentence in done.blocked:
            self.stderr.write(sentence)
        if done.blocked:
            raise CommandError(_("Nicht alles konnte wiederholt werden."))
