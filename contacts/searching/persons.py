"""Look-ups of persons by name, best first; each stops at its limit."""

from contacts.matching.normalise import fold, loose, spellings
from contacts.searching import words
from contacts.searching.likeness import best_named_first
from contacts.searching.lookups import (
    Candidate,
    Condition,
    by_words,
    first_of_ranges,
    literal,
    starting_with,
)
from contacts.searching.query import Query
from contacts.searching.scopes import Scope

TABLE = "contacts_person"
BY_NAME, BY_GIVEN_NAME, BY_WORDS = range(3)
_SPELLINGS_TYPED = 2


def as_typed(query: Query, *, scope: Scope, limit: int) -> list[Candidate]:
    """Persons whose name begins as typed; then those with such words around the name."""
    found = _by_name(query, scope=scope, limit=limit)
    if len(found) < limit:
        found += _by_given_name(query, scope=scope, limit=limit)
    if len(found) < limit:
        found += best_named_first(_by_words(query, scope=scope, limit=limit), query)
    return found


def _by_words(query: Query, *, scope: Scope, limit: int) -> list[Candidate]:
    """Whole words, then words begun: longer ones anywhere, short ones where a name begins."""
    whole = by_words(table=TABLE, words=words.finished(query), scope=scope, rank=BY_WORDS)
    question, short = words.longer_ones(query)
    if not question or words.enough(query, whole, limit=limit):
        return whole
    conditions = [_name_begins(word) for word in short]
    begun = by_words(table=TABLE, words=question, scope=scope, rank=BY_WORDS, also=conditions)
    return whole + begun


def _name_begins(word: str) -> Condition:
    surname, values = starting_with("sort_key", word)
    given_name, more = starting_with("given_key", word)
    return f"(({surname}) OR ({given_name}))", (*values, *more)


def _by_name(query: Query, *, scope: Scope, limit: int) -> list[Candidate]:
    conditions = [starting_with("sort_key", start) for start in query.variants]
    typed = query.phrase.split()
    if len(typed) == 2:
        conditions += _two_names(*typed) + _two_names(*reversed(typed))
    for at in range(1, len(typed)) if len(typed) > 2 else ():
        left, right = " ".join(typed[:at]), " ".join(typed[at:])
        conditions += [starting_with("sort_key", f"{left}\t{right}")]
        conditions += [starting_with("sort_key", f"{right}\t{left}")]
    return first_of_ranges(
        table=TABLE, order="sort_key", conditions=conditions, scope=scope, limit=limit, rank=BY_NAME
    )[:limit]


def _two_names(surname: str, given_name: str) -> list[Condition]:
    """Surname and given name both perhaps unfinished, answered by the index alone."""
    patterns = given_name_begins(given_name)
    return [
        (f"{condition} AND sort_key LIKE ANY(%s)", [*values, patterns])
        for condition, values in (
            starting_with("sort_key", spelt) for spelt in spellings(surname)[:_SPELLINGS_TYPED]
        )
    ]


def given_name_begins(word: str) -> list[str]:
    """Patterns for the part of a sort key behind its tab."""
    return [f"%\t{literal(spelt)}%" for spelt in dict.fromkeys([fold(word), loose(word)])]


def _by_given_name(query: Query, *, scope: Scope, limit: int) -> list[Candidate]:
    return first_of_ranges(
        table=TABLE,
        order="given_key",
        conditions=[starting_with("given_key", start) for start in query.variants],
        scope=scope,
        limit=limit,
        rank=BY_GIVEN_NAME,
    )[:limit]
