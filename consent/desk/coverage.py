"""What is covered: declarations for each channel and purpose, with the grade of their proof.

Counted are contact points. This tells what was declared; whether a single contact is allowed, only
the gate says.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Count

from consent import channels
from consent.decision.codes import PURPOSES, Channel, PurposeClass
from consent.decision.consents import months_later
from consent.gate import POLICY
from consent.lights import FIRST, advertising_purpose
from consent.models import ROOTS
from contacts.models import ContactPoint, ContactPointStatus

STATES = ("granted", "review", "ended")


@dataclass(frozen=True, slots=True)
class Row:
    """One channel and purpose. ``grades`` are those of the granted ones."""

    channel: str
    purpose: str
    points: int
    states: dict[str, int]
    grades: dict[str, int] = field(default_factory=dict)

    @property
    def channel_label(self) -> str:
        """What the channel is called."""
        return channels.label(self.channel)

    @property
    def purpose_label(self) -> str:
        """What the purpose is called."""
        return channels.purpose(self.purpose)

    @property
    def open(self) -> int:
        """Contact points of which nobody declared anything."""
        return max(self.points - sum(self.states.values()), 0)

    @property
    def upto_review(self) -> int:
        """Granted ones and those to be reviewed: where the second bar ends."""
        return self.states["granted"] + self.states["review"]

    @property
    def upto_ended(self) -> int:
        """Where the third bar ends."""
        return self.upto_review + self.states["ended"]

    @property
    def share(self) -> int:
        """Granted ones in percent of all."""
        return round(100 * self.states["granted"] / self.points) if self.points else 0


def rows(*, at: datetime) -> list[Row]:
    """One row for each channel and purpose that was declared or is usual (2 queries)."""
    counted: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for channel, purpose, state, grade, count in _counted(at):
        counted.setdefault((channel, purpose), Counter())[state, grade] += count
    usual = [
        (str(channel), advertising_purpose(channel))
        for channel in channels.LABELS
        if any(channel in first for first in FIRST.values())
    ]
    points = _points()
    order = list(channels.LABELS)
    found = sorted(
        {*usual, *counted},
        key=lambda each: (order.index(Channel(each[0])), each not in usual, each),
    )
    return [
        Row(
            channel=channel,
            purpose=purpose,
            points=points.get(channel, 0),
            states={
                state: sum(n for (s, _g), n in tally.items() if s == state) for state in STATES
            },
            grades={g: n for (s, g), n in sorted(tally.items()) if s == "granted"},
        )
        for channel, purpose in found
        for tally in [counted.get((channel, purpose), Counter())]
        if tally or points.get(channel)
    ]


def _points() -> dict[str, int]:
    """How many contact points in use each channel has."""
    kinds = dict(
        ContactPoint.objects.filter(
            holders__status=ContactPointStatus.ACTIVE, holders__person__isnull=False
        )
        .values_list("kind")
        .annotate(count=Count("pk", distinct=True))
    )
    kinds["POSTAL"] = (
        ContactPoint.objects.filter(kind="POSTAL", addresses__person__isnull=False)
        .distinct()
        .count()
    )
    return {
        channel: sum(count for kind, count in kinds.items() if channel in FIRST.get(kind, ()))
        for channel in channels.LABELS
    }


def _counted(at: datetime) -> Iterable[tuple[str, str, str, str, int]]:
    advertising = [code for code, kind in PURPOSES.items() if kind is PurposeClass.MARKETING]
    with connection.cursor() as cursor:
        cursor.execute(
            _DECLARED,
            {
                "roots": list(ROOTS),
                "purposes": advertising,
                "old": months_later(at, -POLICY.review_after_months),
                "today": at.date().isoformat(),
            },
        )
        return list(cursor.fetchall())


_DECLARED = """
WITH line AS (
    SELECT DISTINCT ON (root.point, channel, purpose)
        channel, purpose, coalesce(root.details->>'grade', 'D') AS grade,
        CASE
            WHEN root.kind = 'refused'
              OR root.details->>'valid_until' < %(today)s
              OR EXISTS (
                SELECT FROM consent_ledgerevent ended
                WHERE ended.about = root.public_id
                  AND ended.kind IN ('withdrawn', 'expired', 'invalidated')
                  AND (ended.channels = '{}' OR channel = ANY(ended.channels))
                  AND (ended.purposes = '{}' OR purpose = ANY(ended.purposes)))
              OR EXISTS (
                SELECT FROM consent_ledgerevent objected
                WHERE objected.kind = 'objected' AND objected.person = root.person
                  AND objected.effective_at >= root.effective_at
                  AND (objected.details->>'scope' = 'marketing_all'
                       OR (objected.details->>'scope' = 'cp' AND objected.point = root.point)
                       OR channel = ANY(objected.channels) OR purpose = ANY(objected.purposes))
                  AND NOT EXISTS (
                    SELECT FROM consent_ledgerevent lifted
                    WHERE lifted.about = objected.public_id AND lifted.kind = 'objection_lifted'))
            THEN 'ended'
            WHEN root.kind IN ('disputed', 'requested')
              OR (root.kind = 'pending' AND NOT EXISTS (
                SELECT FROM consent_ledgerevent confirmed
                WHERE confirmed.about = root.public_id AND confirmed.kind = 'confirmed'))
              OR greatest(root.effective_at, (
                SELECT max(used.effective_at) FROM consent_ledgerevent used
                WHERE used.about = root.public_id AND used.kind = 'used')) < %(old)s
            THEN 'review'
            ELSE 'granted'
        END AS state
    FROM consent_ledgerevent root
    JOIN consent_pointreference known ON known.ref = root.point
    CROSS JOIN LATERAL unnest(root.channels) AS channel
    CROSS JOIN LATERAL unnest(root.purposes) AS purpose
    WHERE root.kind = ANY(%(roots)s) AND purpose = ANY(%(purposes)s)
    ORDER BY root.point, channel, purpose, root.effective_at DESC, root.seq DESC
)
SELECT channel, purpose, state, grade, count(*) FROM line GROUP BY 1, 2, 3, 4
"""
