"""``manage.py export_ledger FILE``: the ledger, and beside it what a stranger checks it with."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consent import checkpoints, exporting
from crm.kernel import clock


class Command(BaseCommand):
    """Sign the head, then write all events with key, checkpoint and verifier beside them."""

    help = _("Schreibt das Einwilligungsprotokoll mit allem, womit Fremde es prüfen können.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the events go."""
        parser.add_argument("file", type=Path, metavar=_("DATEI"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Export and tell how to check it."""
        target: Path = options["file"]
        at = clock.now()
        try:
            checkpoints.make(at=at)
            done = exporting.export(actor=None, target=target, at=at)
        except checkpoints.Broken as error:
            raise CommandError(
                _("Nicht unterschrieben: Das Protokoll wurde verändert (%(where)s).")
                % {"where": error}
            ) from error
        except OSError as error:
            raise CommandError(f"{target}: {error.strerror}") from error
        text = ngettext("%(count)d Ereignis in:", "%(count)d Ereignisse in:", done.count)
        self.stdout.write(text % {"count": done.count})
        for path in done.files:
            self.stdout.write(f"  {path}")
