"""Which Chromium the browser tests drive."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from crm.platform import browser
from crm.platform.browser import debian, driver, packages, place, playwright_build, system
from crm.platform.errors import PlatformError

CHROMIUM = "#!/bin/sh\necho Chromium 156\n"
STAND_IN = "#!/bin/sh\necho 'install the snap' >&2; exit 1\n"


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser: an empty PATH and an empty data folder."""
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    monkeypatch.setenv("EINKLANG_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def test_the_variable_wins(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browser.VARIABLE, "/opt/chrome/chrome")
    assert browser.executable() == Path("/opt/chrome/chrome")


def test_the_system_comes_before_what_was_fetched(machine: Path) -> None:
    fetched = program(place.folder() / "playwright/chromium-1/chrome-linux/chrome", CHROMIUM)
    assert browser.executable() == fetched
    installed = program(machine / "bin" / "google-chrome", CHROMIUM)
    assert browser.executable() == installed


def test_the_headless_shell_comes_before_a_whole_chromium(machine: Path) -> None:
    playwright = place.folder() / "playwright"
    program(playwright / "chromium-1/chrome-linux/chrome", CHROMIUM)
    build = playwright / "chromium_headless_shell-1/chrome-headless-shell-linux64"
    fetched = program(build / "chrome-headless-shell", CHROMIUM)
    assert browser.executable() == fetched
    program(machine / "bin" / "chromium", CHROMIUM)
    installed = program(machine / "bin" / "chromium-headless-shell", CHROMIUM)
    assert browser.executable() == installed


def test_a_distribution_without_the_headless_shell_gives_a_whole_chromium(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def provide(names: Sequence[str], *, title: str) -> None:
        asked.append(names)
        if "chromium-headless-shell" in names:
            raise PlatformError("Von Debian: apt-get: Unable to locate package")
        program(place.folder() / "debian/usr/lib/chromium/chromium", CHROMIUM)

    monkeypatch.setattr(packages, "provide", provide)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert debian.fetch() == debian.find()
    assert asked == [
        ("chromium-headless-shell", "fonts-dejavu-core"),
        ("chromium", "fonts-dejavu-core"),
    ]


def test_a_stand_in_that_does_not_start_is_passed_over(machine: Path) -> None:
    program(machine / "bin" / "chromium-browser", STAND_IN)
    assert system.find() is None
    assert playwright_build.find() is None
    assert debian.find() is None
    with pytest.raises(PlatformError, match="fehlt Chromium"):
        browser.executable()


@pytest.mark.parametrize("name", ["chromium-headless-shell", "chromium"])
def test_an_unpacked_chromium_finds_its_libraries_and_fonts(machine: Path, name: str) -> None:
    root = place.folder() / "debian"
    shown = '#!/bin/sh\necho "$LD_LIBRARY_PATH|$FONTCONFIG_FILE|$1"\n'
    program(root / "usr/lib/chromium" / name, shown)
    library = root / "usr/lib/x86_64-linux-gnu/pulseaudio/libpulsecommon.so"
    library.parent.mkdir(parents=True)
    library.touch()
    debian.write_start_script()
    found = debian.find()
    assert found is not None
    result = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
    assert result.stdout == f"{library.parent}|{root / 'fonts.conf'}|--version\n"
    assert f"<dir>{root}/usr/share/fonts</dir>" in (root / "fonts.conf").read_text()


def test_an_unpacked_library_reaches_playwright(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(driver.VARIABLE, "")  # so that it is taken back after the test
    monkeypatch.delenv(driver.VARIABLE)
    driver.use_unpacked()
    assert driver.VARIABLE not in os.environ
    script = program(place.folder() / "node", "#!/bin/sh\n")
    driver.use_unpacked()
    assert os.environ[driver.VARIABLE] == str(script)


def test_without_any_source_every_refusal_is_told(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable() -> Path:
        raise PlatformError("Von Playwright: keine Verbindung")

    monkeypatch.setattr(driver, "provide", lambda: None)
    monkeypatch.setattr(playwright_build, "fetch", unreachable)
    with pytest.raises(PlatformError) as refusal:
        browser.provide()
    assert str(refusal.value).splitlines() == [
        "Chromium ließ sich nicht besorgen.",
        "Von Playwright: keine Verbindung",
        "Von Debian: Dies ist kein Debian oder Ubuntu (apt-get fehlt).",
    ]
