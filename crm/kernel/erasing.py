"""The sanctioned way to take somebody out of rows that otherwise never change."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import pgtrigger
from django.db import connection, models
from django.db.models import QuerySet

from crm.kernel.models import AuditEntry
from crm.kernel.personal_data import PERSON, Whose

BLANK: Final = "[gelöscht]"
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
    """Replace whole words, in whatever case, in columns of text or JSON."""
    if not words:
        return
    pattern = pattern_of(words)
    table = connection.ops.quote_name(rows.model._meta.db_table)
    key = rows.model._meta.pk
    sets, values, found = [], [], []
    for name in columns:
        field = rows.model._meta.get_field(name)
        column = connection.ops.quote_name(str(field.column))
        kind = "jsonb" if isinstance(field, models.JSONField) else "text"
        sets.append(f"{column} = regexp_replace({column}::text, %s, %s, 'gi')::{kind}")
        values += [pattern, BLANK]
        found.append(f"{column}::text ~* %s")
    numbers = list(rows.values_list("pk", flat=True))
    with sanctioned(rows.model), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {', '.join(sets)}"
            f" WHERE {key.column} = ANY (%s) AND ({' OR '.join(found)})",
            [*values, numbers, *[pattern] * len(found)],
        )


def pattern_of(words: Iterable[str]) -> str:
    """A regular expression of PostgreSQL for any of the words, the longest first."""
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
        rows = AuditEntry.objects.filter(object_type=object_type, object_id__in=list(numbers))
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
