"""Where the things lead that an activity is about."""

from contextlib import suppress

from django.db import models
from django.urls import NoReverseMatch, reverse

from contacts.models import Company, Person
from history.models import Opportunity

_PAGES: dict[type[models.Model], str] = {
    Person: "person-detail",
    Company: "company-detail",
    Opportunity: "deal",
}


def name_of(record: Person | Company | Opportunity) -> str:
    """What it is called."""
    return record.title if isinstance(record, Opportunity) else record.full_name


def page_of(record: Person | Company | Opportunity) -> str:
    """The address of its page, empty if it has none."""
    with suppress(NoReverseMatch):
        return reverse(_PAGES[type(record)], args=[record.public_id])
    return ""
