"""What becomes of merged records: nothing spreads, the more restrictive side wins.

Consents and objections to a contact point stay where they are; the rules ask all ids of a person
(``Question.subjects``), and :func:`consent.decision.grounds.objection` settles conflicts.
"""

from collections.abc import Iterable

RESTRICTIVE_FIRST = ("consumer", "unknown", "business")


def recipient_type(types: Iterable[str]) -> str:
    """Of a merged person: consumer beats unknown beats business; a strange one is unknown."""
    known = {each if each in RESTRICTIVE_FIRST else "unknown" for each in types}
    return next((each for each in RESTRICTIVE_FIRST if each in known), "unknown")
