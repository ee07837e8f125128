"""Programs started together end together, whatever happens to one of them or to their parent."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from crm.platform import ports
from crm.platform.embedded import REPOSITORY
from crm.platform.errors import PlatformError
from crm.platform.programs import Program, Programs
from tests.crm.platform.conftest import wait_until

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True)"
    "; time.sleep(60)",
]
PARENT = """
import sys, time
from pathlib import Path
from crm.platform import children
child = children.start(sys.argv[2:], log=None, cwd=Path(sys.argv[1]))
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    programs = Programs(logs=tmp_path / "logs")
    yield programs
    programs.stop()


def watch(programs: Programs) -> None:
    while True:
        programs.check()
        time.sleep(0.02)


def test_a_program_that_ends_by_itself_is_named_with_its_log(
    programs: Programs, tmp_path: Path
) -> None:
    programs.start(Program("Der Schläfer", SLEEPER, "sleeper.log"))
    programs.start(Program("Der Zeitplaner", [sys.executable, "-c", "print(7); exit(3)"], "b.log"))
    with pytest.raises(PlatformError) as refusal:
        watch(programs)
    log = tmp_path / "logs" / "b.log"
    assert str(refusal.value) == (
        f"Der Zeitplaner hat sich beendet (Code 3). Näheres steht in {log}"
    )
    assert log.read_text() == "7\n"
    assert log.stat().st_mode & 0o777 == 0o600


def test_what_does_not_listen_is_killed(
    programs: Programs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm.platform.programs.STOP_WITHIN", 0.2)
    before = set(psutil.Process().children())
    programs.start(Program("Der Sture", STUBBORN, "stubborn.log"))
    wait_until(lambda: (tmp_path / "logs" / "stubborn.log").read_text() == "ready\n")
    (stubborn,) = set(psutil.Process().children()) - before
    programs.stop()
    assert not stubborn.is_running()


def test_a_child_ends_when_its_parent_is_killed() -> None:
    command = [sys.executable, "-c", PARENT, str(REPOSITORY), *SLEEPER]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.send_signal(signal.SIGKILL)
        child.wait(timeout=20)


def test_a_busy_port_is_told_before_anything_starts() -> None:
    port = ports.free_port()
    with socket.socket() as listener:
        listener.bind((ports.HOST, port))
        listener.listen()
        demo = subprocess.run(
            [sys.executable, "-m", "crm.platform.demo", str(port)],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
    assert demo.returncode == 1
    assert demo.stdout == ""
    assert demo.stderr == (
        f"Der Port {port} ist schon belegt – läuft Einklang in einem anderen Fenster? "
        f"Sonst bitte einen anderen wählen: make demo PORT={port + 1}\n"
    )


@pytest.mark.parametrize("port", ["achttausend", "-1", ""])
def test_a_port_is_a_number(port: str) -> None:
    demo = subprocess.run(
        [sys.executable, "-m", "crm.platform.demo", port],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (demo.returncode, demo.stderr) == (
        1,
        "PORT muss eine Zahl sein, etwa: make demo PORT=8123\n",
    )
