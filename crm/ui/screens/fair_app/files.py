"""What the worker keeps for the time without a network, and the version of all of it."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

NAMED_IN_THE_PAGE: Final = (
    "ui/tokens.css",
    "ui/base.css",
    "ui/components.css",
    "ui/shell.css",
    "ui/screens/fair_app.css",
    "ui/icons.svg",
    "ui/favicon.svg",
    "ui/fair/icon-192.png",
    "ui/js/fair/app.js",
)
"""Their addresses carry a hash where the storage of static files gives them one."""

VENDORED: Final = ("ui/vendor/jsQR.js", "ui/vendor/qrcode.mjs")
WORKER: Final = "ui/js/fair/worker.js"


def addresses() -> list[str]:
    """Everything that the page loads. Modules import one another by their plain names, so these
    are the addresses without a hash."""
    plain = [f"/{settings.STATIC_URL.strip('/')}/{name}" for name in (*_modules(), *VENDORED)]
    return [*(static(name) for name in NAMED_IN_THE_PAGE), *plain]


def version(page: str) -> str:
    """16 characters that change with the page or with any of the files."""
    digest = sha256(page.encode())
    for name in (*NAMED_IN_THE_PAGE, *_modules(), *VENDORED, WORKER):
        digest.update(_content(name))
    return digest.hexdigest()[:16]


def _modules() -> list[str]:
    folder = _path("ui/js/fair/app.js").parent
    names = sorted(f"ui/js/fair/{path.name}" for path in folder.glob("*.js"))
    return [name for name in names if name not in (*NAMED_IN_THE_PAGE, WORKER)]


def _content(name: str) -> bytes:
    path = _path(name)
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=128)
def _read(path: Path, _changed_at: int) -> bytes:
    return sha256(path.read_bytes()).digest()


def _path(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found)
