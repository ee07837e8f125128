"""Persons who look the same to PostgreSQL: one statement brings a million in some thousand rows.

A group is what :class:`consent.many.alike.Keys` would give the same key, or less: moments near the
end of a period are told as they are, and placed by the calendar. Whoever needs more than a look
is ``doubted``: :mod:`consent.many.answers` reads those again, each with its own row.
"""

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

from consent import digests, point_keys
from consent.decision.consents import OF_AGE
from consent.many.alike import Periods, latest
from consent.many.asking import Ask
from consent.many.candidates import best_of
from consent.models import ABOUT_THE_POINT
from contacts.models import Person

BATCH = 500
_DAY = 24 * 60 * 60 * 1_000_000
_SURELY_OF_AGE = (OF_AGE + 1) * 366
"""Days after the birth: from then on nobody has to look at the calendar."""
# What is sorted to find the best contact point is narrow, and found by several processes: its value
# stays where it is, and ``wanted`` is no table of its own where it is asked for once.
# OFFSET 0: what stands above it is reckoned once a row. Of one text PostgreSQL expects few
# different values, and hashes; rows it would sort.
_STATEMENT = f"""
    WITH wanted AS ({{persons}}),
    best AS ({{best}}),
    news AS (
        SELECT DISTINCT person FROM consent_ledgerevent
        WHERE person IS NOT NULL AND seq > least(
            {{size}}, coalesce((SELECT folded_to FROM consent_digestprogress WHERE id = 1), 0)
        )
    ),
    merged AS (SELECT DISTINCT person_id FROM consent_subject WHERE person_id <> made_for),
    is_keyed AS (
        SELECT {{is_keyed}} AND (SELECT count(*) FROM consent_pointkey)
                              = (SELECT count(*) FROM contacts_contactpoint) AS yes
    ),
    perhaps_listed AS (
        SELECT contact_point_id FROM consent_pointkey
        WHERE match_key IS NULL OR match_key IN (SELECT match_key FROM consent_suppressionentry)
    ),
    objections AS (
        SELECT point, array_agg(DISTINCT person) AS persons FROM consent_ledgerevent
        WHERE point IS NOT NULL AND kind IN ({", ".join(f"'{kind}'" for kind in ABOUT_THE_POINT)})
        GROUP BY point
    ),
    seen AS (
        SELECT b.id AS person, b.point_id AS point, b.status, s.kind AS source, b.purpose,
               b.purpose IN ('BUSINESS', 'DELIVERY', 'INVOICE') AND EXISTS (
                   SELECT 1 FROM contacts_employment e
                   WHERE e.person_id = b.id AND e.ended_on IS NULL
               ) AS has_job,
               d.shape, coalesce(position(uuid_send(r.ref) IN d.points), 0) - 1 AS place,
               d.moments[3:] AS moments,
               CASE cardinality(d.moments)
                   WHEN 2 THEN '{{{{}}}}'
                   WHEN 3 THEN ARRAY[width_bucket(d.moments[3], '{{bounds}}'::bigint[])]
                   ELSE ARRAY(
                       SELECT width_bucket(moment, '{{bounds}}'::bigint[])
                       FROM unnest(d.moments[3:]) WITH ORDINALITY m(moment, n) ORDER BY n
                   )
               END AS buckets,
               b.point_id IS NOT NULL AND (
                   m.person_id IS NOT NULL
                   OR n.person IS NOT NULL
                   OR (o.point IS NOT NULL AND (u.ref IS NULL OR o.persons <> ARRAY[u.ref]))
                   OR (
                       EXISTS (SELECT 1 FROM consent_suppressionentry)
                       AND ((SELECT NOT yes FROM is_keyed) OR l.contact_point_id IS NOT NULL)
                   )
                   OR d.shape = ''
                   OR d.moments[1] > {{latest}}
                   OR (
                       d.moments[2] <> {digests.NEVER}
                       AND d.moments[2] / {_DAY}
                           < b.birth_date - date '1970-01-01' + {_SURELY_OF_AGE}
                   )
               ) IS TRUE AS is_doubted
        FROM best b
        LEFT JOIN contacts_source s ON s.id = b.source_id
        LEFT JOIN consent_pointreference r ON r.contact_point_id = b.point_id
        LEFT JOIN consent_subject u ON u.made_for = b.id AND u.person_id = b.id
        LEFT JOIN consent_subjectdigest d ON d.subject_id = u.id
        LEFT JOIN merged m ON m.person_id = b.id
        LEFT JOIN news n ON n.person = u.ref
        LEFT JOIN objections o ON o.point = r.ref
        LEFT JOIN perhaps_listed l ON l.contact_point_id = b.point_id
        OFFSET 0
    ),
    alike AS (
        SELECT *, ROW(
                   is_doubted, status, source, purpose, has_job, shape, place, near, buckets
               )::text AS key
        FROM (
            SELECT *, CASE WHEN buckets && '{{near}}'::int[] THEN moments END AS near FROM seen
        ) seen
        OFFSET 0
    )
    SELECT any_value(is_doubted), any_value(status), any_value(source), any_value(purpose),
           any_value(has_job), any_value(shape), any_value(place), any_value(near),
           any_value(buckets), array_agg(person), array_agg(point)
    FROM alike GROUP BY key
"""


class Group(NamedTuple):
    """Persons and their best contact points, in the same order; ``status`` is None: they have none.

    ``moments`` are told where the calendar has to be asked, otherwise ``buckets`` say between
    which of the bounds they lie.
    """

    is_doubted: bool
    status: str | None
    source: str
    purpose: str
    has_job: bool
    shape: bytes | None
    place: int
    moments: list[int] | None
    buckets: list[int]
    persons: list[int]
    points: list[int]

    @property
    def is_sure(self) -> bool:
        """Whether one answer holds for all of them."""
        return self.status is not None and not self.is_doubted

    def key(self, periods: Periods) -> Hashable:
        """That of everybody in the group, as :class:`consent.many.alike.Keys` makes it."""
        seen = (self.status, self.source, self.purpose, self.has_job)
        if self.shape is None:
            return (seen, ())
        places = (
            map(periods.place_between, self.buckets)
            if self.moments is None
            else map(periods.place_of, self.moments)
        )
        return (seen, (), bytes(self.shape), self.place, *places)


def read(persons: QuerySet[Person], *, ask: Ask, periods: Periods) -> Iterator[list[Group]]:
    """All of them as of one instant of the database, in batches of groups."""
    best, kinds = best_of(ask.channel)
    try:
        selection, parameters = (
            persons.order_by().values_list("id", "birth_date").query.sql_with_params()
        )
    except EmptyResultSet:  # a condition that nothing can meet
        return
    statement = _STATEMENT.format(
        persons=selection,
        best=best,
        size=ask.size,
        latest=latest(ask),
        bounds=_array(periods.bounds),
        near=_array(periods.near),
        is_keyed="TRUE" if point_keys.are_kept() else "FALSE",
    )
    with connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute("SET LOCAL work_mem = '128MB'")
            cursor.execute(statement, [*parameters, kinds])
        while rows := cursor.fetchmany(BATCH):
            yield list(map(Group._make, rows))


def _array(numbers: Iterable[int]) -> str:
    return f"{{{','.join(map(str, numbers))}}}"
