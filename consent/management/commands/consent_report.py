"""``manage.py consent_report --out FILE [--seed SEED]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consent.desk import audits, writing
from crm.kernel import clock, errors


class Command(BaseCommand):
    """Write the audit report with coverage, findings and sample, as the desk does."""

    help = _("Schreibt den Prüfbericht: Abdeckung, Feststellungen, Stichprobe, Prüfpunkt.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where it goes, and from which seed the sample is drawn."""
        parser.add_argument("--out", type=Path, required=True, help=writing.endings())
        parser.add_argument("--seed", type=int, help=_("Startwert der Stichprobe; sonst zufällig"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make it; the audit log tells."""
        target: Path = options["out"]
        try:
            writing.write(
                target, lambda: audits.make(actor=None, at=clock.now(), seed=options["seed"])
            )
        except errors.DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(str(target))
