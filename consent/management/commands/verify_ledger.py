"""``manage.py verify_ledger [--checkpoint FILE …] [--json]``."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consent import verifying


class Command(BaseCommand):
    """Check the ledger and everything that it binds; nothing is written."""

    help = _("Prüft, ob das Einwilligungsprotokoll unverändert ist.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Checkpoints that were kept elsewhere, and how to tell the result."""
        parser.add_argument(
            "--checkpoint",
            type=Path,
            nargs="+",
            default=[],
            metavar=_("DATEI"),
            help=_("Prüfpunkte, die anderswo aufbewahrt wurden"),
        )
        parser.add_argument("--json", action="store_true", help=_("Ergebnis als JSON"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check; exit code 1 if anything was changed."""
        done = verifying.verify(notes=[_note(path) for path in options["checkpoint"]])
        if options["json"]:
            self.stdout.write(json.dumps(done.as_dict(), ensure_ascii=False))
        else:
            self._tell(done)
        if not done:
            raise CommandError(_("Das Protokoll wurde verändert."))

    def _tell(self, done: verifying.Verification) -> None:
        report = done.report
        self.stdout.write(
            _(
                "%(size)d Ereignisse, %(checkpoints)d Prüfpunkte; Nutzdaten: %(intact)d"
                " unverändert, %(erased)d nachweislich gelöscht. %(seconds).1f s"
            )
            % {
                "size": report.size,
                "checkpoints": report.checkpoints,
                "intact": report.intact,
                "erased": report.erased,
                "seconds": done.seconds,
            }
        )
        for found in done.findings:
            self.stdout.write(f"{found} ({found.reason})")
        if done:
            self.stdout.write(_("Unverändert."))


def _note(path: Path) -> str:
    """A checkpoint as it was signed, even where a mail program wrote other line ends."""
    try:
        return path.read_text("utf-8-sig").strip() + "\n"
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from error
