"""Word to the screens of those whose telephone rings, through Redis.

One stream per user, short and gone after minutes: a screen that comes back finds what it missed.
"""

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final

import redis
from django.conf import settings
from redis.exceptions import RedisError

from history.models import Call

_KEPT: Final = 50
_SECONDS: Final = 300


def announce(*, call: Call, user_ids: Iterable[int]) -> None:
    """Tell that a call changed. Without Redis nothing pops up, and nothing else is lost."""
    with suppress(RedisError), _client().pipeline() as pipe:
        for user_id in user_ids:
            word: Any = {"call": str(call.public_id), "state": call.state}
            pipe.xadd(_key(user_id), word, maxlen=_KEPT)
            pipe.expire(_key(user_id), _SECONDS)
        pipe.execute()


def now() -> str:
    """The place in every stream behind all that was told so far."""
    seconds, micros = _client().time()
    return f"{seconds * 1000 + micros // 1000}-0"


def after(place: str, *, user_id: int, wait_ms: int = 0) -> list[tuple[str, dict[str, str]]]:
    """What was told to a user behind a place: each with its own place; waits for it if asked."""
    found: Any = _client().xread({_key(user_id): place}, block=wait_ms or None)
    return [(str(at), word) for _stream, told in found for at, word in told]


def _key(user_id: int) -> str:
    return f"calls:{user_id}"


def _client() -> redis.Redis:
    return _client_of(settings.CALLS_REDIS_URL)


@lru_cache(maxsize=2)
def _client_of(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, decode_responses=True, socket_timeout=5, socket_connect_timeout=2
    )
