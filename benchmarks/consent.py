"""How long decisions, campaigns, appending and verifying take with a long ledger.

    python -m benchmarks.consent [--events 10000000] [--persons 1000000] [--verify 1000000] [--keep]

Works in a scratch database that is dropped afterwards; with ``--keep`` it stays, and the next run
with ``--keep`` fills nothing (filling takes twenty minutes). Builds a stock of persons and a ledger
with its real chain, folds it, and prints one JSON object a figure; the exit code is 1 if a goal is
missed. ``loop_seconds`` is what ten million additions in plain Python take, inside of a function:
about 0.3 s on an ordinary machine, so that figures of a slower one can be read.
"""

import argparse
import json
import os
import random
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DECISION_MILLISECONDS = 2.0
CAMPAIGN_SECONDS = 15.0
APPENDED_PER_SECOND = 300
VERIFIED_SECONDS = 60.0
ASK = {"channel": "email", "purpose": "newsletter"}


def main() -> None:
    """Measure and print."""
    options = _options()
    os.environ.setdefault("EINKLANG_DATA_DIR", str(ROOT / ".data" / "bench"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    from crm.platform import environment

    environment.prepare()
    slowness = round(_timed(_loop)[0], 2)
    met = True
    with _scratch(options):
        for measure in (_stock, _decision, _campaign, _appending, _verification):
            figure = {"benchmark": "consent", "figure": measure.__name__[1:], **measure(options)}
            met &= figure.get("goal_met", True)
            load = round(os.getloadavg()[0], 1)
            print(json.dumps({**figure, "loop_seconds": slowness, "load": load}), flush=True)
    sys.exit(0 if met else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--verify", type=int, default=1_000_000)
    parser.add_argument("--decisions", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10.0, help="of appending, each way")
    parser.add_argument("--keep", action="store_true", help="keep the database, or use the kept")
    return parser.parse_args()


@contextmanager
def _scratch(options: argparse.Namespace) -> Iterator[None]:
    import django

    django.setup()
    from django.db import connection

    usual = connection.settings_dict["NAME"]
    name = f"{options.persons}_{options.events}" if options.keep else str(os.getpid())
    connection.settings_dict["TEST"]["NAME"] = f"bench_consent_{name}"
    connection.creation.create_test_db(
        verbosity=0, autoclobber=True, serialize=False, keepdb=options.keep
    )
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0, keepdb=options.keep)


def _stock(options: argparse.Namespace) -> dict[str, Any]:
    """Persons, ledger and digests; the time to fold is that of a first time."""
    from django.db import connection

    from benchmarks import stock
    from benchmarks.populations import ledgers
    from consent import digests, suppression
    from contacts import sources
    from contacts.models import ContactPoint, Person
    from crm.accounts import users
    from crm.kernel import clock

    if Person.objects.exists():
        return {"events": options.events, "persons": options.persons, "kept": True}
    at = clock.now()
    sources.create(actor=None, kind="ERP", name="ERP", at=at)
    team = users.create_team(actor=None, name="Nord", at=at)
    user = users.create_user(
        actor=None, email="bench@einklang.example", first_name="Inge", last_name="Abel",
        password="messstellen-nord", roles=["ADMIN"], teams=[team], at=at,
    )  # fmt: skip
    persons, _steps = _timed(
        lambda: stock.load(persons=options.persons, owners=[user.pk], teams=[team.pk])
    )
    told, lives = _timed(lambda: ledgers.load(events=options.events, end=at))
    points = ContactPoint.objects.filter(kind="EMAIL").order_by("pk")[: options.persons // 100]
    wanted = [suppression.Wanted(each.kind, each.normalised) for each in points]
    suppression.suppress_all(actor=None, wanted=wanted, effective_at=at, at=clock.now())
    fold, _events = _timed(digests.catch_up)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return {
        "events": options.events,
        "persons": options.persons,
        "persons_in_the_ledger": lives,
        "suppressed": len(wanted),
        "persons_seconds": persons,
        "ledger_seconds": told,
        "fold_seconds": fold,
    }


def _decision(options: argparse.Namespace) -> dict[str, Any]:
    """One question in process, about persons drawn at random."""
    from consent import gate
    from contacts.models import Person
    from crm.kernel import clock

    dice = random.Random(1)
    ids = [dice.randrange(options.persons) + 1 for _at in range(options.decisions)]
    asked = []
    for person in Person.objects.filter(pk__in=ids):
        holder = person.contact_points.filter(contact_point__kind="EMAIL").get()
        asked.append((person, holder.contact_point))
    took, outcomes = [], Counter[str]()
    for person, point in asked:
        at = clock.now()
        seconds, decision = _timed(
            lambda person=person, point=point, at=at: gate.may_contact(
                person=person, point=point, at=at, **ASK
            )
        )
        took.append(seconds * 1000)
        outcomes[decision.outcome] += 1
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    return {
        "decisions": len(took),
        "p50_milliseconds": round(p50, 2),
        "p95_milliseconds": round(p95, 2),
        "outcomes": dict(outcomes),
        "goal_milliseconds": DECISION_MILLISECONDS,
        "goal_met": p50 <= DECISION_MILLISECONDS,
    }


def _campaign(options: argparse.Namespace) -> dict[str, Any]:
    """Everybody; a thousand persons have news that nobody folded yet."""
    from consent import circumstances, digests, many
    from contacts.models import Person
    from crm.kernel import clock

    for person in Person.objects.order_by("-pk")[: min(1000, options.persons // 100)]:
        at = clock.now()
        circumstances.object_to_marketing(
            actor=None, person=person, received_at=at, at=at, via="letter"
        )
    at = clock.now()

    def ask() -> Counter[str]:
        answers = many.may_contact_many(Person.objects.all(), at=at, **ASK)
        return Counter(answer.decision.outcome for answer in answers)

    seconds, outcomes = _timed(ask)
    fold, folded = _timed(digests.catch_up)
    return {
        "persons": outcomes.total(),
        "seconds": seconds,
        "outcomes": dict(outcomes),
        "fold_seconds": fold,
        "folded": folded,
        "goal_seconds": CAMPAIGN_SECONDS,
        "goal_met": seconds <= CAMPAIGN_SECONDS,
    }


def _appending(options: argparse.Namespace) -> dict[str, Any]:
    """Objections one by one, each in a transaction of its own: one writer, then four."""
    rates = {writers: _append(writers, options) for writers in (1, 4)}
    return {
        "one_writer_per_second": rates[1],
        "four_writers_per_second": rates[4],
        "goal_per_second": APPENDED_PER_SECOND,
        "goal_met": min(rates.values()) >= APPENDED_PER_SECOND,
    }


def _append(writers: int, options: argparse.Namespace) -> int:
    from django.db import connections

    from consent import recording
    from consent.models import EventKind, Subject
    from crm.kernel import clock

    refs = list(Subject.objects.values_list("ref", flat=True)[:1000])
    counts = [0] * writers
    end = time.perf_counter() + options.seconds

    def write(own: int) -> None:
        try:
            while time.perf_counter() < end:
                at = clock.now()
                draft = recording.Draft(
                    kind=EventKind.USED, effective_at=at, person=refs[counts[own] % len(refs)],
                    channels=["email"], purposes=["newsletter"], payload={"reference": "bench"},
                )  # fmt: skip
                recording.append(draft, actor=None, at=at)
                counts[own] += 1
        finally:
            if writers > 1:
                connections.close_all()

    if writers == 1:
        write(0)
    else:
        threads = [threading.Thread(target=write, args=[own]) for own in range(writers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return round(sum(counts) / options.seconds)


def _verification(options: argparse.Namespace) -> dict[str, Any]:
    """The beginning of the ledger, read from the database."""
    from consent import reading
    from consent.ledger import verifier
    from consent.models import LedgerEvent

    first = LedgerEvent.objects.filter(seq__lte=options.verify)
    seconds, report = _timed(lambda: verifier.verify(reading.lines(first)))
    return {
        "events": report.size,
        "decision": report.decision,
        "seconds": seconds,
        "goal_seconds": VERIFIED_SECONDS,
        "goal_met": report.decision == "VALID" and seconds <= VERIFIED_SECONDS,
    }


def _loop() -> None:
    total = 0
    for each in range(10_000_000):
        total += each


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = act()
    return round(time.perf_counter() - started, 4), result


if __name__ == "__main__":
    main()
