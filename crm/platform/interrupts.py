"""Ctrl-C, ``kill`` and a closed terminal, all told to the program as one exception."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """The person or the system wants the command to end."""


@contextmanager
def raised() -> Iterator[None]:
    """Inside the block, the first signal to end raises Interrupted; further ones are ignored."""

    def interrupt(signal_number: int, frame: object) -> None:
        ignore()
        raise Interrupted

    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number in SIGNALS:
        if number != signal.SIGHUP or before[number] != signal.SIG_IGN:  # nohup
            signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ignore() -> None:
    """From now on no signal to end interrupts what is being tidied up."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
