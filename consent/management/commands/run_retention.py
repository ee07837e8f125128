"""``manage.py run_retention``: erase what has been kept long enough, or show what would go."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from consent.retention import running
from consent.retention.schedule import RULES
from crm.kernel import clock


class Command(BaseCommand):
    """Run the schedule once."""

    help = _("Löscht, was lange genug aufbewahrt wurde.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said on the command line."""
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the protocol."""
        done = running.run(actor=None, at=clock.now(), dry_run=options["dry_run"])
        for code, count in done.figures.items():
            label = str(RULES[code].label) if code in RULES else _("Tresor")
            self.stdout.write(f"{label}: {count}")
        self.stdout.write(_("Behalten, weil noch etwas offen ist: %(kept)d") % {"kept": done.kept})
