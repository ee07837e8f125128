"""Taking moved rows back, the reverse of :mod:`contacts.merging.journal`: each step is one
statement, whatever the number of rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from contacts.merging.journal import OWN, run
from contacts.merging.links import Link, columns_of
from contacts.models import Merge, MergeEntry, MergeMember

_JOURNAL: Final = f'"{MergeEntry._meta.db_table}"'
_MEMBERS: Final = f'"{MergeMember._meta.db_table}"'
_MERGES: Final = f'"{Merge._meta.db_table}"'


@dataclass(frozen=True, slots=True)
class Return:
    """Which merge is undone, and whose rows go back."""

    merge: Merge
    survivor: int
    others: tuple[int, ...]

    def values(self, link: Link) -> dict[str, Any]:
        """The parameters of all statements."""
        return {
            "merge": self.merge.pk,
            "model": link.label,
            "survivor": self.survivor,
            "others": list(self.others),
            "mark": self.merge.marks.get(link.label, 0),
        }


def move_back(link: Link, back: Return) -> None:
    """Give each record its rows again, as far as they are still the survivor's."""
    if link.pair:
        return
    restored = "".join(
        f", {name} = (jsonb_populate_record(NULL::{link.table}, e.before)).{name}"
        for name in link.restored
    )
    run(
        f"UPDATE {link.table} AS t SET {link.column} = (e.before->>'{link.column}')::bigint"
        f"{restored} FROM {_JOURNAL} AS e WHERE e.merge_id = %(merge)s AND e.model = %(model)s "
        f"AND e.act = 'MOVED' AND e.before ? '{link.column}' AND t.{link.key} = e.\"row\" "
        f"AND t.{link.column} = %(survivor)s",
        back.values(link),
    )


def remember(link: Link, back: Return) -> None:
    """Where a moved record was itself merged later, that merge remembers where the record belongs
    once both are undone."""
    kind = back.merge.kind.lower()
    if link.label != f"contacts.{kind}":
        return
    entry = (
        f"{_JOURNAL} AS e, {_MERGES} AS m WHERE e.merge_id = %(merge)s AND e.model = %(model)s "
        f"AND e.act = 'MOVED' AND e.before ? '{link.column}' AND m.id = t.merge_id "
        f'AND m.undone_at IS NULL AND m.id > %(merge)s AND t.{kind}_id = e."row" '
    )
    run(
        f"UPDATE {_MEMBERS} AS t SET before = jsonb_set(t.before, '{{{link.column}}}', "
        f"e.before->'{link.column}') FROM {entry} AND NOT t.is_survivor "
        f"AND t.before->'{link.column}' = e.after->'{link.column}'",
        back.values(link),
    )
    run(
        f"UPDATE {_MEMBERS} AS t SET changes = jsonb_set(t.changes, '{{{link.column},0}}', "
        f"e.before->'{link.column}') FROM {entry} AND t.is_survivor "
        f"AND t.changes->'{link.column}'->0 = e.after->'{link.column}'",
        back.values(link),
    )


def give_back(link: Link, rows: Mapping[int, int], back: Return) -> None:
    """Give rows that were added afterwards to the record that they belong to."""
    run(
        f"UPDATE {link.table} AS t SET {link.column} = given.holder "
        "FROM unnest(%(rows)s::bigint[], %(holders)s::bigint[]) AS given(id, holder) "
        f"WHERE t.{link.key} = given.id AND t.{link.column} = %(survivor)s",
        {**back.values(link), "rows": list(rows), "holders": list(rows.values())},
    )


def set_back(link: Link, back: Return) -> None:
    """Set changed columns back where they still are what the merge made them."""
    if link.pair:
        _set_back(link, link.pair, "", back)
    for single in link.singles:
        parts = link.per(single)
        per = "".join(f", ({part}) AS part{at}" for at, part in enumerate(parts))
        same = "".join(
            f" AND other.part{at} IS NOT DISTINCT FROM own.part{at}" for at in range(len(parts))
        )
        taken = (
            f" AND NOT EXISTS (SELECT 1 FROM (SELECT {link.key} AS id, {link.column} AS holder"
            f"{per} FROM {link.table} WHERE {single.where}) AS other, "
            f"(SELECT {link.key} AS id, {link.column} AS holder{per} FROM {link.table}) AS own "
            f"WHERE own.id = t.{link.key} AND other.holder = own.holder "
            f"AND other.id <> own.id{same})"
        )
        _set_back(link, (single.column,), taken, back)


def _set_back(link: Link, columns: Collection[str], also: str, back: Return) -> None:
    names = ", ".join(columns)
    former = ", ".join(f"former.{name}" for name in columns)
    unchanged = " AND ".join(
        f"coalesce(to_jsonb(t.{name}), 'null') = e.after->'{name}'" for name in columns
    )
    run(
        f"UPDATE {link.table} AS t SET ({names}) = ROW({former}) FROM {_JOURNAL} AS e, "
        f"LATERAL jsonb_populate_record(NULL::{link.table}, e.before) AS former "
        "WHERE e.merge_id = %(merge)s AND e.model = %(model)s AND e.act = 'CHANGED' "
        f'AND e.before ?& %(columns)s AND t.{link.key} = e."row" AND {unchanged}{also}',
        {**back.values(link), "columns": list(columns)},
    )


