"""``manage.py purge_opt_ins``."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consent.optin import purging
from crm.kernel import clock


class Command(BaseCommand):
    """Erase double opt-ins that nobody confirmed within 30 days."""

    help = _("Löscht Anfragen nach Einwilligung, die 30 Tage lang niemand bestätigt hat.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many there were."""
        count = purging.purge(at=clock.now())
        text = ngettext("%(n)s Anfrage gelöscht.", "%(n)s Anfragen gelöscht.", count)
        self.stdout.write(text % {"n": count})
