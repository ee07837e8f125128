"""Activities: planned, done, put off, handed over; read as my day, a list, a calendar, a pot.

Every change is a function of :mod:`~history.activities.planning`,
:mod:`~history.activities.progress` or :mod:`~history.activities.handing_over`.
"""

from history.activities.access import activity_for
from history.activities.handing_over import hand_over, hand_over_all
from history.activities.of_records import Steps, of_record
from history.activities.phrases import Due
from history.activities.planning import edit, follow_up, plan
from history.activities.progress import cancel, complete, postpone, reopen
from history.activities.rows import Row

__all__ = [
    "Due",
    "Row",
    "Steps",
    "activity_for",
    "cancel",
    "complete",
    "edit",
    "follow_up",
    "hand_over",
    "hand_over_all",
    "of_record",
    "plan",
    "postpone",
    "reopen",
]
