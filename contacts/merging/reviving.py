"""The merged records themselves, back as they were: the reverse of
:mod:`contacts.merging.surviving`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from contacts.merging import journal, reading
from contacts.merging.links import columns_of
from contacts.merging.surviving import NUMBER, SOURCES
from contacts.models import Company, Merge, MergeMember


@dataclass(frozen=True, slots=True)
class Restored:
    """A column of the survivor: what it was before the merge, what the merge made of it, what it
    is now. It is set back if nobody changed it since; if a later merge did, that one remembers
    what it is to be set back to."""

    name: str
    before: Any
    after: Any
    now: Any
    later: MergeMember | None = None

    @property
    def is_set_back(self) -> bool:
        """Whether the undo sets the column back now."""
        return self.later is None and self.now == self.after

    @property
    def is_edited(self) -> bool:
        """Whether somebody changed it since and the change is kept."""
        return self.later is None and not self.is_set_back


def columns(merge: Merge) -> list[Restored]:
    """The columns of the survivor that the merge changed."""
    mine = next(each for each in merge.members.all() if each.is_survivor)
    model = reading.model_of(merge)
    now = journal.snapshot(model._meta.db_table, "id", [mine.record_id])[mine.record_id]
    owner = merge.kind.lower()
    later = list(
        MergeMember.objects.filter(
            is_survivor=True,
            merge__undone_at=None,
            merge__pk__gt=merge.pk,
            **{f"{owner}_id": mine.record_id},
        ).order_by("merge_id")
    )
    return [
        Restored(
            name,
            before,
            after,
            _at(now, name),
            next((each for each in later if name in each.changes), None),
        )
        for name, (before, after) in mine.changes.items()
    ]


def _at(row: Mapping[str, Any], name: str) -> Any:
    """The column, or the source of one field."""
    if name.startswith(f"{SOURCES}."):
        return row[SOURCES].get(name.removeprefix(f"{SOURCES}."))
    return row[name]


def revive(merge: Merge, others: Sequence[MergeMember]) -> None:
    """Write the aliases as they were before they were merged."""
    model: Any = reading.model_of(merge)
    table = model._meta.db_table
    names = ", ".join(name for name in columns_of(model, others[0].before) if name != '"id"')
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS t SET ({names}) = (SELECT {names} FROM "
            f"jsonb_populate_record(NULL::{table}, m.before)) "
            f"FROM {MergeMember._meta.db_table} AS m "
            f"WHERE m.id = ANY(%s) AND t.id = m.{merge.kind.lower()}_id",
            [[each.pk for each in others]],
        )


def set_back(merge: Merge, wanted: Sequence[Restored], *, at: datetime) -> None:
    """Set the survivor's columns back. What a later merge changed as well is set back when that
    one is undone."""
    row = next(each for each in merge.members.all() if each.is_survivor)
    values: dict[str, Any] = {}
    for each in wanted:
        if each.later is not None:
            _rebase(each)
        elif each.is_set_back:
            values[each.name] = each.before
    if "version" not in values and not _is_rebased(wanted):
        now = next(each.now for each in wanted if each.name == "version")
        values |= {"version": now + 1, "updated_at": at.isoformat()}
    if values.get("parent_id"):
        own = [each.record_id for each in merge.members.all()]
        values["parent_id"] = _there(values["parent_id"], own)
    _write(reading.model_of(merge), row.record_id, values)


def _is_rebased(wanted: Sequence[Restored]) -> bool:
    """Whether a later merge remembers the version that was before this one."""
    version = next(each for each in wanted if each.name == "version")
    return version.later is not None and version.later.changes["version"][0] == version.before


def _rebase(column: Restored) -> None:
    """The undo of the later merge is to lead back to before this one, unless somebody changed
    the value between the two."""
    if column.later is None or column.later.changes[column.name][0] != column.after:
        return
    fresh = MergeMember.objects.get(pk=column.later.pk)
    fresh.changes[column.name][0] = column.before
    fresh.save(update_fields=["changes"])
    column.later.changes = fresh.changes


def _write(model: Any, pk: int, values: dict[str, Any]) -> None:
    """Set columns (and sources of fields) to values as JSON has them."""
    table = model._meta.db_table
    plain = {name: value for name, value in values.items() if not name.startswith(f"{SOURCES}.")}
    sources = {
        name.removeprefix(f"{SOURCES}."): value
        for name, value in values.items()
        if name not in plain
    }
    now = journal.snapshot(table, "id", [pk])[pk]
    merged = {name: value for name, value in {**now[SOURCES], **sources}.items() if value}
    plain[SOURCES] = merged
    names = ", ".join(f'"{name}"' for name in plain)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET ({names}) = (SELECT {names} FROM "
            f"jsonb_populate_record(NULL::{table}, %s::jsonb)) WHERE id = %s",
            [json.dumps(plain), pk],
        )


def _there(company: int, revived: Sequence[int]) -> int | None:
    """The company, or the one that it went into; None if it is gone."""
    found = Company.with_aliases.filter(pk=company).first()
    if found is None:
        return None
    return found.pk if company in revived else found.merged_into_id or found.pk


def give_up_numbers(merge: Merge, survivor: int, others: Sequence[MergeMember]) -> None:
    """ERP numbers are unique: aliases give theirs back before anybody takes one."""
    if reading.model_of(merge) is not Company:
        return
    wanted = [each.before[NUMBER] for each in others if each.before[NUMBER]]
    Company.with_aliases.filter(pk__in=[each.record_id for each in others]).update(erp_number="")
    Company.with_aliases.filter(merged_into=survivor, erp_number__in=wanted).update(erp_number="")
