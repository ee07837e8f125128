"""When was a datum last confirmed? Never is unknown, not old."""

from datetime import date, datetime
from enum import StrEnum

from dateutil.relativedelta import relativedelta
from django.db import transaction

from contacts import access, writing
from contacts.contact_points import Record as PersonOrCompany
from contacts.models import Address, ContactPointHolder, Employment, Person
from crm.accounts.models import User
from crm.kernel import audit

STALE_AFTER_YEARS = 2


class Freshness(StrEnum):
    """Confirmed within two years, longer ago, or never."""

    FRESH = "fresh"
    STALE = "stale"
    NEVER = "never"


def of(confirmed_on: date | None, *, on: date) -> Freshness:
    """The freshness on a day of what was last confirmed on ``confirmed_on``."""
    if confirmed_on is None:
        return Freshness.NEVER
    return Freshness.FRESH if confirmed_on > stale_before(on) else Freshness.STALE


def stale_before(on: date, *, years: int = STALE_AFTER_YEARS) -> date:
    """What was last confirmed on this day or earlier is stale on ``on``."""
    return on - relativedelta(years=years)


@transaction.atomic
def confirm(*, actor: User, datum: Address | ContactPointHolder | Employment, at: datetime) -> None:
    """Somebody checked that the datum is right today."""
    record: PersonOrCompany
    record = datum.person if isinstance(datum, Employment) else datum.record
    access.require_editable(user=actor, record=record)
    record = writing.locked(record, version=None)
    changes = {f"{datum}: confirmed_on": [datum.confirmed_on, at.date()]}
    datum.confirmed_on = at.date()
    datum.save(update_fields=["confirmed_on"])
    writing.touch(record, actor=actor, action="datum.confirmed", changes=changes, at=at)


@transaction.atomic
def confirm_record(*, actor: User, record: PersonOrCompany, at: datetime) -> None:
    """Somebody went through the whole record: it and all its current data are right today."""
    access.require_editable(user=actor, record=record)
    record = writing.locked(record, version=None)
    changes = audit.diff({"confirmed_on": record.confirmed_on}, {"confirmed_on": at.date()})
    record.confirmed_on = at.date()
    record.field_sources = {
        name: {**entry, "confirmed_on": at.date().isoformat()}
        for name, entry in record.field_sources.items()
    }
    record.save(update_fields=["confirmed_on", "field_sources"])
    record.addresses.filter(valid_to__isnull=True).update(confirmed_on=at.date())
    record.contact_points.filter(status="ACTIVE").update(confirmed_on=at.date())
    if isinstance(record, Person):
        record.employments.filter(ended_on__isnull=True).update(confirmed_on=at.date())
    writing.touch(record, actor=actor, action="record.confirmed", changes=changes, at=at)
