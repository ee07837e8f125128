"""Are notices and provisions what the ledger says of them?"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from consent.ledger import chain
from consent.models import EventKind, NoticeProvision, NoticeStatus, NoticeVersion
from consent.notices import versions

ABOUT = (EventKind.NOTICE_PUBLISHED, EventKind.NOTICE_GIVEN)
AT_ONCE = 2000
Line = Mapping[str, Any]
Found = tuple[str, str, str]
"""Reason, place and which one: see :class:`consent.verifying.Finding`."""


def findings(told: Iterable[Line]) -> Iterator[Found]:
    """What differs between the tables and the events of the ledger about them."""
    published: dict[str, Line] = {}
    given: dict[str, Line] = {}
    for line in told:
        if line["kind"] == EventKind.NOTICE_PUBLISHED:
            published[line["text"]] = line
        else:
            given[line["id"]] = line
    yield from _versions(published)
    yield from _provisions(given)


def _versions(published: Mapping[str, Line]) -> Iterator[Found]:
    seen = set()
    ends = {
        (line["controller"], line["details"]["purpose"], line["details"]["number"]): line
        for line in published.values()
    }
    rows = NoticeVersion.objects.exclude(status=NoticeStatus.DRAFT).select_related("controller")
    for version in rows.prefetch_related("items"):
        seen.add(version.sha256)
        which = f"{version.purpose}/{version.number}"
        line = published.get(version.sha256)
        if (
            line is None
            or versions.digest(version) != version.sha256
            or versions.told(version) != line["details"]
            or _instant(version.published_at) != line["effective_at"]
        ):
            yield "notice_altered", "notice", which
            continue
        controller = str(version.controller.public_id)
        later = ends.get((controller, version.purpose, version.number + 1))
        if _instant(version.retired_at) != (later["effective_at"] if later else None):
            yield "notice_altered", "notice", which
    for digest, line in published.items():
        if digest not in seen:
            about = line["details"]
            yield "notice_missing", "notice", f"{about['purpose']}/{about['number']}"


def _provisions(given: Mapping[str, Line]) -> Iterator[Found]:
    """A provision may have been erased; what is there says what was recorded."""
    rows = NoticeProvision.objects.order_by("pk").select_related("version")
    for row in rows.iterator(chunk_size=AT_ONCE):
        line = given.get(str(row.event))
        if line is None or _told(row) != {
            "person": line["person"],
            "text": line["text"],
            "effective_at": line["effective_at"],
            **{name: line["details"][name] for name in ("notice", "status", "medium", "items")},
        }:
            yield "provision_altered", "provision", str(row.pk)


def _told(row: NoticeProvision) -> dict[str, Any]:
    return {
        "person": str(row.subject),
        "text": row.version.sha256,
        "effective_at": _instant(row.given_at),
        "notice": str(row.public_id),
        "status": row.status,
        "medium": row.medium,
        "items": sorted(row.items),
    }


def _instant(at: datetime | None) -> str | None:
    return chain.instant(at) if at else None
