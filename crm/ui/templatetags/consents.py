"""``{% load consents %}``: permissions and declarations in words."""

from typing import Any

from django.template import Library
from django.utils.translation import get_language, gettext_lazy

from consent import histories
from consent.decision import Decision, words
from consent.decision.codes import Outcome
from consent.decision.words import Explanation
from consent.lights import Way
from consent.models import EventKind, LedgerEvent

register = Library()
WORDS = {
    "yes": gettext_lazy("Erlaubt"),
    "if": gettext_lazy("Mit Auflage"),
    "no": gettext_lazy("Nicht erlaubt"),
    "ask": gettext_lazy("Nicht gefragt"),
    "check": gettext_lazy("Prüfen"),
}
"""What the states of a light are called."""
VERDICTS = {
    Outcome.ALLOW: "yes",
    Outcome.ALLOW_IF: "if",
    Outcome.REVIEW: "check",
    Outcome.DENY: "no",
}
ICONS = {
    EventKind.USED: "out",
    EventKind.TEXT_PUBLISHED: "note",
    EventKind.ERASED: "trash",
    EventKind.MERGED: "merge",
    EventKind.UNMERGED: "merge",
}


@register.filter
def way_of(ways: dict[int, Way] | None, point: int | None) -> Way | None:
    """What may be done over a contact point; None where nobody asks."""
    return ways.get(point) if ways and point else None


@register.filter
def state_word(state: str) -> str:
    """``Erlaubt``, ``Nicht gefragt`` …"""
    return str(WORDS[state])


@register.filter
def explained(decision: Decision) -> Explanation:
    """The answer in the language of the page."""
    return words.explain(decision, get_language() or "de")


@register.filter
def verdict_state(decision: Decision) -> str:
    """The light of an answer, without asking whether anybody was asked."""
    return VERDICTS[decision.outcome]


@register.filter
def event_title(event: LedgerEvent) -> str:
    """What an event of the ledger was."""
    return histories.title_of(event)


@register.filter
def event_icon(entry: Any) -> str:
    """The sign of an event of the ledger that has no light."""
    return ICONS.get(entry.kind, "ledger")
