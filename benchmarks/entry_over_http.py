"""How fast suspects appear beside the form while somebody types, over HTTP.

    python benchmarks/entry_over_http.py [FILE] [--persons 1000000] [--samples 200]

Loads persons into a scratch database, runs the batch, starts the web server as the demo runs it,
and types persons of the stock once more into the quick add, a little differently: name, e-mail,
number, address, one request per step, with what the screen sends, while another process adds
persons. Prints one JSON line per user and step and one over all steps; the exit code is 1 if the
p95 of one user over all is above the goal.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv" / "bin" / "python"
if VENV.exists() and Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
    os.execv(VENV, [str(VENV), str(Path(__file__).resolve()), *sys.argv[1:]])
sys.path.insert(0, str(ROOT))
GOAL_MS = 100
URL = "/ansprechpartner/neu/aehnliche/"
TOKEN = "a" * 32
STEPS = ("name begun", "name", "e-mail", "number", "address")
Fields = dict[str, str]


@dataclass(slots=True)
class Answers:
    """What was measured: milliseconds by step, how often suspects came, something unseen, or that
    nothing has changed (204)."""

    times: dict[str, list[float]]
    suspects: int = 0
    hidden: int = 0
    unchanged: int = 0


def main() -> None:
    """Measure and print."""
    options = _options()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("EINKLANG_DATA_DIR", str(ROOT / ".data" / "bench"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    from crm.platform import environment

    environment.prepare()
    with tempfile.TemporaryDirectory() as folder:
        from benchmarks import matching

        file = options.file or matching.generated(Path(folder), options.persons)
        with matching.loaded([file]) as loaded:
            from contacts.models import MatchingKind

            with matching.workers(2) as worker:
                matching.run_once(worker, MatchingKind.PERSON)
            worst = _measured(loaded.count, options.samples)
    sys.exit(1 if worst > GOAL_MS else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--samples", type=int, default=200, help="persons typed by each user")
    return parser.parse_args()


def _measured(count: int, samples: int) -> float:
    from django.core.management import call_command

    from benchmarks import search

    call_command("collectstatic", interactive=False, verbosity=0)
    _cast()
    dice = random.Random(7)
    typed = [_typed(dice.randrange(1, count + 1), dice) for _ in range(samples)]
    warming = [_typed(dice.randrange(1, count + 1), dice) for _ in range(samples // 2)]
    worst = 0.0
    with search.served() as server:
        writer = subprocess.Popen(
            [sys.executable, str(ROOT / "benchmarks" / "matching_at_entry.py"), "--write", "3600"],
            env={**os.environ, "EINKLANG_BENCH_DATABASE": os.environ["DATABASE_URL"]},
        )
        try:
            for user in ("all", "own"):
                connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
                headers = _headers(user)
                _type(connection, headers, warming)
                spent = server.processor_seconds()
                answers = _type(connection, headers, typed)
                spent = server.processor_seconds() - spent
                worst = max(worst, _tell(user, count, answers, spent))
        finally:
            writer.kill()
            writer.wait()
    return worst


def _cast() -> None:
    """Somebody who sees everything, and somebody who sees nothing of the stock."""
    from django.utils import timezone

    from crm.accounts import users
    from crm.accounts.models import Role, RoleCode, Visibility

    for code in RoleCode.values:
        Role.objects.get_or_create(code=code, defaults={"visibility": Visibility.ALL})
    Role.objects.filter(code=RoleCode.SERVICE).update(visibility=Visibility.OWN)
    for name, role in (("all", RoleCode.ADMIN), ("own", RoleCode.SERVICE)):
        users.create_user(
            actor=None,
            email=f"{name}@einklang.example",
            first_name="Mareike",
            last_name=name.title(),
            password="messstellen-nord",
            roles=[role],
            teams=[],
            at=timezone.now(),
        )


def _typed(pk: int, dice: random.Random) -> list[Fields]:
    """The fields after each step, of a person of the stock with a letter of the surname doubled."""
    from contacts.matching.store import facts

    known = facts.of_persons([pk])[pk]
    at = dice.randrange(len(known.surname)) if known.surname else 0
    surname = known.surname[:at] + known.surname[at : at + 1] + known.surname[at:]
    name = f"{known.given_name} {surname}".strip()
    place = known.places[0] if known.places else None
    steps: list[Fields] = [
        {"name": name[:-2]},
        {"name": name},
        {"email": known.emails[0] if known.emails else ""},
        {"phone": known.phones[0] if known.phones else ""},
    ]
    if place:
        street = f"{place.street} {place.house_number}".strip()
        steps.append({"street": street, "postal_code": place.postal_code, "city": place.city})
    else:
        steps.append({})
    form: Fields = dict.fromkeys(
        ("name", "company", "function", "email", "phone", "mobile", "street", "postal_code",
         "city", "source"), ""
    ) | {"country": "DE", "confirmed": "on"}  # fmt: skip
    found = []
    for step in steps:
        form = form | step
        found.append(form)
    return found


def _headers(user: str) -> dict[str, str]:
    from benchmarks import search

    session = search.session_of(f"{user}@einklang.example")
    return {
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }


def _type(
    connection: HTTPConnection, headers: dict[str, str], persons: list[list[Fields]]
) -> Answers:
    """Type all persons one after the other, step by step, as the screen would send them."""
    answers = Answers({step: [] for step in STEPS})
    for forms in persons:
        shown = ""
        for step, form in zip(STEPS, forms, strict=True):
            started = time.perf_counter()
            connection.request("POST", URL, urlencode({**form, "gesehen": shown}), headers)
            answer = connection.getresponse()
            body = answer.read().decode()
            answers.times[step].append((time.perf_counter() - started) * 1000)
            if answer.status not in (200, 204):
                raise SystemExit(f"HTTP {answer.status}: {body[:300]}")
            answers.unchanged += answer.status == 204
            answers.suspects += "<article" in body
            answers.hidden += "alike--hidden" in body
            if answer.status == 200:
                shown = body.partition('name="gesehen" value="')[2].partition('"')[0]
    return answers


def _tell(user: str, count: int, answers: Answers, spent: float) -> float:
    from benchmarks import search

    for step, times in answers.times.items():
        _print(user=user, step=step, **search.percentiles(times))
    every = [each for times in answers.times.values() for each in times]
    total: dict[str, Any] = search.percentiles(every)
    _print(
        user=user, step="all", persons=count, goal_p95_ms=GOAL_MS, **total,
        with_suspects=answers.suspects, with_hidden=answers.hidden, unchanged=answers.unchanged,
        cpu_ms=round(spent * 1000 / len(every), 1), load=round(os.getloadavg()[0], 1),
    )  # fmt: skip
    return float(total["p95_ms"])


def _print(**values: object) -> None:
    print(json.dumps({"name": "entry.http", **values}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
