"""A mail server that takes everything and sends nothing on: for the demo and for tests.

``with MailSink() as sink`` listens on 127.0.0.1; ``sink.port`` is its port, ``sink.messages``
what came in. With ``folder`` each message is a file ``*.eml`` there instead, named by its time.
``python -m crm.platform.mail_sink PORT FOLDER`` runs one until it is told to end. It speaks as
much SMTP as a client needs to hand over a message: neither TLS nor log-in.
"""

import socketserver
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Final, cast
from uuid import uuid4

from crm.platform import interrupts
from crm.platform.ports import HOST

MOST_BYTES: Final = 30 * 1024 * 1024
SILENCE: Final = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Taken:
    """One message: envelope and content."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The content with its headers read."""
        return cast(EmailMessage, message_from_bytes(self.content, policy=policy.default))

    @property
    def text(self) -> str:
        """The plain text of the message."""
        body = self.message.get_body(("plain",))
        return cast(str, body.get_content()) if body is not None else ""


class MailSink:
    """The server; ``refuse`` is an answer such as ``"550 no"`` that every recipient gets."""

    def __init__(self, *, port: int = 0, folder: Path | None = None, refuse: str = "") -> None:
        self.messages: list[Taken] = []
        self.refuse = refuse
        self._folder = folder
        self._server = _Server((HOST, port), _Session)
        self._server.sink = self
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def take(self, taken: Taken) -> None:
        """Keep a message."""
        if self._folder is None:
            self.messages.append(taken)
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{uuid4().hex[:8]}.eml"
        (self._folder / name).write_bytes(taken.content)

    def __enter__(self) -> "MailSink":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(SILENCE)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    sink: MailSink


class _Session(socketserver.StreamRequestHandler):
    """One client (RFC 5321, the commands that hand over a message)."""

    timeout = SILENCE

    def handle(self) -> None:
        """Answer until the client says QUIT or falls silent."""
        self._sender, self._recipients = "", list[str]()
        self._say("220 Einklang")
        while line := self.rfile.readline(2048):
            command, _space, rest = line.decode("utf-8", "replace").strip().partition(" ")
            answer = self._answer(command.upper(), rest)
            self._say(answer)
            if answer.startswith("221"):
                return

    def _answer(self, command: str, rest: str) -> str:
        match command:
            case "HELO" | "EHLO" | "NOOP":
                return "250 Einklang"
            case "RSET":
                self._sender, self._recipients = "", []
                return "250 OK"
            case "MAIL":
                self._sender, self._recipients = _address(rest), []
                return "250 OK"
            case "RCPT":
                return self._recipient(rest)
            case "DATA" if self._recipients:
                return self._data()
            case "QUIT":
                return "221 Bye"
        return "503 Not now" if command == "DATA" else "502 Not here"

    def _recipient(self, rest: str) -> str:
        sink = cast(_Server, self.server).sink
        if sink.refuse:
            return sink.refuse
        self._recipients.append(_address(rest))
        return "250 OK"

    def _data(self) -> str:
        self._say("354 Go on, end with a dot")
        lines, size = list[bytes](), 0
        while (line := self.rfile.readline(65_536)) not in (b".\r\n", b".\n", b""):
            size += len(line)
            if size <= MOST_BYTES:
                lines.append(line[1:] if line.startswith(b".") else line)
        if size > MOST_BYTES:
            return "552 Too large"
        taken = Taken(self._sender, tuple(self._recipients), b"".join(lines))
        cast(_Server, self.server).sink.take(taken)
        return "250 Taken"

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


def _address(rest: str) -> str:
    return rest.partition("<")[2].partition(">")[0]


def main() -> None:
    """Listen on the port of the command line and write what comes in to its folder."""
    port, folder = sys.argv[1:]
    with (
        suppress(interrupts.Interrupted),
        MailSink(port=int(port), folder=Path(folder)),
        interrupts.raised(),
    ):
        threading.Event().wait()


if __name__ == "__main__":
    main()
