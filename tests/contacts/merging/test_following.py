"""Persons are found by their employer's name: after a merge by the survivor's."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from contacts import companies, employments, merging, search
from contacts.matching.store import upkeep
from contacts.merging import following, tasks
from contacts.models import Company, MatchingKind, Person, Source
from crm.accounts.models import User
from tests.contacts.merging.dumps import dump

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(
    admin: User, source: Source, make_person: Callable[..., Person], at: datetime
) -> list[Company]:
    """Elbwerft, and Brandt with three people."""
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    found = [companies.create(values={"name": name}, **known) for name in ("Elbwerft", "Brandt")]
    for number in range(3):
        person = make_person("Inge", f"Abel{number}")
        employments.add(person=person, company=found[1], values={}, **known)
    return found


def found_by(user: User, text: str) -> int:
    return len(search.find(user=user, text=text, limit=20).persons)


def all_true() -> bool:
    ids = list(Person.objects.values_list("pk", flat=True))
    return upkeep.stale(MatchingKind.PERSON, ids) == []


def test_a_few_follow_at_once(admin: User, firms: list[Company], at: datetime) -> None:
    before = dump()
    merge = merging.merge(actor=admin, survivor=firms[0], others=[firms[1]], at=at)
    assert (found_by(admin, "Abel Elbwerft"), found_by(admin, "Abel Brandt")) == (3, 0)
    assert all_true()
    merging.undo(actor=admin, merge=merge, at=at)
    assert found_by(admin, "Abel Brandt") == 3
    assert dump() == before


def test_many_follow_by_a_worker(
    admin: User,
    firms: list[Company],
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    sent: list[tuple[str, list[Any]]] = []
    monkeypatch.setattr(following, "AT_ONCE", 2)
    monkeypatch.setattr(
        following.current_app, "send_task", lambda name, args: sent.append((name, args))
    )
    with django_capture_on_commit_callbacks(execute=True):
        merging.merge(actor=admin, survivor=firms[0], others=[firms[1]], at=at)
    assert found_by(admin, "Abel Brandt") == 3
    assert sent == [("contacts.refresh_staff", [[firms[0].pk]])]
    tasks.refresh_staff(*sent[0][1])
    assert (found_by(admin, "Abel Elbwerft"), found_by(admin, "Abel Brandt")) == (3, 0)
    assert all_true()
