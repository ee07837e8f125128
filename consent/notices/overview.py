"""What the administration of notices shows: each purpose with what is in force and what is not."""

from dataclasses import dataclass

from consent.models import Controller, NoticeStatus, NoticeVersion
from consent.notices import configuring, scripts, versions
from consent.notices.rules.script import Script


@dataclass(frozen=True, slots=True)
class Line:
    """One purpose. ``drift`` are items of which the configuration says something else by now."""

    purpose: str
    article: int
    current: NoticeVersion | None
    draft: NoticeVersion | None
    drift: tuple[str, ...]
    script: Script | None


def lines(*, controller: Controller) -> list[Line]:
    """All purposes that are set up (4 queries)."""
    rows = NoticeVersion.objects.filter(
        controller=controller, status__in=[NoticeStatus.DRAFT, NoticeStatus.PUBLISHED]
    ).prefetch_related("items")
    found = {(row.purpose, row.status): row for row in rows.select_related("controller")}
    made = []
    for purpose, given in configuring.all_of(controller=controller).items():
        current = found.get((purpose, NoticeStatus.PUBLISHED))
        drift = versions.drift_from(current, given) if current else ()
        script = scripts.longest(current, "de") if current else None
        draft = found.get((purpose, NoticeStatus.DRAFT))
        made.append(Line(purpose, given.article, current, draft, drift, script))
    return made
