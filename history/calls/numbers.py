"""Numbers as telephone systems send them → E.164."""

import re
from typing import Final

from contacts.matching import normalise

SUPPRESSED: Final = frozenset(
    {"", "anonymous", "anonym", "private", "restricted", "unavailable", "unknown", "unbekannt"}
)
_URI = re.compile(r"^(?:sips?|tel):([^@;]*)", re.IGNORECASE)
_SHORTEST_ABROAD = 8


def is_suppressed(text: str) -> bool:
    """Whether the caller did not want to be known."""
    return _bare(text).casefold() in SUPPRESSED


def e164(text: str) -> str:
    """The number in E.164; empty if it is suppressed, internal or none at all.

    Digits that do not begin with a zero are taken as international without the plus, as most
    systems send them.
    """
    number = _bare(text)
    if is_suppressed(number):
        return ""
    is_abroad = number.isascii() and number.isdecimal() and not number.startswith("0")
    if is_abroad and len(number) >= _SHORTEST_ABROAD:
        number = f"+{number}"
    try:
        return normalise.phone(number).e164
    except normalise.Unreadable:
        return ""


def of_extension(text: str) -> str:
    """How a number at which somebody sits is kept: E.164, or its digits if it is internal."""
    return e164(text) or re.sub(r"\D", "", _bare(text))


def _bare(text: str) -> str:
    found = _URI.match(text.strip())
    return found[1].strip() if found else text.strip()
