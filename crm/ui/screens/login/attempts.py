"""Failed log-ins per account and address: after ten, a quarter of an hour of rest."""

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MOST_FAILURES = 10
SECONDS = 15 * 60


def are_exhausted(*, email: str, address: str) -> bool:
    """Whether this account has been tried too often from this address."""
    return int(cache.get(_key(email, address), 0)) >= MOST_FAILURES


def count_failure(*, email: str, address: str) -> int:
    """Count one failure; returns how many there were within the quarter of an hour."""
    key = _key(email, address)
    cache.add(key, 0, timeout=SECONDS)
    return int(cache.incr(key))


def forget(*, email: str, address: str) -> None:
    """Start anew after a successful log-in."""
    cache.delete(_key(email, address))


def address_of(request: HttpRequest) -> str:
    """The client's address; in production the one our own proxy saw last."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.PRODUCTION and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


def _key(email: str, address: str) -> str:
    digest = sha256(f"{email.strip().lower()}|{address}".encode()).hexdigest()
    return f"login-failures:{digest}"
