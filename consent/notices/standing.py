"""What one person was told, and what of each notice in force they lack."""

from dataclasses import dataclass
from datetime import datetime

from consent.models import Controller, NoticeProvision, NoticeStatus, NoticeVersion
from consent.notices import asking
from consent.notices.asking import Due
from consent.notices.rules import due as rules
from consent.notices.rules.facts import PURPOSES
from contacts.models import Person


@dataclass(frozen=True, slots=True)
class Standing:
    """``due`` for each notice in force, ``told`` the latest first."""

    due: tuple[Due, ...]
    told: tuple[NoticeProvision, ...]


def of(person: Person, *, controller: Controller, at: datetime) -> Standing:
    """As if the person called now (5 queries)."""
    told = asking.provisions_of(person, at=at)
    rows = NoticeVersion.objects.filter(controller=controller, status=NoticeStatus.PUBLISHED)
    rows = rows.select_related("controller").prefetch_related("items")
    found = {row.purpose: row for row in rows}
    due = [_due(found[code], person, told, at) for code in PURPOSES if code in found]
    return Standing(tuple(due), tuple(reversed(told)))


def _due(version: NoticeVersion, person: Person, told: list[NoticeProvision], at: datetime) -> Due:
    source = asking.source_of(person, version.purpose)
    collection = rules.Collection(at=at, medium="phone_inbound", source=source)
    return asking.asked(version=version, person=person, collection=collection, at=at, told=told)
