"""The one spelling of a JSON value (RFC 8785) that hashes are made of.

Allowed: text, whole numbers below 2^53 in size, true, false, null, lists and objects. The
definition lives in ``verifier``, which has to travel alone.
"""

from consent.ledger.verifier import NotCanonical
from consent.ledger.verifier import canonical as encode

__all__ = ["NotCanonical", "encode"]
