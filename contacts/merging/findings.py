"""Suspect pairs and groups that name a record which is no more one of its own: they vanish with
the merge and come back with its undo, as long as the run that found them holds."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.db import connection

from contacts.merging.links import Record
from contacts.models import Merge, MergeEntry, MergeMember, SuspectGroup, SuspectPair
from contacts.models.matching import MatchingRun

_PAIRS: Final = SuspectPair._meta.db_table
_GROUPS: Final = SuspectGroup._meta.db_table
_RUNS: Final = MatchingRun._meta.db_table
_JOURNAL: Final = f'"{MergeEntry._meta.db_table}"'
_MEMBERS: Final = MergeMember._meta.db_table
_MERGES: Final = Merge._meta.db_table
_ENTRIES: Final = f'"{MergeEntry._meta.db_table}" (merge_id, model, "row", act, before, after)'
PAIR: Final = SuspectPair._meta.label_lower
GROUP: Final = SuspectGroup._meta.label_lower
MODELS: Final = (PAIR, GROUP)


def vanish(merge: Merge, records: Sequence[Record]) -> None:
    """Take the other records (all but the first) out of what was found, and note it."""
    gone = [each.pk for each in records[1:]]
    values: dict[str, Any] = {"merge": merge.pk, "kind": merge.kind, "gone": gone}
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH gone AS (DELETE FROM {_PAIRS} AS t WHERE kind = %(kind)s "
            "AND (first_id = ANY(%(gone)s) OR second_id = ANY(%(gone)s)) "
            "RETURNING t.id, to_jsonb(t.*) AS before) "
            f"INSERT INTO {_ENTRIES} SELECT %(merge)s, '{PAIR}', id, 'FOLDED', before, NULL "
            "FROM gone ORDER BY id",
            values,
        )
        cursor.execute(
            f"SELECT g.id FROM {_GROUPS} g WHERE g.kind = %(kind)s AND g.generation = ANY("
            f"SELECT generation FROM {_RUNS} WHERE kind = %(kind)s AND is_current) "
            "AND (g.generation, g.number) IN (SELECT (before->>'generation')::bigint, "
            f"(before->>'group')::bigint FROM \"{MergeEntry._meta.db_table}\" "
            f"WHERE merge_id = %(merge)s AND model = '{PAIR}')",
            values,
        )
        numbers = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(
            "WITH old AS (SELECT id, to_jsonb(g.*) AS before, ARRAY(SELECT each.pk FROM "
            "unnest(g.members) WITH ORDINALITY AS each(pk, place) WHERE each.pk <> ALL(%(gone)s) "
            f"ORDER BY place) AS rest FROM {_GROUPS} AS g WHERE id = ANY(%(groups)s)), "
            f"gone AS (DELETE FROM {_GROUPS} AS t USING old WHERE t.id = old.id "
            "AND cardinality(rest) < 2 RETURNING t.id, before, NULL::jsonb AS after), "
            f"less AS (UPDATE {_GROUPS} AS t SET members = rest, size = cardinality(rest) "
            "FROM old WHERE t.id = old.id AND cardinality(rest) >= 2 "
            "RETURNING t.id, before, to_jsonb(t.*) AS after) "
            f"INSERT INTO {_ENTRIES} SELECT %(merge)s, '{GROUP}', id, "
            "CASE WHEN after IS NULL THEN 'FOLDED' ELSE 'CHANGED' END, before, after "
            "FROM (SELECT * FROM gone UNION ALL SELECT * FROM less) AS touched ORDER BY id",
            {**values, "groups": numbers},
        )


def come_back(merge: Merge) -> None:
    """Put back what vanished, unless a later run took the place of the one that found it.

    A group that was touched since gets the restored records back, and keeps what else changed.
    """
    values: dict[str, Any] = {"merge": merge.pk, "kind": merge.kind}
    there = (  # looked up one by one: few are asked for, and the stock is large
        f"EXISTS (SELECT FROM contacts_{merge.kind.lower()} AS own "
        "WHERE own.id = {} AND own.merged_into_id IS NULL)"
    )
    is_there = there.format("pk")
    current = f"SELECT generation FROM {_RUNS} WHERE kind = %(kind)s AND is_current"
    entries = (
        f'"{MergeEntry._meta.db_table}" AS e, LATERAL jsonb_populate_record(NULL::{{table}}, '
        "e.before) AS r WHERE e.merge_id = %(merge)s AND e.model = '{model}' "
        f"AND r.generation IN ({current})"
    )
    pairs = entries.format(table=_PAIRS, model=PAIR)
    groups = entries.format(table=_GROUPS, model=GROUP)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_PAIRS} SELECT r.* FROM {pairs} AND {there.format('r.first_id')} "
            f"AND {there.format('r.second_id')} ON CONFLICT DO NOTHING",
            values,
        )
        cursor.execute(
            f"UPDATE {_GROUPS} AS t SET members = merged.members, "
            "size = cardinality(merged.members) FROM (SELECT r.generation, r.number, "
            "ARRAY(SELECT pk FROM unnest(r.members) WITH ORDINALITY AS each(pk, place) "
            f"WHERE pk = ANY(now.members) OR {is_there} ORDER BY place) AS members "
            f"FROM {_GROUPS} AS now, {groups} "
            "AND now.generation = r.generation AND now.number = r.number) AS merged "
            "WHERE t.generation = merged.generation AND t.number = merged.number",
            values,
        )
        cursor.execute(
            f"INSERT INTO {_GROUPS} (id, generation, kind, number, members, size, strength, "
            "weakest) SELECT r.id, r.generation, r.kind, r.number, left_over.members, "
            f"cardinality(left_over.members), r.strength, r.weakest FROM (SELECT r.* FROM {groups}"
            f") AS r, LATERAL (SELECT ARRAY(SELECT pk FROM unnest(r.members) "
            f"WITH ORDINALITY AS each(pk, place) WHERE {is_there} ORDER BY place) AS members) "
            "AS left_over "
            "WHERE cardinality(left_over.members) > 1 ON CONFLICT DO NOTHING",
            values,
        )


def hand_on(merge: Merge) -> None:
    """What could not come back, because another of its records is an alias still, is noted at the
    merge that made it one, and comes back with that one's undo."""
    owner = f"{merge.kind.lower()}_id"
    holding = (
        f"SELECT member.{owner} AS alias, member.merge_id FROM {_MEMBERS} AS member "
        f"JOIN {_MERGES} AS m ON m.id = member.merge_id WHERE NOT member.is_survivor "
        f"AND m.undone_at IS NULL AND m.id <> %(merge)s AND m.kind = %(kind)s"
    )
    values: dict[str, Any] = {"merge": merge.pk, "kind": merge.kind}
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_JOURNAL} AS e SET merge_id = holding.merge_id FROM ({holding}) AS holding "
            f"WHERE e.merge_id = %(merge)s AND e.model = '{PAIR}' AND holding.alias IN "
            "((e.before->>'first_id')::bigint, (e.before->>'second_id')::bigint)",
            values,
        )
        cursor.execute(
            f"WITH lacking AS (SELECT DISTINCT e.id, holding.merge_id FROM {_JOURNAL} AS e "
            f"JOIN ({holding}) AS holding ON e.before->'members' @> to_jsonb(holding.alias) "
            f"WHERE e.merge_id = %(merge)s AND e.model = '{GROUP}'), "
            f"known AS (UPDATE {_JOURNAL} AS k SET before = e.before FROM lacking "
            f"JOIN {_JOURNAL} AS e USING (id) WHERE k.merge_id = lacking.merge_id "
            f'AND k.model = \'{GROUP}\' AND k."row" = e."row" '
            "RETURNING lacking.id, lacking.merge_id) "
            f'INSERT INTO {_ENTRIES} SELECT lacking.merge_id, e.model, e."row", e.act, e.before, '
            f"e.after FROM lacking JOIN {_JOURNAL} AS e USING (id) "
            "WHERE (lacking.id, lacking.merge_id) NOT IN (SELECT * FROM known)",
            values,
        )


