"""The sanctioned way to take somebody out of rows that otherwise never change."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import pgtrigger
from django.db import connection, models
from django.db.models import QuerySet

from crm.kernel.among import among_keys
from crm.kernel.models import AuditEntry
from crm.kernel.personal_data import PERSON, Whose

BLANK: Final = "[gelöscht]"
AT_ONCE: Final = 2000
_PART: Final = re.compile(r"\w+")
_GUARDS: Final = ("_is_append_only",)


@contextmanager
def sanctioned(*of: type[models.Model]) -> Iterator[None]:
    """Within it rows of these models may change, though they only grow for everybody else."""
    guards = [
        f"{model._meta.label}:{trigger.name}"
        for model in of
        for trigger in getattr(model._meta, "triggers", ())
        if str(trigger.name).endswith(_GUARDS)
    ]
    if not guards:
        yield
        return
    with pgtrigger.ignore(*guards):
        yield


def clear(rows: QuerySet[Any], **values: Any) -> int:
    """Set columns of the rows; gives how many there were."""
    with sanctioned(rows.model):
        return rows.update(**values)


def scrub(rows: QuerySet[Any], columns: Iterable[str], words: Collection[str]) -> None:
    """Replace whole words, in whatever case, in columns of text or JSON.

    How long it takes grows with the rows and the words, not with their product.
    """
    numbers = list(rows.values_list("pk", flat=True)) if words else []
    blanked = _Blanking(words)
    for start in range(0, len(numbers), AT_ONCE):
        _scrub(rows.model, list(columns), numbers[start : start + AT_ONCE], blanked)


def _scrub(
    model: type[models.Model], columns: Sequence[str], numbers: Sequence[Any], blanked: "_Blanking"
) -> None:
    quoted = connection.ops.quote_name
    table, key = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    names = [quoted(field.column) for field in fields]
    kinds = ["jsonb" if isinstance(field, models.JSONField) else "text" for field in fields]
    with sanctioned(model), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {', '.join(f'{name}::text' for name in names)} FROM {table}"
            f" WHERE {key} = ANY (%s)",
            [list(numbers)],
        )
        changed = [
            (*after, pk)
            for pk, *before in cursor.fetchall()
            if (after := [text and blanked(text) for text in before]) != before
        ]
        sets = ", ".join(f"{name} = %s::{kind}" for name, kind in zip(names, kinds, strict=True))
        for values in changed:
            cursor.execute(f"UPDATE {table} SET {sets} WHERE {key} = %s", values)


class _Blanking:
    """Replaces words in a text; of many words it tries those whose first part stands in it."""

    def __init__(self, words: Iterable[str]) -> None:
        self.by_part: dict[str, list[str]] = {}
        for word in words:
            part = _PART.search(word)
            self.by_part.setdefault(part[0].casefold() if part else "", []).append(word)

    def __call__(self, text: str) -> str:
        parts = {"", *(part.casefold() for part in _PART.findall(text))}
        found = [word for part in parts for word in self.by_part.get(part, ())]
        return re.sub(pattern_of(found), BLANK, text, flags=re.IGNORECASE) if found else text


def pattern_of(words: Iterable[str]) -> str:
    """A regular expression, of PostgreSQL as of Python, for any of the words, the longest first."""
    escaped = (re.sub(r"([^\w\s])", r"\\\1", each) for each in sorted(words, key=len)[::-1])
    return rf"(?<!\w)({'|'.join(escaped)})(?!\w)"


def entries_about(whose: Whose) -> QuerySet[Any]:
    """Audit rows about the person and the records that went into it."""
    return AuditEntry.objects.filter(object_type=PERSON, object_id__in=whose.persons)


def forget_in_audit(
    *, places: Mapping[str, Collection[int]], words: Collection[str], run: str
) -> int:
    """Leave of audit rows who did what and when; gives how many changed.

    ``places`` are numbers of objects by type: labels, changes and context of these rows are
    emptied. In all other rows ``words``, which are nobody else's, are replaced.
    """
    changed = 0
    for object_type, numbers in places.items():
        rows = AuditEntry.objects.filter(
            object_type=object_type, object_id__in=among_keys(AuditEntry, numbers)
        )
        changed += clear(rows, object_label="", changes={}, context={"erased": run})
    if words:
        pattern = pattern_of(words)
        mentions = AuditEntry.objects.extra(
            where=["object_label ~* %s OR changes::text ~* %s OR context::text ~* %s"],
            params=[pattern] * 3,
        )
        changed += mentions.count()
        scrub(mentions, ("object_label", "changes", "context"), words)
    return changed
