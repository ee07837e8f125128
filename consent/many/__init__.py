"""The gate for many: the same rules for a million persons, each over its best contact point.

``may_contact_many(persons, …)`` answers quickly and without the events behind the answers;
``one_by_one(persons, …)`` gives whole answers that can be kept. Both ask
:func:`consent.decision.decide` alone. See ``docs/algorithms/kontakterlaubnis.md``.
"""

from consent.many.answers import NO_POINT, Answered, asked, may_contact_many
from consent.many.asking import Ask
from consent.many.exact import Whole, one_by_one

__all__ = ["NO_POINT", "Answered", "Ask", "Whole", "asked", "may_contact_many", "one_by_one"]
