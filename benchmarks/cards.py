"""How many fields of business cards are read right, and how long a card takes.

    python -m benchmarks.cards [--cards 20] [--seed 2026] [--wrong] [--folder CARDS]

Draws cards, photographs them as a phone does (benchmarks/visiting_cards), reads each and compares
with what was printed: numbers by what is dialled, everything else letter by letter. A field that
is not on the card and proposed all the same counts as wrong. Prints one JSON line; the exit code
is 1 below nine fields in ten. ``--wrong`` lists what was wrong, ``--folder`` keeps the pictures.
"""

import argparse
import json
import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles

ROOT = Path(__file__).resolve().parent.parent
GOAL = 0.9


def main() -> None:
    """Measure and print."""
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from benchmarks import visiting_cards

    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    seconds = []
    for number in range(options.cards):
        sample = visiting_cards.sample(number, seed=options.seed)
        if options.folder:
            options.folder.mkdir(exist_ok=True)
            (options.folder / f"{number:03}-{sample.layout}.jpg").write_bytes(sample.picture)
        start = time.perf_counter()
        read = _read(sample.picture)
        seconds.append(time.perf_counter() - start)
        truth, told = map(visiting_cards.comparable, (sample.fields, read))
        for field in {**truth, **told}:
            printed, proposed = truth.get(field, ""), told.get(field, "")
            every[field] += 1
            right[field] += printed == proposed
            if options.wrong and printed != proposed:
                print(f"{number} {sample.layout} {field}: „{printed}“ → „{proposed}“")
    share = right.total() / every.total()
    print(json.dumps(_figures(options, right, every, seconds), ensure_ascii=False))
    sys.exit(1 if share < GOAL else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=20)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--wrong", action="store_true", help="list what was wrong")
    parser.add_argument("--folder", type=Path, help="keep the pictures there")
    return parser.parse_args()


def _read(picture: bytes) -> dict[str, str]:
    from history.fairs import cards

    try:
        return {each.field: each.value for each in cards.read(picture).proposals}
    except cards.CardUnreadable:
        return {}


def _figures(
    options: argparse.Namespace,
    right: Counter[str],
    every: Counter[str],
    seconds: list[float],
) -> dict[str, object]:
    cuts = quantiles(seconds, n=20)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "benchmark": "cards",
        "cards": options.cards,
        "seed": options.seed,
        "fields_right": right.total(),
        "fields": every.total(),
        "share": round(right.total() / every.total(), 3),
        "goal": GOAL,
        "by_field": {field: f"{right[field]}/{count}" for field, count in sorted(every.items())},
        "seconds_p50": round(cuts[9], 2),
        "seconds_p95": round(cuts[18], 2),
        "memory_mb": round(used.ru_maxrss / 1024),
        "load": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    main()
