"""How fast the pages of the history answer with millions of contacts, over HTTP.

    python -m benchmarks.scale [--persons 1000000] [--touchpoints 10000000] [--samples 150]

Fills a database of its own with persons, companies, contacts, deals and activities (kept for the
next run; ``--fresh`` fills it again), starts the web server as the demo runs it, and asks for pages
of persons, for places in lines at any depth with any filter, for callers by number, and for
dossiers of deals. Prints one JSON line per kind with milliseconds, then one with the number of
statements, which must not depend on the stock; the exit code is 1 if a p95 is above its goal.
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
SEED = 2026
GOALS = {"page": 80, "line": 60, "caller": 20, "dossier": 120}
CHANNELS = ("PHONE", "EMAIL", "LETTER", "CHAT", "VISIT", "VIDEO")
STAKES, DEALS_PER = 6, 20
USER = "all@einklang.example"


def main() -> None:
    """Measure and print."""
    options = _options()
    prepare(options.persons, options.touchpoints, fresh=options.fresh)
    import search

    questions = _questions(options.samples)
    with search.served() as server:
        worst = [_measure(server.port, kind, urls, search) for kind, urls in questions.items()]
    for kind, urls in questions.items():
        _print("scale.statements", kind=kind, persons=options.persons, **_statements_of(kind, urls))
    sys.exit(1 if any(worst) else 0)


def prepare(persons: int, touchpoints: int, *, fresh: bool = False) -> None:
    """Set Django up on a database of its own that holds the stock, filling it where it does not."""
    os.environ.setdefault("EINKLANG_DATA_DIR", str(ROOT / ".data" / "bench"))
    sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
    from crm.platform import environment

    environment.prepare()
    import search

    search._use_own_database(persons, fresh=fresh)
    os.environ["DJANGO_SETTINGS_MODULE"] = "crm.settings"
    import django

    django.setup()
    search._fill(persons)
    _remember(persons, touchpoints)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--touchpoints", type=int, default=10_000_000)
    parser.add_argument("--samples", type=int, default=150, help="questions of each kind")
    parser.add_argument("--fresh", action="store_true", help="fill the database again")
    return parser.parse_args()


def _remember(persons: int, touchpoints: int) -> None:
    """Contacts spread unevenly: a hundredth of the persons has a tenth of them."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM history_touchpoint")
        if cursor.fetchone()[0] == touchpoints:
            return
        started = time.perf_counter()
        cursor.execute("SET session_replication_role = replica")
        dropped = _without_indexes(cursor)
        for sql in _statements(persons, touchpoints):
            cursor.execute(sql)
        for definition in dropped:
            cursor.execute(definition)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM (ANALYZE)")
    _print("scale.fill", touchpoints=touchpoints, seconds=round(time.perf_counter() - started, 1))


def _without_indexes(cursor: object) -> list[str]:
    execute, fetch = cursor.execute, cursor.fetchall  # type: ignore[attr-defined]
    execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " JOIN pg_class ON pg_class.oid = indexrelid WHERE NOT indisprimary"
        " AND indrelid = ANY('{history_touchpoint,history_participation}'::regclass[])"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = indexrelid)"
    )
    found = fetch()
    for name, _definition in found:
        execute(f"DROP INDEX {name}")
    return [definition for _name, definition in found]


