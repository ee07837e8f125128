"""Gathering the files of the surface takes seconds, so it is done only when one has changed."""

import hashlib
from collections.abc import Callable

from crm.platform import environment
from crm.platform.embedded import REPOSITORY


def gather(collect: Callable[[], None]) -> None:
    """Call ``collect`` unless the same files were gathered before into the same data folder."""
    stamp = environment.data_dir() / "static.sha256"
    fingerprint = _fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    stamp.unlink(missing_ok=True)
    collect()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)


def _fingerprint() -> str:
    """A digest of the libraries' versions and of name, size and time of every own static file."""
    digest = hashlib.sha256((REPOSITORY / "requirements.txt").read_bytes())
    for path in sorted(REPOSITORY.glob("[!.]*/**/static/**/*")):
        if path.is_file():
            state = path.stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
