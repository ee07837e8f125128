"""``manage.py export_contacts persons --as EMAIL --query "city=Kiel" --output kiel.csv``."""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import exporting
from contacts.listing import ListName, Scope
from contacts.listing import query as queries
from contacts.listing.selecting import Selection
from contacts.tables import Format
from crm.accounts.models import User
from crm.kernel import clock, errors


class Command(BaseCommand):
    """Write a list as CSV or XLSX, as one user sees it and may take it out."""

    help = _("Schreibt eine Liste als Datei, so wie der genannte Nutzer sie sieht.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The list, whose eyes to see it with, conditions as in an address, and the file."""
        parser.add_argument("list", choices=[name.value for name in ListName])
        parser.add_argument("--as", dest="email", required=True, help=_("E-Mail des Nutzers"))
        parser.add_argument("--output", type=Path, required=True, help=_("Zieldatei"))
        parser.add_argument("--query", default="", help=_("Bedingungen wie in der Adresszeile"))
        parser.add_argument(
            "--format", choices=[f.value for f in Format], help=_("sonst die Endung")
        )
        parser.add_argument("--all-columns", action="store_true", help=_("alle Spalten"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Export and tell how many rows there are; a refused export leaves no file."""
        actor = User.objects.filter(email=options["email"].strip().lower()).first()
        if actor is None:
            raise CommandError(_("Einen Nutzer mit dieser E-Mail gibt es nicht."))
        target: Path = options["output"]
        try:
            count = self._export(actor, target, options)
        except errors.DomainError as error:
            raise CommandError(_told(error)) from error
        text = ngettext("%(count)s Zeile in %(file)s", "%(count)s Zeilen in %(file)s", count)
        self.stdout.write(text % {"count": count, "file": target})

    def _export(self, actor: User, target: Path, options: dict[str, Any]) -> int:
        now = clock.now()
        scope = Scope(ListName(options["list"]), actor, now)
        query = queries.parse_string(scope=scope, text=options["query"])
        with NamedTemporaryFile(dir=target.parent, prefix=".export-", delete=False) as file:
            unfinished = Path(file.name)
            try:
                count = exporting.export(
                    actor=actor,
                    list_name=scope.name,
                    selection=Selection(query),
                    format=_format(options["format"], target),
                    to=file,
                    all_columns=options["all_columns"],
                    at=now,
                )
            except BaseException:
                unfinished.unlink()
                raise
        unfinished.replace(target)
        return count


def _format(name: str | None, target: Path) -> Format:
    ending = name or target.suffix.lstrip(".").lower()
    if ending not in list(Format):
        raise CommandError(_("Bitte --format csv oder --format xlsx angeben."))
    return Format(ending)


def _told(error: errors.DomainError) -> str:
    if not isinstance(error, errors.Invalid):
        return error.message
    return "\n".join(f"{field}: {' '.join(texts)}" for field, texts in error.errors.items())
