"""How fast suspects of a record are found while it is typed, and whether they are the batch's.

    python benchmarks/matching_at_entry.py [FILE] [--persons 1000000] [--samples 1000]

Loads persons into a scratch database, runs the batch, then asks for the suspects of records of
the stock and of records that are only typed (a known person written otherwise), in process, while
another process adds persons. Prints one JSON object: milliseconds at p50, p95, p99, and for how
many of the records the answer differs from the batch's.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv" / "bin" / "python"
if VENV.exists() and Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
    os.execv(VENV, [str(VENV), str(Path(__file__).resolve()), *sys.argv[1:]])
sys.path.insert(0, str(ROOT))
GOAL_P95, GOAL_P99 = 5.0, 15.0


def main() -> None:
    """Measure and print."""
    options = _options()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("EINKLANG_DATA_DIR", str(ROOT / ".data" / "bench"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    from crm.platform import environment

    environment.prepare()
    if options.write:
        _write(options.write)
        return
    with tempfile.TemporaryDirectory() as folder:
        from benchmarks import matching

        file = options.file or matching.generated(Path(folder), options.persons)
        with matching.loaded([file]) as loaded, matching.workers(2) as worker:
            from contacts.models import MatchingKind

            matching.run_once(worker, MatchingKind.PERSON)
            print(json.dumps(_measured(loaded.count, options.samples)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--write", type=float, default=0.0, help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(count: int, samples: int) -> dict[str, Any]:
    from contacts.duplicates import entry

    dice = random.Random(7)
    ids = [dice.randrange(1, count + 1) for _ in range(samples)]
    wrong = sum(_differs(pk) for pk in ids)
    typed = [_typed(pk, dice) for pk in ids]
    for facts in typed[:200]:
        entry.suspects_for(facts)
    writer = subprocess.Popen(
        [sys.executable, __file__, "--write", str(60 + samples * 0.05)],
        env={**os.environ, "EINKLANG_BENCH_DATABASE": os.environ["DATABASE_URL"]},
    )
    time.sleep(5)
    try:
        stored = [_timed(pk) for pk in ids]
        entered = [_milliseconds(lambda facts=facts: entry.suspects_for(facts)) for facts in typed]
    finally:
        writer.kill()
        writer.wait()
    return {
        "records": count,
        "samples": samples,
        "goal_p95_ms": GOAL_P95,
        "goal_p99_ms": GOAL_P99,
        "stored": _percentiles(stored),
        "typed": _percentiles(entered),
        "answers_that_differ_from_the_batch": wrong,
        "load": round(os.getloadavg()[0], 1),
    }


def _differs(pk: int) -> bool:
    """Whether the suspects and their weights are not those of the batch."""
    from django.db.models import Q

    from contacts.duplicates import current, entry
    from contacts.models import MatchingKind, Person, SuspectPair

    run = current.run_of(MatchingKind.PERSON)
    pairs = SuspectPair.objects.filter(
        Q(first_id=pk) | Q(second_id=pk), generation=run.generation if run else 0
    )
    batch = {
        first + second - pk: round(weight, 6)
        for first, second, weight in pairs.values_list("first_id", "second_id", "weight")
    }
    found = entry.suspects_for(Person.objects.get(pk=pk), limit=10_000)
    return batch != {each.id: round(each.weight, 6) for each in found}


def _typed(pk: int, dice: random.Random) -> Any:
    """A person of the stock as somebody else might type them: another id, a letter doubled."""
    from contacts.matching.store import facts

    found = facts.of_persons([pk])[pk]
    found.id = 0
    at = dice.randrange(len(found.surname)) if found.surname else 0
    found.surname = found.surname[:at] + found.surname[at : at + 1] + found.surname[at:]
    return found


def _timed(pk: int) -> float:
    from contacts.duplicates import entry
    from contacts.models import Person

    person = Person(pk=pk)
    return _milliseconds(lambda: entry.suspects_for(person))


def _milliseconds(ask: Any) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000


def _percentiles(measured: list[float]) -> dict[str, float]:
    ordered = sorted(measured)
    return {
        f"p{share}_ms": round(ordered[min(len(ordered) * share // 100, len(ordered) - 1)], 2)
        for share in (50, 95, 99)
    }


def _write(seconds: float) -> None:
    """Add persons, a few hundred a second, until killed."""
    os.environ["DATABASE_URL"] = os.environ["EINKLANG_BENCH_DATABASE"]
    import django

    django.setup()
    from django.utils import timezone

    from contacts.matching.store import upkeep
    from contacts.models import MatchingKind, Person, Source

    source, now = Source.objects.all()[0], timezone.now()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for number in range(20):
            person = Person.objects.create(
                given_name="Änne", surname=f"Neubert{number}", source=source,
                created_at=now, updated_at=now,
            )  # fmt: skip
            upkeep.refresh(MatchingKind.PERSON, [person.pk])
        time.sleep(0.05)


if __name__ == "__main__":
    main()
