"""Persons that look like a new one: the same mailbox or number, or the same name and birth date
or postal code. Nothing is merged; the duplicate check will ask."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db import connection

from contacts.importing.storing.bulk import RECORDS, as_records
from contacts.models import Address, ContactPointHolder, ContactPointKind, Person

KINDS: Final = frozenset({ContactPointKind.EMAIL, ContactPointKind.PHONE, ContactPointKind.MOBILE})
MOST: Final = 20
SAME_BIRTH_DATE: Final = f"""
SELECT k.id, p.id FROM {RECORDS} AS k(id bigint, sort_key text, birth_date date)
JOIN {Person._meta.db_table} p
  ON p.sort_key = k.sort_key COLLATE "C" AND p.birth_date = k.birth_date
WHERE p.merged_into_id IS NULL
"""
SAME_POSTAL_CODE: Final = f"""
WITH same_name AS MATERIALIZED (
  SELECT k.id, k.code, p.id AS person
  FROM {RECORDS} AS k(id bigint, sort_key text, code text)
  JOIN {Person._meta.db_table} p ON p.sort_key = k.sort_key COLLATE "C"
  WHERE p.merged_into_id IS NULL
)
SELECT DISTINCT same_name.id, same_name.person FROM same_name
JOIN {Address._meta.db_table} a
  ON a.person_id = same_name.person AND a.postal_code = same_name.code COLLATE "C"
WHERE a.valid_to IS NULL
"""


@dataclass(slots=True)
class Newcomer:
    """A person about to be created: what it could be recognised by."""

    id: int
    sort_key: str
    birth_date: date | None
    postal_codes: set[str] = field(default_factory=set)
    point_ids: set[int] = field(default_factory=set)


def find(newcomers: Sequence[Newcomer], *, new_points: set[int]) -> dict[int, list[int]]:
    """Up to 20 suspects per newcomer, among the stock and among the newcomers before it.

    ``new_points`` are contact points that nobody in the stock can hold.
    """
    found: defaultdict[int, set[int]] = defaultdict(set)
    _in_stock(newcomers, new_points, found)
    _among_themselves(newcomers, found)
    return {pk: sorted(suspects)[:MOST] for pk, suspects in found.items() if suspects}


def _in_stock(
    newcomers: Sequence[Newcomer], new_points: set[int], found: defaultdict[int, set[int]]
) -> None:
    by_point: defaultdict[int, list[int]] = defaultdict(list)
    for each in newcomers:
        for point in each.point_ids - new_points:
            by_point[point].append(each.id)
    if by_point:
        holders = ContactPointHolder.objects.filter(
            contact_point__in=list(by_point), person__isnull=False
        )
        for point, person in holders.values_list("contact_point_id", "person_id"):
            for pk in by_point[point]:
                found[pk].update([person] if person is not None else [])
    born = [
        {"id": each.id, "sort_key": each.sort_key, "birth_date": each.birth_date}
        for each in newcomers
        if each.birth_date
    ]
    _add(found, SAME_BIRTH_DATE, born)
    lives = [
        {"id": each.id, "sort_key": each.sort_key, "code": code}
        for each in newcomers
        for code in each.postal_codes
    ]
    _add(found, SAME_POSTAL_CODE, lives)


def _add(
    found: defaultdict[int, set[int]], statement: str, rows: Sequence[dict[str, object]]
) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, [as_records(rows)])
        for pk, suspect in cursor.fetchall():
            found[pk].add(suspect)


def _among_themselves(newcomers: Sequence[Newcomer], found: defaultdict[int, set[int]]) -> None:
    seen: defaultdict[object, list[int]] = defaultdict(list)
    for each in newcomers:
        marks: list[object] = [("point", point) for point in each.point_ids]
        marks += [(each.sort_key, code) for code in each.postal_codes]
        if each.birth_date:
            marks.append((each.sort_key, each.birth_date))
        for mark in marks:
            found[each.id].update(seen[mark][:MOST])
            seen[mark].append(each.id)
