"""The operating guide, the help and the log-in line say what is true."""

import re
import subprocess

from crm.demo import staff
from crm.platform import demo
from crm.platform.embedded import REPOSITORY

GUIDE = (REPOSITORY / "docs" / "betrieb.md").read_text()


def test_every_variable_that_is_read_is_explained() -> None:
    code = "".join(path.read_text() for path in (REPOSITORY / "crm").rglob("*.py"))
    names = set(re.findall(r'(?:environ(?:\.get)?[(\[]|required\()"([A-Z_]+)"', code))
    assert {name for name in names if f"`{name}`" not in GUIDE} == set()
    assert "DATABASE_URL" in names


def test_every_process_of_the_demo_is_in_the_guide() -> None:
    for queue in ("interactive", "batch", "outbound"):
        assert f"-Q {queue}" in GUIDE
        assert any(queue in " ".join(program.command) for program in demo.line_up(port=8000))


def test_the_log_ins_shown_are_those_of_the_demo_company() -> None:
    accounts = {colleague.email for colleague in staff.COLLEAGUES}
    shown = {f"{name}@{demo.DOMAIN}" for name in demo.LOG_INS}
    assert shown <= accounts
    assert demo.PASSWORD == staff.PASSWORD


def test_the_help_names_every_command() -> None:
    text = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    named = re.findall(r"^  make (\S+)", text, flags=re.MULTILINE)
    assert named == ["help", "setup", "demo", "demo-reset", "test", "check", "bench"]
