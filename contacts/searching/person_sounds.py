"""Look-ups of persons whose name sounds as typed but is spelt otherwise."""

from jellyfish import jaro_winkler_similarity

from contacts.searching import words
from contacts.searching.likeness import NEAR, spelt_otherwise
from contacts.searching.lookups import (
    Candidate,
    by_words,
    fetch,
    first_of_ranges,
    sounding_like,
    starting_with,
)
from contacts.searching.persons import TABLE, given_name_begins
from contacts.searching.query import Query
from contacts.searching.scopes import Scope

_RANK = 9
_SPELLINGS_SEEN, _SPELLINGS_TAKEN = 60, 6
_BOTH_NAMES = 500


def find(query: Query, *, scope: Scope, limit: int) -> list[Candidate]:
    """The most similar first; spellings take turns."""
    sounds = query.sounds
    if not any(sounds):
        return []
    found: list[Candidate] = []
    if len(sounds) == 1:
        found = _other_spellings(query, scope=scope, limit=limit)
    elif len(sounds) == 2:
        found = _one_name_by_sound(query, scope=scope)
    if len(found) < limit and (all(sounds) or len(sounds) > 2):
        question = words.of_person_by_sound(query)
        found += by_words(table=TABLE, words=question, scope=scope, rank=_RANK)
    return spelt_otherwise(found, query)


def _other_spellings(query: Query, *, scope: Scope, limit: int) -> list[Candidate]:
    """Some persons of each of the surnames that sound alike."""
    alike = _surnames_alike(query.phrase, query.sounds[0], typed=set(query.variants))
    return first_of_ranges(
        table=TABLE,
        order="sort_key",
        conditions=[starting_with("sort_key", f"{spelling}\t") for spelling in alike],
        scope=scope,
        limit=max(1, limit // max(1, len(alike))),
        rank=_RANK,
    )


def _surnames_alike(typed_name: str, code: str, *, typed: set[str]) -> list[str]:
    """Folded surnames of one code that are similar to what was typed, the nearest first.

    The index is skipped through from one surname to the next instead of read.
    """
    condition, values = sounding_like("surname_code", code)
    step = f"SELECT sort_key FROM {TABLE} WHERE {condition} "
    rows = fetch(
        "WITH RECURSIVE names(sort_key) AS ("
        f"({step} ORDER BY surname_code, sort_key LIMIT 1) UNION ALL "
        "SELECT following.sort_key FROM names, LATERAL ("
        f"SELECT sort_key FROM {TABLE} WHERE surname_code = %s AND "
        "sort_key > split_part(names.sort_key, E'\\t', 1) || E'\\n' "
        "ORDER BY sort_key LIMIT 1) AS following"
        f") SELECT split_part(sort_key, E'\\t', 1) FROM names LIMIT {_SPELLINGS_SEEN}",
        [*values, code],
    )
    names = {name for (name,) in rows} - typed
    near = sorted((-jaro_winkler_similarity(typed_name, name), name) for name in names)
    return [name for likeness, name in near if -likeness >= NEAR][:_SPELLINGS_TAKEN]


def _one_name_by_sound(query: Query, *, scope: Scope) -> list[Candidate]:
    """ "meyer joh": one word is the surname by its sound, the other a given name begun.

    Sound and names lie in one index, which answers this alone; whom the user may see is asked
    afterwards. Should that leave gaps because there were too many, the words' index fills them.
    """
    pairs = zip(query.sounds, reversed(query.words), strict=True)
    sought = [(sound, other) for sound, other in pairs if sound]
    named = [found for sound, other in sought for found in _from_the_index(sound, other)]
    seen = _within(scope, named)
    if len(seen) < len(named) >= _BOTH_NAMES:
        seen += [found for sound, other in sought for found in _by_words(sound, other, scope)]
    return seen


def _from_the_index(sound: str, other: str) -> list[Candidate]:
    condition, codes = sounding_like("surname_code", sound)
    rows = fetch(
        f"SELECT sort_key, id FROM {TABLE} "
        f"WHERE {condition} AND sort_key LIKE ANY(%s) LIMIT {_BOTH_NAMES}",
        [*codes, given_name_begins(other)],
    )
    return [Candidate(_RANK, key, pk) for key, pk in rows]


def _by_words(sound: str, other: str, scope: Scope) -> list[Candidate]:
    also = [("sort_key LIKE ANY(%s)", [given_name_begins(other)])]
    question = words.of_surname(sound)
    return by_words(table=TABLE, words=question, scope=scope, rank=_RANK, also=also)


def _within(scope: Scope, candidates: list[Candidate]) -> list[Candidate]:
    """Those that the user may see."""
    if not scope.lexemes or not candidates:
        return candidates
    condition, values = scope.either
    rows = fetch(
        f"SELECT id FROM {TABLE} WHERE id = ANY(%s) AND {condition}",
        [[found.pk for found in candidates], *values],
    )
    seen = {pk for (pk,) in rows}
    return [found for found in candidates if found.pk in seen]