def _statements(persons: int, touchpoints: int) -> list[str]:
    """Filling as SQL; the dice are hashes of the row's number, so that each run is the same."""
    channel = "(ARRAY['" + "','".join(CHANNELS) + "'])[1 + n % 6]"
    direction = "CASE WHEN n % 2 = 0 THEN 'IN' ELSE 'OUT' END"
    happened = "timestamptz '2026-11-01' - (n::bigint * 7919 % 63072000) * interval '1 second'"
    die = "((n::bigint * 2654435761 % 1000003) / 1000003.0)"
    person = f"1 + floor(power({die}, 2.5) * {persons})::bigint"
    deals = max(persons // DEALS_PER, 1)
    rows = f"generate_series(1, {touchpoints}) n"
    common = f"{happened}, {channel}, {direction}, true, 1 + n % 20"
    columns = "happened_at, channel, direction, is_current, agent_id, role, touchpoint_id"
    return [
        "TRUNCATE history_touchpoint, history_participation, history_opportunity,"
        " history_stakeholder, history_activity CASCADE",
        "INSERT INTO history_touchpoint (id, public_id, channel, direction, subject, body, outcome,"
        ' happened_at, recorded_at, agent_id, contact_value, "case", system, external_id)'
        f" SELECT n, gen_random_uuid(), {channel}, {direction}, 'Angebot ' || n % 1000,"
        " 'Bitte um Rückruf zur Lieferzeit, Muster und Preis der Leuchten', '', "
        f"{happened}, {happened}, 1 + n % 20, '', '', '', '' FROM {rows}",
        f"INSERT INTO history_participation (person_id, {columns})"
        f" SELECT {person}, {common}, 'PARTNER', n FROM {rows}",
        f"INSERT INTO history_participation (company_id, {columns})"
        f" SELECT e.company_id, {common}, 'PARTNER', n FROM {rows}"
        f" JOIN contacts_employment e ON e.person_id = {person} WHERE n % 3 = 0",
        "INSERT INTO history_opportunity (id, public_id, number, title, company_id, pipeline_id,"
        " stage_id, stage_since, state, need, situation, regulate, avoid, reach, advantage, budget,"
        " volume, probability, close_note, created_at, updated_at, version, team_id, owner_id)"
        " SELECT n, gen_random_uuid(), 'VC-B-' || n, 'LED-Deckensystem ' || n, e.company_id,"
        " s.pipeline_id, s.id, now(), 'OPEN', 'Hallendecke', '', '', '', '', '', '', 10000 + n, 30,"
        f" '', now(), now(), 1, c.team_id, c.owner_id FROM generate_series(1, {deals}) n"
        f" JOIN contacts_employment e ON e.person_id = n * {DEALS_PER}"
        " JOIN contacts_company c ON c.id = e.company_id"
        " CROSS JOIN (SELECT * FROM history_stage ORDER BY position LIMIT 1) s",
        "INSERT INTO history_stagechange (opportunity_id, stage_id, state, at) SELECT id, stage_id,"
        " state, stage_since FROM history_opportunity",
        "INSERT INTO history_stakeholder (opportunity_id, person_id, company_id, roles, stance,"
        " influence, note, sways, created_at) SELECT o.id, p, o.company_id, ARRAY['DECIDER'],"
        " 'FOR', 2, '', '{}', now() FROM history_opportunity o CROSS JOIN LATERAL"
        f" generate_series(o.id * {DEALS_PER} - {STAKES - 1}, o.id * {DEALS_PER}) p WHERE p > 0",
        f"INSERT INTO history_participation (opportunity_id, {columns})"
        f" SELECT 1 + n % {deals}, {common}, 'ABOUT', n FROM {rows} WHERE n % 10 = 0",
        "INSERT INTO history_activity (public_id, kind, subject, note, state, priority, due_at,"
        " has_time, place, recurrence, assignee_id, person_id, created_at, updated_at, version)"
        " SELECT gen_random_uuid(), 'FOLLOW_UP', 'Nachfassen', '', 'OPEN', 2,"
        f" now() + n % 90 * interval '1 day', false, '', '', 1 + n % 20, n * 3, now(), now(), 1"
        f" FROM generate_series(1, {persons // 3}) n",
        *(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            for table in ("history_touchpoint", "history_opportunity")
        ),
    ]


def _questions(samples: int) -> dict[str, list[str]]:
    """Addresses of each kind; a third of the persons are among the busiest."""
    from contacts.models import ContactPointHolder, Person
    from history.models import Opportunity, Participation

    dice = random.Random(SEED)
    last = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    chosen = [dice.randrange(1, last) for _ in range(samples)]
    busy = [dice.randrange(1, max(last // 1000, 2)) for _ in range(samples // 2)]
    persons = dict(Person.objects.filter(pk__in=chosen + busy).values_list("pk", "public_id"))
    pages = [f"/ansprechpartner/{public_id}/" for public_id in persons.values()]
    lines = []
    for pk, public_id in persons.items():
        rows = Participation.objects.filter(person=pk).order_by("-happened_at")
        depth = dice.randrange(max(rows.count(), 1))
        place = rows.values_list("happened_at", "touchpoint_id")[depth : depth + 1].first()
        query = dice.choice(
            ["", "kanal=PHONE", "richtung=IN", "nur=ich", "suche=Lieferzeit", "von=2025-06-01"]
        )
        after = f"&ab={quote(f'{place[0].isoformat()}~{place[1]}')}" if place else ""
        lines.append(f"/verlauf/ansprechpartner/{public_id}/?{query}{after}")
    held = ContactPointHolder.objects.filter(person__in=chosen, contact_point__kind="PHONE")
    numbers = held.values_list("contact_point__normalised", flat=True)
    deals = Opportunity.objects.order_by("pk").values_list("public_id", flat=True)
    count = Opportunity.objects.count()
    picked = [deals[dice.randrange(count)] for _ in range(samples)]
    return {
        "page": pages,
        "line": lines,
        "caller": [f"/api/v1/callers/?number={quote(number)}" for number in numbers],
        "dossier": [f"/verkauf/{public_id}/" for public_id in picked],
    }


def _measure(port: int, kind: str, urls: list[str], search: object) -> bool:
    """Ask for everything twice, count the second time; whether the goal is missed."""
    session: Callable[[str], str] = search.session_of  # type: ignore[attr-defined]
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": f"sessionid={session(USER)}", **_headers(kind)}
    for url in urls[: max(len(urls) // 4, 1)]:
        _ask(connection, headers, url)
    measured = [_ask(connection, headers, url) for url in urls]
    told = search.percentiles(measured)  # type: ignore[attr-defined]
    load = round(os.getloadavg()[0], 1)
    _print("scale.http", kind=kind, goal_p95_ms=GOALS[kind], load=load, **told)
    return bool(told["p95_ms"] > GOALS[kind])


def _headers(kind: str) -> dict[str, str]:
    return {"HX-Request": "true"} if kind == "line" else {}


def _statements_of(kind: str, urls: list[str]) -> dict[str, int]:
    """The fewest and the most statements of a quarter of the questions, asked in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from crm.accounts.models import User

    client = Client(headers=_headers(kind))
    client.force_login(User.objects.get(email=USER))
    counts = []
    for url in urls[: max(len(urls) // 4, 1)]:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url)
        if answer.status_code != 200:
            raise SystemExit(f"{url}: HTTP {answer.status_code}")
        counts.append(len(asked))
    return {"fewest": min(counts), "most": max(counts)}


def _ask(connection: HTTPConnection, headers: dict[str, str], url: str) -> float:
    started = time.perf_counter()
    connection.request("GET", url, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    spent = (time.perf_counter() - started) * 1000
    if answer.status != 200:
        raise SystemExit(f"{url}: HTTP {answer.status}, {body[:200]!r}")
    return spent


def _print(name: str, **values: object) -> None:
    print(json.dumps({"name": name, **values}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
