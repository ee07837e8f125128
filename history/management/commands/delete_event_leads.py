"""``manage.py delete_event_leads``: what the nightly task does, or what it would do."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from crm.kernel import clock
from history.fairs import deleting


class Command(BaseCommand):
    """Delete leads that came to nothing at events whose day it is."""

    help = "Löscht Leads ohne Ergebnis von Messen, deren Löschtag erreicht ist."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts löschen")

    def handle(self, *_args: Any, **options: Any) -> None:
        done = deleting.run(at=clock.now(), dry_run=options["dry_run"])
        verb = "würden gelöscht" if options["dry_run"] else "gelöscht"
        for each in done:
            self.stdout.write(
                f"{each.event}: {each.leads} Leads und {each.persons} Personen {verb}, "
                f"{each.kept} Personen bleiben."
            )
        if not done:
            self.stdout.write("Nichts zu löschen.")
