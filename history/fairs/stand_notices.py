"""What the stand tells visitors about their data (Art. 13 GDPR): on the web, and on the wall."""

from typing import Final

from consent import links
from consent.models import NoticeVersion
from consent.notices import versions
from history.models import Event

PURPOSES: Final = ("fair", "enquiry")
"""The notice of talks at fairs; where a house has none, that of enquiries."""


def version_of(event: Event) -> NoticeVersion | None:
    """The notice in force for the event's controller; None if there is none (2 queries)."""
    return versions.first_current(controller=event.controller, purposes=PURPOSES)


def address_of(version: NoticeVersion) -> str:
    """Where everybody reads it, also when a newer one is in force by then."""
    return links.notice(version.controller, version.purpose)
