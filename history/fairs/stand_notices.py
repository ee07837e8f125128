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
    for purpose in PURPOSES:
        found = versions.current(controller=event.controller, purpose=purpose)
        if found is not None:
            return found
    return None


def address_of(version: NoticeVersion) -> str:
    """Where everybody reads it, also when a newer one is in force by then."""
    return links.notice(version.controller, version.purpose)
