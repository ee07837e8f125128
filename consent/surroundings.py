"""What is known beside the ledger about a person and a contact point, read with one statement."""

from typing import Any

from django.db import connection

from consent import facts, suppression
from consent.facts import Circumstances
from contacts.models import ContactPoint, Person

_STATEMENT = """
    SELECT ARRAY(
               SELECT ref::text FROM consent_subject WHERE person_id = %(person)s
               ORDER BY made_for <> person_id, id
           ),
           (SELECT ref::text FROM consent_pointreference WHERE contact_point_id = %(point)s),
           ARRAY(SELECT opened_id::text FROM consent_suppressionentry WHERE match_key = %(key)s),
           (SELECT public_id::text FROM consent_controller WHERE is_default),
           held.status, held.purpose,
           (SELECT kind FROM contacts_source WHERE id = held.source_id),
           EXISTS (
               SELECT 1 FROM contacts_employment WHERE person_id = %(person)s AND ended_on IS NULL
           )
    FROM (VALUES (1)) one LEFT JOIN LATERAL (
        SELECT lower(status) AS status, purpose, source_id, 0 AS nth, NULL::date AS valid_to, id
        FROM contacts_contactpointholder
        WHERE person_id = %(person)s AND contact_point_id = %(point)s
        UNION ALL
        SELECT CASE WHEN valid_to IS NULL THEN 'active' ELSE 'retired' END, kind, source_id,
               1, valid_to, id
        FROM contacts_address
        WHERE person_id = %(person)s AND contact_point_id = %(point)s
        ORDER BY nth, valid_to DESC NULLS FIRST, id LIMIT 1
    ) held ON true
"""


def of(*, person: Person, point: ContactPoint) -> tuple[Circumstances, str]:
    """What was known, and the public id of the controller where nobody names one.

    The point is held by itself, or as an address: a current one first. Nothing is written.
    """
    key = suppression.match_key(kind=point.kind, normalised=point.normalised)
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, {"person": person.pk, "point": point.pk, "key": key})
        row: Any = cursor.fetchone()
    subjects, reference, opened, controller, status, purpose, source, has_job = row
    held = facts.NOT_HELD
    if status is not None:
        recipient_type = facts.recipient_type(purpose, has_job=has_job)
        held = facts.Holding(True, status, facts.source_of(source), recipient_type)
    around = Circumstances(
        subjects=subjects,
        point=reference or "",
        is_held=held.is_held,
        status=held.status,
        source=held.source,
        recipient_type=held.recipient_type,
        born=person.birth_date.isoformat() if person.birth_date else None,
        suppressed_by=sorted(opened),
    )
    return around, controller
