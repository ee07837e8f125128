"""Keys of the ledger: files outside of the database, which its superuser cannot read there.

``suppression.key`` keys the hashes of the suppression list, ``checkpoint.key`` signs checkpoints.
Outside of production they are made when they are missed.
"""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

BYTES = 32


def directory() -> Path:
    """Where the keys lie: ``EINKLANG_KEY_DIR``, else below the data directory."""
    return Path(settings.KEY_DIR)


@lru_cache
def suppression_key() -> bytes:
    """32 bytes.

    :raises ImproperlyConfigured: the file is missing in production, or is not 32 bytes long
    """
    return _secret(directory() / "suppression.key")


def _secret(path: Path) -> bytes:
    if not path.exists():
        if settings.PRODUCTION:
            raise ImproperlyConfigured(
                f"{path} is missing: make the keys with 'manage.py make_ledger_keys'."
            )
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
