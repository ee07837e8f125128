"""``manage.py audit_log --since 2026-03-01 --kind export [--actor E-MAIL] [--json]``."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts import audit_files, audit_log, audit_query
from contacts.act_kinds import Kind
from contacts.audit_log import Entry
from contacts.audit_query import INSTALLATION
from crm.accounts.models import User
from crm.kernel import errors


class Command(BaseCommand):
    """Read the audit log, whole or as one user may know it."""

    help = _("Liest das Protokoll: wer wann was getan hat, das Neueste zuerst.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Conditions as on the screen, how many, and whose eyes to see it with."""
        day = date.fromisoformat
        parser.add_argument("--since", type=day, help=_("erster Tag, JJJJ-MM-TT"))
        parser.add_argument("--until", type=day, help=_("letzter Tag, JJJJ-MM-TT"))
        parser.add_argument(
            "--actor", default="", help=_("E-Mail eines Kontos oder „installation“")
        )
        parser.add_argument("--kind", default="", choices=["", *(kind.value for kind in Kind)])
        parser.add_argument("--object", default="", help=_("z. B. person:KENNUNG"))
        parser.add_argument("--limit", type=int, default=1000, help=_("höchstens so viele"))
        parser.add_argument("--as", dest="reader", default="", help=_("E-Mail, wie sie es sieht"))
        parser.add_argument("--json", action="store_true", help=_("eine JSON-Zeile je Eintrag"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each entry."""
        reader = _user(options["reader"]) if options["reader"] else None
        actor = options["actor"]
        if actor and actor != INSTALLATION:
            actor = str(_user(actor).public_id)
        conditions = {name: options[name] for name in ("kind", "object", "since", "until")}
        try:
            query = audit_query.of(reader=reader, actor=actor, **conditions)
            found = audit_log.first(reader=reader, query=query, count=options["limit"])
        except errors.DomainError as error:
            raise CommandError(error.message) from error
        for entry in found:
            self.stdout.write(_as_json(entry) if options["json"] else _as_line(entry))


def _user(email: str) -> User:
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise CommandError(_("Ein Konto %(email)s gibt es nicht.") % {"email": email})
    return user


def _as_line(entry: Entry) -> str:
    return "  ".join(str(cell) for cell in audit_files.row(entry) if cell)


def _as_json(entry: Entry) -> str:
    subject = entry.subject
    values = {
        "id": entry.number,
        "at": timezone.localtime(entry.at).isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "title": entry.title,
        "object": subject
        and {
            "kind": subject.kind,
            "id": subject.key,
            "name": subject.name,
            "is_visible": subject.is_visible,
        },
        "details": [
            {"label": each.label, "old": str(each.old), "new": str(each.new)}
            for each in entry.details
        ],
    }
    return json.dumps(values, ensure_ascii=False)
