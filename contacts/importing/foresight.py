"""What taking an import back would do, before anybody does it."""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from contacts.models import Company, ImportRow, ImportRun, Person

TOUCHED: Final = f"""
WITH versions AS (
    SELECT r.number, v.kind, (v.entry ->> 0)::bigint AS id,
           (v.entry ->> 1)::int AS after, (v.entry ->> 2)::int AS before
    FROM {ImportRow._meta.db_table} r
    CROSS JOIN LATERAL (VALUES
        ('person', r.journal #> '{{versions,person}}'),
        ('company', r.journal #> '{{versions,company}}')) AS v(kind, entry)
    WHERE r.run_id = %s AND v.entry IS NOT NULL
), records AS (
    SELECT kind, id, bool_or(before = 0) AS made,
           (array_agg(after ORDER BY number DESC))[1] AS after
    FROM versions GROUP BY kind, id
)
SELECT records.kind, made, count(*) FILTER (WHERE coalesce(p.version, c.version) = after),
       count(*) FILTER (WHERE coalesce(p.version, c.version) <> after)
FROM records
LEFT JOIN {Person._meta.db_table} p ON kind = 'person' AND p.id = records.id
LEFT JOIN {Company._meta.db_table} c ON kind = 'company' AND c.id = records.id
GROUP BY records.kind, made
"""


@dataclass(slots=True)
class Foresight:
    """Records that would be removed (made by the import), restored (changed by it), or left
    because somebody changed them since."""

    persons_removed: int = 0
    companies_removed: int = 0
    persons_restored: int = 0
    companies_restored: int = 0
    left: int = 0

    @property
    def restored(self) -> int:
        """Records that get back what they held before."""
        return self.persons_restored + self.companies_restored


def of_revert(run: ImportRun) -> Foresight:
    """Count from the journals (one query).

    Records that are used elsewhere by now will be left as well, which only the revert itself
    finds out.
    """
    foresight = Foresight()
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [run.pk])
        for kind, made, untouched, changed in cursor.fetchall():
            name = f"{'persons' if kind == 'person' else 'companies'}_" + (
                "removed" if made else "restored"
            )
            setattr(foresight, name, untouched)
            foresight.left += changed
    return foresight
