"""Suspect pairs and groups go with their record, whoever deletes it."""

import pgtrigger

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


def gone_with_the_record(kind: str) -> pgtrigger.Trigger:
    """The trigger for persons (``PERSON``) or companies (``COMPANY``)."""
    return pgtrigger.Trigger(
        name="suspects_go_with_the_record",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        func=_FUNCTION.format(kind=kind),
    )
