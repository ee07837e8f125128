"""``make demo``: set up, start everything, load the demo company, serve until Ctrl-C."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crm.platform import children, environment, interrupts, static_files
from crm.platform.embedded import REPOSITORY
from crm.platform.errors import PlatformError
from crm.platform.ports import HOST, free_port, is_free
from crm.platform.programs import Program, Programs
from crm.platform.progress import say, step

LOG_INS = ("vertrieb", "service", "teamleitung", "datenschutz", "admin")
DOMAIN = "nordlicht.example"
PASSWORD = "nordlicht"
ANSWERS_WITHIN = 180.0  # seconds
LOOK_EVERY = 0.2  # seconds
MAIL_URL, OUTBOX, PUBLIC_URL = "EINKLANG_MAIL_URL", "EINKLANG_DEMO_OUTBOX", "EINKLANG_PUBLIC_URL"
OUTBOX_PAGE = "demo/postausgang/"


def run(*, port: int) -> None:
    """Serve the demo on ``port`` until interrupted; raises PlatformError, leaves nothing behind."""
    _check_port(port)
    programs = Programs(logs=environment.data_dir() / "logs")
    with mail_stays_here(environment.data_dir() / "mail", port=port) as mail_sink:
        try:
            _start(programs, mail_sink, port=port)
            while True:
                programs.check()
                environment.check()
                time.sleep(LOOK_EVERY)
        except interrupts.Interrupted:
            say("\nEinklang wird beendet …")
        finally:
            interrupts.ignore()
            programs.stop()
            environment.release()


@contextmanager
def mail_stays_here(folder: Path, *, port: int) -> Iterator[Program | None]:
    """Inside the block, programs of the demo send their mail to a mail server of its own.

    Gives that server, which is to be started; its messages lie in ``folder``, and a page of the
    demo shows them. None where somebody chose another one: then mail really leaves. Links in
    messages lead to the demo on ``port``.
    """
    chosen = dict(os.environ)
    os.environ.setdefault(PUBLIC_URL, f"http://{HOST}:{port}")
    try:
        if os.environ.get(MAIL_URL):
            yield None
            return
        listens_on = free_port()
        os.environ[MAIL_URL] = f"smtp://{HOST}:{listens_on}"
        os.environ[OUTBOX] = str(folder)
        command = [sys.executable, "-m", "crm.platform.mail_sink", str(listens_on), str(folder)]
        yield Program("Der Mailserver der Demo", command, "mail.log")
    finally:
        for name in (MAIL_URL, OUTBOX, PUBLIC_URL):
            if name not in chosen:
                os.environ.pop(name, None)


def _start(programs: Programs, mail_sink: Program | None, *, port: int) -> None:
    say("Einklang wird gestartet.")
    if mail_sink is not None:
        programs.start(mail_sink)
    with step("Datenbank und Warteschlange starten"):
        environment.prepare()
    with step("Tabellen und Dateien der Oberfläche vorbereiten"):
        _manage(programs, "migrate", "--noinput", "--verbosity=0")
        static_files.gather(
            lambda: _manage(programs, "collectstatic", "--noinput", "--clear", "--verbosity=0")
        )
    for program in line_up(port=port):
        programs.start(program)
    _load(programs)
    with step("Oberfläche und Hintergrunddienste starten"):
        _wait_for_web(programs, port=port)
    if mail_sink is not None:
        say(f"Was die Demo sendet, steht auf http://{HOST}:{port}/{OUTBOX_PAGE}")
    accounts = ", ".join(f"{name}@{DOMAIN}" for name in LOG_INS)
    say(
        f"Einklang läuft auf http://{HOST}:{port}/ – Anmeldung: {accounts} – "
        f"Passwort: {PASSWORD} – Ende mit Strg-C"
    )


def line_up(*, port: int) -> list[Program]:
    """The programs of the demo, its web server on ``port``."""
    celery = [sys.executable, "-m", "celery", "--app=crm.celery:app"]
    worker = [*celery, "worker", "--concurrency=1", "--loglevel=warning", "--without-gossip"]
    worker += ["--without-mingle"]
    web = [sys.executable, "-m", "granian", "--interface=wsgi", f"--host={HOST}", f"--port={port}"]
    web += ["--workers=1", "--blocking-threads=4", "--log-level=warning", "crm.wsgi:application"]
    quick = [*worker, "--queues=interactive,outbound", "--hostname=interactive@%h"]
    return [
        Program("Die Weboberfläche", web, "web.log"),
        Program("Der Dienst für sofortige Aufgaben", quick, "interactive.log"),
        Program(
            "Der Dienst für lange Aufgaben",
            [*worker, "--queues=batch", "--hostname=batch@%h"],
            "batch.log",
        ),
        Program(
            "Der Zeitplaner", [*celery, "beat", "--loglevel=warning", "--pidfile="], "beat.log"
        ),
    ]


def _check_port(port: int) -> None:
    if not is_free(port):
        raise PlatformError(
            f"Der Port {port} ist schon belegt – läuft Einklang in einem anderen Fenster? "
            f"Sonst bitte einen anderen wählen: make demo PORT={port + 1}"
        )


def _manage(programs: Programs, *arguments: str) -> None:
    command = [sys.executable, str(REPOSITORY / "manage.py"), *arguments]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        output = (result.stdout + result.stderr).strip()
        log = programs.write_log(f"{arguments[0]}.log", output)
        raise PlatformError(
            f"„manage.py {arguments[0]}“ ist gescheitert: {output.splitlines()[-1]}\n"
            f"Näheres steht in {log}"
        )


def _load(programs: Programs) -> None:
    """Run ``load_demo``, which tells its own progress and does nothing when it is done already."""
    command = [sys.executable, str(REPOSITORY / "manage.py"), "load_demo"]
    loading = children.start(command, log=None, cwd=REPOSITORY)
    try:
        while loading.poll() is None:
            programs.check()
            time.sleep(LOOK_EVERY)
    finally:
        children.stop(loading)
    if loading.returncode != 0:
        raise PlatformError("Die Demofirma ließ sich nicht laden, siehe oben.")


def _wait_for_web(programs: Programs, *, port: int) -> None:
    give_up = time.monotonic() + ANSWERS_WITHIN
    while not _answers(port):
        programs.check()
        if time.monotonic() > give_up:
            raise PlatformError(
                f"Die Weboberfläche antwortet nicht, siehe {programs.logs / 'web.log'}"
            )
        time.sleep(LOOK_EVERY)


def _answers(port: int) -> bool:
    """Whether the web server is ready and reaches its database and Redis."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/bereit/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def main() -> None:
    """Read the port from the command line and serve."""
    if not sys.argv[1].isdecimal():
        sys.exit("PORT muss eine Zahl sein, etwa: make demo PORT=8123")
    try:
        with interrupts.raised():
            run(port=int(sys.argv[1]))
    except PlatformError as error:
        sys.exit(str(error))
    say("Einklang ist beendet; die Daten bleiben erhalten.")


if __name__ == "__main__":
    main()
