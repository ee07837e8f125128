"""Who may wait for a call in this process: a few at a time, each user once.

A request that waits holds a thread of the server. Whoever finds no place is answered at once and
asks again soon; see docs/adr/0068.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Lock

from django.conf import settings

_lock = Lock()
_tickets = count(1)
_waiting: dict[int, int] = {}


@contextmanager
def place_of(user_id: int) -> Iterator[Callable[[], bool]]:
    """Whether the place is still the user's own; never, if all are taken.

    A later request of the same user takes the place over: the one before belongs to a page that
    was left.
    """
    ticket = next(_tickets)
    with _lock:
        if user_id in _waiting or len(_waiting) < settings.CALL_STREAMS:
            _waiting[user_id] = ticket
    try:
        yield lambda: _waiting.get(user_id) == ticket
    finally:
        with _lock:
            if _waiting.get(user_id) == ticket:
                del _waiting[user_id]
