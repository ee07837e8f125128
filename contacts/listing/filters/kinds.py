"""What a filter is: a code, a word for people, how it is entered, and what it asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from contacts.listing.scope import ListName, Scope

Values = tuple[str, ...]
Text = str | Promise
BOTH = frozenset(ListName)
ONLY_PERSONS = frozenset({ListName.PERSONS})
ONLY_COMPANIES = frozenset({ListName.COMPANIES})


class Entry(StrEnum):
    """How values are given; ranges have exactly two values, one of which may be empty."""

    CHOICES = "choices"
    TEXT = "text"
    NUMBER = "number"
    DATE_RANGE = "date-range"
    NUMBER_RANGE = "number-range"


class Group(StrEnum):
    """Headings under which filters are offered, in this order."""

    BELONGING = "belonging"
    PLACE = "place"
    CHANNELS = "channels"
    CARE = "care"
    ORIGIN = "origin"
    CRITERIA = "criteria"

    @property
    def label(self) -> str:
        """The heading."""
        return {
            Group.BELONGING: _("Zuständigkeit"),
            Group.PLACE: _("Firma und Ort"),
            Group.CHANNELS: _("Kontaktwege"),
            Group.CARE: _("Pflege der Daten"),
            Group.ORIGIN: _("Herkunft"),
            Group.CRITERIA: _("Kriterien"),
        }[self]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen, and its word."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that a list can be narrowed down by.

    ``build`` turns checked values into a condition. ``sentence`` is the chip's text, with
    ``%(value)s`` for the values' words, joined by ``joiner`` (none: *oder*) and followed by
    ``unit``; a range is told by ``label`` and ``unit``.
    ``look_up`` knows values beyond the offered ``choices``; ``single`` takes one value only;
    filters that are not ``offered`` come from links.
    """

    code: str
    label: Text
    group: Group
    entry: Entry
    build: Callable[[Scope, Values], Q]
    sentence: Text = "%(value)s"
    joiner: Text = ""
    lists: frozenset[ListName] = BOTH
    choices: Callable[[Scope], list[Choice]] | None = None
    look_up: Callable[[Scope, str], Choice | None] | None = None
    single: bool = False
    offered: bool = True
    hint: Text = ""
    unit: str = ""


def choices_of(*, filter: Filter, scope: Scope) -> list[Choice]:
    """What can be chosen, read once per scope."""
    if filter.choices is None:
        return []
    key = f"choices of {filter.code}"
    if key not in scope.memory:
        scope.memory[key] = filter.choices(scope)
    found: list[Choice] = scope.memory[key]
    return found


def choice_of(*, filter: Filter, scope: Scope, value: str) -> Choice | None:
    """The choice with this value, or None if there is none."""
    for choice in choices_of(filter=filter, scope=scope):
        if choice.value == value:
            return choice
    return filter.look_up(scope, value) if filter.look_up else None
