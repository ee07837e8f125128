"""Conditions in words: the text of a chip, the sentence in an audit row."""

from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from contacts.listing import filters
from contacts.listing.filters import Entry, Filter
from contacts.listing.query import Condition, ListQuery
from contacts.listing.scope import Scope


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition: ``text`` is ``Ort beginnt mit Berlin oder Potsdam``."""

    code: str
    text: str


def chips(*, scope: Scope, query: ListQuery) -> list[Chip]:
    """The conditions of a query in words, in their order."""
    return [Chip(c.code, told(scope=scope, condition=c)) for c in query.conditions]


def told(*, scope: Scope, condition: Condition) -> str:
    """One condition in words."""
    filter = filters.find(scope=scope, code=condition.code)
    if filter is None:
        return condition.code
    if filter.entry in (Entry.DATE_RANGE, Entry.NUMBER_RANGE):
        return _range(filter, *condition.values)
    words = [_word(scope, filter, value) for value in condition.values]
    joiner = filter.joiner or _("oder")
    return str(filter.sentence) % {"value": f" {joiner} ".join(words) + filter.unit}


def _word(scope: Scope, filter: Filter, value: str) -> str:
    choice = filters.choice_of(filter=filter, scope=scope, value=value)
    return choice.label if choice else value


def _range(filter: Filter, first: str, last: str) -> str:
    ends = {"subject": filter.label, "first": _end(filter, first), "last": _end(filter, last)}
    if first and last:
        pattern = _("%(subject)s %(first)s bis %(last)s")
    else:
        pattern = _("%(subject)s ab %(first)s") if first else _("%(subject)s bis %(last)s")
    return pattern % ends + filter.unit


def _end(filter: Filter, value: str) -> str:
    if filter.entry is Entry.DATE_RANGE and value:
        return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    return value.replace(".", formats.get_format("DECIMAL_SEPARATOR"))
