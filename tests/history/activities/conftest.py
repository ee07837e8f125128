"""A person of the team, and how to plan something."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from contacts.models import Person
from history import activities
from history.models import Activity


@pytest.fixture
def person(make_person: Any, team: Any) -> Person:
    return make_person("Johannes", "Maier", team=team)


@pytest.fixture
def plan(sales: Any, at: Any) -> Callable[..., Activity]:
    """``plan("Nachfassen", "2026-03-24 14:30", person=…)``; a day without an hour is a day."""

    def make(subject: str = "Nachfassen", when: str = "2026-03-17", **values: Any) -> Activity:
        day = timezone.make_aware(datetime.fromisoformat(when))
        actor = values.pop("actor", sales)
        wanted = {"subject": subject, "due_at": day, "has_time": " " in when, **values}
        return activities.plan(actor=actor, values=wanted, at=values.pop("at", at))

    return make
