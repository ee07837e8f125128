"""All tables, row by row as the database has them."""

from django.apps import apps
from django.db import connection

# what a merge and its undo leave behind, and why it may differ
EXEMPT = {
    "contacts.Merge": "the journal itself",
    "contacts.MergeMember": "the journal itself",
    "contacts.MergeEntry": "the journal itself",
    "kernel.AuditEntry": "tells of the merge and of the undo",
    "contacts.MatchName": "a dictionary that only grows",
    "accounts.User": "last log-in",
    "sessions.Session": "of screens",
}
# columns that may differ, by table: the number of the writing transaction
EXEMPT_COLUMNS = {
    "contacts_personsignature": ("written_in",),
    "contacts_companysignature": ("written_in",),
}


def dump() -> dict[str, list[str]]:
    """Every row of every table as JSON text, by table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.label in EXEMPT or not model._meta.managed:
                continue
            table = model._meta.db_table
            without = "".join(f" - '{name}'" for name in EXEMPT_COLUMNS.get(table, ()))
            cursor.execute(f'SELECT (to_jsonb(t.*){without})::text FROM "{table}" AS t ORDER BY 1')
            found[table] = [text for (text,) in cursor.fetchall()]
    return found
