"""How long a merge and its undo take with many dependants, and whether merges at once get along.

    python benchmarks/merging.py [--dependants 10000] [--parallel 50]

Works in a scratch database that is dropped afterwards. Measures a person with rows of imports,
numbers and contact points, and a company with employees (their search keys follow within the time
measured as ``keys_follow_seconds``, by a worker's hand); then merges overlapping groups of one
stock, each on a connection of its own, and counts rows before and after. Prints one JSON object a
figure; the exit code is 1 if a goal is missed or a row is lost.
"""

import argparse
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv" / "bin" / "python"
if VENV.exists() and Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
    os.execv(VENV, [str(VENV), str(Path(__file__).resolve()), *sys.argv[1:]])
sys.path.insert(0, str(ROOT))
GOAL_SECONDS = 2.0
GROUP = 5


def main() -> None:
    """Measure and print."""
    options = _options()
    os.environ.setdefault("EINKLANG_DATA_DIR", str(ROOT / ".data" / "bench"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    from crm.platform import environment

    environment.prepare()
    with _scratch():
        figures = [
            _person(options.dependants),
            _company(options.dependants),
            _at_once(options.parallel),
        ]
    for figure in figures:
        print(json.dumps({**figure, "load": round(os.getloadavg()[0], 1)}))
    sys.exit(0 if all(figure["goal_met"] for figure in figures) else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dependants", type=int, default=10_000)
    parser.add_argument("--parallel", type=int, default=50)
    return parser.parse_args()


@contextmanager
def _scratch() -> Iterator[None]:
    import django

    django.setup()
    from django.db import connection

    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_merging_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def _person(count: int) -> dict[str, Any]:
    """A person with half of the rows from imports, the rest numbers and contact points."""
    from contacts.models import ContactPoint, ContactPointHolder, ExternalId, ImportRow

    world = _World()
    survivor, other = world.persons(2)
    half, quarter = count // 2, count // 4
    run = world.import_run()
    ImportRow.objects.bulk_create(
        ImportRow(run=run, number=at, outcome="UPDATED", person=other) for at in range(half)
    )
    ExternalId.objects.bulk_create(
        ExternalId(person=other, system="ERP", value=f"{at}", **world.known)
        for at in range(quarter)
    )
    points = ContactPoint.objects.bulk_create(
        ContactPoint(kind="EMAIL", normalised=f"a{at}@x.example", display=f"a{at}@x.example")
        for at in range(quarter)
    )
    for record, step in ((other, 1), (survivor, 2)):  # half of them equal ones
        ContactPointHolder.objects.bulk_create(
            ContactPointHolder(person=record, contact_point=point, **world.known)
            for point in points[::step]
        )
    return {"figure": "person", "dependants": count, **world.merged_and_undone(survivor, other)}


def _company(count: int) -> dict[str, Any]:
    """A company with as many employees."""
    from contacts.merging import following
    from contacts.models import Employment

    world = _World()
    survivor, other = world.companies(2)
    Employment.objects.bulk_create(
        Employment(person=person, company=other, is_primary=True, **world.known)
        for person in world.persons(count)
    )
    figure = world.merged_and_undone(survivor, other)
    follow, _changed = _timed(lambda: following.refresh_staff([survivor.pk, other.pk]))
    return {"figure": "company", "dependants": count, **figure, "keys_follow_seconds": follow}


def _at_once(count: int) -> dict[str, Any]:
    """Overlapping groups of five: each shares three records with the next one."""
    from django.db import connections

    from contacts import merging
    from contacts.models import ContactPoint, ContactPointHolder, ExternalId, Person
    from crm.kernel import clock, errors

    world = _World()
    persons = world.persons(2 * count + GROUP)
    for at, person in enumerate(persons):
        point = ContactPoint.objects.create(
            kind="PHONE", normalised=f"+49{at // 2:09}", display=f"{at // 2}"
        ) if at % 2 == 0 else ContactPoint.objects.get(normalised=f"+49{at // 2:09}")  # fmt: skip
        ContactPointHolder.objects.create(person=person, contact_point=point, **world.known)
        ExternalId.objects.create(person=person, system="Liste", value=str(at), **world.known)
    outcomes: list[str] = []
    gate = threading.Barrier(count)

    def merge(at: int) -> None:
        group = persons[2 * at : 2 * at + GROUP]
        gate.wait()
        try:
            merging.merge(actor=None, survivor=group[0], others=group[1:], at=clock.now())
            outcomes.append("merged")
        except errors.DomainError as error:
            outcomes.append(error.code)
        except Exception as error:
            outcomes.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=merge, args=[at]) for at in range(count)]
    seconds, _none = _timed(lambda: [_started(threads), [each.join() for each in threads]])
    kept = ExternalId.objects.filter(system="Liste", person__merged_into=None).count()
    aliases = Person.with_aliases.filter(merged_into__isnull=False)
    figure = {
        "figure": "at_once",
        "merges": count,
        "seconds": seconds,
        "outcomes": {name: outcomes.count(name) for name in sorted(set(outcomes))},
        "rows_lost": len(persons) - kept,
        "rows_at_aliases": ContactPointHolder.objects.filter(person__in=aliases).count(),
    }
    fine = set(outcomes) <= {"merged", "already-merged"} and "merged" in outcomes
    return {**figure, "goal_met": fine and kept == len(persons) and not figure["rows_at_aliases"]}


def _started(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()


class _World:
    """Records made in bulk."""

    def __init__(self) -> None:
        from contacts.models import Source
        from crm.kernel import clock

        self.at = clock.now()
        self.source, _new = Source.objects.get_or_create(
            kind="ERP", name="ERP", defaults={"created_at": self.at}
        )
        self.known = {"source": self.source, "created_at": self.at}

    def persons(self, count: int) -> list[Any]:
        from contacts import indexing
        from contacts.models import Person

        rows = Person.objects.bulk_create(
            Person(given_name="Inge", surname=f"Abel {at}", updated_at=self.at, **self.known)
            for at in range(count)
        )
        indexing.refresh_persons([row.pk for row in rows])
        return rows

    def companies(self, count: int) -> list[Any]:
        from contacts import indexing
        from contacts.models import Company

        rows = Company.objects.bulk_create(
            Company(name=f"Havelberg {at}", updated_at=self.at, **self.known) for at in range(count)
        )
        indexing.refresh_companies([row.pk for row in rows])
        return rows

    def import_run(self) -> Any:
        from contacts.models import ImportRun

        return ImportRun.objects.create(
            source=self.source, file="x.csv", file_name="x.csv", file_size=1, file_hash="0",
            created_at=self.at,
        )  # fmt: skip

    def merged_and_undone(self, survivor: Any, other: Any) -> dict[str, Any]:
        from contacts import merging

        look, _preview = _timed(
            lambda: merging.preview(actor=_admin(), records=[survivor, other], survivor=survivor)
        )
        there, merge = _timed(
            lambda: merging.merge(actor=None, survivor=survivor, others=[other], at=self.at)
        )
        foresee, _undo = _timed(lambda: merging.undo_preview(actor=_admin(), merge=merge))
        back, _undone = _timed(lambda: merging.undo(actor=None, merge=merge, at=self.at))
        return {
            "goal_seconds": GOAL_SECONDS,
            "preview_seconds": look,
            "merge_seconds": there,
            "undo_preview_seconds": foresee,
            "undo_seconds": back,
            "goal_met": max(there, back) < GOAL_SECONDS,
        }


def _admin() -> Any:
    from crm.accounts import users
    from crm.accounts.models import RoleCode, User
    from crm.kernel import clock

    return User.objects.filter(email="bench@einklang.example").first() or users.create_user(
        actor=None, email="bench@einklang.example", first_name="Inge", last_name="Abel",
        password="messstellen-nord", roles=[RoleCode.ADMIN], teams=[], at=clock.now(),
    )  # fmt: skip


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = act()
    return round(time.perf_counter() - started, 3), result


if __name__ == "__main__":
    main()
