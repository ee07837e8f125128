"""How fast and how well duplicates are found in a file of persons.

    python benchmarks/matching.py FILE [--truth COLUMN] [--columns MAP.json] [--link FILE2]
                                       [--peer splink] [--workers 2] [--repeat 1]

FILE is CSV or Parquet with any column names; MAP.json maps our field to theirs. It is loaded
into a scratch database (not measured), then the real batch runs: rows in PostgreSQL to suspects
and groups in PostgreSQL, through Redis and Celery workers, model learned on the way. Prints one
JSON object. Without FILE (``make bench``) a hundred thousand persons are generated.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv" / "bin" / "python"
if importlib.util.find_spec("splink") is None or importlib.util.find_spec("pyarrow") is None:
    command = [sys.executable, "-m", "crm.platform.setup", "--benchmarks"]
    subprocess.run(command, check=True, cwd=ROOT, stdout=sys.stderr)
if VENV.exists() and Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
    os.execv(VENV, [str(VENV), str(Path(__file__).resolve()), *sys.argv[1:]])
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Measure and print."""
    options = _options()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("EINKLANG_DATA_DIR", str(ROOT / ".data" / "bench"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
    from crm.platform import environment

    environment.prepare()
    with tempfile.TemporaryDirectory() as folder:
        file = options.file or generated(Path(folder), options.records)
        files = [file, *([options.link] if options.link else [])]
        found = _measured(files, options)
        if options.peer:
            found["peer"] = _peer(file, options)
            if found["peer"].get("wall_seconds"):
                ratio = found["wall_seconds"] / found["peer"]["wall_seconds"]
                found["ratio_to_peer"] = round(ratio, 3)
    print(json.dumps(found))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--truth")
    parser.add_argument("--columns", type=Path)
    parser.add_argument("--link", type=Path)
    parser.add_argument("--peer", choices=["splink"])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=1, help="runs; the fastest is told")
    parser.add_argument("--records", type=int, default=100_000, help="to generate without FILE")
    parser.add_argument("--keep", action="store_true", help="keep the scratch database")
    return parser.parse_args()


def generated(folder: Path, records: int) -> Path:
    path = folder / "persons.parquet"
    command = [sys.executable, "-m", "benchmarks.population", str(path), "--records", str(records)]
    subprocess.run([*command, "--seed", "7"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    return path


@contextmanager
def loaded(
    files: list[Path],
    *,
    columns: Path | None = None,
    truth: str | None = None,
    keep: bool = False,
) -> Iterator[Any]:
    """The files in a scratch database, as :class:`benchmarks.matching_files.Loaded`."""
    with _scratch(keep=keep):
        import django

        django.setup()
        from django.core.management import call_command

        from benchmarks import matching_files
        from contacts.models import Source
        from crm.kernel import clock

        call_command("migrate", verbosity=0)
        Source.objects.create(pk=1, kind="LIST", name="Datei", created_at=clock.now())
        started = time.perf_counter()
        found = matching_files.load(
            files, columns=matching_files.read_columns(columns), truth=truth
        )
        print(f"loaded in {time.perf_counter() - started:.1f} s", file=sys.stderr)
        yield found


def _measured(files: list[Path], options: argparse.Namespace) -> dict[str, Any]:
    with loaded(files, columns=options.columns, truth=options.truth, keep=options.keep) as stock:
        from contacts.models import MatchingKind

        with workers(options.workers) as worker:
            runs = [run_once(worker, MatchingKind.PERSON) for _each in range(options.repeat)]
        found = min(runs, key=lambda each: each["wall_seconds"])
        if options.repeat > 1:
            found["all_wall_seconds"] = [each["wall_seconds"] for each in runs]
        if stock.truth is not None:
            from benchmarks import matching_quality

            found |= matching_quality.of_current_run(stock, linked=len(files) > 1)
        return found


@contextmanager
def _scratch(*, keep: bool) -> Iterator[None]:
    """A database of its own."""
    import psycopg

    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"bench_matching_{os.getpid()}"
    with psycopg.connect(urlunsplit(parts), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    try:
        yield
    finally:
        from django.db import connections

        connections.close_all()
        if not keep:
            with psycopg.connect(urlunsplit(parts), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def workers(count: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A Celery worker with so many processes, ready."""
    from contacts.importing.watching import has_worker

    command = [
        sys.executable, "-m", "celery", "--app=crm.celery:app", "worker", "--queues=batch",
        f"--concurrency={count}", "--loglevel=warning", "--without-gossip", "--without-mingle",
        f"--hostname=bench{os.getpid()}@%h",
    ]  # fmt: skip
    worker = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while not has_worker():
            if worker.poll() is not None:
                raise SystemExit("The worker ended.")
        yield worker
    finally:
        worker.terminate()
        worker.wait(60)


def run_once(worker: "subprocess.Popen[bytes]", kind: Any) -> dict[str, Any]:
    """One run of the batch, as the button starts it."""
    from contacts.duplicates import runs
    from contacts.models import MatchingRun, MatchingScope
    from contacts.models.matching import BUSY_MATCHING
    from crm.kernel import clock

    watch = _Watch(worker.pid)
    before = watch.processor_seconds()
    with watch:
        started = time.perf_counter()
        run = runs.start(
            actor=None, kind=kind, scope=MatchingScope.FULL, retrain=True, at=clock.now()
        )
        state = MatchingRun.objects.filter(pk=run.pk).values_list("state", flat=True)
        while state.get() in BUSY_MATCHING:
            time.sleep(0.02)
        wall = time.perf_counter() - started
    run = MatchingRun.objects.get(pk=run.pk)
    if run.state != "DONE":
        raise SystemExit(f"The run ended as {run.state}: {run.failure}")
    return {
        "records": run.records,
        "candidates": run.candidates,
        "steps": run.figures["seconds"],
        "work_seconds": run.figures["work_seconds"],
        "wall_seconds": round(wall, 2),
        "cpu_seconds": round(watch.processor_seconds() - before, 2),
        "peak_rss_mb": round(watch.peak / 1e6, 1),
        "load": round(os.getloadavg()[0], 1),
        "notices": run.figures.get("notices", []),
        "keys": run.figures["keys"],
        "fillers": run.figures["fillers_told"][:20],
    }


class _Watch(threading.Thread):
    """Proportional memory of the worker's processes, sampled; and their processor time."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        import psutil

        parent = psutil.Process(pid)
        self._processes = [parent, *parent.children(recursive=True)]
        self._ended = threading.Event()
        self.peak = 0

    def processor_seconds(self) -> float:
        """User and system time of all of them."""
        return sum(sum(process.cpu_times()[:2]) for process in self._processes)

    def run(self) -> None:
        """Sample until stopped."""
        while not self._ended.wait(0.15):
            self.peak = max(self.peak, sum(_pss(each.pid) for each in self._processes))

    def __enter__(self) -> "_Watch":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self.join()


def _pss(pid: int) -> int:
    """Bytes, pages shared with others counted in proportion."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def _peer(file: Path, options: argparse.Namespace) -> dict[str, Any]:
    from benchmarks import matching_files, splink_peer

    columns = matching_files.read_columns(options.columns)
    header = matching_files.table(file).column_names
    mapped = matching_files.columns_of(header, columns)
    truth = options.truth or next((each for each in matching_files.TRUTH if each in header), None)
    kind = "b2b" if "company" in mapped else "household"
    return splink_peer.measure(file, mapped, truth, kind)


if __name__ == "__main__":
    main()
