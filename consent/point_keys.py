"""By what the suppression list would know each contact point: an HMAC that is reckoned once.

PostgreSQL does not have the key, so :mod:`consent.many` could not join contact points with the
list otherwise. Triggers see to it that no contact point is without a row, and that a row of another
value has no key (:class:`consent.models.PointKey`); then the HMAC is reckoned when it is asked for.
Should there be fewer rows than contact points nevertheless, none of them counts.
"""

import hmac

from django.db import connection, transaction

from consent import keys, suppression
from consent.models import DigestProgress, PointKey

BATCH = 5000
_WAITING = f"""
    SELECT k.contact_point_id, k.edition, c.kind, c.normalised
    FROM consent_pointkey k JOIN contacts_contactpoint c ON c.id = k.contact_point_id
    WHERE k.match_key IS NULL AND k.contact_point_id > %s
    ORDER BY k.contact_point_id LIMIT {BATCH}
"""
# Whoever changes the value meanwhile counts the edition up, and the row waits again.
_KEEP = """
    UPDATE consent_pointkey k SET match_key = hashed.match_key
    FROM unnest(%s::bigint[], %s::int[], %s::bytea[]) hashed (point, edition, match_key)
    WHERE k.contact_point_id = hashed.point AND k.edition = hashed.edition
"""


def signature() -> bytes:
    """Which key of the installation the rows are made with, without telling it."""
    return hmac.digest(keys.suppression_key(), b"point keys", "sha256")[:8]


def are_kept() -> bool:
    """Whether the rows are made with the key that the installation has now."""
    kept = DigestProgress.objects.values_list("keyed_with", flat=True).first()
    return bytes(kept or b"") == signature()


def catch_up() -> None:
    """Reckon the keys of contact points that wait for theirs, in transactions of some thousand."""
    if not are_kept():
        forget()
    last: int | None = 0
    while last is not None:
        last = _add(last)


@transaction.atomic
def forget() -> None:
    """Let all contact points wait: their keys are made with the key there is from now on."""
    PointKey.objects.exclude(match_key=None).update(match_key=None)
    DigestProgress.objects.update_or_create(pk=1, defaults={"keyed_with": signature()})


@transaction.atomic
def _add(after: int) -> int | None:
    """The next batch; gives its last number."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [after])
        waiting = cursor.fetchall()
        if not waiting:
            return None
        points, editions, kinds, values = zip(*waiting, strict=True)
        hashed = [
            suppression.match_key(kind=kind, normalised=value)
            for kind, value in zip(kinds, values, strict=True)
        ]
        cursor.execute(_KEEP, [list(points), list(editions), hashed])
    return int(points[-1])
