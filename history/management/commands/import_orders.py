"""``manage.py import_orders``: a file of the ERP, through the same service as the screen."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError

from crm.accounts.models import User
from crm.kernel import clock
from crm.kernel.errors import DomainError
from history.commerce import refusals, takeovers, waiting
from history.commerce.running import COUNTS
from history.models import Takeover, TakeoverKind, TakeoverState

KINDS: Final = {
    "orders": TakeoverKind.ORDERS,
    "lines": TakeoverKind.LINES,
    "invoices": TakeoverKind.INVOICES,
    "classes": TakeoverKind.CLASSES,
}
LABELS: Final = {
    "created": "neu",
    "updated": "geändert",
    "unchanged": "unverändert",
    "waiting": "warten auf ihre Nummer",
    "refused": "zurückgewiesen",
    "released": "warteten und sind nun übernommen",
}
TOLD: Final = 20


class Command(BaseCommand):
    """Upload, map, take over, report; without a file only what waits is tried again."""

    help = "Übernimmt Aufträge, Auftragszeilen, Rechnungen oder Einstufungen aus CSV oder XLSX."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="DATEI", nargs="?")
        parser.add_argument("--kind", choices=KINDS, default="orders", help="was darin steht")
        parser.add_argument("--columns", type=Path, metavar="JSON", help="eigene Zuordnung")
        parser.add_argument("--encoding", default="")
        parser.add_argument("--delimiter", default="")
        parser.add_argument("--sheet", default="")
        parser.add_argument("--header-row", default="")
        parser.add_argument("--retry", action="store_true", help="nur Wartendes noch einmal")
        parser.add_argument("--dry-run", action="store_true", help="Probelauf, nichts behalten")
        parser.add_argument("--report", type=Path, metavar="CSV", help="zurückgewiesene Zeilen")
        parser.add_argument("--json", action="store_true", help="Ergebnis als JSON")
        parser.add_argument("--as", dest="user", metavar="E-MAIL", help="im Namen dieses Kontos")

    def handle(self, *_args: Any, **options: Any) -> None:
        actor = _actor(options["user"])
        if options["retry"]:
            count = waiting.retry(actor=actor, at=clock.now())
            told = json.dumps({"released": count}) if options["json"] else f"{count} übernommen"
            self.stdout.write(told)
            return
        try:
            takeover = self._taken_over(actor, options)
        except DomainError as error:
            raise CommandError(error.message) from error
        if options["report"]:
            with options["report"].open("w", encoding="utf-8", newline="") as file:
                file.writelines(refusals.as_csv(takeover))
        self._tell(takeover, is_json=options["json"])
        if takeover.state != TakeoverState.DONE:
            raise CommandError(takeover.failure)

    def _taken_over(self, actor: User | None, options: dict[str, Any]) -> Takeover:
        path: Path | None = options["file"]
        if path is None or not path.is_file():
            raise CommandError(f"Die Datei {path or ''} gibt es nicht.")
        names = ("encoding", "delimiter", "sheet", "header_row")
        with path.open("rb") as file:
            takeover = takeovers.upload(
                actor=actor,
                kind=KINDS[options["kind"]],
                file=file,
                file_name=path.name,
                reading={name: options[name] for name in names if options[name]},
                at=clock.now(),
            )
        chosen = takeover.columns
        if options["columns"]:
            chosen = _columns(options["columns"])
        takeover = takeovers.configure(
            actor=actor, takeover=takeover, chosen=chosen, at=clock.now()
        )
        takeover.is_dry_run = options["dry_run"]
        return takeovers.work(takeover=takeover, actor=actor, at=clock.now())

    def _tell(self, takeover: Takeover, *, is_json: bool) -> None:
        rows = takeover.refused_rows.all()[:TOLD]
        refused = [{"row": r.number, "column": r.column, "reason": r.reason} for r in rows]
        if is_json:
            result = {
                "id": str(takeover.public_id),
                "kind": takeover.kind,
                "state": takeover.state,
                "dry_run": takeover.is_dry_run,
                **{name: getattr(takeover, name) for name in COUNTS},
                "columns": takeover.columns,
                "first_refused": refused,
            }
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
            return
        for name, label in LABELS.items():
            self.stdout.write(f"{getattr(takeover, name):>10,}  {label}".replace(",", "."))
        for each in refused:
            self.stdout.write(f"Zeile {each['row']}, {each['column']}: {each['reason']}")


def _actor(email: str | None) -> User | None:
    if email is None:
        return None
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise CommandError(f"Ein Konto {email} gibt es nicht.")
    return user


def _columns(path: Path) -> dict[str, Any]:
    try:
        columns = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"Die Zuordnung {path} lässt sich nicht lesen: {error}") from error
    if not isinstance(columns, dict):
        raise CommandError(f"Die Zuordnung {path} muss ein JSON-Objekt sein.")
    return columns
