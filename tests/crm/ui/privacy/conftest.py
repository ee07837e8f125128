"""Somebody who consents, and a page that is read as text."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.consent.conftest import (  # noqa: F401 - fixtures
    controller,
    give_consent,
    mailbox,
    number,
    person,
    slip,
    text,
)


@pytest.fixture(autouse=True)
def _anchors(settings: Any, tmp_path: Path) -> None:
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"


def said(answer: Any) -> str:
    """What somebody reads: tags, no-break spaces and line breaks left out."""
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(unescape(words).replace("\N{NO-BREAK SPACE}", " ").split())
