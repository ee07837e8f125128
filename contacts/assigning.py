"""Who looks after a record: owner and team, one by one or many at once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from contacts import indexing
from contacts.models import Company, Person
from crm.accounts import policy
from crm.accounts.models import Team, User
from crm.kernel import audit

Keep = type("Keep", (), {"__doc__": "Leave owner or team as it is."})
KEEP: Any = Keep()


@transaction.atomic
def assign(
    *,
    actor: User,
    records: "models.QuerySet[Person] | models.QuerySet[Company]",
    owner: User | None = KEEP,
    team: Team | None = KEEP,
    at: datetime,
) -> int:
    """Set owner or team of all ``records`` that the actor may see; returns how many changed.

    One audit row for each record; the number of statements does not grow with their number
    beyond one per thousand.
    """
    policy.require(actor, policy.Permission.CONTACTS_ASSIGN)
    wanted = {
        name: value for name, value in (("owner", owner), ("team", team)) if value is not KEEP
    }
    visible = records.visible_to(actor).order_by("pk")  # type: ignore[union-attr]
    rows = [
        row
        for row in visible.select_for_update(of=("self",)).select_related("owner", "team")
        if any(getattr(row, name) != value for name, value in wanted.items())
    ]
    if not rows:
        return 0
    acts = [
        audit.Act(
            action=f"{row._meta.model_name}.assigned",
            target=row,
            changes=audit.diff({name: getattr(row, name) for name in wanted}, wanted),
        )
        for row in rows
    ]
    ids = [row.pk for row in rows]
    type(rows[0]).objects.filter(pk__in=ids).update(
        **wanted, updated_at=at, version=models.F("version") + 1
    )
    _reindex(type(rows[0]), ids)
    audit.record_many(actor=actor, acts=acts, at=at)
    return len(rows)


def _reindex(model: type[Person] | type[Company], ids: Iterable[int]) -> None:
    refresh = indexing.refresh_persons if model is Person else indexing.refresh_companies
    refresh(list(ids))
