"""``manage.py find_duplicates``: look for duplicates among persons, or among companies."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contacts.duplicates import runs, watching
from contacts.duplicates.runs import Progress
from contacts.models import MatchingKind, MatchingRun, MatchingScope, MatchingState, MatchingStep
from crm.kernel import clock
from crm.kernel.errors import DomainError


class Command(BaseCommand):
    """Queue a run; with ``--wait`` show its progress and what it found."""

    help = _("Sucht nach Dubletten; die Arbeit tun die Hintergrunddienste.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said on the command line."""
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument("--changed", action="store_true", help=_("nur, was sich geändert hat"))
        scope.add_argument("--full", action="store_true", help=_("den ganzen Bestand (Vorgabe)"))
        parser.add_argument("--companies", action="store_true", help=_("Firmen statt Personen"))
        parser.add_argument("--retrain", action="store_true", help=_("das Modell neu lernen"))
        parser.add_argument("--wait", action="store_true", help=_("auf das Ende warten"))
        parser.add_argument("--json", action="store_true", help=_("das Ergebnis als JSON"))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Start, and wait if that is asked for."""
        kind = MatchingKind.COMPANY if options["companies"] else MatchingKind.PERSON
        scope = MatchingScope.CHANGED if options["changed"] else MatchingScope.FULL
        try:
            run = runs.start(
                actor=None, kind=kind, scope=scope, retrain=options["retrain"], at=clock.now()
            )
        except DomainError as error:
            raise CommandError(error.message) from error
        if options["wait"]:
            run = watching.finish(run, tell=self._tell, clock=clock.now)
            if self.stderr.isatty():
                self.stderr.write("")
        if options["json"]:
            self.stdout.write(json.dumps(told(run), ensure_ascii=False))
        elif options["wait"]:
            self.stdout.write(sentence(run))
        if run.state in (MatchingState.FAILED, MatchingState.CANCELLED):
            raise CommandError(run.failure or _("Die Suche wurde angehalten."))

    def _tell(self, run: MatchingRun, progress: Progress) -> None:
        """Overwrite one line on a terminal."""
        if self.stderr.isatty():
            line = _("%(share)3d %%  %(step)s  %(candidates)s Paare") % {
                "share": round(100 * progress.share),
                "step": MatchingStep(progress.step).label,
                "candidates": f"{progress.candidates:,}".replace(",", "."),
            }
            self.stderr.write(f"\r  {line:60}", ending="")
            self.stderr.flush()


def told(run: MatchingRun) -> dict[str, Any]:
    """A run for programs."""
    return {
        "id": str(run.public_id),
        "kind": run.kind,
        "scope": run.scope,
        "state": run.state,
        "records": run.records,
        "changed": run.changed,
        "candidates": run.candidates,
        "pairs": run.pairs_found,
        "groups": run.groups_found,
        "figures": run.figures,
    }


def sentence(run: MatchingRun) -> str:
    """A run for people."""
    return _(
        "%(records)s Einträge, %(candidates)s Paare verglichen, %(pairs)s verdächtige Paare in "
        "%(groups)s Gruppen."
    ) % {
        name: f"{value:,}".replace(",", ".")
        for name, value in (
            ("records", run.records),
            ("candidates", run.candidates),
            ("pairs", run.pairs_found),
            ("groups", run.groups_found),
        )
    }
