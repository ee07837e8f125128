"""``manage.py load_demo``: the demo company, through the real import; nothing if it is there."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contacts.duplicates.runs import Progress
from contacts.models import ImportRun, MatchingKind, MatchingRun, MatchingState
from crm.demo import loading
from crm.kernel import clock
from crm.kernel.errors import DomainError
from crm.platform import environment
from crm.platform.progress import seconds


class Command(BaseCommand):
    """Set up staff, sources and criteria, write the files, import them, tell how it goes."""

    requires_system_checks = ()
    help = _("Lädt die Musterfirma Nordlicht Messetechnik über den Import; einmal genügt.")

    def handle(self, *args: Any, **options: Any) -> None:
        if loading.is_loaded():
            return
        started = time.monotonic()
        heading = _("Musterfirma Nordlicht Messetechnik laden")
        self.stdout.write(f"  {heading}")
        folder = environment.data_dir() / "demo"
        try:
            loaded = loading.load(folder=folder, clock=clock.now, tell=Display(self))
        except DomainError as error:
            raise CommandError(error.message) from error
        line = _(
            "  %(persons)s Ansprechpartner, %(companies)s Firmen, %(rejected)s Zeilen "
            "zurückgewiesen, %(pairs)s verdächtige Paare in %(groups)s Gruppen – %(time)s"
        )
        self.stdout.write(
            line
            % {
                "persons": grouped(loaded.persons),
                "companies": grouped(loaded.companies),
                "rejected": grouped(loaded.rejected),
                "pairs": grouped(loaded.pairs),
                "groups": grouped(loaded.groups),
                "time": seconds(time.monotonic() - started),
            }
        )


class Display:
    """One line per file; on a terminal it counts while the file is read."""

    def __init__(self, command: BaseCommand) -> None:
        self._out = command.stdout
        self._started = time.monotonic()

    def under_way(self, run: ImportRun) -> None:
        """Overwrite the line with how far the file is."""
        if self._out.isatty():
            done = run.created_count + run.updated_count + run.unchanged_count
            done += run.rejected_count
            text = _("%(file)s: %(done)s von %(total)s Zeilen") % {
                "file": run.file_name,
                "done": grouped(done),
                "total": grouped(run.rows_total or 0),
            }
            self._out.write(f"\r    {text}", ending="")
            self._out.flush()

    def done(self, run: ImportRun) -> None:
        """Say what became of the file."""
        now = time.monotonic()
        text = _(
            "%(file)s: %(created)s neu, %(rejected)s zurückgewiesen, "
            "%(marked)s vorgemerkt … %(time)s"
        ) % {
            "file": run.file_name,
            "created": grouped(run.created_count),
            "rejected": grouped(run.rejected_count),
            "marked": grouped(run.marked_count),
            "time": seconds(now - self._started),
        }
        start = "\r" if self._out.isatty() else ""
        self._out.write(f"{start}    {text}")
        self._out.flush()
        self._started = now

    def matching(self, run: MatchingRun, progress: Progress) -> None:
        """Overwrite the line with how far the search is, and say what it found."""
        if run.state == MatchingState.DONE:
            now = time.monotonic()
            text = _("Dubletten unter %(kind)s: %(pairs)s Paare in %(groups)s Gruppen … %(time)s")
            self._out.write(
                ("\r    " if self._out.isatty() else "    ")
                + text
                % {
                    "kind": MatchingKind(run.kind).label,
                    "pairs": grouped(run.pairs_found),
                    "groups": grouped(run.groups_found),
                    "time": seconds(now - self._started),
                }
            )
            self._started = now
        elif self._out.isatty():
            text = _("Dubletten suchen: %(share)d %%")
            self._out.write(f"\r    {text % {'share': 100 * progress.share}}", ending="")
        self._out.flush()


def grouped(number: int) -> str:
    """5.000"""
    return f"{number:,}".replace(",", ".")
