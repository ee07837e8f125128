"""The embedded PostgreSQL: what it is, and that it comes back after every kind of end."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from crm.platform import embedded
from crm.platform.embedded import Lease
from crm.platform.errors import PlatformError
from crm.platform.postgres import Postgres
from crm.platform.servers import Server
from tests.crm.platform.conftest import processes_of, wait_until

Acquire = Callable[[Server], Lease]
SERVER = Postgres()


def ask(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def remember(url: str, value: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("DROP TABLE IF EXISTS memory")
        connection.execute("CREATE TABLE memory AS SELECT %s AS value", (value,))


def test_it_is_version_18_with_utf8_and_unicode_rules(acquire: Acquire) -> None:
    url = acquire(SERVER).url
    version = ask(url, "SHOW server_version_num")
    locale = (
        "SELECT (pg_encoding_to_char(encoding), datlocprovider, datlocale)::text"
        " FROM pg_database WHERE datname = current_database()"
    )
    assert str(version).startswith("18")
    assert ask(url, locale) == "(UTF8,b,C.UTF-8)"
    assert ask(url, "SELECT lower('ÄÖÜẞ')") == "äöüß"


def test_it_lets_in_nobody_without_the_password(acquire: Acquire) -> None:
    lease = acquire(SERVER)
    password = (lease.folder / "password").read_text()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(lease.url.replace(password, "wrong"))
    assert (lease.folder / "password").stat().st_mode & 0o777 == 0o600
    assert (lease.folder / "url").stat().st_mode & 0o777 == 0o600


def test_after_a_kill_the_data_are_there_again(acquire: Acquire, folder: Path) -> None:
    first = acquire(SERVER)
    remember(first.url, "kept by the server")
    server_pid = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(server_pid, signal.SIGKILL)
    wait_until(lambda: not first.is_served())
    second = acquire(SERVER)
    assert ask(second.url, "SELECT value FROM memory") == "kept by the server"


def test_after_a_kill_of_the_keeper_a_new_one_takes_over(acquire: Acquire, folder: Path) -> None:
    first = acquire(SERVER)
    remember(first.url, "kept")
    (keeper,) = [p for p in processes_of(folder) if "crm.platform.keeper" in p.cmdline()]
    keeper.kill()
    wait_until(lambda: not first.is_served())
    second = acquire(SERVER)
    assert ask(second.url, "SELECT value FROM memory") == "kept"


def test_a_stale_note_of_a_process_id_in_use_does_not_matter(
    acquire: Acquire, folder: Path
) -> None:
    lease = acquire(SERVER)
    pid_file = folder / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    assert lease.release(wait=20)
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert ask(acquire(SERVER).url, "SELECT 1") == 1


def test_a_half_made_cluster_is_made_anew(tmp_path: Path) -> None:
    draft = tmp_path / "data.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")
    lease = embedded.acquire(server=SERVER, folder=tmp_path, durable=False)
    assert ask(lease.url, "SHOW fsync") == "off"
    assert lease.release(wait=20)
    assert not draft.exists()


def test_data_of_another_version_are_refused_untouched(tmp_path: Path) -> None:
    version = tmp_path / "data" / "PG_VERSION"
    version.parent.mkdir()
    version.write_text("16\n")
    with pytest.raises(PlatformError, match="gehört zu PostgreSQL 16, mitgeliefert ist 18"):
        embedded.acquire(server=SERVER, folder=tmp_path, durable=False)
    assert [path.name for path in version.parent.iterdir()] == ["PG_VERSION"]
