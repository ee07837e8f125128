"""``manage.py consent_dossier NUMBER --out FILE [--channel CHANNEL]``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consent import channels
from consent.desk import dossiers, writing
from consent.desk.reports import Report
from crm.kernel import clock, errors


class Command(BaseCommand):
    """Write the dossier of § 7a UWG for one number or address, as the desk does."""

    help = _("Schreibt das Dossier nach § 7a UWG zu einer Nummer oder Adresse.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For what, and where it goes."""
        parser.add_argument("value", metavar=_("NUMMER"), help=_("Nummer oder Adresse"))
        parser.add_argument("--out", type=Path, required=True, help=writing.endings())
        parser.add_argument(
            "--channel",
            default="phone",
            choices=[str(each) for each in channels.LABELS],
            help=_("Kanal, z. B. phone"),
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make it; the audit log tells."""
        target: Path = options["out"]

        def make() -> Report:
            return dossiers.make(
                actor=None, value=options["value"], channel=options["channel"], at=clock.now()
            )

        try:
            writing.write(target, make)
        except errors.DomainError as error:
            raise CommandError(error.message) from error
        self.stdout.write(str(target))
