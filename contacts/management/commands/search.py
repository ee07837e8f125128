"""``manage.py search TEXT --as EMAIL [--limit N] [--json]``: the global search of the screens."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contacts import search
from contacts.searching.hits import Hit
from crm.accounts.models import User


class Command(BaseCommand):
    """Find persons and companies as one user sees them."""

    help = "Sucht Personen und Firmen, wie die angegebene Person sie sieht."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", help="Name, Firma, Nummer oder E-Mail-Adresse")
        parser.add_argument("--as", dest="email", required=True, help="E-Mail der Anmeldung")
        parser.add_argument("--limit", type=int, default=search.LIMIT)
        parser.add_argument("--json", action="store_true", help="eine JSON-Zeile je Treffer")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"Eine Anmeldung „{options['email']}“ gibt es nicht.")
        results = search.find(user=user, text=options["text"], limit=options["limit"])
        for hit in (*results.persons, *results.companies):
            self.stdout.write(_as_json(hit) if options["json"] else _as_line(hit))
        if not results and not options["json"]:
            self.stdout.write("Nichts gefunden.")


def _as_json(hit: Hit) -> str:
    values = {
        "kind": hit.kind,
        "id": str(hit.public_id),
        "name": hit.name,
        "details": hit.details_text,
        "by_sound": hit.by_sound,
    }
    return json.dumps(values, ensure_ascii=False)


def _as_line(hit: Hit) -> str:
    alike = "  (andere Schreibung)" if hit.by_sound else ""
    return f"{hit.name}  {hit.details_text}{alike}"
