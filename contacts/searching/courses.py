"""The course of a search, for persons and for companies; each step only if places are left."""

from contacts.searching import companies, numbers, person_sounds, persons, words
from contacts.searching.likeness import best_named_first, spelt_otherwise
from contacts.searching.query import Query
from contacts.searching.scopes import Scope
from contacts.searching.stages import Answer, Course, Found


def of_persons(query: Query, *, scope: Scope, places: int) -> Course:
    """Numbers; then names and sounds by the ordered indexes; then words; then words begun."""
    found, limit = Found(), places + 1  # one more, to know whether there is more
    if not places:
        return found
    answer = yield numbers.of_persons(query, scope=scope, limit=limit)
    found.direct += answer[numbers.PERSON]
    if _is_answered(query, answer):
        return found
    answer = yield [
        persons.by_name(query, scope=scope, limit=limit),
        persons.by_given_name(query, scope=scope, limit=limit),
        person_sounds.surnames(query),
        *person_sounds.pairs(query, scope=scope),
    ]
    found.direct += answer["name"] + answer["given"]
    sounding = answer["pair"]
    full = len(found.direct) >= limit
    answer = yield [
        None if full else persons.by_whole_words(query, scope=scope),
        person_sounds.by_spellings(query, answer["surnames"], scope=scope, limit=limit),
    ]
    found.direct += best_named_first(answer["whole"], query)
    sounding += answer["spelt"]
    full = len(found.direct) >= limit or words.told(query, answer["whole"])
    answer = yield [
        None if full else persons.by_begun_words(query, scope=scope),
        person_sounds.by_codes(query, scope=scope) if len(sounding) < limit else None,
    ]
    found.direct += best_named_first(answer["begun"], query)
    found.alike += spelt_otherwise(sounding + answer["codes"], query)
    return found


def of_companies(query: Query, *, scope: Scope, places: int) -> Course:
    """The same without given names."""
    found, limit = Found(), places + 1  # one more, to know whether there is more
    if not places:
        return found
    answer = yield numbers.of_companies(query, scope=scope, limit=limit)
    found.direct += answer[numbers.COMPANY]
    if _is_answered(query, answer):
        return found
    answer = yield [companies.by_name(query, scope=scope, limit=limit)]
    found.direct += answer["firm.name"]
    full = len(found.direct) >= limit
    answer = yield [
        None if full else companies.by_whole_words(query, scope=scope),
        companies.by_codes(query, scope=scope),
    ]
    found.direct += best_named_first(answer["firm.whole"], query)
    found.alike += spelt_otherwise(answer["firm.codes"], query)
    if len(found.direct) < limit and not words.told(query, answer["firm.whole"]):
        answer = yield [companies.by_begun_words(query, scope=scope)]
        found.direct += best_named_first(answer["firm.begun"], query)
    return found


def _is_answered(query: Query, answer: Answer) -> bool:
    """Whether a number or an address found somebody, so that names need not be looked up."""
    found = answer[numbers.PERSON] or answer[numbers.COMPANY]
    return not query.words or (query.is_exact and bool(found))
