"""Four persons in the team lead's team: one consented, one objected, one said nothing, one has no
mailbox; and one of another team."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from consent import campaigns, circumstances
from consent.models import Campaign, LedgerEvent
from contacts import contact_points
from contacts.models import Person, Source
from crm.accounts.models import Team, User

Gives = Callable[..., LedgerEvent]


@pytest.fixture
def later(at: datetime) -> datetime:
    return at + timedelta(hours=1)


@pytest.fixture
def people(
    make_person: Callable[..., Person],
    give_consent: Gives,
    team: Team,
    other_team: Team,
    admin: User,
    source: Source,
    at: datetime,
) -> dict[str, Person]:
    found = {
        name: make_person(name, "Thoms", team=other_team if name == "Fremde" else team)
        for name in ("Anna", "Berta", "Clara", "Dora", "Fremde")
    }
    for name, person in found.items():
        if name == "Dora":
            continue
        point = contact_points.add(
            actor=admin, record=person, kind="EMAIL", value=f"{name}@x.example", source=source,
            at=at,
        ).contact_point  # fmt: skip
        if name != "Clara":
            give_consent(person=person, point=point)
    circumstances.object_to_marketing(
        actor=None, person=found["Berta"], received_at=at, at=at, via="letter"
    )
    return found


@pytest.fixture
def make_campaign(
    team_lead: User, people: dict[str, Person], at: datetime
) -> Callable[..., Campaign]:
    def make(**values: Any) -> Campaign:
        return campaigns.create(
            **{
                "actor": team_lead, "name": "Frühjahr", "query": "", "channel": "email",
                "purpose": "newsletter", "at": at, **values,
            }
        )  # fmt: skip

    return make


@pytest.fixture
def campaign(make_campaign: Callable[..., Campaign]) -> Campaign:
    return make_campaign()
