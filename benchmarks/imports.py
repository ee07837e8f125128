"""How fast a CSV list is imported, normalisation included, and how much memory that takes.

    python benchmarks/imports.py [--rows 100000] [--memory-rows 1000000] [--seed 2026]

Prints one JSON line per figure. Everything is real: a Windows-1252 file with semicolons, the
import service, PostgreSQL in a database of its own that is dropped afterwards. ``--memory-rows 0``
leaves the long run for memory out (1,000,000 rows take some minutes).
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
HEADER = (
    "KUNDENNR;NAME1;STRASSE;HAUSNR;PLZ;ORT;TELEFON1;AP_NR;ANREDE;TITEL;ANSPRECHPARTNER;FUNKTION;"
    "DURCHWAHL;MOBIL;EMAIL;GEBURTSDATUM;LETZTE_PRUEFUNG"
)
PLACES = (
    "01067 Dresden",
    "04109 Leipzig",
    "10997 Berlin",
    "20095 Hamburg",
    "24103 Kiel",
    "28195 Bremen",
    "30159 Hannover",
    "34117 Kassel",
    "39104 Magdeburg",
    "44135 Dortmund",
    "50667 Köln",
    "60311 Frankfurt",
    "70173 Stuttgart",
    "80331 München",
    "90402 Nürnberg",
    "99084 Erfurt",
)
STREETS = (
    "Am Speicher",
    "Uferstr.",
    "Hauptstraße",
    "Bahnhofstr.",
    "Lindenallee",
    "Werftstraße",
    "Kaistr.",
    "Ring",
)
TRADES = (
    "Anlagenbau",
    "Maschinenbau",
    "Messtechnik",
    "Logistik",
    "Werkzeugbau",
    "Optik",
    "Labor",
    "Spedition",
)
FORMS = ("GmbH", "GmbH & Co. KG", "AG", "KG", "e. K.", "GmbH")
FUNCTIONS = (
    "Leiter Technik",
    "Einkauf",
    "Geschäftsführer",
    "Konstrukteur",
    "Laborleiterin",
    "Vertrieb",
)
AREAS = ("030 23125", "040 66969", "0221 4710", "069 90009", "089 99998")


def rows(count: int, seed: int) -> Iterator[str]:
    """Lines of an ERP's export: 100 companies per 400 contacts, names as common as they are."""
    from faker.providers.person.de_DE import Provider as Names

    dice = random.Random(seed)
    surnames = list(dict.fromkeys(Names.last_names))
    weights = list(accumulate(1 / (rank + 8) for rank in range(len(surnames))))
    given = {"Herr": list(Names.first_names_male), "Frau": list(Names.first_names_female)}
    yield HEADER
    for number in range(count):
        company = number // 4
        firm = random.Random(company + seed)
        name = f"{firm.choice(surnames)} {firm.choice(TRADES)} {firm.choice(FORMS)}"
        code, city = firm.choice(PLACES).split(" ", 1)
        area = firm.choice(AREAS)
        salutation = dice.choice(("Herr", "Frau"))
        surname = dice.choices(surnames, cum_weights=weights)[0]
        first = dice.choice(given[salutation])
        yield ";".join(
            (
                f"{10000 + company}",
                name,
                firm.choice(STREETS),
                f"{firm.randrange(1, 200)}",
                code,
                city,
                f"{area}{company % 1000:03}",
                f"{500000 + number}",
                salutation,
                dice.choice(("", "", "", "Dr.")),
                f"{surname}, {first}",
                dice.choice(FUNCTIONS),
                f"{area}{number % 1000000:06}" if number % 3 else "",
                f"0152 0{number % 10000000:07}" if number % 2 else "",
                f"{first}.{surname}{number}@firma{company}.example".lower() if number % 5 else "",
                f"{number % 28 + 1:02}.03.{dice.randrange(1950, 2004)}" if number % 4 == 0 else "",
                f"{dice.randrange(1, 29):02}.03.2026",
            )
        )


def write_file(path: Path, count: int, seed: int) -> None:
    """Write the list as an ERP would; letters that Windows-1252 lacks become ``?``."""
    with path.open("w", encoding="cp1252", errors="replace", newline="") as file:
        file.writelines(f"{line}\r\n" for line in rows(count, seed))


def work(path: Path) -> dict[str, float]:
    """Import the file in this process; seconds, rows, peak memory (MiB), processor seconds.

    The process that prepares the rows counts with its whole memory, although it shares most of it
    with this one.
    """
    import django

    django.setup()
    from django.db import connection

    usual_name = connection.settings_dict["NAME"]

    from contacts import sources
    from contacts.importing import imports, running
    from contacts.models import ImportRun, SourceKind
    from crm.kernel import clock

    connection.settings_dict["TEST"]["NAME"] = f"bench_imports_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        source = sources.create(actor=None, kind=SourceKind.ERP, name="ERP", at=clock.now())
        database = psutil.Process(connection.connection.info.backend_pid)
        before, busy = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, processor(database)
        started = time.perf_counter()
        with path.open("rb") as file:
            run = imports.upload(
                actor=None, file=file, file_name=path.name, source=source, at=clock.now()
            )
        imports.configuring.require_mapping(run)
        ImportRun.objects.filter(pk=run.pk).update(state="QUEUED")
        running.work(run.pk, clock=clock.now)
        seconds = time.perf_counter() - started
        spent = {name: round(end - busy[name], 1) for name, end in processor(database).items()}
        run.refresh_from_db()
        peak = sum(
            resource.getrusage(who).ru_maxrss
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        return {
            "seconds": round(seconds, 1),
            "rows": run.created_count,
            "refused": run.rejected_count,
            "peak_mib": round(peak / 1024, 1),
            "before_mib": round(before / 1024, 1),
            **spent,
        }
    finally:
        connection.creation.destroy_test_db(usual_name, verbosity=0)


def processor(database: psutil.Process) -> dict[str, float]:
    """Processor seconds so far: writing here, preparing elsewhere, the database's one session."""
    own, ended, its = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
        database.cpu_times(),
    )
    return {
        "writing_s": own.ru_utime + own.ru_stime,
        "preparing_s": ended.ru_utime + ended.ru_stime,
        "database_s": its.user + its.system,
    }


def measured(path: Path) -> dict[str, float]:
    """:func:`work` in a process of its own, so that memory is its alone."""
    command = [sys.executable, __file__, "--work", str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def tell(name: str, value: float, unit: str, goal: float, **more: float) -> None:
    """One figure as a JSON line."""
    print(json.dumps({"figure": name, "value": value, "unit": unit, "goal": goal, **more}))
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--memory-rows", type=int, default=0)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        print(json.dumps(work(options.work)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kunden.csv"
        write_file(path, options.rows, options.seed)
        short = measured(path)
        rate = round(short["rows"] / short["seconds"])
        tell(
            "import seconds",
            short["seconds"],
            "s",
            60 * options.rows / 100_000,
            rows_per_s=rate,
            **short,
        )
        if options.memory_rows:
            write_file(path, options.memory_rows, options.seed)
            long = measured(path)
            ratio = round(long["peak_mib"] / short["peak_mib"], 2)
            tell("import memory ratio", ratio, "×", 1.3, **long)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("EINKLANG_ENV", "test")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    from crm.platform import environment

    environment.prepare()
    main()
