"""Failed log-ins per account and address: after ten, a quarter of an hour of rest; after a hundred
from one address, whatever the accounts, too. Links for new passwords: five per account."""

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MOST_FAILURES = 10
MOST_OF_AN_ADDRESS = 100
MOST_LINKS = 5
SECONDS = 15 * 60


def are_exhausted(*, email: str, address: str) -> bool:
    """Whether this account, or too many accounts, have been tried too often from this address."""
    return (
        int(cache.get(_key(email, address), 0)) >= MOST_FAILURES
        or int(cache.get(_key("", address), 0)) >= MOST_OF_AN_ADDRESS
    )


def count_failure(*, email: str, address: str) -> int:
    """Count one failure; returns how many there were within the quarter of an hour."""
    _count(_key("", address))
    return _count(_key(email, address))


def may_send_link(*, email: str) -> bool:
    """Count one more link for the account; False from the sixth within a quarter of an hour."""
    return _count(_key(f"link {email}", "")) <= MOST_LINKS


def forget(*, email: str, address: str) -> None:
    """Start anew after a successful log-in."""
    cache.delete(_key(email, address))


def address_of(request: HttpRequest) -> str:
    """The client's address; in production the one our own proxy saw last."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.PRODUCTION and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


def _count(key: str) -> int:
    cache.add(key, 0, timeout=SECONDS)
    return int(cache.incr(key))


def _key(email: str, address: str) -> str:
    digest = sha256(f"{email.strip().lower()}|{address}".encode()).hexdigest()
    return f"login-failures:{digest}"
