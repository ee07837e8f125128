"""Look-ups of companies by name and words."""

from contacts.searching import words
from contacts.searching.lookups import LookUp, by_ranges, starting_with
from contacts.searching.lookups import by_words as look_up_words
from contacts.searching.query import Query
from contacts.searching.scopes import Scope

TABLE = "contacts_company"


def by_name(query: Query, *, scope: Scope, limit: int) -> LookUp | None:
    """Names that begin as typed."""
    conditions = [starting_with("sort_key", start) for start in query.variants]
    return by_ranges(
        "firm.name", table=TABLE, order="sort_key", conditions=conditions, scope=scope, limit=limit
    )


def by_whole_words(query: Query, *, scope: Scope) -> LookUp | None:
    """All words as they stand, in name or place."""
    question = words.finished(query)
    if not question:
        return None
    return look_up_words("firm.whole", table=TABLE, words=question, scope=scope)


def by_begun_words(query: Query, *, scope: Scope) -> LookUp | None:
    """Longer words, perhaps begun, anywhere; short ones where the name begins."""
    question, short = words.longer_ones(query)
    if not question:
        return None
    also = [starting_with("sort_key", word) for word in short]
    return look_up_words("firm.begun", table=TABLE, words=question, scope=scope, also=also)


def by_codes(query: Query, *, scope: Scope) -> LookUp | None:
    """Every word as it stands or by its sound."""
    if not query.sounds or not all(query.sounds):
        return None
    question = words.of_company_by_sound(query)
    return look_up_words("firm.codes", table=TABLE, words=question, scope=scope)
