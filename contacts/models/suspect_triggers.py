"""Suspect pairs and groups go with their record, whoever deletes it."""

from collections.abc import Collection

import pgtrigger
from django.db import connection

_FUNCTION = """
UPDATE contacts_suspectgroup g
   SET members = array_remove(g.members, OLD.id), size = g.size - 1
  FROM contacts_suspectpair p
 WHERE (p.first_id = OLD.id OR p.second_id = OLD.id) AND p.kind = '{kind}'
   AND g.generation = p.generation AND g.number = p."group" AND OLD.id = ANY (g.members);
DELETE FROM contacts_suspectgroup g
 USING contacts_suspectpair p
 WHERE (p.first_id = OLD.id OR p.second_id = OLD.id) AND p.kind = '{kind}'
   AND g.generation = p.generation AND g.number = p."group" AND g.size < 2;
DELETE FROM contacts_suspectpair
 WHERE (first_id = OLD.id OR second_id = OLD.id) AND kind = '{kind}';
RETURN OLD;
"""


_ALL_AT_ONCE = """
WITH touched AS (
    SELECT DISTINCT p.generation, p."group" FROM contacts_suspectpair p
     WHERE (p.first_id = ANY (%(ids)s) OR p.second_id = ANY (%(ids)s)) AND p.kind = %(kind)s
), left_over AS (
    SELECT g.id, ARRAY(SELECT m FROM unnest(g.members) m WHERE m <> ALL (%(ids)s)) AS members
      FROM contacts_suspectgroup g
      JOIN touched t ON g.generation = t.generation AND g.number = t."group"
), emptied AS (
    DELETE FROM contacts_suspectgroup g USING left_over l
     WHERE g.id = l.id AND cardinality(l.members) < 2
), reduced AS (
    UPDATE contacts_suspectgroup g SET members = l.members, size = cardinality(l.members)
      FROM left_over l WHERE g.id = l.id AND cardinality(l.members) >= 2
)
DELETE FROM contacts_suspectpair p
 WHERE (p.first_id = ANY (%(ids)s) OR p.second_id = ANY (%(ids)s)) AND p.kind = %(kind)s
"""
NAME = "suspects_go_with_the_record"


def forget(kind: str, ids: Collection[int]) -> None:
    """What the trigger does for one record, for many at once."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL_AT_ONCE, {"ids": list(ids), "kind": kind})


def gone_with_the_record(kind: str) -> pgtrigger.Trigger:
    """The trigger for persons (``PERSON``) or companies (``COMPANY``)."""
    return pgtrigger.Trigger(
        name=NAME,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        func=_FUNCTION.format(kind=kind),
    )
