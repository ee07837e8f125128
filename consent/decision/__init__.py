"""Whether somebody may be contacted: the one rule set, in plain Python without Django.

``decide(question, facts) -> Decision`` is the reference; everything else that answers the question
asks it. See ``docs/algorithms/kontakterlaubnis.md``.
"""

from consent.decision.decide import decide
from consent.decision.facts import Decision, Facts, Policy, Question

__all__ = ["Decision", "Facts", "Policy", "Question", "decide"]
