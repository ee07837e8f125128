"""Keeps the signatures of records true; every write path comes here through
:mod:`contacts.indexing`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection

from contacts.matching import blocking, signatures
from contacts.matching.blocking import KeyType, View
from contacts.matching.signatures import SIGNATURE, Facts
from contacts.matching.store import copying, dictionary, facts
from contacts.matching.store.copying import Computed, distinct
from contacts.matching.store.dictionary import Numbers
from contacts.models import Company, CompanySignature, MatchingKind, Person, PersonSignature

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the signatures of a kind lie and how they come about."""

    table: str
    column: str
    records: Any
    keys: Sequence[KeyType]
    read: Callable[[Sequence[int]], dict[int, Facts]]


KEPT: Mapping[str, Kept] = {
    MatchingKind.PERSON: Kept(
        PersonSignature._meta.db_table, "person_id", Person, blocking.PERSON_KEYS, facts.of_persons
    ),
    MatchingKind.COMPANY: Kept(
        CompanySignature._meta.db_table,
        "company_id",
        Company,
        blocking.COMPANY_KEYS,
        facts.of_companies,
    ),
}


def refresh(kind: str, ids: Sequence[int]) -> list[int]:
    """Recompute the signatures of these records; those that do not change are not written.

    Returns the records whose signature changed.
    """
    return [pk for chunk in _chunks(ids) for pk in write(kind, KEPT[kind].read(chunk))]


def write(kind: str, known: Mapping[int, Facts]) -> list[int]:
    """Write the signatures of these facts (by id); returns the records whose signature changed."""
    if not known:
        return []
    kept = KEPT[kind]
    found = computed(kind, known, names_of(known))
    keys = ["{" + ",".join(map(str, own)) + "}" for own in found.keys_by_record()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {kept.table} AS old ({kept.column}, data, keys) "
            "SELECT id, data, keys::int[] FROM unnest(%s::bigint[], %s::bytea[], %s::text[]) "
            f"AS new(id, data, keys) ON CONFLICT ({kept.column}) DO UPDATE "
            "SET data = excluded.data, keys = excluded.keys, written_in = pg_current_xact_id() "
            f"WHERE old.data IS DISTINCT FROM excluded.data RETURNING {kept.column}",
            [list(found.data), list(found.data.values()), keys],
        )
        return [pk for (pk,) in cursor.fetchall()]


def add(kind: str, found: Computed) -> None:
    """Write the signatures of records that are new and have none yet, faster than :func:`write`."""
    kept = KEPT[kind]
    statement = f"COPY {kept.table} ({kept.column}, data, keys) FROM STDIN (FORMAT BINARY)"
    rows = copying.rows(found)
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        copy.write(rows)


def names_of(*known: Mapping[int, Facts]) -> Numbers:
    """The dictionary's numbers of all names in these facts; new ones enter it."""
    records = (record for each in known for record in each.values())
    return dictionary.numbers(name for record in records for name in record.names())


def computed(kind: str, known: Mapping[int, Facts], numbers: Numbers) -> Computed:
    """Signatures and blocking keys of these facts, without the database."""
    data = {pk: signatures.packed(each, numbers) for pk, each in known.items()}
    rows = signatures.read(b"".join(data.values()))
    own, names, _numbers = dictionary.localised(rows, numbers.features)
    keys = blocking.all_keys(View(own, names), KEPT[kind].keys).view(np.int32)
    counts = [len(each) // SIGNATURE.itemsize for each in data.values()]
    return Computed(data, *distinct(keys, counts))


def mark_changed(kind: str, ids: Sequence[int]) -> None:
    """Have the next run look at these records again, although they are as they were."""
    kept = KEPT[kind]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {kept.table} SET written_in = pg_current_xact_id() "
            f"WHERE {kept.column} = ANY (%s)",
            [list(ids)],
        )


def forget(kind: str, ids: Sequence[int]) -> None:
    """Delete the signatures of records that are to be compared no more."""
    kept = KEPT[kind]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {kept.table} WHERE {kept.column} = ANY (%s)", [list(ids)])


def rebuild(kind: str, *, progress: Callable[[int], None] = lambda _count: None) -> int:
    """Recompute all signatures of a kind; ``progress`` hears how many are done."""
    done = 0
    for chunk in _chunks(_all_ids(KEPT[kind].records)):
        refresh(kind, chunk)
        done += len(chunk)
        progress(done)
    return done


def stale(kind: str, ids: Iterable[int]) -> list[int]:
    """Those of these records whose signature is not what it should be."""
    kept = KEPT[kind]
    found = []
    for chunk in _chunks(ids):
        known = kept.read(chunk)
        wanted = computed(kind, known, names_of(known)).data
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {kept.column}, data FROM {kept.table} WHERE {kept.column} = ANY (%s)",
                [chunk],
            )
            stored = {pk: bytes(data) for pk, data in cursor.fetchall()}
        found += [pk for pk, data in wanted.items() if stored.get(pk) != data]
    return found


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


def _all_ids(records: Any) -> Iterator[int]:
    last = 0
    rows = records._default_manager.order_by("pk").values_list("pk", flat=True)
    while page := list(rows.filter(pk__gt=last)[:CHUNK]):
        yield from page
        last = page[-1]
