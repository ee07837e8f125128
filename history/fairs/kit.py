"""What a device takes along, so that it can work without a network."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from consent import channels
from consent.models import ConsentText, TextStatus
from history.attachments import MAX_BYTES
from history.fairs import files, stand_notices
from history.models import CaptureDevice, Event

VISITOR_PATH: Final = "/messe/ja/"


@dataclass(frozen=True, slots=True)
class Notice:
    """Where everybody reads what happens with their data."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything for one device; ``server_time`` tells how wrong its clock is."""

    event: Event
    device: CaptureDevice
    texts: list[ConsentText]
    notice: Notice | None
    server_time: datetime
    visitor_base: str
    most_file_bytes: int = MAX_BYTES
    piece_bytes: int = files.PIECE_BYTES

    @property
    def channels(self) -> dict[str, str]:
        """What the channels of the texts are called."""
        named = {channel for text in self.texts for channel in text.channels}
        return {channel: channels.label(channel) for channel in channels.LABELS if channel in named}

    def purposes_of(self, text: ConsentText) -> list[dict[str, str]]:
        """What a text asks for."""
        return [{"code": code, "label": channels.purpose(code)} for code in text.purposes]

    @property
    def form(self) -> Any:
        """The questions, as they are stored."""
        return self.event.form


def of(*, device: CaptureDevice, at: datetime) -> Kit:
    """What the device needs; texts that were withdrawn are not offered any more (2 queries
    and one for the items of the notice)."""
    event = device.event
    texts = event.texts.filter(status=TextStatus.PUBLISHED).order_by("code", "language")
    return Kit(
        event=event,
        device=device,
        texts=list(texts),
        notice=_notice(event),
        server_time=at,
        visitor_base=settings.PUBLIC_URL + VISITOR_PATH,
    )


def _notice(event: Event) -> Notice | None:
    version = stand_notices.version_of(event)
    return Notice(stand_notices.address_of(version), str(version)) if version else None
