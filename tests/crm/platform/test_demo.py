"""``make demo`` from its first line to Ctrl-C, on real servers and over HTTP."""

import os
import re
import signal
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from crm.platform import demo, ports
from crm.platform.embedded import REPOSITORY
from crm.platform.programs import Programs
from tests.crm.platform.conftest import processes_of, wait_until

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
    return logged_in(url, email)[1]


def logged_in(url: str, email: str) -> tuple[OpenerDirector, str]:
    """A browser of the user's, and where the log-in led to."""
    opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))
    page = opener.open(f"{url}anmelden/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    form = {"username": email, "password": demo.PASSWORD, "csrfmiddlewaretoken": token.group(1)}
    answer = opener.open(f"{url}anmelden/", urlencode(form).encode())
    assert answer.status == 200
    return opener, str(answer.url)


def sign_up(url: str) -> str:
    """Somebody signs up for the newsletter; gives the link of the mail, as the demo shows it."""
    page = build_opener().open(f"{url}eintragen/newsletter/").read().decode()
    text = re.search(r'name="text" value="([^"]+)"', page)
    assert text is not None
    form = {"text": text.group(1), "email": "lena@havelberg.example", "ja": "1"}
    build_opener().open(f"{url}eintragen/newsletter/", urlencode(form).encode())
    opener, _place = logged_in(url, f"vertrieb@{demo.DOMAIN}")
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        shown = opener.open(f"{url}{demo.OUTBOX_PAGE}").read().decode()
        if link := re.search(rf"{re.escape(url)}einwilligung/bestaetigen/[\w-]+/", shown):
            return link.group(0)
        time.sleep(0.2)
    raise AssertionError("No mail came in.")


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
        link = sign_up(url)
        assert "Einwilligung bestätigen" in build_opener().open(link).read().decode()
        assert len(list((tmp_path / "mail").glob("*.eml"))) >= 1
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


@pytest.mark.parametrize("port", [8000, 8123])
def test_mail_of_the_demo_stays_here_and_leads_to_it(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (demo.MAIL_URL, demo.OUTBOX, demo.PUBLIC_URL):
        monkeypatch.delenv(name, raising=False)
    with demo.mail_stays_here(tmp_path, port=port) as sink:
        assert sink is not None
        assert os.environ[demo.MAIL_URL] == f"smtp://127.0.0.1:{sink.command[-2]}"
        assert os.environ[demo.OUTBOX] == sink.command[-1] == str(tmp_path)
        assert os.environ[demo.PUBLIC_URL] == f"http://127.0.0.1:{port}"
    assert not {demo.MAIL_URL, demo.OUTBOX, demo.PUBLIC_URL} & set(os.environ)


def test_a_mail_server_that_somebody_chose_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(demo.MAIL_URL, "smtp://mail.example")
    monkeypatch.delenv(demo.OUTBOX, raising=False)
    with demo.mail_stays_here(tmp_path, port=8000) as sink:
        assert sink is None
        assert demo.OUTBOX not in os.environ
    assert os.environ[demo.MAIL_URL] == "smtp://mail.example"


def test_the_mail_server_of_the_demo_writes_what_comes_in(tmp_path: Path) -> None:
    programs = Programs(logs=tmp_path / "logs")
    with demo.mail_stays_here(tmp_path / "mail", port=8000) as sink:
        assert sink is not None
        programs.start(sink)
        port = int(sink.command[-2])
        wait_until(lambda: not ports.is_free(port))
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.sendmail("a@b.example", ["c@d.example"], b"Subject: Hallo\r\n\r\nText\r\n")
        programs.check()
        programs.stop()
    (file,) = (tmp_path / "mail").glob("*.eml")
    assert file.read_bytes() == b"Subject: Hallo\r\n\r\nText\r\n"
    assert ports.is_free(port)
