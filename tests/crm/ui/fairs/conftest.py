"""A fair of the team, seen by a rep and by the team lead."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from crm.accounts.models import User
from crm.kernel import clock
from history.models import Event, LeadCapture
from tests import fair_cast


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def event(team_lead: User, sales: User) -> Event:
    begun = clock.now() - timedelta(days=12)
    return fair_cast.fair(
        by=team_lead, team=[sales], at=begun, delete_on=clock.today() + timedelta(days=90)
    )


@pytest.fixture
def make(event: Event, sales: User) -> Callable[..., LeadCapture]:
    """``make("Ada Berg", ago=30, grade="B")``: captured so many hours ago."""

    def make(name: str = "Jens Kowalski", ago: int = 1, **values: Any) -> LeadCapture:
        moment = clock.now() - timedelta(hours=ago)
        return fair_cast.slip(event, by=sales, at=moment, name=name, **values)

    return make


@pytest.fixture
def lead(make: Callable[..., LeadCapture]) -> LeadCapture:
    return make()


@pytest.fixture
def rep(client: Client, sales: User) -> Client:
    client.force_login(sales)
    return client


@pytest.fixture
def boss(team_lead: User) -> Client:
    client = Client()
    client.force_login(team_lead)
    return client
