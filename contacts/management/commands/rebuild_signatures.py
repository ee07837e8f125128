"""``manage.py rebuild_signatures``: recompute what duplicate matching reads of every record."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contacts.matching.store import upkeep
from contacts.models import RECORDS, MatchingKind


class Command(BaseCommand):
    """Recompute the signatures; needed after an update that changes how they are made."""

    help = _("Berechnet die Merkmale für den Dublettenabgleich neu.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said on the command line."""
        parser.add_argument(
            "--check", action="store_true", help=_("nur prüfen, ob sie stimmen; nichts schreiben")
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Rebuild, or say how many are not what they should be."""
        for kind, records in RECORDS.items():
            label = MatchingKind(kind).label
            if options["check"]:
                ids = records.objects.order_by("pk").values_list("pk", flat=True)
                if stale := upkeep.stale(kind, ids.iterator()):
                    raise CommandError(
                        _("%(kind)s: %(count)d Merkmale stimmen nicht; rebuild_signatures hilft.")
                        % {"kind": label, "count": len(stale)}
                    )
            else:
                count = upkeep.rebuild(kind)
                self.stdout.write(f"{label}: {count:,}".replace(",", "."))
