"""Whether a call may be recorded (§ 201 StGB): only with a yes of everybody before it starts.

Silence after an announcement is no yes. A no never ends the call.
"""

from dataclasses import dataclass

AGENT_AGREED = "agreed"
CUSTOMER_AGREED = frozenset({"yes_before", "key_press"})


@dataclass(frozen=True, slots=True)
class Answer:
    """``may_record``; the call goes on either way."""

    may_record: bool
    continue_call: bool = True

    def __bool__(self) -> bool:
        return self.may_record


def may_record(*, agent: str, customer: str) -> Answer:
    """``agent``: ``agreed`` or ``no``; ``customer``: ``yes_before``, ``key_press``,
    ``silent_after_announcement`` or ``no``. Anything else is a no."""
    return Answer(agent == AGENT_AGREED and customer in CUSTOMER_AGREED)
