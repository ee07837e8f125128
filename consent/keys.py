"""Keys of the ledger: files outside of the database, which its superuser cannot read there.

``suppression.key`` keys the hashes of the suppression list, ``checkpoint.key`` signs checkpoints;
``visitors.key`` lies with them for the links of fairs (:mod:`history.fairs.keys`). Outside of
production they are made when they are missed.
"""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from consent.ledger.checkpoint import (
    PRIVATE_FILE,
    PUBLIC_FILE,
    SigningKey,
    Unreadable,
    create_key,
    load_key,
)

BYTES = 32
SECRETS = ("suppression.key", "visitors.key")


def directory() -> Path:
    """Where the keys lie: ``EINKLANG_KEY_DIR``, else below the data directory."""
    return Path(settings.KEY_DIR)


@lru_cache
def suppression_key() -> bytes:
    """32 bytes.

    :raises ImproperlyConfigured: the file is missing in production, or is not 32 bytes long
    """
    return _secret(directory() / "suppression.key")


@lru_cache
def signing_key() -> SigningKey:
    """What signs the checkpoints of the ledger.

    :raises ImproperlyConfigured: it is missing in production, or others may read it
    """
    if not (directory() / PRIVATE_FILE).exists():
        if settings.PRODUCTION:
            raise _missing(directory() / PRIVATE_FILE)
        make()
    try:
        return load_key(directory())
    except Unreadable as error:
        raise ImproperlyConfigured(str(error)) from error


def make(name: str = "") -> list[Path]:
    """Make the keys that are missing; gives their files. None that is there is ever replaced.

    ``name`` is what checkpoints call this ledger, ``LEDGER_NAME`` by default.
    """
    made = [directory() / name for name in SECRETS if not (directory() / name).exists()]
    for path in made:
        write_secret(path)
    try:
        create_key(directory(), name or settings.LEDGER_NAME)
        made += [directory() / PRIVATE_FILE, directory() / PUBLIC_FILE]
    except Unreadable:
        if not (directory() / PRIVATE_FILE).exists():
            raise
    return made


def _missing(path: Path) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{path} is missing: make the keys with 'manage.py make_ledger_keys'."
    )


def _secret(path: Path) -> bytes:
    if not path.exists():
        if settings.PRODUCTION:
            raise _missing(path)
        write_secret(path)
    key = path.read_bytes()
    if len(key) != BYTES:
        raise ImproperlyConfigured(f"{path} must hold {BYTES} bytes, not {len(key)}.")
    return key


def write_secret(path: Path) -> None:
    """Write 32 random bytes that only this user may read; a file that is there stays as it is."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_bytes(secrets.token_bytes(BYTES))
    try:
        os.link(fresh, path)  # whole or not at all, and never over an older one
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
