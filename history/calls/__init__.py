"""Calls as a telephone system tells them: events in, one contact in the history out.

``take`` is the door. Events come twice and out of order; what a call is, is told anew from all of
its events each time, so the order does not matter. ``settle`` writes those of which an event got
lost.
"""

from history.calls.settling import settle
from history.calls.taking import take

__all__ = ["settle", "take"]
