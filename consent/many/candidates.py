"""Whom a question is about: each person with its best contact point, what the contacts say about
both, and the digest of the ledger. One statement, read through a cursor of the database.

The best contact point of a channel is one of its kinds that works (status active) before one
that does not, then a preferred one, then the one verified last, then the newest; of addresses,
one that is still valid, then the one confirmed last, then the newest.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

from consent import facts
from contacts.models import Person

SLICE = 10_000
_BEST_HELD = """
    SELECT DISTINCT ON (w.id) w.id, w.birth_date, h.point_id, lower(h.status) AS status, h.purpose,
           h.source_id{names}
    FROM wanted w
    LEFT JOIN (
        SELECT h.person_id, h.contact_point_id AS point_id, h.status, h.purpose, h.source_id,
               h.is_preferred, h.verified_on, h.id{value}
        FROM contacts_contactpointholder h
        JOIN contacts_contactpoint c ON c.id = h.contact_point_id AND c.kind = ANY(%s)
    ) h ON h.person_id = w.id
    ORDER BY w.id, h.status = 'ACTIVE' DESC, h.is_preferred DESC,
             h.verified_on DESC NULLS LAST, h.id DESC
"""
_BEST_ADDRESS = """
    SELECT DISTINCT ON (w.id) w.id, w.birth_date, h.point_id, h.status, h.purpose,
           h.source_id{value}
    FROM wanted w
    LEFT JOIN (
        SELECT DISTINCT ON (person_id, point_id) * FROM (
            SELECT h.person_id, h.contact_point_id AS point_id, lower(h.status) AS status,
                   h.purpose, h.source_id, h.confirmed_on, h.id, 0 AS nth, NULL::date AS valid_to
            FROM contacts_contactpointholder h
            JOIN contacts_contactpoint c ON c.id = h.contact_point_id
            WHERE h.person_id IN (SELECT id FROM wanted) AND c.kind = ANY(%s)
            UNION ALL
            SELECT a.person_id, a.contact_point_id,
                   CASE WHEN a.valid_to IS NULL THEN 'active' ELSE 'retired' END,
                   a.kind, a.source_id, a.confirmed_on, a.id, 1, a.valid_to
            FROM contacts_address a
            WHERE a.person_id IN (SELECT id FROM wanted)
        ) held
        ORDER BY person_id, point_id, nth, valid_to DESC NULLS FIRST, id
    ) h ON h.person_id = w.id
    LEFT JOIN contacts_contactpoint c ON c.id = h.point_id
    ORDER BY w.id, h.status = 'active' DESC, h.confirmed_on DESC NULLS LAST, h.id DESC
"""
_STATEMENT = """
    WITH wanted AS MATERIALIZED ({persons}),
    best AS ({best}),
    subjects AS (
        SELECT person_id, min(id) AS id, count(*) AS number FROM consent_subject
        WHERE person_id IN (SELECT id FROM wanted) GROUP BY person_id
    )
    SELECT b.id, b.birth_date, b.point_id, b.kind, b.normalised, b.status, s.kind, b.purpose,
           b.purpose IN ('BUSINESS', 'DELIVERY', 'INVOICE') AND EXISTS (
               SELECT 1 FROM contacts_employment e WHERE e.person_id = b.id AND e.ended_on IS NULL
           ),
           r.ref, coalesce(n.number, 0), u.ref, d.shape, d.moments, d.points
    FROM best b
    LEFT JOIN contacts_source s ON s.id = b.source_id
    LEFT JOIN consent_pointreference r ON r.contact_point_id = b.point_id
    LEFT JOIN subjects n ON n.person_id = b.id
    LEFT JOIN consent_subject u ON u.id = n.id
    LEFT JOIN consent_subjectdigest d ON d.subject_id = n.id
"""


def best_of(channel: str, *, told: Sequence[str] = ()) -> tuple[str, list[str]]:
    """Those ``wanted`` with their best contact point of the channel, in SQL, and its parameter.

    ``told`` are columns of the contact point that come along.
    """
    kinds = list(facts.KINDS_OF_CHANNEL.get(channel, ()))
    template = _BEST_ADDRESS if "POSTAL" in kinds else _BEST_HELD
    names = "".join(f", h.{name}" for name in told)
    return template.format(names=names, value="".join(f", c.{name}" for name in told)), kinds


class Candidate(NamedTuple):
    """A person and its best contact point (None: it has none that fits the channel).

    ``subjects`` is the number of its references in the ledger, ``subject`` one of them.
    """

    person: int
    born: date | None
    point: int | None
    kind: str
    normalised: str
    status: str
    source: str
    purpose: str
    has_job: bool
    reference: UUID | None
    subjects: int
    subject: UUID | None
    shape: bytes | None
    moments: list[int]
    points: bytes

    @property
    def recipient_type(self) -> str:
        """Consumer or business, as far as the contacts tell."""
        return facts.recipient_type(self.purpose, has_job=self.has_job)


def read(persons: QuerySet[Person], *, channel: str) -> Iterator[list[Candidate]]:
    """All of them, in slices; inside one transaction."""
    best, kinds = best_of(channel, told=("kind", "normalised"))
    wanted = persons.order_by().values_list("id", "birth_date")
    try:
        selection, parameters = wanted.query.sql_with_params()
    except EmptyResultSet:  # a condition that nothing can meet
        return
    statement = _STATEMENT.format(persons=selection, best=best)
    with transaction.atomic():
        with connection.cursor() as plan:
            # All rows are read: the plan that is quickest in the end, with room for its tables.
            plan.execute("SET LOCAL cursor_tuple_fraction = 1")
            plan.execute("SET LOCAL work_mem = '128MB'")
        with connection.chunked_cursor() as cursor:
            cursor.execute(statement, [*parameters, kinds])
            while rows := cursor.fetchmany(SLICE):
                yield list(map(Candidate._make, rows))
