"""``make demo`` from its first line to Ctrl-C, on real servers and over HTTP."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from crm.platform import demo, ports
from crm.platform.embedded import REPOSITORY
from tests.crm.platform.conftest import processes_of

READY = re.compile(r"^Einklang läuft auf (http://127\.0\.0\.1:\d+/) – Anmeldung: .* – Passwort: ")


@contextmanager
def running_demo(data: Path) -> "Iterator[tuple[list[str], subprocess.Popen[str]]]":
    """The lines up to "Einklang läuft …" and the process, which ends with the block."""
    own = {key: value for key, value in os.environ.items() if not key.endswith("_URL")}
    command = [sys.executable, "-m", "crm.platform.demo", str(ports.free_port())]
    with subprocess.Popen(
        command,
        cwd=REPOSITORY,
        env={**own, "EINKLANG_ENV": "demo", "EINKLANG_DATA_DIR": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines: list[str] = []
        try:
            for line in process.stdout:
                lines.append(line.rstrip("\n"))
                if READY.match(line):
                    break
            yield lines, process
        finally:
            process.send_signal(signal.SIGINT)


def url_of(lines: list[str]) -> str:
    match = READY.match(lines[-1])
    assert match, "\n".join(lines)
    return match.group(1)


def log_in(url: str, email: str) -> str:
    """Where the log-in leads to."""
    opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
    page = opener.open(f"{url}anmelden/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    form = {"username": email, "password": demo.PASSWORD, "csrfmiddlewaretoken": token.group(1)}
    answer = opener.open(f"{url}anmelden/", urlencode(form).encode())
    assert answer.status == 200
    return str(answer.url)


@pytest.mark.worker
def test_the_demo_loads_once_lets_every_role_in_and_leaves_nothing_running(tmp_path: Path) -> None:
    with running_demo(tmp_path) as (lines, process):
        url = url_of(lines)
        loaded = [
            line for line in lines if re.match(r"  \d\.\d{3} Ansprechpartner, 1\.\d{3} ", line)
        ]
        assert len(loaded) == 1, lines
        places = {name: log_in(url, f"{name}@{demo.DOMAIN}") for name in demo.LOG_INS}
        assert [name for name, place in places.items() if "/anmelden/" in place] == []
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        assert process.stdout.read().splitlines() == [
            "",
            "Einklang wird beendet …",
            "Einklang ist beendet; die Daten bleiben erhalten.",
        ]
        assert process.wait(timeout=60) == 0
    assert processes_of(tmp_path) == []

    with running_demo(tmp_path) as (lines, process):
        assert [line for line in lines if "Ansprechpartner" in line] == []
        assert "/anmelden/" not in log_in(url_of(lines), f"admin@{demo.DOMAIN}")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    assert processes_of(tmp_path) == []
