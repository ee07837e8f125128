"""What purposes, items and languages of notices are called on the screens."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from consent.notices.rules import facts, wording

PURPOSES = frozenset(facts.PURPOSES)
LANGUAGES = {"de": "Deutsch", "en": "English", "plain": _("einfache Sprache")}


def language() -> str:
    """That of the screen, as notices know it."""
    return "en" if get_language() == "en" else "de"


def purpose(code: str) -> str:
    """What a purpose is called."""
    return wording.purpose(code, language())


def item(code: str) -> str:
    """What an item is called."""
    return wording.title(code, language())


def reason(code: str) -> str:
    """Why an item does not apply."""
    return wording.reason(code, language())
