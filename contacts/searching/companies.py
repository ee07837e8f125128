"""Look-ups of companies by name, best first."""

from contacts.searching import words
from contacts.searching.likeness import best_named_first, spelt_otherwise
from contacts.searching.lookups import Candidate, by_words, first_of_ranges, starting_with
from contacts.searching.query import Query
from contacts.searching.scopes import Scope

TABLE = "contacts_company"
BY_NAME, BY_WORDS, BY_SOUND = range(3)


def as_typed(query: Query, *, scope: Scope, limit: int) -> list[Candidate]:
    """Companies whose name begins as typed; then those with such words in name or place."""
    found = first_of_ranges(
        table=TABLE,
        order="sort_key",
        conditions=[starting_with("sort_key", start) for start in query.variants],
        scope=scope,
        limit=limit,
        rank=BY_NAME,
    )[:limit]
    for look_up in (_by_finished_words, _by_words):
        if len(found) < limit:
            found += best_named_first(look_up(query, scope=scope), query)
    return found


def by_sound(query: Query, *, scope: Scope) -> list[Candidate]:
    """Companies with words that sound as typed but are spelt otherwise."""
    if not query.sounds or not all(query.sounds):
        return []
    question = words.of_company_by_sound(query)
    found = by_words(table=TABLE, words=question, scope=scope, rank=BY_SOUND)
    return spelt_otherwise(found, query)


def _by_finished_words(query: Query, *, scope: Scope) -> list[Candidate]:
    return by_words(table=TABLE, words=words.finished(query), scope=scope, rank=BY_WORDS)


def _by_words(query: Query, *, scope: Scope) -> list[Candidate]:
    """Longer words anywhere, short ones at the beginning of the name."""
    question, short = words.longer_ones(query)
    if not question:
        return []
    conditions = [starting_with("sort_key", word) for word in short]
    return by_words(table=TABLE, words=question, scope=scope, rank=BY_WORDS, also=conditions)
