"""``wv 14 Müller`` in the palette: a follow-up in 14 days, with whoever is called Müller."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from contacts.search import Results
from contacts.searching.hits import Hit
from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.kernel import clock
from crm.ui import formats
from crm.ui.screens.search.offers import Offer
from history.activities import due, phrases

WORDS = ("wv", "wiedervorlage")


@dataclass(frozen=True, slots=True)
class Wish:
    """``phrase`` says when, ``day`` the same as a day; ``name`` says with whom."""

    phrase: str
    day: str
    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of those it may be about, and the address of the form."""

    label: str
    icon: str
    url: str


def of(*, user: User, text: str) -> Wish | None:
    """What is wished; None if the text is something else, or the user plans nothing."""
    word, _gap, rest = text.strip().partition(" ")
    if word.casefold() not in WORDS or Permission.HISTORY_RECORD not in user.access.permissions:
        return None
    words = rest.split()
    now = clock.now()
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        try:
            meant = due.parsed(phrase, at=now)
        except phrases.Unreadable:
            continue
        day = formats.day_of_week(meant.at)
        told = f"{day}, {formats.hour(meant.at)}" if meant.has_time else day
        return Wish(phrase, told, " ".join(words[count:]))
    return None


def choices(*, wish: Wish, results: Results) -> list[Choice]:
    """Whom it may be about, and nobody: each with the form that has everything in it."""
    found = [_choice(wish, "person", hit) for hit in results.persons]
    found += [_choice(wish, "company", hit) for hit in results.companies]
    if found and wish.name:
        return found
    label = _("Wiedervorlage ohne Ansprechpartner") if not wish.name else wish.name
    return [*found, Choice(label, "followup", _address(wish, betreff=wish.name))]


def offer(*, wish: Wish, choice: Choice) -> Offer:
    """The same as a button of the page, which says what it does."""
    label = _("Wiedervorlage am %(day)s") % {"day": wish.day}
    return Offer(f"{label}: {choice.label}", "followup", choice.url)


def _choice(wish: Wish, field: str, hit: Hit) -> Choice:
    return Choice(hit.name, field, _address(wish, **{field: str(hit.public_id)}))


def _address(wish: Wish, **values: str) -> str:
    return f"{reverse('activity-new')}?{urlencode({'wann': wish.phrase, **values})}"
