"""Double opt-in: asked by a form, confirmed over the contact point itself.

``requests.request`` records what a form asked for and sends one neutral message to each contact
point, ``confirming`` takes the answer, ``purging`` clears away what nobody confirmed.
"""

from dataclasses import dataclass

MOST_AGENT = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """From where somebody pressed a button: IP address, user agent, which form or page."""

    address: str = ""
    agent: str = ""
    form: str = ""
