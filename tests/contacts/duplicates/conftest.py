"""Runs of the batch in this process, over records that are written in bulk."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from contacts.duplicates import cleaning, queueing, runs, setup, shipped, stocks, working
from contacts.duplicates.steps import comparing, learning
from contacts.matching.model import Model
from contacts.matching.signatures import Facts
from contacts.matching.store import upkeep
from contacts.models import (
    MatchingKind,
    MatchingModel,
    MatchingRun,
    MatchingScope,
    MatchingState,
    Person,
    Source,
    SuspectGroup,
    SuspectPair,
)
from contacts.models.matching import BUSY_MATCHING
from tests.contacts.matching import stocks as memory

Search = Callable[..., MatchingRun]
MODEL_OF = 6000


@pytest.fixture(autouse=True)
def queued(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[list[int]]:
    """Shards that were queued; nothing is sent to a broker, and nothing is left behind."""
    found: list[int] = []
    monkeypatch.setattr(setup, "folder_of", lambda run: tmp_path / run)
    monkeypatch.setattr(queueing, "shard", found.append)
    monkeypatch.setattr(queueing, "sweeping", cleaning.sweep)
    yield found
    stocks.forget()


@pytest.fixture(autouse=True)
def _stocks_speak_for_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small a stock is, its own names are counted."""
    monkeypatch.setattr(shipped, "serves", lambda kind, records: False)


@pytest.fixture(scope="session")
def taught() -> Model:
    """A model learned from 6,000 invented persons."""
    stock = memory.stock_of(memory.people(MODEL_OF, seed=5))
    return memory.learned(stock, memory.compared(stock))


@pytest.fixture
def model(db: None, taught: Model, monkeypatch: pytest.MonkeyPatch) -> MatchingModel:
    """The taught model in use for persons, and kept however large the stock is; names are as
    frequent as among those it was learned from."""
    monkeypatch.setattr(learning, "MUCH", 1e9)
    monkeypatch.setattr(comparing, "_DRAWN", 1)
    monkeypatch.setattr(shipped, "serves", lambda kind, records: True)
    monkeypatch.setattr(shipped, "shares", shares)
    return MatchingModel.objects.create(
        kind=MatchingKind.PERSON,
        version=1,
        origin=MatchingModel.Origin.SHIPPED,
        data=taught.as_json(),
        figures={"records": MODEL_OF},
        is_current=True,
        created_at=timezone.now(),
    )


def shares(_kind: str, texts: Sequence[str], _part: str) -> Any:
    """Every name is borne by one in ten thousand."""
    found = np.full(len(texts), 1e-4, dtype=np.float32)
    found[:1] = 0
    return found


def work_off(run: MatchingRun, *, at: datetime) -> MatchingRun:
    """Do all shards of a run one after the other in this process."""
    while run.state in BUSY_MATCHING:
        undone = run.shards.filter(is_done=False).values_list("pk", flat=True)
        for shard_id in list(undone):
            working.work(shard_id, clock=lambda: at)
        run = MatchingRun.objects.get(pk=run.pk)
    return run


@pytest.fixture
def search(at: datetime, django_capture_on_commit_callbacks: Any) -> Search:
    """``search()``, ``search(scope="CHANGED")``: a run from its start to its end."""

    def go(
        kind: str = MatchingKind.PERSON, scope: str = MatchingScope.FULL, *, retrain: bool = False
    ) -> MatchingRun:
        with django_capture_on_commit_callbacks(execute=True):
            run = runs.start(
                actor=None, kind=MatchingKind(kind), scope=MatchingScope(scope), retrain=retrain,
                at=at,
            )  # fmt: skip
            run = work_off(run, at=at)
        assert run.state == MatchingState.DONE, run.failure
        return run

    return go


@pytest.fixture
def write(source: Source, at: datetime) -> Callable[[Sequence[Facts]], list[int]]:
    """Persons with these facts' signatures, in bulk; their ids, in order and in the facts."""

    def make(facts: Sequence[Facts]) -> list[int]:
        rows = [
            Person(
                given_name=each.given_name[:150], surname=each.surname[:150] or "?",
                source=source, created_at=at, updated_at=at,
            )
            for each in facts
        ]  # fmt: skip
        ids = [person.pk for person in Person.objects.bulk_create(rows)]
        for each, pk in zip(facts, ids, strict=True):
            each.id = pk
        upkeep.write(MatchingKind.PERSON, dict(zip(ids, facts, strict=True)))
        return ids

    return make


def copies(facts: Sequence[Facts]) -> list[Facts]:
    """Facts of one's own, to be numbered."""
    return [
        Facts(
            0, each.given_name, each.surname, each.birth_date, each.vat_id,
            list(each.emails), list(each.phones), list(each.places), list(each.employers),
        )
        for each in facts
    ]  # fmt: skip


def pairs() -> list[tuple[Any, ...]]:
    """What holds: all pairs with weight, pattern and group."""
    rows = SuspectPair.objects.filter(generation__in=_current()).order_by("first_id", "second_id")
    return list(rows.values_list("kind", "first_id", "second_id", "weight", "pattern", "group"))


def groups() -> dict[int, list[int]]:
    """What holds: members by the group's number."""
    rows = SuspectGroup.objects.filter(generation__in=_current())
    return dict(sorted(rows.values_list("number", "members")))


def group_rows() -> list[tuple[Any, ...]]:
    """What holds: all groups with everything."""
    rows = SuspectGroup.objects.filter(generation__in=_current()).order_by("number")
    return list(rows.values_list("kind", "number", "members", "size", "strength", "weakest"))


def _current() -> Any:
    return MatchingRun.objects.filter(is_current=True).values("generation")


def figures(run: MatchingRun) -> Any:
    """The run's figures without times."""
    told = json.loads(json.dumps(run.figures))
    return {name: value for name, value in told.items() if "seconds" not in name}
