"""``manage.py check_guarded_answers [--take-back] [--json]``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from consent import ungrounded
from crm.kernel import clock


class Command(BaseCommand):
    """List answers to guarded criteria that have lost their ground, or take them back."""

    help = _("Nennt Angaben, für die keine Einwilligung mehr steht, oder nimmt sie zurück.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to take them back."""
        parser.add_argument(
            "--take-back", action="store_true", help=_("sie mit ihrem Verlauf löschen")
        )
        parser.add_argument("--json", action="store_true", help=_("Bericht als JSON"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what was found; never the answers themselves."""
        now = clock.now()
        if options["take_back"]:
            outcome = ungrounded.take_back(actor=None, at=now)
        else:
            outcome = ungrounded.look(at=now)
        if options["json"]:
            self.stdout.write(json.dumps(ungrounded.as_json(outcome), ensure_ascii=False))
            return
        for each in outcome.found:
            self.stdout.write(f"{each.person.full_name}, {each.criterion.label}: {each.reason}")
        self.stdout.write(
            _("%(looked)s Angaben angesehen, %(found)s ohne Grundlage, %(taken)s zurückgenommen.")
            % {
                "looked": outcome.looked_at,
                "found": len(outcome.found),
                "taken": outcome.taken,
            }
        )