def unfold(link: Link, back: Return) -> None:
    """Write folded rows again, unless what was added since takes their place.

    Columns that the table got since have their default.
    """
    written = MergeEntry.objects.filter(
        merge=back.merge, model=link.label, act=MergeEntry.Act.FOLDED
    )
    sample = written.values_list("before", flat=True).first()
    if sample is None:
        return
    columns = columns_of(link.model, sample)
    former = ", ".join(f"former.{name}" for name in columns)
    run(
        f"INSERT INTO {link.table} ({', '.join(columns)}) SELECT {former} FROM {_JOURNAL} AS e, "
        f"LATERAL jsonb_populate_record(NULL::{link.table}, e.before) AS former "
        "WHERE e.merge_id = %(merge)s AND e.model = %(model)s AND e.act = 'FOLDED' "
        f"AND (e.before->>'{link.column}') IS NOT NULL ORDER BY e.\"row\" ON CONFLICT DO NOTHING",
        back.values(link),
    )


def belonging(link: Link, back: Return) -> dict[int, int]:
    """Rows added after the merge that are demonstrably one restored record's: by whom.

    They say what a row of that record alone said (the same contact point, the same company).
    """
    if not link.own or link.pair:
        return {}
    own = f"jsonb_build_array({', '.join(link.own)})"
    ours = f"{link.column} = %(survivor)s"
    entries = f"{_JOURNAL} AS e WHERE e.merge_id = %(merge)s AND e.model = %(model)s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH moved AS (SELECT e.\"row\" AS id, (e.before->>'{link.column}')::bigint AS "
            f"holder, e.before->'{OWN}' AS own FROM {entries} AND e.act = 'MOVED' "
            f"AND e.before ? '{link.column}'), "
            f"folded AS (SELECT {link.column} AS holder, {own} AS own, kept_row FROM ("
            f"SELECT former.*, e.kept AS kept_row FROM {_JOURNAL} AS e, "
            f"LATERAL jsonb_populate_record(NULL::{link.table}, e.before) AS former "
            "WHERE e.merge_id = %(merge)s AND e.model = %(model)s AND e.act = 'FOLDED') AS f), "
            "brought AS (SELECT holder, own FROM moved UNION ALL SELECT holder, own FROM folded), "
            # the survivor's own rows, those included that were folded away, or that others were
            # folded into and that somebody removed since
            f"ours AS (SELECT {own} AS own FROM {link.table} WHERE {ours} AND {link.key} "
            f"<= %(mark)s AND {link.key} NOT IN (SELECT id FROM moved) UNION ALL SELECT own "
            "FROM folded WHERE holder = %(survivor)s OR kept_row NOT IN (SELECT id FROM moved)), "
            f"added AS (SELECT {link.key} AS id, {own} AS own FROM {link.table} WHERE {ours} "
            f"AND {link.key} > %(mark)s AND {link.key} NOT IN ({_moved_since(link)})) "
            "SELECT added.id, min(brought.holder) FROM added JOIN brought USING (own) "
            "WHERE holder <> %(survivor)s AND own NOT IN (SELECT own FROM ours) "
            "GROUP BY added.id HAVING count(DISTINCT holder) = 1 ORDER BY added.id",
            back.values(link),
        )
        return dict(cursor.fetchall())


def added(link: Link, back: Return) -> int:
    """How many rows the survivor got after the merge."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {link.table} WHERE {link.column} = %(survivor)s "
            f"AND {link.key} > %(mark)s AND {link.key} NOT IN ({_moved_since(link)})",
            back.values(link),
        )
        return int(cursor.fetchone()[0])


def _moved_since(link: Link) -> str:
    """Rows that came with another merge are not added."""
    return (
        f'SELECT e."row" FROM {_JOURNAL} AS e JOIN {_MERGES} AS m ON m.id = e.merge_id '
        "WHERE m.id > %(merge)s AND m.undone_at IS NULL AND e.model = %(model)s "
        f"AND e.act = 'MOVED' AND (e.after->>'{link.column}')::bigint = %(survivor)s"
    )


def gone(link: Link, back: Return) -> int:
    """How many moved rows somebody removed since."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {_JOURNAL} AS e WHERE e.merge_id = %(merge)s "
            f"AND e.model = %(model)s AND e.act = 'MOVED' AND e.before ? '{link.column}' "
            f'AND NOT EXISTS (SELECT 1 FROM {link.table} AS t WHERE t.{link.key} = e."row")',
            back.values(link),
        )
        return int(cursor.fetchone()[0])
