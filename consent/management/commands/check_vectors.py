"""``manage.py check_vectors``: do the answers still agree with the published test vectors?"""

import csv
import json
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from consent.checking import families
from consent.decision import vectors
from consent.decision.vectors import Vector


class Command(BaseCommand):
    """Run every row of a file through the real services; nothing of it is kept."""

    help = _("Prüft die Entscheidungen an einer Datei mit Testfällen.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What may be said on the command line."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--family", choices=sorted(families.FAMILIES))
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run them; exit code 1 if one differs."""
        failed: dict[str, dict[str, list[str]]] = defaultdict(dict)
        passed: dict[str, int] = defaultdict(int)
        left_out: dict[str, int] = defaultdict(int)
        for vector in _read(options["file"], options["family"]):
            if vector.family not in families.FAMILIES:
                left_out[vector.family] += 1
            elif differences := families.run(vector):
                failed[vector.family][vector.id] = differences
            else:
                passed[vector.family] += 1
        if options["json"]:
            answer = {"passed": passed, "failed": failed, "not_run": left_out}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self._tell(passed, failed, left_out)
        if failed:
            raise CommandError(
                _("%(count)d Testfälle weichen ab.") % {"count": sum(map(len, failed.values()))}
            )

    def _tell(
        self,
        passed: dict[str, int],
        failed: dict[str, dict[str, list[str]]],
        left_out: dict[str, int],
    ) -> None:
        for family in sorted({*passed, *failed}):
            wrong = failed.get(family, {})
            self.stdout.write(f"{family}: {passed.get(family, 0)} / {len(wrong)}")
            for vector_id, differences in wrong.items():
                self.stdout.write(f"  {vector_id}: {'; '.join(differences)}")
        for family, count in sorted(left_out.items()):
            self.stdout.write(
                _("%(family)s: %(count)d nicht ausgeführt") % {"family": family, "count": count}
            )


def _read(path: Path, family: str | None) -> list[Vector]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [vectors.parsed(row) for row in csv.DictReader(file)]
    except (OSError, ValueError) as error:
        raise CommandError(f"{path}: {error}") from error
    return [row for row in rows if family in (None, row.family)]
