"""A stream of results worked out in a process of its own, so that it costs this one no time.

The process is a copy of this one (``fork``): it starts at once, knows what this one knows and needs
nothing handed over; a worker's children may not have children any other way. It closes every file
and connection that it got with that and never uses the database. It is one result further than the
pipe holds, no more. It ends with whoever listens to it: the next thing it says goes nowhere.
"""

import fcntl
import gc
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any, Final, NamedTuple, TypeVar

from crm.kernel.errors import DomainError

T = TypeVar("T")
_STANDARD: Final = 3  # input, output, errors
_MOST_FILES: Final = 1 << 20
_PIPE: Final = 1 << 20  # bytes: the most that anybody may ask for


class Failed(RuntimeError):
    """The process ended early; says with which exit code, or with which traceback."""


class _Refusal(NamedTuple):
    """A :class:`DomainError` of the other process; only what it says comes across."""

    message: str


class _Failure(NamedTuple):
    """The traceback of any other exception."""

    text: str


class _End(NamedTuple):
    """Nothing more comes."""


@contextmanager
def results(work: Callable[[], Iterator[T]]) -> Iterator[Iterator[T]]:
    """What ``work()`` yields, worked out elsewhere; the process is gone behind the block.

    The results raise the process's own :class:`DomainError`, with its message, or :class:`Failed`.
    """
    listening, speaking = os.pipe()
    with suppress(OSError):  # a user with very many pipes gets a small one
        fcntl.fcntl(speaking, fcntl.F_SETPIPE_SZ, _PIPE)
    number = os.fork()
    if number == 0:
        _be_elsewhere(work, speaking)
    os.close(speaking)
    process = _Process(number)
    with os.fdopen(listening, "rb") as stream:
        try:
            yield _heard(stream, process)
        finally:
            process.end()


@dataclass(slots=True)
class _Process:
    """The other process; ``code`` is known once it ended (negative: the signal that ended it)."""

    number: int
    code: int | None = None

    def wait(self) -> int:
        """How it ended."""
        if self.code is None:
            self.code = os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])
        return self.code

    def end(self) -> None:
        """End it, whatever it is doing: it has nothing that could be lost."""
        if self.code is None:
            os.kill(self.number, signal.SIGKILL)
            self.wait()


def _heard(stream: IO[bytes], process: _Process) -> Iterator[Any]:
    while True:
        try:
            said = pickle.load(stream)
        except (EOFError, pickle.UnpicklingError):
            raise Failed(f"The process that prepares the rows ended: {process.wait()}") from None
        match said:
            case _End():
                return
            case _Refusal(message):
                raise DomainError(message)
            case _Failure(text):
                raise Failed(text)
        yield said


def _be_elsewhere(work: Callable[[], Iterator[Any]], speaking: int) -> None:
    """Everything the other process ever does. Never returns: what the copied callers would do on
    their way out is not its business."""
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # at a keyboard this asks the other one
        gc.freeze()  # what was copied must not be tidied up: it closes files by number
        os.closerange(_STANDARD, speaking)
        os.closerange(speaking + 1, _MOST_FILES)
        with os.fdopen(speaking, "wb") as stream:
            _speak(work, stream)
    except BrokenPipeError:
        pass
    finally:
        os._exit(0)


def _speak(work: Callable[[], Iterator[Any]], stream: IO[bytes]) -> None:
    def say(what: Any) -> None:
        pickle.dump(what, stream, pickle.HIGHEST_PROTOCOL)
        stream.flush()

    try:
        for result in work():
            say(result)
        say(_End())
    except BrokenPipeError:
        raise
    except DomainError as error:
        say(_Refusal(error.message))
    except BaseException:
        say(_Failure(traceback.format_exc()))
