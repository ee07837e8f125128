"""Tokens and codes: what is sent, and what of it is kept."""

import hashlib
import secrets
from uuid import UUID

from django.utils.crypto import salted_hmac

TOKEN_BYTES = 16  # 128 bits
CODE_DIGITS = 6


def new_token() -> str:
    """128 random bits, fit for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of_token(token: str) -> bytes:
    """What is kept of a token: SHA-256. It cannot be guessed, so it needs no key."""
    return hashlib.sha256(token.encode()).digest()


def new_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"


def hash_of_code(code: str, *, ref: UUID) -> bytes:
    """What is kept of a code: HMAC-SHA-256 with the installation's key, since a million codes are
    soon tried. ``ref`` is that of the confirmation, so that the same code looks different."""
    return salted_hmac("consent.optin.code", f"{ref}:{code}", algorithm="sha256").digest()
