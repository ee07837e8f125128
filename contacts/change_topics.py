"""What changes of a record are about, and how many there are of each topic."""

from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet

from crm.kernel.models import AuditEntry


class Topic(StrEnum):
    """What a change is about. What an import did is ``IMPORT``, whatever it touched."""

    RECORD = "record"
    REACH = "reach"
    ROLES = "roles"
    QUALIFICATION = "qualification"
    CONFIRMATION = "confirmation"
    IMPORT = "import"


_BY_PREFIX: dict[str, Topic] = {
    "contact-point": Topic.REACH,
    "address": Topic.REACH,
    "employment": Topic.ROLES,
    "qualification": Topic.QUALIFICATION,
    "datum": Topic.CONFIRMATION,
    "record": Topic.CONFIRMATION,
}
FROM_IMPORT = Q(context__has_key="import")


def of(action: str, context: dict[str, Any] | None = None) -> Topic:
    """The topic of an audit row with this action and context."""
    if context and context.get("import"):
        return Topic.IMPORT
    return _BY_PREFIX.get(action.partition(".")[0], Topic.RECORD)


def about(entries: QuerySet[AuditEntry], topic: Topic | None) -> QuerySet[AuditEntry]:
    """Those of the ``entries`` that are about the topic; all of them for None."""
    if topic is None:
        return entries
    if topic is Topic.IMPORT:
        return entries.filter(FROM_IMPORT)
    by_hand = entries.exclude(FROM_IMPORT)
    if topic is Topic.RECORD:
        return by_hand.exclude(_begins_with(_BY_PREFIX))
    return by_hand.filter(
        _begins_with([name for name, each in _BY_PREFIX.items() if each is topic])
    )


def counts(entries: QuerySet[AuditEntry]) -> dict[Topic, int]:
    """How many ``entries`` there are by topic (one query); topics without any are left out."""
    rows = (
        entries.order_by()
        .values("action")
        .annotate(all=Count("pk"), imported=Count("pk", filter=FROM_IMPORT))
        .values_list("action", "all", "imported")
    )
    found: dict[Topic, int] = {}
    for action, every, imported in rows:
        for topic, number in ((of(action), every - imported), (Topic.IMPORT, imported)):
            if number:
                found[topic] = found.get(topic, 0) + number
    return {topic: found[topic] for topic in Topic if topic in found}


def _begins_with(prefixes: Any) -> Q:
    condition = Q()
    for prefix in prefixes:
        condition |= Q(action__startswith=f"{prefix}.")
    return condition
