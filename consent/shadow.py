"""An empty ledger for the length of a transaction, beside the real one.

Temporary tables of the same names come first in PostgreSQL's search path, so that every service
writes into them; the real ledger is neither read nor locked, and nothing of this is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction

from consent.models import (
    Checkpoint,
    ContactDecision,
    EventPayload,
    LedgerEvent,
    Restriction,
    SuppressionEntry,
)

SHADOWED: tuple[type[models.Model], ...] = (
    LedgerEvent,
    EventPayload,
    Checkpoint,
    SuppressionEntry,
    ContactDecision,
    Restriction,
)


@contextmanager
def empty_ledger() -> Iterator[None]:
    """Within it the ledger is empty; whatever is written, contacts included, is rolled back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for model in SHADOWED:
                table = model._meta.db_table
                cursor.execute(
                    f"CREATE TEMPORARY TABLE {table}"
                    f" (LIKE public.{table} INCLUDING ALL) ON COMMIT DROP"
                )
        yield
        transaction.set_rollback(True)
