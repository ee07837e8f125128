"""The records that a query means: visible to the user, meeting all conditions, in no order."""

from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from contacts.listing import filters
from contacts.listing.query import ListQuery
from contacts.listing.scope import Scope
from contacts.matching import phonetics
from contacts.matching.normalise import loose
from contacts.searching.keys import SURNAME_SOUND

_SHORTEST_SOUND = 2


def records(*, scope: Scope, query: ListQuery) -> QuerySet[Any]:
    """A query set of persons or companies; at most one query for each condition to build it."""
    return scope.visible().filter(condition_of(scope=scope, query=query))


def condition_of(*, scope: Scope, query: ListQuery) -> Q:
    """All conditions and words of the query as one; who may see what is not in it."""
    united = containing(query.text) if query.text else Q()
    for condition in query.conditions:
        filter = filters.find(scope=scope, code=condition.code)
        if filter is not None:
            united &= filter.build(scope, condition.values)
    return united


def containing(text: str) -> Q:
    """Each word begins a word of the name, the company or the place, or sounds like a name."""
    terms = [_term(word) for word in loose(text).split()]
    if not terms:
        return Q(pk__in=())
    raw = SearchQuery(" & ".join(terms), config="simple", search_type="raw")
    return Q(search=raw)


def _term(word: str) -> str:
    codes = [code for code in phonetics.cologne_words(word) if len(code) >= _SHORTEST_SOUND]
    alternatives = [f"'{word}':*", *(f"'{SURNAME_SOUND}{code}'" for code in codes)]
    return f"({' | '.join(alternatives)})"
