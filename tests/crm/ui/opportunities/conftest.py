"""An opportunity of sales: a company, its buyer, the first stage of the first pipeline."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from contacts import companies
from contacts.models import Company, Person, Source
from crm.accounts.models import Team, User
from history.models import CloseReason, Opportunity, Stage
from history.opportunities import deals


@pytest.fixture
def company(admin: User, source: Source, team: Team, at: datetime) -> Company:
    values = {"name": "Havelberg Anlagenbau GmbH"}
    return companies.create(actor=admin, values=values, source=source, team=team, at=at)


@pytest.fixture
def make_deal(sales: User, company: Company, at: datetime) -> Callable[..., Opportunity]:
    """``make_deal("Halle 3", volume=1000)``."""

    def make(title: str = "LED-Deckensystem Halle 3", **values: Any) -> Opportunity:
        options = {name: values.pop(name) for name in ("owner", "team") if name in values}
        actor = values.pop("actor", sales)
        moment = values.pop("at", at)
        wanted = {"title": title, "company": company, "volume": Decimal(184500), **values}
        return deals.create(actor=actor, values=wanted, at=moment, **options)

    return make


@pytest.fixture
def deal(make_deal: Callable[..., Opportunity]) -> Opportunity:
    return make_deal()


@pytest.fixture
def buyer(make_person: Callable[..., Person], team: Team) -> Person:
    return make_person("Friederike", "Haas", team=team)


@pytest.fixture
def planner(make_person: Callable[..., Person], team: Team) -> Person:
    return make_person("Ines", "Sander", team=team)


@pytest.fixture
def stages(db: None) -> list[Stage]:
    """The five stages of the first pipeline, in order."""
    return list(Stage.objects.select_related("pipeline"))


@pytest.fixture
def lost(db: None) -> CloseReason:
    return CloseReason.objects.get(state="LOST", label="Preis")


@pytest.fixture
def won(db: None) -> CloseReason:
    return CloseReason.objects.get(state="WON", label="Bester Nutzen")
