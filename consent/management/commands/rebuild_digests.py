"""``manage.py rebuild_digests``: fold the consent ledger anew."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from consent import digests


class Command(BaseCommand):
    """Needed after an update that changes what the rules look at; campaigns wait meanwhile."""

    help = "Fasst das Einwilligungsprotokoll für Kampagnen neu zusammen."

    def handle(self, *_args: Any, **_options: Any) -> None:
        digests.rebuild()
        self.stdout.write(
            _("Zusammengefasst bis Ereignis %(number)d.") % {"number": digests.folded_to()}
        )
