"""What every entry point prepares, and what it leaves alone."""

import os
from pathlib import Path

import pytest

from crm.platform import environment
from crm.platform.embedded import REPOSITORY
from crm.platform.errors import PlatformError


@pytest.fixture
def settings_of(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment in which nothing of Einklang is set."""
    for variable in ("DATABASE_URL", "REDIS_URL", "EINKLANG_ENV", "EINKLANG_DATA_DIR"):
        monkeypatch.delenv(variable, raising=False)
    return monkeypatch


def test_the_demo_is_the_default(settings_of: pytest.MonkeyPatch) -> None:
    assert environment.name() == "demo"
    assert environment.data_dir() == REPOSITORY / ".data" / "demo"


def test_a_folder_can_be_chosen(settings_of: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings_of.setenv("EINKLANG_DATA_DIR", str(tmp_path))
    assert environment.data_dir() == tmp_path


def test_an_unknown_environment_is_refused(settings_of: pytest.MonkeyPatch) -> None:
    settings_of.setenv("EINKLANG_ENV", "produktion")
    with pytest.raises(PlatformError, match="„produktion“, erlaubt sind: demo, test, production"):
        environment.name()


def test_with_servers_of_your_own_none_is_started(
    settings_of: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings_of.setenv("EINKLANG_DATA_DIR", str(tmp_path))
    settings_of.setenv("DATABASE_URL", "postgres://db.example/crm")
    settings_of.setenv("REDIS_URL", "redis://redis.example/0")
    environment.prepare()
    assert os.environ["DATABASE_URL"] == "postgres://db.example/crm"
    assert os.environ["REDIS_URL"] == "redis://redis.example/0"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_of_somebody_else_is_refused(
    settings_of: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings_of.setenv("EINKLANG_DATA_DIR", "/etc")
    with pytest.raises(PlatformError, match="gehört einem anderen Benutzer"):
        environment.prepare()


def test_production_never_starts_servers(settings_of: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings_of.setenv("EINKLANG_DATA_DIR", str(tmp_path))
    settings_of.setenv("EINKLANG_ENV", "production")
    environment.prepare()
    assert "DATABASE_URL" not in os.environ
    assert list(tmp_path.iterdir()) == []
