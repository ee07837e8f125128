"""How often one address may try: links that lead nowhere, codes, requests."""

from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest

from crm.ui.screens.login.attempts import address_of

MOST_UNKNOWN = 20
MOST_PRESSES = 60
MOST_LINKS = 5
MOST_ENTRIES = 20
SECONDS = 15 * 60


def are_exhausted(request: HttpRequest) -> bool:
    """Whether too many unknown links came from this address within a quarter of an hour."""
    return int(cache.get(_key("unknown", address_of(request)), 0)) >= MOST_UNKNOWN


def count_unknown(request: HttpRequest) -> None:
    """Count a link that was forged, cut off or too old to be known."""
    _count(_key("unknown", address_of(request)))


def may_press(request: HttpRequest) -> bool:
    """Count one more press of a button; False from the sixty-first on."""
    return _count(_key("press", address_of(request))) <= MOST_PRESSES


def may_ask(value: str) -> bool:
    """Count one more wish for a link to this address; False from the sixth on."""
    return _count(_key("link", value.strip().lower())) <= MOST_LINKS


def may_enter(request: HttpRequest) -> bool:
    """Count one more entry in a public form from this address; False from the twenty-first on."""
    return _count(_key("entry", address_of(request))) <= MOST_ENTRIES


def _count(key: str) -> int:
    cache.add(key, 0, timeout=SECONDS)
    return int(cache.incr(key))


def _key(what: str, value: str) -> str:
    return f"optin-{what}:{sha256(value.encode()).hexdigest()}"
