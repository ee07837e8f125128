"""Look-ups of persons as typed: by name, by given name, by words around the name."""

from contacts.matching.normalise import fold, loose, spellings
from contacts.searching import words
from contacts.searching.lookups import (
    Condition,
    LookUp,
    by_ranges,
    by_words,
    literal,
    starting_with,
)
from contacts.searching.query import Query
from contacts.searching.scopes import Scope

TABLE = "contacts_person"
_SPELLINGS = 2


def by_name(query: Query, *, scope: Scope, limit: int) -> LookUp | None:
    """Names that begin as typed, in either order, each of two words perhaps unfinished."""
    conditions = [starting_with("sort_key", start) for start in query.variants]
    typed = query.phrase.split()
    if len(typed) == 2:
        conditions += _two_names(*typed) + _two_names(*reversed(typed))
    for at in range(1, len(typed)) if len(typed) > 2 else ():
        left, right = " ".join(typed[:at]), " ".join(typed[at:])
        conditions += [starting_with("sort_key", f"{left}\t{right}")]
        conditions += [starting_with("sort_key", f"{right}\t{left}")]
    return by_ranges(
        "name", table=TABLE, order="sort_key", conditions=conditions, scope=scope, limit=limit
    )


def by_given_name(query: Query, *, scope: Scope, limit: int) -> LookUp | None:
    """Given names that begin as typed."""
    conditions = [starting_with("given_key", start) for start in query.variants]
    return by_ranges(
        "given", table=TABLE, order="given_key", conditions=conditions, scope=scope, limit=limit
    )


def by_whole_words(query: Query, *, scope: Scope) -> LookUp | None:
    """All words as they stand, in names, companies or places."""
    question = words.finished(query)
    return by_words("whole", table=TABLE, words=question, scope=scope) if question else None


def by_begun_words(query: Query, *, scope: Scope) -> LookUp | None:
    """Longer words, perhaps begun, anywhere; short ones where surname or given name begin."""
    question, short = words.longer_ones(query)
    if not question:
        return None
    also = [_name_begins(word) for word in short]
    return by_words("begun", table=TABLE, words=question, scope=scope, also=also)


def given_name_begins(word: str) -> list[str]:
    """LIKE patterns for the part of a sort key behind its tab."""
    return [f"%\t{literal(spelt)}%" for spelt in dict.fromkeys([fold(word), loose(word)])]


def _two_names(surname: str, given_name: str) -> list[Condition]:
    """Answered by the index alone: the sort key holds both."""
    patterns = given_name_begins(given_name)
    return [
        (f"{condition} AND sort_key LIKE ANY(%s)", [*values, patterns])
        for condition, values in (
            starting_with("sort_key", spelt) for spelt in spellings(surname)[:_SPELLINGS]
        )
    ]


def _name_begins(word: str) -> Condition:
    surname, values = starting_with("sort_key", word)
    given_name, more = starting_with("given_key", word)
    return f"(({surname}) OR ({given_name}))", (*values, *more)
