"""On what ways the appointment can be confirmed to this caller."""

from dataclasses import dataclass
from typing import Any

from contacts.matching import normalise
from contacts.models import ContactPoint, Person
from history.appointments import messages
from history.models import AppointmentChannel

CHANNEL_OF = {"EMAIL": "EMAIL", "MOBILE": "SMS", "POSTAL": "LETTER"}
ICONS = {"EMAIL": "mail", "SMS": "sms", "LETTER": "letter", "NONE": "close"}
SHOWN_EACH = 2


@dataclass(frozen=True, slots=True)
class Way:
    """A radio; ``needs`` names the fields that are filled in for it."""

    value: str
    label: str
    detail: str
    icon: str
    needs: str = ""


def ways(person: Person | None, *, number: str) -> list[Way]:
    """Known contact points first, then what can be typed, then not at all."""
    known = messages.points_of(person) if person else []
    kinds = [point.kind for point in known]
    rows = [_known(point) for point in known if _is_shown(point, known)]
    if "EMAIL" not in kinds:
        rows.append(_way(AppointmentChannel.EMAIL, needs="email"))
    if _is_mobile(number) and not _has_number(known, number):
        rows.append(_way(AppointmentChannel.SMS, detail=number))
    if "POSTAL" not in kinds:
        rows.append(_way(AppointmentChannel.LETTER, needs="address"))
    return [*rows, _way(AppointmentChannel.NONE)]


def _known(point: ContactPoint) -> Way:
    channel = AppointmentChannel(CHANNEL_OF[point.kind])
    return _way(channel, detail=point.display, value=f"{channel}|{point.public_id}")


def _way(channel: Any, *, detail: str = "", needs: str = "", value: str = "") -> Way:
    return Way(value or channel.value, str(channel.label), detail, ICONS[channel], needs)


def _is_shown(point: ContactPoint, known: list[ContactPoint]) -> bool:
    same = [each for each in known if each.kind == point.kind]
    return point in same[:SHOWN_EACH]


def _is_mobile(number: str) -> bool:
    try:
        return normalise.phone(number).kind == "mobile"
    except normalise.Unreadable:
        return False


def _has_number(known: list[ContactPoint], number: str) -> bool:
    return normalise.phone(number).e164 in {point.normalised for point in known}
