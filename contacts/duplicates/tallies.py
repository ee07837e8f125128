"""How much is still open: groups of suspects by strength and by the source of their records."""

from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from contacts.duplicates import current, queue
from contacts.models import RECORDS, MatchingRun, SuspectGroup
from crm.accounts.models import User

OPEN: Final = queue.Filter(is_open=True)


@dataclass(frozen=True, slots=True)
class OpenGroups:
    """Groups that wait for a decision: how many per band (the strongest first), and how many
    have a record from which source (by the source's primary key; a group may have several)."""

    by_band: dict[str, int]
    by_source: dict[int, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.by_band.values())


def open_groups(*, user: User, kind: str) -> OpenGroups | None:
    """The open groups of which the user sees a member; None if nobody has searched yet.

    Three queries; each number is as long as the list of :func:`suspects.page`.
    """
    run = current.run_of(kind)
    if run is None:
        return None
    groups = queue.groups(user, kind, run, OPEN).order_by()
    return OpenGroups(queue.by_band(groups), _by_source(user, run, groups))


def _by_source(user: User, run: MatchingRun, groups: QuerySet[SuspectGroup]) -> dict[int, int]:
    statement, values = groups.values("pk", "members").query.sql_with_params()
    seen = RECORDS[run.kind].objects.visible_to(user).order_by().values("pk", "source")
    records, more = seen.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT source_id, count(DISTINCT groups.pk) FROM ({statement}) AS groups(pk, members)"
            f" CROSS JOIN unnest(groups.members) AS member(pk) JOIN ({records}) "
            "AS records(pk, source_id) ON records.pk = member.pk GROUP BY source_id",
            [*values, *more],
        )
        return dict(cursor.fetchall())
