"""Double opt-in: asked by a form, confirmed over the contact point itself.

``requests.request`` records what a form asked for and sends one neutral message to each contact
point, ``confirming`` takes the answer, ``purging`` clears away what nobody confirmed. ``sign_ups``
are the forms on the web with which people sign themselves up.
"""

from dataclasses import dataclass
from datetime import datetime

MOST_AGENT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """From where somebody pressed a button: IP address, user agent, which form or page; ``at`` if
    it is recorded later than pressed."""

    address: str = ""
    agent: str = ""
    form: str = ""
    at: datetime | None = None
