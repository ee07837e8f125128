"""Which column of a file is which field: proposed by its name, chosen, remembered by its shape."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from contacts.importing.presets.vocabulary import key
from crm.kernel import errors
from history.commerce.fields import FIELDS, find
from history.models import RememberedColumns

Columns = dict[str, str]


def propose(*, kind: str, header: Sequence[str]) -> Columns:
    """What was chosen for the last file of this shape; else what the names say."""
    known = RememberedColumns.objects.filter(kind=kind, shape=shape_of(header)).first()
    return dict(known.columns) if known else by_name(kind=kind, header=header)


def by_name(*, kind: str, header: Sequence[str]) -> Columns:
    """Column → field; of several columns with a name of the same field the most usual one."""
    columns: Columns = {}
    by_key = {key(name): name for name in reversed(header)}
    for field in FIELDS[kind]:
        named = [by_key[key(name)] for name in field.names if key(name) in by_key]
        free = [name for name in named if name not in columns]
        if free:
            columns[free[0]] = field.code
    return columns


def checked(*, kind: str, header: Sequence[str], columns: Mapping[Any, Any]) -> Columns:
    """Pass columns that fit the file and the kind; empty choices are left out.

    :raises errors.Invalid: field ``columns``, every fault in a sentence
    """
    chosen = {name: code for name, code in columns.items() if code}
    problems = [
        _("Die Spalte „%(name)s“ gibt es in der Datei nicht.") % {"name": name}
        for name in chosen
        if name not in header
    ]
    codes = list(chosen.values())
    problems += [
        _("Das Feld „%(code)s“ gibt es nicht.") % {"code": code}
        for code in codes
        if not isinstance(code, str) or find(kind, code) is None
    ]
    problems += [
        _("„%(field)s“ nimmt nur eine Spalte.") % {"field": field.label}
        for field in FIELDS[kind]
        if codes.count(field.code) > 1
    ]
    problems += lacking(kind=kind, codes=codes)
    if problems:
        raise errors.Invalid({"columns": list(dict.fromkeys(problems))})
    return chosen


def lacking(*, kind: str, codes: Sequence[Any]) -> list[str]:
    """A sentence for each field without which no row can be read."""
    missing = [
        _("Es fehlt eine Spalte für „%(field)s“.") % {"field": field.label}
        for field in FIELDS[kind]
        if field.is_required and field.code not in codes
    ]
    has_customer = any(find(kind, "customer") is None or code in _NAMING for code in codes)
    if not has_customer:
        missing.append(_("Es fehlt eine Spalte, die den Kunden nennt, etwa die Kundennummer."))
    return missing


_NAMING = ("customer", "company_name", "surname", "order")


def remember(*, kind: str, header: Sequence[str], columns: Columns, at: datetime) -> None:
    """Propose these columns for the next file of this shape."""
    RememberedColumns.objects.update_or_create(
        kind=kind,
        shape=shape_of(header),
        defaults={"columns": columns, "updated_at": at},
    )


def shape_of(header: Sequence[str]) -> str:
    """The same for files with the same columns in the same order."""
    return sha256("\x1f".join(map(key, header)).encode()).hexdigest()
