"""``manage.py make_demo_files FOLDER``: the four files of the demo company, in any size."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from crm.demo import files


class Command(BaseCommand):
    """Write the files and ``truth.csv``; needs no database."""

    help = _("Schreibt die Dateien der Musterfirma und dazu, welche Zeile wer ist (truth.csv).")
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help=_("Ordner, wird angelegt"))
        parser.add_argument("--persons", type=int, default=5000, help=_("Personensätze"))
        parser.add_argument("--companies", type=int, default=1200, help=_("Firmen"))
        parser.add_argument("--seed", type=int, default=2026, help=_("Startwert der Auslosung"))

    def handle(self, *args: Any, **options: Any) -> None:
        written = files.write_demo(
            options["folder"],
            persons=options["persons"],
            companies=options["companies"],
            seed=options["seed"],
        )
        for file in written:
            line = _("%(path)s: %(count)d Sätze") % {"path": file.path, "count": file.records}
            self.stdout.write(line)
