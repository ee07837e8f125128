"""People who merge at the same moment, each on a connection of their own."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest
from django.db import connections

from contacts import contact_points, employments, external_ids, merging
from contacts.models import (
    Company,
    ContactPointHolder,
    Employment,
    ExternalId,
    Merge,
    MergeMember,
    Person,
    Source,
)
from crm.accounts.models import User
from crm.kernel import errors

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: Sequence[Callable[[], Any]]) -> Counter[str]:
    """What came of acts that begin together: "done", or the code of the refusal."""
    gate = threading.Barrier(len(acts))
    outcomes: list[str] = []

    def run(act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            act()
            outcomes.append("done")
        except errors.DomainError as error:
            outcomes.append(error.code)
        except Exception as error:
            outcomes.append(f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)


def merging_of(actor: User, group: Sequence[Any], at: datetime) -> Callable[[], Merge]:
    return lambda: merging.merge(actor=actor, survivor=group[0], others=group[1:], at=at)


def test_two_people_merge_the_same_pair(
    admin: User, team_lead: User, make_person: Callable[..., Person], at: datetime
) -> None:
    admin_sees, other = make_person("Inge", "Abel"), make_person("Inge", "Abel")
    outcomes = at_once([merging_of(admin, [admin_sees, other], at)] * 2)
    assert outcomes == {"done": 1, "already-merged": 1}
    assert Merge.objects.count() == 1
    merge = Merge.objects.get()
    outcomes = at_once([lambda: merging.undo(actor=admin, merge=merge, at=at)] * 2)
    assert outcomes == {"done": 1, "already-undone": 1}


def test_fifty_merges_of_overlapping_groups_lose_no_row(
    admin: User, source: Source, make_person: Callable[..., Person], at: datetime
) -> None:
    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    persons = [make_person("Inge", f"Abel{n}") for n in range(60)]
    for n, person in enumerate(persons):
        external_ids.add(record=person, system="Liste", value=str(n), **known)
        contact_points.add(record=person, kind="EMAIL", value=f"a{n // 3}@x.example", **known)
    groups = [persons[n : n + 4] if n % 2 else persons[n : n + 4][::-1] for n in range(50)]
    outcomes = at_once([merging_of(admin, group, at) for group in groups])
    assert set(outcomes) == {"done", "already-merged"}
    aliases = Person.with_aliases.filter(merged_into__isnull=False)
    assert aliases.count() == 3 * outcomes["done"]
    assert ExternalId.objects.exclude(person__in=aliases).count() == 60
    assert not ContactPointHolder.objects.filter(person__in=aliases).exists()
    assert ContactPointHolder.objects.values("contact_point").distinct().count() == 20
    for merge in Merge.objects.order_by("-pk"):
        merging.undo(actor=admin, merge=merge, at=at)
    assert ContactPointHolder.objects.count() == 60
    assert Person.objects.count() == 60


def test_writers_and_merges_leave_nothing_at_an_alias(
    admin: User, source: Source, make_person: Callable[..., Person], at: datetime
) -> None:
    """Persons are merged while their companies are, and while numbers and roles are added."""
    from contacts import companies

    known: dict[str, Any] = {"actor": admin, "source": source, "at": at}
    persons = [make_person("Inge", f"Abel{n}") for n in range(8)]
    firms = [companies.create(values={"name": f"Kern {n}"}, **known) for n in range(8)]
    for person in persons:
        for firm in firms[::2]:
            employments.add(person=person, company=firm, values={}, **known)
    acts: list[Callable[[], Any]] = []
    for n in range(0, 8, 2):
        acts.append(merging_of(admin, persons[n : n + 2], at))
        acts.append(merging_of(admin, firms[n : n + 2], at))
        acts.append(
            lambda n=n: employments.add(  # type: ignore[misc]
                person=persons[n + 1], company=firms[n + 1], values={}, **known
            )
        )
        acts.append(
            lambda n=n: contact_points.add(  # type: ignore[misc]
                record=firms[n + 1], kind="PHONE", value=f"030 2312510{n}", **known
            )
        )
    outcomes = at_once(acts)
    assert set(outcomes) <= {"done", "not-found", "invalid", "conflict"}
    assert Merge.objects.count() == 8
    for model, names in ((Employment, ("person", "company")), (ContactPointHolder, ("company",))):
        for name in names:
            assert not model._default_manager.filter(
                **{f"{name}__merged_into__isnull": False}
            ).exists()
    assert MergeMember.objects.filter(is_survivor=True).count() == 8
    assert Company.objects.count() == 4
