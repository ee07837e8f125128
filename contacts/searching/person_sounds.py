"""Look-ups of persons whose name sounds as typed but is spelt otherwise."""

from collections.abc import Iterable

from jellyfish import jaro_winkler_similarity

from contacts.searching import words
from contacts.searching.likeness import NEAR
from contacts.searching.lookups import (
    Candidate,
    LookUp,
    by_ranges,
    by_words,
    sounding_like,
    starting_with,
)
from contacts.searching.persons import TABLE, given_name_begins
from contacts.searching.query import Query
from contacts.searching.scopes import Scope

_SPELLINGS_SEEN, _SPELLINGS_TAKEN = 60, 6
_PAIRS_SEEN = 2000


def surnames(query: Query) -> LookUp | None:
    """For one word: the folded surnames of its sound, as keys without ids.

    The index is skipped through from one surname to the next instead of read.
    """
    if len(query.words) != 1 or not query.sounds[0]:
        return None
    code = query.sounds[0]
    condition, values = sounding_like("surname_code", code)
    statement = (
        "WITH RECURSIVE names(key) AS ("
        f"(SELECT sort_key FROM {TABLE} WHERE {condition} "
        "ORDER BY surname_code, sort_key LIMIT 1) UNION ALL "
        "SELECT following.sort_key FROM names, LATERAL ("
        f"SELECT sort_key FROM {TABLE} WHERE surname_code = %s AND "
        "sort_key > split_part(names.key, E'\\t', 1) || E'\\n' "
        "ORDER BY sort_key LIMIT 1) AS following"
        f") SELECT split_part(key, E'\\t', 1), 0::bigint, '' FROM names LIMIT {_SPELLINGS_SEEN}"
    )
    return LookUp("surnames", statement, [*values, code])


def by_spellings(
    query: Query, found: Iterable[Candidate], *, scope: Scope, limit: int
) -> LookUp | None:
    """Some persons of each of the nearest of the ``found`` surnames."""
    names = {candidate.key for candidate in found} - set(query.variants)
    near = sorted((-jaro_winkler_similarity(query.phrase, name), name) for name in names)
    alike = [name for likeness, name in near if -likeness >= NEAR][:_SPELLINGS_TAKEN]
    return by_ranges(
        "spelt",
        table=TABLE,
        order="sort_key",
        conditions=[starting_with("sort_key", f"{name}\t") for name in alike],
        scope=scope,
        limit=max(1, limit // max(1, len(alike))),
    )


def pairs(query: Query, *, scope: Scope) -> list[LookUp]:
    """For two words, "meyer joh": one is the surname by its sound, the other a given name begun.

    Sound and names lie in one index, which answers this alone; whom the user may see is asked
    about the first 2,000.
    """
    if len(query.words) != 2:
        return []
    sought = zip(query.sounds, reversed(query.words), strict=True)
    return [_pair(sound, other, scope=scope) for sound, other in sought if sound]


def by_codes(query: Query, *, scope: Scope) -> LookUp | None:
    """Every word by its sound, parts of double names and given names included."""
    if not any(query.sounds) or (len(query.words) == 2 and not all(query.sounds)):
        return None
    return by_words("codes", table=TABLE, words=words.of_person_by_sound(query), scope=scope)


def _pair(sound: str, other: str, *, scope: Scope) -> LookUp:
    condition, codes = sounding_like("surname_code", sound)
    narrowed, more = scope.either
    statement = (
        f"WITH named AS MATERIALIZED (SELECT id FROM {TABLE} "
        f"WHERE {condition} AND sort_key LIKE ANY(%s) LIMIT {_PAIRS_SEEN}) "
        f"SELECT sort_key, id, '' FROM {TABLE} WHERE id IN (SELECT id FROM named) AND {narrowed}"
    )
    return LookUp("pair", statement, [*codes, given_name_begins(other), *more])
