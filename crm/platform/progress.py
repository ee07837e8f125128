"""What the commands tell the person at the terminal: one German line per step."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    """Write one line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def step(text: str) -> Iterator[None]:
    """Write ``text`` while the block runs, and how long it took when it is done."""
    sys.stdout.write(f"  {text} … ")
    sys.stdout.flush()
    started = time.monotonic()
    try:
        yield
    except BaseException:
        sys.stdout.write("\n")
        raise
    say(f"{seconds(time.monotonic() - started)}")


def seconds(duration: float) -> str:
    """A duration in seconds as German text: ``0,4 s`` or ``1:05 min``."""
    if duration < 60:
        return f"{duration:.1f} s".replace(".", ",")
    minutes, rest = divmod(round(duration), 60)
    return f"{minutes}:{rest:02} min"
