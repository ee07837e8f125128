"""What the keeper must know about a kind of server that Einklang can bring along."""

import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """Where one embedded server lives: its folder, and the port it listens on."""

    folder: Path
    port: int

    @property
    def data(self) -> Path:
        """The folder that holds the server's data and nothing else."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """The file that the server writes its messages to."""
        return self.folder / "server.log"

    @property
    def password(self) -> str:
        """The server's password, made at the first start."""
        return (self.folder / "password").read_text().strip()


class Server(Protocol):
    """One kind of embedded server."""

    name: str
    title: str
    variable: str
    stop_signal: signal.Signals

    def pid_file(self, *, place: Place) -> Path:
        """The file in which the server notes its own process id."""

    def initialise(self, *, place: Place) -> None:
        """Create the data folder where there is none; raises PlatformError."""

    def command(self, *, place: Place, durable: bool) -> list[str]:
        """What runs the server in the foreground; not ``durable``: a power cut may cost data."""

    def is_ready(self, *, place: Place) -> bool:
        """Whether the server answers; completes what can only be set up in a running server."""

    def url(self, *, place: Place) -> str:
        """How programs reach the server: the value of the variable ``variable``."""
