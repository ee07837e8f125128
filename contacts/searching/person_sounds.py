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

_SPELLINGS_SEEN, _SPELLINGS_MOST, _SPELLINGS_SHOWN = 60, 6, 4
# the first surname of a sound, then from each to the next; an id for those of five persons
_SURNAMES = f"""
    WITH RECURSIVE names(key, surname) AS (
        (
            SELECT sort_key, split_part(sort_key, E'\\t', 1) FROM {TABLE}
            WHERE surname_code >= %s AND surname_code < %s
            ORDER BY surname_code, sort_key LIMIT 1
        )
        UNION ALL
        SELECT following.sort_key, split_part(following.sort_key, E'\\t', 1)
        FROM names, LATERAL (
            SELECT sort_key FROM {TABLE}
            WHERE surname_code = %s AND sort_key > names.surname || E'\\n'
            ORDER BY sort_key LIMIT 1
        ) AS following
    )
    SELECT surname, coalesce(fifth.id, 0), ''
    FROM (SELECT key, surname FROM names LIMIT {_SPELLINGS_SEEN}) AS seen
    LEFT JOIN LATERAL (
        SELECT id FROM {TABLE}
        WHERE surname_code = %s AND sort_key > seen.key AND sort_key < seen.surname || E'\\n'
        ORDER BY sort_key OFFSET 3 LIMIT 1
    ) AS fifth ON TRUE
"""
_PAIRS_SEEN = 2000


def surnames(query: Query) -> LookUp | None:
    """For one word: the folded surnames of its sound, as keys; common ones have an id.

    The index is skipped through from one surname to the next instead of read. Surnames of
    fewer than five persons are often slips of the pen; common spellings come before them.
    """
    if len(query.words) != 1 or not query.sounds[0]:
        return None
    code = query.sounds[0]
    return LookUp("surnames", _SURNAMES, [code, f"{code}!", code, code])


def by_spellings(
    query: Query, found: Iterable[Candidate], *, scope: Scope, limit: int
) -> LookUp | None:
    """Some persons of the nearest of the ``found`` surnames, of common ones before rare ones."""
    near = sorted(
        (not candidate.pk, -jaro_winkler_similarity(query.phrase, candidate.key), candidate.key)
        for candidate in found
        if candidate.key not in query.variants
    )
    alike = [(rare, name) for rare, likeness, name in near if -likeness >= NEAR]
    common = sum(not rare for rare, _name in alike)
    taken = [name for _rare, name in alike[: min(max(common, _SPELLINGS_SHOWN), _SPELLINGS_MOST)]]
    return by_ranges(
        "spelt",
        table=TABLE,
        order="sort_key",
        conditions=[starting_with("sort_key", f"{name}\t") for name in taken],
        scope=scope,
        limit=max(2, limit // max(1, len(taken))),
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
