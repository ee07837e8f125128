"""The lists of merged records side by side: contact points, addresses, roles, numbers, answers.

What is shown is what :mod:`contacts.merging.journal` will do: the same rules of the registry,
asked of the database without changing anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import connection

from contacts.merging.links import Link, Record, links_to
from contacts.models import (
    Address,
    ContactPointHolder,
    CriterionValue,
    Employment,
    ExternalId,
)

_RELATED: Final[dict[type[Any], tuple[str, ...]]] = {
    ContactPointHolder: ("contact_point", "source"),
    Address: ("source",),
    Employment: ("person", "company", "source"),
    ExternalId: ("source",),
    CriterionValue: ("criterion", "source"),
}
MOST: Final = 200  # rows of one list that are shown; all are counted


class Fate(StrEnum):
    """What becomes of a row: it stays, comes to the survivor, is folded into an equal one, or
    comes but no longer holds (another preferred number, another answer to the criterion)."""

    STAYS = "stays"
    ADDED = "added"
    FOLDED = "folded"
    YIELDS = "yields"


@dataclass(frozen=True, slots=True)
class Item:
    """One row: whose it is, what becomes of it, and into which row it is folded."""

    row: Any
    record: UUID
    fate: Fate
    kept: int | None = None


@dataclass(frozen=True, slots=True)
class List:
    """Rows of one model, those of the survivor first; ``total`` counts those not shown, too."""

    model: str
    items: tuple[Item, ...]
    total: int


def united(records: Sequence[Record]) -> list[List]:
    """The lists of the records, the first of which is the survivor; two queries for each."""
    links = {link.model: link for link in links_to(type(records[0])) if not link.pair}
    return [_list(links[model], records) for model in _RELATED if model in links]


def _list(link: Link, records: Sequence[Record]) -> List:
    fates = _fates(link, [each.pk for each in records])
    shown = list(fates)[:MOST]
    rows = rows_of(link, shown)
    ids = {each.pk: each.public_id for each in records}
    items = tuple(
        Item(rows[pk], ids[getattr(rows[pk], link.column)], *fates[pk])
        for pk in shown
        if pk in rows
    )
    return List(link.label, items, len(fates))


def rows_of(link: Link, ids: Sequence[int]) -> dict[int, Any]:
    """Rows by number, with what their texts name (one query)."""
    related = (link.name, *_RELATED.get(link.model, ()))
    return link.model._default_manager.select_related(*related).in_bulk(list(ids))


def _fates(link: Link, ids: Sequence[int]) -> dict[int, tuple[Fate, int | None]]:
    """What becomes of each row, by number; rows of the survivor come first."""
    survivor = f"({link.column} = %(survivor)s)"
    if link.uniting is None:
        place, kept, joined, yields = "1", "NULL::bigint", "false", "false"
        window = ""
    else:
        parts = ", ".join(link.equal)
        better = "".join(f"{part}, " for part in link.uniting.better)
        place, kept = "row_number() OVER best", f"first_value({link.key}) OVER best"
        joined = f"bool_or(NOT {survivor}) OVER (PARTITION BY {parts})"
        yields = _yields(link, survivor)
        window = (
            f"WINDOW best AS (PARTITION BY {parts} ORDER BY {better}{survivor} DESC, {link.key})"
        )
    statement = (
        f"SELECT {link.key} AS id, {survivor} AS own, {place} AS place, {kept} AS kept, "
        f"{joined} AS joined, {yields} AS yields FROM {link.table} "
        f"WHERE {link.column} = ANY(%(all)s) {window}"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, own, place > 1 AND joined, kept, yields FROM ({statement}) AS ranked "
            "ORDER BY own DESC, id",
            {"survivor": ids[0], "all": list(ids), "at": None},
        )
        return {
            pk: (
                Fate.FOLDED
                if folded
                else Fate.YIELDS
                if yields
                else Fate.STAYS
                if own
                else Fate.ADDED,
                kept if folded else None,
            )
            for pk, own, folded, kept, yields in cursor.fetchall()
        }


def _yields(link: Link, survivor: str) -> str:
    """Whether a row for which a condition holds that only one may keep is not that one."""
    conditions = []
    for single in link.singles:
        per = ", ".join((f"({single.where})", *link.per(single)))
        first = "".join(f"{part}, " for part in single.first)
        conditions.append(
            f"(({single.where}) AND row_number() OVER (PARTITION BY {per} "
            f"ORDER BY {first}{survivor} DESC, {link.key}) > 1)"
        )
    return " OR ".join(conditions) or "false"
