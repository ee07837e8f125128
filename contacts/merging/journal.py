"""Moving rows from merged records to the survivor, each noted as it was.

Every step is one statement, whatever the number of rows: it changes rows and writes what it
changed into the journal.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from contacts.merging.links import Link
from contacts.models import MergeEntry
from crm.kernel.personal_data import Merging, Single

OWN = "(own)"  # beside the columns: by what a row is recognised as somebody's
_ENTRIES = f'"{MergeEntry._meta.db_table}" (merge_id, model, "row", act, kept, before, after)'


@dataclass(frozen=True, slots=True)
class Movement:
    """Into which record others go, in which merge, and when."""

    merge: int
    survivor: int
    others: Sequence[int]
    at: datetime

    def values(self, link: Link) -> dict[str, Any]:
        """The parameters of all statements."""
        return {
            "merge": self.merge,
            "model": link.label,
            "survivor": self.survivor,
            "others": list(self.others),
            "all": [self.survivor, *self.others],
            "at": self.at,
        }


def move(link: Link, movement: Movement) -> None:
    """Give the survivor all rows of the others; equal ones are folded first."""
    if link.pair:
        _fold_pairs(link, movement)
        _move_pairs(link, movement)
        return
    if link.merging == Merging.UNITE:
        _fold(link, movement)
        for single in link.singles:
            _keep_one(link, single, movement)
    _move(link, movement)


def _fold(link: Link, movement: Movement) -> None:
    """Delete rows that equal a better one; the survivor's own lists are left as they are."""
    better = "".join(f"{part}, " for part in (link.uniting.better if link.uniting else ()))
    parts = ", ".join(link.equal)
    run(
        f"WITH ranked AS (SELECT {link.key} AS id, first_value({link.key}) OVER best AS kept, "
        "row_number() OVER best AS place, "
        f"bool_or({link.column} <> %(survivor)s) OVER (PARTITION BY {parts}) AS joined "
        f"FROM {link.table} WHERE {link.column} = ANY(%(all)s) "
        f"WINDOW best AS (PARTITION BY {parts} ORDER BY {better}"
        f"({link.column} = %(survivor)s) DESC, {link.key})), "
        f"gone AS (DELETE FROM {link.table} AS t USING ranked "
        f"WHERE t.{link.key} = ranked.id AND place > 1 AND joined "
        "RETURNING ranked.id, ranked.kept, to_jsonb(t.*) AS before) "
        f"INSERT INTO {_ENTRIES} SELECT %(merge)s, %(model)s, id, 'FOLDED', kept, before, NULL "
        "FROM gone ORDER BY id",
        movement.values(link),
    )


def _keep_one(link: Link, single: Single, movement: Movement) -> None:
    """Let one of the rows for which the condition holds keep it."""
    per = link.per(single)
    parts = f"PARTITION BY {', '.join(per)} " if per else ""
    first = "".join(f"{part}, " for part in single.first)
    column = single.column
    run(
        f"WITH ranked AS (SELECT {link.key} AS id, to_jsonb({column}) AS old, "
        f"row_number() OVER ({parts}ORDER BY {first}({link.column} = %(survivor)s) DESC, "
        f"{link.key}) AS place "
        f"FROM {link.table} WHERE {link.column} = ANY(%(all)s) AND ({single.where})), "
        f"changed AS (UPDATE {link.table} AS t SET {column} = {single.otherwise} FROM ranked "
        f"WHERE t.{link.key} = ranked.id AND place > 1 "
        f"RETURNING ranked.id, ranked.old, to_jsonb(t.{column}) AS new) "
        f"INSERT INTO {_ENTRIES} SELECT %(merge)s, %(model)s, id, 'CHANGED', NULL, "
        f"jsonb_build_object('{column}', old), jsonb_build_object('{column}', new) "
        "FROM changed ORDER BY id",
        movement.values(link),
    )


def _move(link: Link, movement: Movement) -> None:
    """Set the foreign key to the survivor; merged records do not become their own parents."""
    before = "".join(f", '{name}', {name}" for name in link.restored)
    if link.own:
        before += f", '{OWN}', jsonb_build_array({', '.join(link.own)})"
    run(
        f"WITH old AS (SELECT {link.key} AS id, "
        f"jsonb_build_object('{link.column}', {link.column}{before}) AS before "
        f"FROM {link.table} WHERE {link.column} = ANY(%(others)s){_not_members(link)} "
        f"ORDER BY {link.key} FOR UPDATE), "
        f"moved AS (UPDATE {link.table} AS t SET {link.column} = %(survivor)s FROM old "
        f"WHERE t.{link.key} = old.id RETURNING old.id, old.before) "
        f"INSERT INTO {_ENTRIES} SELECT %(merge)s, %(model)s, id, 'MOVED', NULL, before, "
        f"jsonb_build_object('{link.column}', %(survivor)s::bigint) FROM moved ORDER BY id",
        movement.values(link),
    )


