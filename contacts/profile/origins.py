"""Where each datum comes from, and how fresh it is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from contacts import freshness
from contacts.contact_points import Record
from contacts.freshness import Freshness
from contacts.models import Source
from contacts.models.held import Sourced


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of a datum, when it came, and when somebody last confirmed it."""

    source: Source
    confirmed_on: date | None
    freshness: Freshness
    since: datetime | None = None


def origin_of(datum: Sourced | Record, *, on: date) -> Origin:
    """The origin of a row, seen on a day; its source must be loaded."""
    fresh = freshness.of(datum.confirmed_on, on=on)
    return Origin(datum.source, datum.confirmed_on, fresh, datum.created_at)


def of_fields(record: Record, *, on: date) -> dict[str, Origin]:
    """The record's own fields that do not come from its own source (one query)."""
    noted: dict[str, dict[str, Any]] = record.field_sources
    sources = Source.objects.in_bulk({entry["source"] for entry in noted.values()})
    origins = {}
    for name, entry in noted.items():
        day = date.fromisoformat(entry["confirmed_on"]) if entry.get("confirmed_on") else None
        if source := sources.get(entry["source"]):
            origins[name] = Origin(source, day, freshness.of(day, on=on))
    return origins
