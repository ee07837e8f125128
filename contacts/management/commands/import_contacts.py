"""``manage.py import_contacts``: a file of contacts, through the same service as the screen."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts import sources
from contacts.importing import imports, reports, settings, watching
from contacts.importing.presets.catalogue import PRESETS
from contacts.models import ImportRun, ImportState, Source, SourceKind
from crm.accounts.models import User
from crm.kernel import clock
from crm.kernel.errors import DomainError

COUNTS = {
    "created_count": "neu angelegt",
    "updated_count": "ergänzt",
    "unchanged_count": "unverändert",
    "rejected_count": "zurückgewiesen",
    "marked_count": "für die Dublettenprüfung markiert",
}


class Command(BaseCommand):
    """Upload, configure, run on the queue ``batch``, report."""

    help = "Übernimmt Kontakte aus CSV, TSV, XLSX, XLS, ODS oder vCard."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="DATEI")
        parser.add_argument("--source", required=True, help="Name der Herkunft")
        parser.add_argument(
            "--source-kind",
            choices=[kind.lower() for kind in SourceKind.values],
            help="legt die Herkunft an, wenn es sie noch nicht gibt",
        )
        parser.add_argument("--licence", default="", help="Lizenz einer neuen Herkunft")
        parser.add_argument("--use-until", type=date.fromisoformat, metavar="JJJJ-MM-TT")
        parser.add_argument("--preset", default="auto", choices=["auto", *PRESETS])
        parser.add_argument("--mapping", type=Path, metavar="JSON", help="eigene Zuordnung")
        parser.add_argument("--encoding", default="")
        parser.add_argument("--delimiter", default="")
        parser.add_argument("--sheet", default="")
        parser.add_argument("--header-row", default="")
        parser.add_argument("--update", action="store_true", help="Vorhandene aktualisieren")
        parser.add_argument("--dry-run", action="store_true", help="Probelauf, nichts behalten")
        parser.add_argument("--report", type=Path, metavar="CSV", help="zurückgewiesene Zeilen")
        parser.add_argument("--json", action="store_true", help="Ergebnis als JSON")
        parser.add_argument("--as", dest="user", metavar="E-MAIL", help="im Namen dieses Kontos")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            run = self._run(options)
        except DomainError as error:
            if options["json"]:
                self.stdout.write(_as_json({"error": error.code, "message": error.message}))
            raise CommandError(error.message) from error
        if options["report"]:
            with options["report"].open("w", encoding="utf-8", newline="") as file:
                file.writelines(reports.rejected(run))
        self._tell_result(run, options)
        if run.state != ImportState.DONE:
            raise CommandError(run.failure or ImportState(run.state).label)

    def _run(self, options: dict[str, Any]) -> ImportRun:
        actor = _actor(options["user"])
        source = _source(actor, options)
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"Die Datei {path} gibt es nicht.")
        with path.open("rb") as file:
            run = imports.upload(
                actor=actor,
                file=file,
                file_name=path.name,
                source=source,
                preset=options["preset"],
                update_existing=options["update"],
                at=clock.now(),
            )
        names = ("encoding", "delimiter", "sheet", "header_row")
        reading = {name: options[name] for name in names if options[name]}
        mapping = _mapping(options["mapping"])
        if reading or mapping:
            run = imports.configure(
                actor=actor,
                run=run,
                reading=reading or None,
                preset=options["preset"] if reading else None,
                mapping=mapping,
                at=clock.now(),
            )
        run = imports.start(actor=actor, run=run, dry_run=options["dry_run"], at=clock.now())
        try:
            return watching.finish(run, tell=self._tell_progress, clock=clock.now)
        except KeyboardInterrupt:
            imports.cancel(actor=actor, run=run, at=clock.now())
            raise CommandError("Angehalten. Was übernommen ist, bleibt.") from None

    def _tell_progress(self, run: ImportRun) -> None:
        done = sum(getattr(run, name) for name in COUNTS if name != "marked_count")
        total = f" von {run.rows_total:,}" if run.rows_total else ""
        line = f"\r{run.file_name}: {done:,}{total} Zeilen".replace(",", ".")
        if self.stderr.isatty():
            self.stderr.write(line, ending="")

    def _tell_result(self, run: ImportRun, options: dict[str, Any]) -> None:
        found = settings.of(run)
        if options["json"]:
            result = {
                "id": str(run.public_id),
                "state": run.state,
                "dry_run": run.dry_run,
                "rows": run.rows_total,
                **{name: getattr(run, name) for name in COUNTS},
                "preset": found.preset,
                "reading": found.found.as_json(),
                "left_out": found.notices,
                "report": str(options["report"]) if options["report"] else None,
            }
            self.stdout.write(_as_json(result))
            return
        if self.stderr.isatty():
            self.stderr.write("")
        for name, label in COUNTS.items():
            self.stdout.write(f"{getattr(run, name):>10,}  {label}".replace(",", "."))
        for name, count in found.notices.items():
            self.stdout.write(f"{count:>10,}  × {name} weggelassen".replace(",", "."))


def _actor(email: str | None) -> User | None:
    if email is None:
        return None
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise CommandError(f"Ein Konto {email} gibt es nicht.")
    return user


def _source(actor: User | None, options: dict[str, Any]) -> Source:
    name = options["source"].strip()
    if source := Source.objects.filter(name__iexact=name).first():
        return source
    if not options["source_kind"]:
        known = ", ".join(Source.objects.order_by("name").values_list("name", flat=True))
        raise CommandError(
            f"Die Herkunft „{name}“ gibt es nicht (vorhanden: {known or 'keine'}). "
            "Mit --source-kind wird sie angelegt."
        )
    return sources.create(
        actor=actor,
        kind=options["source_kind"].upper(),
        name=name,
        licence=options["licence"],
        use_until=options["use_until"],
        at=clock.now(),
    )


def _mapping(path: Path | None) -> dict[str, Any] | None:
    if path is None:
        return None
    try:
        mapping: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"Die Zuordnung {path} lässt sich nicht lesen: {error}") from error
    return mapping


def _as_json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
