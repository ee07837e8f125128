"""By what the suppression list would know each contact point: an HMAC that is reckoned once.

PostgreSQL does not have the key, so :mod:`consent.many` could not join contact points with the
list otherwise. A row that is missing, is of another value or was made with another key counts
for nothing: then the HMAC is reckoned when it is asked for.
"""

import hmac

from django.db import connection

from consent import keys, suppression
from consent.models import DigestProgress, PointKey

BATCH = 5000
OF_VALUE = """hashtextextended((kind || ' ' || normalised) COLLATE "C", 0)"""
"""What of a contact point was hashed, in SQL; a row with another number is out of date."""
_LATE = 1000
"""Contact points may be committed in another order than they were counted."""
_MISSING = f"""
    SELECT c.id, c.kind, c.normalised, {OF_VALUE} AS now FROM contacts_contactpoint c
    WHERE c.id > %s AND NOT EXISTS (
        SELECT 1 FROM consent_pointkey k
        WHERE k.contact_point_id = c.id AND k.of_value = {OF_VALUE}
    )
    ORDER BY c.id LIMIT {BATCH}
"""

_KEEP = """
    INSERT INTO consent_pointkey (contact_point_id, match_key, of_value)
    SELECT * FROM unnest(%s::bigint[], %s::bytea[], %s::bigint[])
    ON CONFLICT (contact_point_id)
    DO UPDATE SET match_key = excluded.match_key, of_value = excluded.of_value
"""


def signature() -> bytes:
    """Which key of the installation the rows are made with, without telling it."""
    return hmac.digest(keys.suppression_key(), b"point keys", "sha256")[:8]


def are_kept() -> bool:
    """Whether the rows are made with the key that the installation has now."""
    kept = DigestProgress.objects.values_list("keyed_with", flat=True).first()
    return bytes(kept or b"") == signature()


def catch_up(progress: DigestProgress) -> None:
    """Add the contact points that came since the last time; ``progress`` is locked, and saved."""
    if bytes(progress.keyed_with) != signature():
        PointKey.objects.all().delete()
        progress.keyed_with, progress.keyed_to = signature(), 0
    after = progress.keyed_to - _LATE
    while (last := _add(after)) is not None:
        after = last
        progress.keyed_to = max(progress.keyed_to, last)
    progress.save(update_fields=["keyed_to", "keyed_with"])


def _add(after: int) -> int | None:
    """The next batch; gives its last number."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [after])
        missing = cursor.fetchall()
        if not missing:
            return None
        points, kinds, values, of_values = zip(*missing, strict=True)
        hashed = [
            suppression.match_key(kind=kind, normalised=value)
            for kind, value in zip(kinds, values, strict=True)
        ]
        cursor.execute(_KEEP, [list(points), hashed, list(of_values)])
    return int(points[-1])
