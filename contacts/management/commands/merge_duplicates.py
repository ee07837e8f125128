"""``manage.py merge_duplicates``: merge what the last run is sure of, or undo that of a day."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from contacts.merging import automatic
from contacts.models import MatchingKind
from crm.kernel import clock


class Command(BaseCommand):
    """Run automatic merging now, or take back what it did on a day."""

    help = _("Führt sichere Dubletten zusammen, wenn das eingeschaltet ist, oder nimmt es zurück.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said on the command line."""
        parser.add_argument("--companies", action="store_true", help=_("Firmen statt Personen"))
        parser.add_argument(
            "--undo-day", type=date.fromisoformat, help=_("das dieses Tages zurücknehmen")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it and say how many."""
        kind = MatchingKind.COMPANY if options["companies"] else MatchingKind.PERSON
        if options["undo_day"]:
            self._undo(options["undo_day"], kind)
            return
        if not automatic.setting_of(kind).is_on:
            self.stdout.write(_("Das automatische Zusammenführen ist ausgeschaltet."))
            return
        outcome = automatic.run(kind, at=clock.now())
        self.stdout.write(
            _("%(merged)d Gruppen zusammengeführt, %(left)d zum Prüfen gelassen.")
            % {"merged": outcome.merged, "left": outcome.left}
        )

    def _undo(self, day: date, kind: str) -> None:
        outcome = automatic.undo_day(actor=None, day=day, kind=kind, at=clock.now())
        self.stdout.write(
            _("%(undone)d zurückgenommen, %(refused)d nicht.")
            % {"undone": len(outcome.undone), "refused": len(outcome.refused)}
        )
        for merge, reason in outcome.refused:
            self.stdout.write(f"{merge.public_id}: {reason}")