def _not_members(link: Link) -> str:
    """A record that takes part is no dependant of another one, even if it stood below it."""
    return f" AND {link.key} <> ALL(%(all)s)" if link.column in ("parent_id",) else ""


def _pairs(link: Link) -> str:
    """The rows about two records, and about which two they will be."""
    first, second = link.pair or ("", "")
    one, other = (
        f"CASE WHEN {name} = ANY(%(others)s) THEN %(survivor)s ELSE {name} END"
        for name in (first, second)
    )
    return (
        f"SELECT *, least({one}, {other}) AS new_first, greatest({one}, {other}) AS new_second, "
        f"({first} = ANY(%(others)s) OR {second} = ANY(%(others)s)) AS touched "
        f"FROM {link.table} WHERE {first} = ANY(%(all)s) OR {second} = ANY(%(all)s)"
    )


def _fold_pairs(link: Link, movement: Movement) -> None:
    """Delete what is about the merged records themselves, and all but the best of each pair."""
    better = "".join(f"{part}, " for part in (link.uniting.better if link.uniting else ()))
    parts = ", ".join(("new_first", "new_second", *link.equal))
    run(
        f"WITH mapped AS ({_pairs(link)}), "
        f"ranked AS (SELECT {link.key} AS id, new_first = new_second AS inner_pair, "
        f"first_value({link.key}) OVER best AS kept, row_number() OVER best AS place, "
        f"bool_or(touched) OVER (PARTITION BY {parts}) AS joined FROM mapped "
        f"WINDOW best AS (PARTITION BY {parts} ORDER BY {better}touched, {link.key})), "
        f"gone AS (DELETE FROM {link.table} AS t USING ranked WHERE t.{link.key} = ranked.id "
        "AND (inner_pair OR (place > 1 AND joined)) RETURNING ranked.id, "
        "CASE WHEN inner_pair THEN NULL ELSE ranked.kept END AS kept, to_jsonb(t.*) AS before) "
        f"INSERT INTO {_ENTRIES} SELECT %(merge)s, %(model)s, id, 'FOLDED', kept, before, NULL "
        "FROM gone ORDER BY id",
        movement.values(link),
    )


def _move_pairs(link: Link, movement: Movement) -> None:
    """Name the survivor in the rows that are left, the two records in order."""
    first, second = link.pair or ("", "")
    run(
        f"WITH mapped AS ({_pairs(link)}), "
        f"moved AS (UPDATE {link.table} AS t SET {first} = new_first, {second} = new_second "
        f"FROM mapped WHERE t.{link.key} = mapped.{link.key} AND touched "
        f"RETURNING t.{link.key} AS id, mapped.{first} AS old_first, "
        f"mapped.{second} AS old_second, new_first, new_second) "
        f"INSERT INTO {_ENTRIES} SELECT %(merge)s, %(model)s, id, 'CHANGED', NULL, "
        f"jsonb_build_object('{first}', old_first, '{second}', old_second), "
        f"jsonb_build_object('{first}', new_first, '{second}', new_second) FROM moved ORDER BY id",
        movement.values(link),
    )


def lock_pairs(link: Link, ids: Sequence[int]) -> None:
    """Lock the rows about two records in one order: they may be part of two merges at once."""
    first, second = link.pair or ("", "")
    run(
        f"SELECT 1 FROM {link.table} WHERE {first} = ANY(%(all)s) OR {second} = ANY(%(all)s) "
        f"ORDER BY {link.key} FOR UPDATE",
        {"all": list(ids)},
    )


def counts(links: Sequence[Link], ids: Sequence[int]) -> dict[tuple[str, str], int]:
    """How many rows hang on these records, by model and foreign key: one statement."""
    if not links:
        return {}
    parts = []
    for link in links:
        columns = link.pair or (link.column,)
        held = " OR ".join(f"{column} = ANY(%(ids)s)" for column in columns)
        parts.append(
            f"SELECT '{link.label}', '{link.name}', count(*) FROM {link.table} WHERE {held}"
        )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), {"ids": list(ids)})
        return {(label, name): count for label, name, count in cursor.fetchall()}


def marks(links: Sequence[Link]) -> dict[str, int]:
    """The highest number of each model's rows: what is added later has a higher one."""
    models = {link.label: link for link in links}
    parts = [
        f"SELECT '{label}', coalesce(max({link.key}), 0) FROM {link.table}"
        for label, link in models.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def snapshot(table: str, key: str, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Whole rows as JSON, from which :func:`jsonb_populate_record` makes the same rows again."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, to_jsonb(t.*)::text FROM {table} AS t WHERE {key} = ANY(%s)",
            [list(ids)],
        )
        return {pk: json.loads(text) for pk, text in cursor.fetchall()}


def run(statement: str, values: dict[str, Any]) -> None:
    """One statement without an answer."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
