"""How long an access package (Art. 15 GDPR) takes for somebody with many contacts.

    python -m benchmarks.access_package [--touchpoints 10000]

Prints one JSON line; the exit code is 1 above the goal. Everything is real: PostgreSQL with a
database of its own that is dropped afterwards, the PDF, the JSON, the archive.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contacts.models import Person

ROOT = Path(__file__).resolve().parent.parent
GOAL_SECONDS = 10


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--touchpoints", type=int, default=10_000)
    count = parser.parse_args().touchpoints
    os.environ.setdefault("EINKLANG_ENV", "test")
    os.environ.setdefault("EINKLANG_DATA_DIR", str(ROOT / ".data" / "bench"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    sys.path.insert(0, str(ROOT))
    from crm.platform import environment

    environment.prepare()
    import django

    django.setup()
    from django.db import connection

    usual_name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_package_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        seconds, size = _made(count)
    finally:
        connection.creation.destroy_test_db(usual_name, verbosity=0)
    figure = {"figure": "access package seconds", "value": round(seconds, 1), "unit": "s"}
    print(json.dumps({**figure, "goal": GOAL_SECONDS, "touchpoints": count, "bytes": size}))
    sys.exit(1 if seconds > GOAL_SECONDS else 0)


def _made(count: int) -> tuple[float, int]:
    """Seconds and bytes of the package of somebody with so many contacts."""
    from consent.requests import cases, packages
    from contacts import persons, sources
    from contacts.models import SourceKind
    from crm.accounts import users
    from crm.accounts.models import Role, RoleCode, Visibility
    from crm.kernel import clock

    at = clock.now()
    for code in (RoleCode.PRIVACY, RoleCode.ADMIN):
        Role.objects.update_or_create(code=code, defaults={"visibility": Visibility.ALL})
    officer = users.create_user(
        actor=None,
        email="datenschutz@einklang.example",
        first_name="Ida",
        last_name="Brandt",
        password="messstellen-nord",
        roles=[RoleCode.PRIVACY],
        teams=[],
        at=at,
    )
    admin = users.create_user(
        actor=None,
        email="admin@einklang.example",
        first_name="Ida",
        last_name="Groß",
        password="messstellen-nord",
        roles=[RoleCode.ADMIN],
        teams=[],
        at=at,
    )
    source = sources.create(actor=None, kind=SourceKind.ERP, name="ERP", at=at)
    person = persons.create(
        actor=admin,
        values={"given_name": "Hans", "surname": "Mayer"},
        source=source,
        confirmed_on=None,
        at=at,
    )
    _remember(person, count)
    case = cases.receive(
        actor=None, article="15", channel="EMAIL", person=person, received_at=at, at=at
    )
    cases.prove_identity(actor=None, case=case, on=at.date(), how="Rückruf", at=at)
    started = time.perf_counter()
    made = packages.make(actor=officer, case=case, at=at)
    return time.perf_counter() - started, len(made)


def _remember(person: "Person", count: int) -> None:
    from crm.kernel import clock
    from history.models import Participation, Touchpoint

    at = clock.now()
    shared = {"channel": "PHONE", "direction": "IN", "happened_at": at}
    made = Touchpoint.objects.bulk_create(
        Touchpoint(subject=f"Anruf {number}", body="Rückfrage " * 20, recorded_at=at, **shared)
        for number in range(count)
    )
    Participation.objects.bulk_create(
        Participation(touchpoint=each, person=person, **shared) for each in made
    )


if __name__ == "__main__":
    main()
