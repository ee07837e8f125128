"""The audit log as a file, with an audit row of who took it."""

from datetime import date, datetime
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from contacts import audit_log, audit_subjects, tables
from contacts.audit_log import Entry
from contacts.audit_query import Query
from contacts.difference_texts import Difference
from contacts.tables import Cell, Format
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit

UNKNOWN = "–"


@transaction.atomic
def export(*, actor: User, query: Query, to: IO[bytes], at: datetime) -> int:
    """Write what the query means to ``to`` as CSV, as the actor may know it; returns how many.

    The audit row is written in the same transaction: no file without it.

    :raises errors.NotPermitted: without the permissions to read the log and to export
    """
    policy.require(actor, policy.Permission.AUDIT_VIEW)
    policy.require(actor, policy.Permission.CONTACTS_EXPORT)
    count = tables.write_all(
        format=Format.CSV,
        to=to,
        header=header(),
        rows=(row(entry) for entry in audit_log.stream(reader=actor, query=query)),
    )
    audit.record(
        actor=actor,
        action="audit.exported",
        at=at,
        context={
            "rows": count,
            "format": Format.CSV.value,
            "query": query.as_data(),
            "conditions": query.in_words(),
        },
    )
    return count


def header() -> list[str]:
    """The columns of the file."""
    return [
        _("Zeit"),
        _("Wer"),
        _("Was"),
        _("Art"),
        _("Gegenstand"),
        _("Einzelheiten"),
    ]


def row(entry: Entry) -> list[Cell]:
    """One entry as cells."""
    kind, name = named(entry)
    return [
        f"{timezone.localtime(entry.at):%d.%m.%Y %H:%M:%S}",
        entry.actor or _("Installation"),
        entry.title,
        kind,
        name,
        "; ".join(in_words(each) for each in entry.details),
    ]


def named(entry: Entry) -> tuple[str, str]:
    """The kind of the object and its name, in words."""
    if entry.subject is None:
        return "", ""
    kind = str(audit_subjects.WORDS.get(entry.subject.kind, entry.subject.kind))
    return kind, entry.subject.name if entry.subject.is_visible else _("nicht sichtbar")


def in_words(detail: Difference) -> str:
    """``Funktion: Einkauf → Leitung Einkauf``."""
    old, new = _text(detail.old), _text(detail.new)
    return f"{detail.label}: {f'{old} → {new or UNKNOWN}' if old else new}"


def _text(value: str | date) -> str:
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else value
