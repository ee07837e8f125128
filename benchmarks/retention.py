"""How long the nightly run of the storage schedule takes over a large stock.

    python -m benchmarks.retention [--persons 1000000] [--touchpoints 10000000] [--due 30000]

Copies the stock of ``benchmarks.scale`` (which is filled if it is not there), puts everything of
``--due`` persons ten years into the past, and runs the schedule dry and then in earnest. Prints one
JSON line per run with seconds and persons; the exit code is 1 if the run in earnest is above its
goal or has left anybody out.
"""

import argparse
import json
import os
import sys
import time
from urllib.parse import urlsplit, urlunsplit

from benchmarks import scale

GOAL_SECONDS = 300
AGE = "interval '10 years'"


def main() -> None:
    """Measure and print."""
    options = _options()
    scale.prepare(options.persons, options.touchpoints)
    _use_copy()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for sql in _ageing(max(options.persons // options.due, 1)):
            cursor.execute(sql)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("SELECT count(*) FROM aged")
        due = cursor.fetchone()[0]
    _run(dry_run=True)
    seconds, erased = _run(dry_run=False)
    sys.exit(1 if seconds > GOAL_SECONDS or erased != due else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--touchpoints", type=int, default=10_000_000)
    parser.add_argument("--due", type=int, default=30_000, help="about how many are to go")
    return parser.parse_args()


def _use_copy() -> None:
    """Go on in a copy: what is erased would be missing in the stock."""
    import psycopg
    from django.db import connection

    parts = urlsplit(os.environ["DATABASE_URL"])
    source, copy = parts.path.strip("/"), "einklang_retention"
    connection.close()
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {copy} TEMPLATE {source} STRATEGY FILE_COPY")
    connection.settings_dict["NAME"] = copy


def _ageing(step: int) -> list[str]:
    """Every ``step``-th person as somebody of whom nobody has heard for ten years."""
    return [
        "CREATE TEMPORARY TABLE aged ON COMMIT PRESERVE ROWS AS SELECT id FROM contacts_person"
        f" WHERE id % {step} = 0",
        f"UPDATE contacts_person SET created_at = created_at - {AGE},"
        f" updated_at = updated_at - {AGE} WHERE id IN (SELECT id FROM aged)",
        f"UPDATE history_participation SET happened_at = happened_at - {AGE}"
        " WHERE person_id IN (SELECT id FROM aged)",
        f"UPDATE history_touchpoint SET happened_at = happened_at - {AGE} WHERE id IN (SELECT"
        " touchpoint_id FROM history_participation WHERE person_id IN (SELECT id FROM aged))",
        f"UPDATE history_activity SET due_at = due_at - {AGE}"
        " WHERE person_id IN (SELECT id FROM aged)",
        "DELETE FROM history_stakeholder WHERE person_id IN (SELECT id FROM aged)",
    ]


def _run(*, dry_run: bool) -> tuple[float, int]:
    """Seconds, and how many persons were (or would be) erased."""
    from consent.retention import running
    from crm.kernel import clock

    started = time.perf_counter()
    done = running.run(actor=None, at=clock.now(), dry_run=dry_run)
    seconds = time.perf_counter() - started
    persons = done.figures["master"] + done.figures["bought_address"]
    print(
        json.dumps(
            {
                "what": "retention.dry" if dry_run else "retention.run",
                "persons": persons,
                "kept": done.kept,
                "seconds": round(seconds, 1),
                "load": os.getloadavg()[0],
            }
        ),
        flush=True,
    )
    return seconds, persons


if __name__ == "__main__":
    main()
