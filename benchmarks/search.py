"""How fast the palette's search answers over HTTP, and with which visibility.

    python -m benchmarks.search [--persons 1000000] [--samples 40] [--fresh]

Prints one JSON line per kind of question and one over all, which also names the load of the
machine and the processor time that web server and database spent per question. Everything is
real: PostgreSQL with a million generated persons and a quarter as many companies, granian, the
session, the rendered fragment. The stock lies in a database of its own that is kept for the next
run; ``--fresh`` fills it again (3 to 4 minutes for a million).
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psutil

ROOT = Path(__file__).resolve().parent.parent
GOAL_MS = 50
USERS = ("all", "team", "own")
SEED = 2026


@dataclass(frozen=True, slots=True)
class Server:
    """The web server under measurement and the database behind it."""

    port: int
    pid: int
    database: str

    def processor_seconds(self) -> float:
        """What the web server and the database's sessions have spent so far."""
        web = psutil.Process(self.pid)
        processes = [web, *web.children(recursive=True)]
        processes += [
            process
            for process in psutil.process_iter(["cmdline"])
            if f" {self.database} " in " ".join(process.info["cmdline"] or [])
        ]
        return sum(sum(process.cpu_times()[:2]) for process in processes)


def main() -> None:
    """Measure and print; the exit code is 1 if the p95 over all is above the goal."""
    options = _options()
    os.environ.setdefault("EINKLANG_DATA_DIR", str(ROOT / ".data" / "bench"))
    sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
    from crm.platform import environment

    environment.prepare()
    _use_own_database(options.persons, fresh=options.fresh)
    os.environ["DJANGO_SETTINGS_MODULE"] = "crm.settings"
    import django

    django.setup()
    _fill(options.persons)
    warming = _questions(options.samples // 2, seed=SEED + 1)
    questions = _questions(options.samples, seed=SEED)
    with served() as server:
        worst = max(_measure(server, user, warming, questions) for user in USERS)
    sys.exit(1 if worst > GOAL_MS else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--samples", type=int, default=40, help="questions of each kind")
    parser.add_argument("--fresh", action="store_true", help="fill the database again")
    return parser.parse_args()


def _use_own_database(count: int, *, fresh: bool) -> None:
    """Point DATABASE_URL at the stock's database, emptied unless it holds ``count`` persons."""
    import psycopg

    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"einklang_search_{count}"
    own = urlunsplit(parts._replace(path=f"/{name}"))
    try:
        with psycopg.connect(own) as connection:
            found = connection.execute("SELECT count(*) FROM contacts_person").fetchone()
    except psycopg.Error:
        found = None
    if fresh or found != (count,):
        with psycopg.connect(urlunsplit(parts), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
    os.environ["DATABASE_URL"] = own


def _fill(count: int) -> None:
    from django.core.management import call_command

    from contacts.models import Person

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if Person.objects.count() == count:
        return
    import stock

    owners, teams = _cast()
    seconds = stock.load(persons=count, seed=SEED, owners=owners, teams=teams)
    _print("search.fill", persons=count, **{k: round(v, 1) for k, v in seconds.items()})


def _cast() -> tuple[list[int], list[int]]:
    """Ten teams, twenty owners in them, one user per visibility; returns owner and team ids."""
    from django.utils import timezone

    from contacts import sources
    from contacts.models import SourceKind
    from crm.accounts import users
    from crm.accounts.models import Role, RoleCode, Visibility

    at = timezone.now()
    for code in RoleCode.values:
        Role.objects.get_or_create(code=code, defaults={"visibility": Visibility.ALL})
    Role.objects.filter(code=RoleCode.SALES).update(visibility=Visibility.TEAM)
    Role.objects.filter(code=RoleCode.SERVICE).update(visibility=Visibility.OWN)
    Role.objects.filter(code=RoleCode.ADMIN).update(visibility=Visibility.ALL)
    teams = [users.create_team(actor=None, name=f"Team {n}", at=at) for n in range(10)]
    names = [*(("own", RoleCode.SERVICE), ("team", RoleCode.SALES), ("all", RoleCode.ADMIN)),
             *((f"owner{n}", RoleCode.SALES) for n in range(17))]  # fmt: skip
    cast = [
        users.create_user(
            actor=None,
            email=f"{name}@einklang.example",
            first_name="Mareike",
            last_name=name.title(),
            password="messstellen-nord",
            roles=[role],
            teams=[teams[number % 10]],
            at=at,
        )
        for number, (name, role) in enumerate(names)
    ]
    sources.create(actor=None, kind=SourceKind.ERP, name="ERP", at=at)
    return [user.pk for user in cast], [team.pk for team in teams]


def _questions(samples: int, *, seed: int) -> dict[str, list[str]]:
    """Questions of each kind about records that exist, and some about nobody."""
    from contacts.models import Company, Person

    dice = random.Random(seed)
    last = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    persons = _sampled_persons(dice, last, samples)
    companies = list(
        Company.objects.filter(
            pk__in=[dice.randrange(1, last // 4) for _ in range(samples)]
        ).values_list("name", "erp_number")
    )
    return {
        "two letters": [surname[:2] for _given, surname, *_rest in persons],
        "three letters": [surname[:3] for _given, surname, *_rest in persons],
        "surname": [surname for _given, surname, *_rest in persons],
        "other spelling": [_respelt(surname) for _given, surname, *_rest in persons],
        "given name": [given for given, *_rest in persons],
        "two names": [f"{given} {surname}" for given, surname, *_rest in persons],
        "two names begun": [f"{surname[:3]} {given[:3]}" for given, surname, *_rest in persons],
        "other spelling, two names": [
            f"{_respelt(surname)} {given}" for given, surname, *_rest in persons
        ],
        "surname and company": [f"{surname} {firm}" for _given, surname, firm, *_rest in persons],
        "phone": [_typed(number, dice) for *_rest, number, _mail in persons],
        "e-mail": [mail[:9] for *_rest, mail in persons],
        "company": [name for name, _number in companies],
        "word of a company": [name.split()[-1] for name, _number in companies],
        "ERP number": [number for _name, number in companies],
        "nobody": ["".join(dice.choices("qxyzjvw", k=4)) for _ in persons],
    }


def _sampled_persons(
    dice: random.Random, last: int, samples: int
) -> list[tuple[str, str, str, str, str]]:
    """(given name, surname, company, phone, e-mail) of persons picked at random."""
    from contacts.models import ContactPointHolder, Employment, Person

    picked = [dice.randrange(1, last) for _ in range(samples)]
    firms = dict(
        Employment.objects.filter(person__in=picked).values_list("person_id", "company__name")
    )
    points = {
        (person, kind): value
        for person, kind, value in ContactPointHolder.objects.filter(person__in=picked).values_list(
            "person_id", "contact_point__kind", "contact_point__normalised"
        )
    }
    return [
        (given, surname, firms[pk], points[pk, "PHONE"], points[pk, "EMAIL"])
        for pk, given, surname in Person.objects.filter(pk__in=picked).values_list(
            "pk", "given_name", "surname"
        )
    ]


def _respelt(name: str) -> str:
    """The name with the usual confusions: ei/ai/ey, ss/ß, t/dt, ck/k, umlauts written out."""
    for old, new in (("ei", "ey"), ("ai", "ei"), ("ay", "ei"), ("ß", "ss"), ("dt", "tt"),
                     ("ck", "k"), ("ü", "ue"), ("ö", "oe"), ("ä", "ae"), ("f", "v")):  # fmt: skip
        if old in name:
            return name.replace(old, new)
    return name


def _typed(number: str, dice: random.Random) -> str:
    """A German number as somebody may type it."""
    national = number.removeprefix("+49")
    return dice.choice(
        [f"0{national[:3]} {national[3:]}", f"+49 {national}", f"0049{national}",
         f"(0{national[:3]}) {national[3:6]}-{national[6:]}", national[-7:]]
    )  # fmt: skip


@contextmanager
def served() -> Iterator[Server]:
    """granian as the demo runs it, on a free port."""
    from crm.platform.ports import HOST, free_port

    port = free_port()
    name = os.environ["DATABASE_URL"].rpartition("/")[2]
    command = [
        sys.executable, "-m", "granian", "--interface=wsgi", f"--host={HOST}", f"--port={port}",
        "--workers=1", "--blocking-threads=8", "--log-level=warning", "crm.wsgi:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait_for(port)
        yield Server(port, server.pid, name)
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(port: int) -> None:
    for _attempt in range(200):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/gesund/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("granian did not answer.")


def _measure(
    server: Server, name: str, warming: dict[str, list[str]], questions: dict[str, list[str]]
) -> float:
    """Ask everything once, kinds mixed, after other questions; returns the p95 over all."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {
        "Cookie": f"sessionid={session_of(f'{name}@einklang.example')}",
        "HX-Request": "true",
        "HX-Target": "palette-results",
    }
    asked = [(kind, text) for kind, texts in questions.items() for text in texts]
    random.Random(SEED).shuffle(asked)
    for text in (text for texts in warming.values() for text in texts):
        _ask(connection, headers, text)
    times: dict[str, list[float]] = {kind: [] for kind in questions}
    spent = server.processor_seconds()
    for kind, text in asked:
        times[kind].append(_ask(connection, headers, text))
    spent = server.processor_seconds() - spent
    for kind, measured in times.items():
        _print("search.http", user=name, kind=kind, **percentiles(measured))
    total = percentiles([each for measured in times.values() for each in measured])
    machine = {"cpu_ms": round(spent * 1000 / len(asked), 1), "load": round(os.getloadavg()[0], 1)}
    _print("search.http", user=name, kind="all", goal_p95_ms=GOAL_MS, **total, **machine)
    return total["p95_ms"]


def session_of(email: str) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore

    from crm.accounts.models import User

    user = User.objects.get(email=email)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _ask(connection: HTTPConnection, headers: dict[str, str], text: str) -> float:
    """Milliseconds from the question to the last byte of the answer."""
    started = time.perf_counter()
    connection.request("GET", f"/suche/?q={quote(text)}", headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    spent = (time.perf_counter() - started) * 1000
    told = b'role="option"' in body or b"Nichts gefunden" in body
    if answer.status != 200 or not told:
        raise SystemExit(f"{text!r}: HTTP {answer.status}, {body[:200]!r}")
    return spent


def percentiles(measured: list[float]) -> dict[str, float]:
    ordered = sorted(measured)
    return {
        "n": len(ordered),
        **{
            f"p{share}_ms": round(ordered[min(len(ordered) * share // 100, len(ordered) - 1)], 1)
            for share in (50, 95, 99)
        },
    }


def _print(name: str, **values: object) -> None:
    print(json.dumps({"name": name, **values}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
