"""``manage.py rebuild_index``: recompute the search keys of all persons and companies."""

from typing import Any

from django.core.management.base import BaseCommand

from contacts import indexing

_LABELS = {"company": "Firmen", "person": "Personen"}


class Command(BaseCommand):
    """Recompute the search keys; needed after an update that changes how they are made."""

    help = "Berechnet die Suchschlüssel aller Personen und Firmen neu."

    def handle(self, *_args: Any, **_options: Any) -> None:
        indexing.rebuild(progress=self._show)
        self.stdout.write("Der Suchindex ist neu.")

    def _show(self, kind: str, count: int) -> None:
        if count % 10_000 < indexing.CHUNK:
            self.stderr.write(f"{_LABELS[kind]}: {count:,}".replace(",", "."))
