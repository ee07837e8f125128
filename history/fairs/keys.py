"""Keys of the links that visitors scan: one for each device, from a file outside of the database.

``visitors.key`` lies beside the keys of the ledger and is made like them. What a device is given
opens its own links only, and nothing of it is stored.
"""

from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from consent import keys

FILE = "visitors.key"
INFO = b"einklang.fair.visitor"
BYTES = 32


@lru_cache
def visitors_key() -> bytes:
    """32 bytes, the secret of the installation.

    :raises ImproperlyConfigured: the file is missing in production, or is not 32 bytes long
    """
    path = keys.directory() / FILE
    if not path.exists():
        if settings.PRODUCTION:
            raise ImproperlyConfigured(
                f"{path} is missing: make the keys with 'manage.py make_ledger_keys'."
            )
        keys.write_secret(path)
    key = path.read_bytes()
    if len(key) != BYTES:
        raise ImproperlyConfigured(f"{path} must hold {BYTES} bytes, not {len(key)}.")
    return key


def key_of_device(public_id: UUID) -> bytes:
    """32 bytes for one device: HKDF-SHA256 (RFC 5869), salted with its number."""
    derived = HKDF(algorithm=SHA256(), length=BYTES, salt=public_id.bytes, info=INFO)
    return derived.derive(visitors_key())
