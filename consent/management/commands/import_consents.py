"""``manage.py import_consents FILE --controller NAME [--evidence DIR] [--dry-run]``."""

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consent import controllers, importing
from consent.models import Controller
from crm.kernel import clock, errors


class Command(BaseCommand):
    """Import consents with their proof, or a Robinson list."""

    help = _("Liest Einwilligungen mit Nachweis ein, Widersprüche zuerst; oder eine Robinsonliste.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, for whom, where its proof lies, and whether it is only a trial."""
        parser.add_argument("file", type=Path, help=_("CSV mit Überschriften"))
        parser.add_argument("--controller", default="", help=_("Name des Verantwortlichen"))
        parser.add_argument("--evidence", type=Path, help=_("Ordner mit den Nachweisen"))
        parser.add_argument("--robinson", action="store_true", help=_("ein Wert je Zeile, sperren"))
        parser.add_argument(
            "--dry-run", action="store_true", help=_("nur prüfen, nichts schreiben")
        )
        parser.add_argument("--json", action="store_true", help=_("Bericht als JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report."""
        path: Path = options["file"]
        known = {
            "actor": None,
            "content": _content(path),
            "file_name": path.name,
            "at": clock.now(),
            "is_dry_run": options["dry_run"],
        }
        try:
            if options["robinson"]:
                report = importing.import_robinson(**known)
            else:
                report = importing.import_consents(
                    controller=_controller(options["controller"]),
                    proofs=_proofs(options["evidence"]),
                    **known,
                )
        except errors.Invalid as error:
            told = [each for sentences in error.errors.values() for each in sentences]
            raise CommandError("\n".join(f"{path}: {each}" for each in told)) from error
        except errors.DomainError as error:
            raise CommandError(f"{path}: {error.message}") from error
        if options["json"]:
            self.stdout.write(json.dumps(importing.as_json(report), ensure_ascii=False))
        else:
            self._tell(report)

    def _tell(self, report: importing.Report) -> None:
        for remark in report.remarks:
            self.stdout.write(
                _("%(file)s, Zeile %(row)s, Spalte %(column)s: %(message)s")
                % {
                    "file": report.file_name,
                    "row": remark.row,
                    "column": remark.column or "–",
                    "message": remark.message,
                }
            )
        counts = _(
            "%(rows)s Zeilen: %(imported)s eingelesen, %(disputed)s nicht belegt, "
            "%(opted_out)s gesperrt, %(refused)s abgelehnt."
        ) % {
            "rows": report.rows,
            "imported": report.imported,
            "disputed": report.disputed,
            "opted_out": report.opted_out,
            "refused": report.refused,
        }
        trial = _("Probelauf, nichts geschrieben. ") if report.is_dry_run else ""
        self.stdout.write(trial + counts)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(
            _("%(file)s lässt sich nicht lesen: %(why)s") % {"file": path, "why": error.strerror}
        ) from error


def _controller(name: str) -> Controller:
    if not name:
        return controllers.default()
    found = controllers.active().filter(name__iexact=name.strip()).first()
    if found is None:
        names = ", ".join(each.name for each in controllers.active())
        raise CommandError(
            _("Einen Verantwortlichen „%(name)s“ gibt es nicht. Es gibt: %(names)s.")
            % {"name": name, "names": names}
        )
    return found


@dataclass(frozen=True, slots=True)
class _Folder:
    """Files by name, never outside of the folder."""

    path: Path

    def __contains__(self, name: object) -> bool:
        return (self.path / Path(str(name)).name).is_file()

    def __getitem__(self, name: str) -> bytes:
        return (self.path / Path(name).name).read_bytes()


def _proofs(folder: Path | None) -> importing.Proofs | None:
    if folder is None:
        return None
    if not folder.is_dir():
        raise CommandError(_("Den Ordner %(folder)s gibt es nicht.") % {"folder": folder})
    return _Folder(folder)
