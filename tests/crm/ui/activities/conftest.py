"""A browser of somebody in sales, on Tuesday, 17 March 2026, 10:12."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.kernel import clock
from history import activities
from history.models import Activity


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(clock, "today", lambda: at.date())
    monkeypatch.setattr(timezone, "localdate", lambda *_args: at.date())


@pytest.fixture
def browser(client: Client, sales: Any) -> Client:
    client.force_login(sales)
    return client


@pytest.fixture
def person(make_person: Any, team: Any) -> Any:
    return make_person("Johannes", "Maier", team=team)


@pytest.fixture
def plan(sales: Any, at: Any) -> Callable[..., Activity]:
    """``plan("Nachfassen", "2026-03-24 14:30", person=…)``."""

    def make(subject: str = "Nachfassen", when: str = "2026-03-17", **values: Any) -> Activity:
        day = timezone.make_aware(datetime.fromisoformat(when))
        wanted = {"subject": subject, "due_at": day, "has_time": " " in when, **values}
        return activities.plan(actor=values.pop("actor", sales), values=wanted, at=at)

    return make
