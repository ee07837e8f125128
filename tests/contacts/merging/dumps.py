"""All tables, row by row as the database has them."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from django.apps import apps
from django.db import connection

Rows = dict[str, dict[str, dict[str, Any]]]

# what a merge and its undo leave behind, and why it may differ
EXEMPT = {
    "contacts.Merge": "the journal itself",
    "contacts.MergeMember": "the journal itself",
    "contacts.MergeEntry": "the journal itself",
    "kernel.AuditEntry": "tells of the merge and of the undo",
    "consent.LedgerEvent": "tells of the merge and of the undo, and only grows",
    "consent.EventPayload": "hangs on events of the ledger",
    "consent.Checkpoint": "signs the head of the ledger",
    "contacts.MatchName": "a dictionary that only grows",
}
# columns that may differ, by table: the number of the writing transaction
EXEMPT_COLUMNS = {
    "contacts_personsignature": ("written_in",),
    "contacts_companysignature": ("written_in",),
}
# of a record to which somebody added rows: it counts the change and is found by more
KEYS = {
    "contacts_personsignature": "person_id",
    "contacts_companysignature": "company_id",
    "consent_pointkey": "contact_point_id",
    "django_session": "session_key",
}
MOVING = ("version", "updated_at", "search", "completeness")


def dump() -> dict[str, list[str]]:
    """Every row of every table as JSON text, by table."""
    found = {}
    for table, without in _tables():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT (to_jsonb(t.*){without})::text FROM "{table}" AS t ORDER BY 1')
            found[table] = [text for (text,) in cursor.fetchall()]
    return found


def rows() -> Rows:
    """The same as values, by table and primary key."""
    found: Rows = {}
    for table, without in _tables():
        key = KEYS.get(table, "id")
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT (to_jsonb(t.*){without})::text FROM "{table}" AS t')
            values = [json.loads(row) for (row,) in cursor]
        found[table] = {str(value[key]): value for value in values}
    return found


def assert_same_but_for(
    before: Rows, after: Rows, added: Mapping[str, Collection[int]], touched: tuple[str, int]
) -> None:
    """All rows are as they were; only ``added`` came, and the record ``touched`` counted that."""
    for table, old in before.items():
        new = after[table]
        assert set(new) - set(old) == {str(pk) for pk in added.get(table, ())}, table
        for pk, value in old.items():
            now = new.get(pk, {})
            if (table, pk) == (touched[0], str(touched[1])):
                value = {name: each for name, each in value.items() if name not in MOVING}
                now = {name: each for name, each in now.items() if name not in MOVING}
            if table.endswith("signature") and pk == str(touched[1]):
                continue  # holds the added e-mail
            assert now == value, (table, pk)


def _tables() -> list[tuple[str, str]]:
    return [
        (
            model._meta.db_table,
            "".join(f" - '{name}'" for name in EXEMPT_COLUMNS.get(model._meta.db_table, ())),
        )
        for model in apps.get_models()
        if model._meta.label not in EXEMPT and model._meta.managed
    ]
