"""Lists as files: what the user sees and may take out, with an audit row of who took what."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import tables
from contacts.listing import Scope, columns, keyset
from contacts.listing.chips import chips
from contacts.listing.columns import Column
from contacts.listing.rows import compose
from contacts.listing.scope import ListName
from contacts.listing.selecting import Selection, selected
from contacts.tables import Cell, Format
from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors

CHUNK = 1000


@transaction.atomic
def export(
    *,
    actor: User,
    list_name: ListName,
    selection: Selection,
    format: Format,
    to: IO[bytes],
    all_columns: bool = False,
    at: datetime,
) -> int:
    """Write the chosen rows to ``to`` in the order of the query; returns how many.

    Columns are those of the query, or all there are. Rows come through a cursor of the database,
    a thousand at a time, so that memory does not grow with their number. The audit row is
    written in the same transaction: no file without it.

    :raises errors.NotPermitted: without the permission to export
    :raises errors.Invalid: more rows than a sheet holds
    """
    policy.require(actor, policy.Permission.CONTACTS_EXPORT)
    scope = Scope(list_name, actor, at)
    chosen = columns_for(scope=scope, selection=selection, all_columns=all_columns)
    header = [str(column.label) for column in chosen]
    table = tables.open_table(format=format, to=to, header=header)
    count = 0
    for row in _rows(scope, selection, chosen):
        count += 1
        if format is Format.XLSX and count >= tables.MOST_ROWS_IN_A_SHEET:
            raise errors.Invalid(
                {
                    "format": [
                        _("Ein Tabellenblatt fasst nicht so viele Zeilen. Bitte wählen Sie CSV.")
                    ]
                }
            )
        table.write(row)
    table.close()
    audit.record(
        actor=actor,
        action=f"{list_name.value}.exported",
        at=at,
        context={
            "rows": count,
            "format": format.value,
            "query": selection.query.encode(),
            "conditions": [chip.text for chip in chips(scope=scope, query=selection.query)],
            "chosen_by_hand": selection.public_ids is not None,
            "columns": [column.code for column in chosen],
        },
    )
    return count


def columns_for(*, scope: Scope, selection: Selection, all_columns: bool) -> list[Column]:
    """The columns of the query, or every column of the list."""
    if all_columns:
        return columns.all_of(scope)
    return columns.chosen(scope=scope, codes=selection.query.columns)


def file_name(*, list_name: ListName, format: Format, at: datetime) -> str:
    """``ansprechpartner-2026-03-17.csv``."""
    return f"{list_name.label.lower()}-{at:%Y-%m-%d}.{format.value}"


def _rows(scope: Scope, selection: Selection, chosen: Sequence[Column]) -> Iterator[list[Cell]]:
    needs = columns.needs_of(chosen)
    for records in _chunks(scope, selection):
        for row in compose(scope=scope, records=records, needs=needs):
            yield [column.value(row) for column in chosen]


def _chunks(scope: Scope, selection: Selection) -> Iterator[list[Any]]:
    records = selected(scope=scope, selection=selection).defer("search", "field_sources")
    for segment in keyset.ordered(records, sorting=selection.query.sorting):
        cursor = segment.iterator(chunk_size=CHUNK)
        while chunk := list(islice(cursor, CHUNK)):
            yield chunk
