"""What the demo has sent: nothing of it left, it lies in two folders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

from crm.platform.mail_sink import Taken

NEWEST: Final = 50


@dataclass(frozen=True, slots=True)
class Message:
    """A mail, or an SMS without a subject; ``files`` are the names of what was attached."""

    at: datetime
    to: str
    subject: str
    text: str
    files: tuple[str, ...] = ()

    @property
    def is_mail(self) -> bool:
        """Whether it is a mail."""
        return bool(self.subject)


def messages(*, mails: Path, texts: Path) -> list[Message]:
    """The newest of both, newest first."""
    found = [*map(_mail, _newest(mails, "*.eml")), *map(_text, _newest(texts, "*.txt"))]
    return sorted(found, key=lambda each: each.at, reverse=True)[:NEWEST]


def _newest(folder: Path, pattern: str) -> Iterator[Path]:
    """Names begin with their time."""
    return islice(iter(sorted(folder.glob(pattern), reverse=True)), NEWEST)


def _mail(file: Path) -> Message:
    taken = Taken("", (), file.read_bytes())
    message = taken.message
    return Message(
        at=_written(file),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or "–"),
        text=taken.text,
        files=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )


def _text(file: Path) -> Message:
    head, _blank, text = file.read_text().partition("\n\n")
    return Message(at=_written(file), to=head.removeprefix("An: "), subject="", text=text)


def _written(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
