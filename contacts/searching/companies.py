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
    if len(found) < limit:
        found += best_named_first(_by_words(query, scope=scope, limit=limit), query)
    return found


def by_sound(query: Query, *, scope: Scope) -> list[Candidate]:
    """Companies with words that sound as typed but are spelt otherwise."""
    if not query.sounds or not all(query.sounds):
        return []
    question = words.of_company_by_sound(query)
    found = by_words(table=TABLE, words=question, scope=scope, rank=BY_SOUND)
    return spelt_otherwise(found, query)


def _by_words(query: Query, *, scope: Scope, limit: int) -> list[Candidate]:
    """Whole words, then words begun: longer ones anywhere, short ones where the name begins."""
    whole = by_words(table=TABLE, words=words.finished(query), scope=scope, rank=BY_WORDS)
    question, short = words.longer_ones(query)
    if not question or words.enough(query, whole, limit=limit):
        return whole
    conditions = [starting_with("sort_key", word) for word in short]
    begun = by_words(table=TABLE, words=question, scope=scope, rank=BY_WORDS, also=conditions)
    return whole + begun
