"""What the style guide shows of the design files: colours and signs, read from the files."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

SCALES = ("paper", "ink", "green", "red", "amber")
TOKENS = (
    "canvas", "surface", "surface-sunken", "surface-hover", "surface-selected", "accent",
    "accent-soft", "yes", "yes-soft", "no", "no-soft", "check", "check-soft", "unasked",
    "unasked-soft", "mark",
)  # fmt: skip


@cache
def signs() -> list[str]:
    """Names of all signs in the sprite, in its order."""
    return re.findall(r'<symbol id="i-([\w-]+)"', _read("ui/icons.svg"))


@cache
def scales() -> list[tuple[str, list[str]]]:
    """Each colour scale with its steps, as in ``tokens.css``."""
    css = _read("ui/tokens.css")
    return [(name, re.findall(rf"--({name}-\d+):", css)) for name in SCALES]


def _read(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str)
    return Path(found).read_text(encoding="utf-8")
