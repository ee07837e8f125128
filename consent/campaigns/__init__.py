"""Campaigns: choose persons, a channel and a purpose, see who may be contacted and why others may
not, take out those who may.

``create``, ``remove``; ``check`` asks the gate about everybody; ``export`` asks it again and
writes the file.
"""

from consent.campaigns.checking import check, is_being_checked, request_check
from consent.campaigns.exporting import MOST_AT_ONCE, TooMany, export
from consent.campaigns.keeping import campaign_for, create, query_of, remove, scope_of, visible_to
from consent.campaigns.result import Reason, Result

__all__ = [
    "MOST_AT_ONCE",
    "Reason",
    "Result",
    "TooMany",
    "campaign_for",
    "check",
    "create",
    "export",
    "is_being_checked",
    "query_of",
    "remove",
    "request_check",
    "scope_of",
    "visible_to",
]