def without_aliases(run: MatchingRun, seen: npt.NDArray[np.int64]) -> None:
    """Take aliases out of what a run found that began before they were merged.

    ``seen`` are the records that the run saw. Asked under the lock of merges, before the run's
    result holds.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM contacts_{run.kind.lower()} WHERE merged_into_id IS NOT NULL"
        )
        aliases = [pk for (pk,) in cursor.fetchall()]
        gone = np.array(aliases)[np.isin(aliases, seen)].tolist() if aliases else []
        if not gone:
            return
        values = {"generation": run.generation, "gone": gone}
        for column in ("first_id", "second_id"):
            cursor.execute(
                f"DELETE FROM {_PAIRS} WHERE {column} = ANY(%(gone)s) "
                "AND generation = %(generation)s",
                values,
            )
        cursor.execute(
            f"UPDATE {_GROUPS} AS t SET members = rest, size = cardinality(rest) FROM ("
            "SELECT g.id, ARRAY(SELECT pk FROM unnest(g.members) AS pk WHERE pk <> ALL(%(gone)s)) "
            f"AS rest FROM {_GROUPS} AS g WHERE generation = %(generation)s "
            "AND g.members && %(gone)s::bigint[]) AS mended WHERE t.id = mended.id",
            values,
        )
        cursor.execute(
            f"DELETE FROM {_GROUPS} WHERE generation = %(generation)s AND size < 2", values
        )
