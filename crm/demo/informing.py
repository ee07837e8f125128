"""What the demo company tells people about their data: two versions, and who was told which."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from consent.models import Controller, NoticeVersion
from consent.notices import configuring, provisions, starters, versions
from contacts.models import Person

Act = tuple[datetime, Callable[[], object]]
FIRST, SECOND = timedelta(days=800), timedelta(days=41)  # before today
RECIPIENTS: tuple[dict[str, Any], ...] = (
    {"name": "Alster Rechenzentrum GmbH", "category": "hosting", "purposes": None},
    {
        "name": "Postbote24 Mailversand GmbH",
        "category": "mail",
        "purposes": None,
        "integration": "mail",
    },
    {
        "name": "Elbdruck Lettershop KG",
        "category": "lettershop",
        "purposes": ["advertising", "bought_addresses"],
    },
    {"name": "Kanzlei Steenbock", "category": "tax_adviser", "purposes": ["contract"]},
)
CALENDAR: dict[str, Any] = {
    "name": "Timewise Calendar Inc.",
    "category": "calendar",
    "country": "US",
    "safeguard": "privacy_framework",
    "purposes": ["appointment"],
}


def acts(people: Sequence[Person], controller: Controller, *, at: datetime) -> list[Act]:
    """Everything that happened, to be done in the order of its time."""
    told = _Told(controller)
    happened: list[Act] = [
        (at - FIRST, lambda: told.begin(at - FIRST)),
        (at - SECOND, lambda: told.move_the_calendar(at - SECOND)),
    ]
    for number, person in enumerate(people):
        happened += told.story(number, person, at)
    return happened


class _Told:
    """The company and its notice of appointments in force."""

    def __init__(self, controller: Controller) -> None:
        self.controller = controller
        self.notice: NoticeVersion | None = None

    def begin(self, at: datetime) -> None:
        """Everything is set up and published."""
        starters.create(actor=None, controller=self.controller, at=at)
        for recipient in RECIPIENTS:
            facts: dict[str, Any] = {**recipient}
            facts["purposes"] = facts["purposes"] or list(starters.STARTERS)
            configuring.name_recipient(actor=None, controller=self.controller, at=at, **facts)
        for draft in starters.draft_all(actor=None, controller=self.controller, at=at):
            version = versions.publish(actor=None, version=draft, at=at)
            if version.purpose == "appointment":
                self.notice = version

    def move_the_calendar(self, at: datetime) -> None:
        """Since then appointments lie with a provider in the United States."""
        configuring.name_recipient(actor=None, controller=self.controller, at=at, **CALENDAR)
        draft = versions.draft(actor=None, controller=self.controller, purpose="appointment", at=at)
        self.notice = versions.publish(actor=None, version=draft, at=at)

    def story(self, number: int, person: Person, at: datetime) -> list[Act]:
        """Who was told what; which of it, tells the number."""
        long_ago = at - timedelta(days=300 + number)
        lately = at - timedelta(days=2 + number % 30, hours=number % 7)
        if number % 4 == 1:
            return [self._act(person, long_ago, "email", "delivered")]
        if number % 8 == 2:
            return [
                self._act(person, lately, "phone", "read_aloud", items="first", seconds=34),
                self._act(person, lately + timedelta(minutes=6), "email", "bounced"),
            ]
        if number % 16 == 3:
            return [self._act(person, lately, "phone", "skipped", reason="emergency")]
        if number % 32 == 7:
            return [self._act(person, lately, "phone", "skipped", reason="hung_up")]
        return []

    def _act(self, person: Person, when: datetime, medium: str, status: str, **more: Any) -> Act:
        def tell() -> None:
            assert self.notice is not None
            only = ("13.1.a", "13.1.c", "13.1.f", "13.2.b")
            known = {row.item for row in self.notice.items.all() if row.is_applicable}
            items = [each for each in only if each in known] if more.pop("items", "") else None
            provisions.record(
                actor=None,
                person=person,
                version=self.notice,
                medium=medium,
                status=status,
                items=items,
                language="de",
                given_at=when,
                at=when,
                **more,
            )

        return when, tell
