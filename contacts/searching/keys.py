"""The search keys of one record, computed from plain data.

``search`` is a tsvector in text form. Its lexemes are loosely folded words, codes of sounds
(``~67`` a surname or a company's word, ``^068`` a given name) and the record's scope (``=o17``
owner, ``=t3`` team). Nobody can type the signs: :func:`loose` leaves letters and digits only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from contacts.matching import phonetics
from contacts.matching.normalise import fold, loose, sort_key
from contacts.matching.remembering import remembered

SURNAME_SOUND, GIVEN_SOUND, OWNER, TEAM = "~", "^", "=o", "=t"
_SORT_KEY, _GIVEN_KEY, _CODE, _COMPANY_CODE = 400, 200, 60, 100
_SHORTEST_SOUND = 2


@dataclass(frozen=True, slots=True)
class PersonKeys:
    """Values of the columns of the same names; lengths fit the columns."""

    sort_key: str
    given_key: str
    surname_code: str
    given_code: str
    search: str


@dataclass(frozen=True, slots=True)
class CompanyKeys:
    """Values of the columns of the same names; lengths fit the columns."""

    sort_key: str
    name_code: str
    search: str


def person_keys(
    *,
    surname: str,
    given_name: str,
    particle: str,
    owner_id: int | None,
    team_id: int | None,
    company_names: Iterable[str] = (),
    places: Iterable[str] = (),
) -> PersonKeys:
    """Keys of a person.

    ``company_names`` are those of all employments, ``places`` cities and postal codes, of the
    person and of the employers.
    """
    name = of_name(surname, given_name, particle)
    words = [word for text in (*company_names, *places) for word in _words(text)]
    return PersonKeys(
        sort_key=name.sort_key,
        given_key=name.given_key,
        surname_code=name.surname_code,
        given_code=name.given_code,
        search=_vector([*name.words, *words, *name.sounds, *_scope(owner_id, team_id)]),
    )


class NameKeys(NamedTuple):
    """What a person's name alone contributes to its keys."""

    sort_key: str
    given_key: str
    surname_code: str
    given_code: str
    words: tuple[str, ...]
    sounds: tuple[str, ...]


@remembered(1 << 13)
def of_name(surname: str, given_name: str, particle: str) -> NameKeys:
    """Keys of a name. An import asks for them ahead, and finds them remembered later."""
    words = [word for part in (surname, given_name, particle) for word in _words(part)]
    sounds = _sounds(SURNAME_SOUND, surname) + _sounds(GIVEN_SOUND, given_name)
    return NameKeys(
        sort_key=sort_key(surname=surname, given_name=given_name, particle=particle)[:_SORT_KEY],
        given_key=sort_key(surname=given_name, given_name=surname)[:_GIVEN_KEY],
        surname_code=_code(surname, _CODE),
        given_code=_code(given_name, _CODE),
        words=tuple(words),
        sounds=tuple(sounds),
    )


def company_keys(
    *,
    name: str,
    owner_id: int | None,
    team_id: int | None,
    places: Iterable[str] = (),
) -> CompanyKeys:
    """Keys of a company; ``places`` are cities and postal codes."""
    words = [word for text in (name, *places) for word in _words(text)]
    return CompanyKeys(
        sort_key=fold(name)[:_SORT_KEY],
        name_code=_code(name, _COMPANY_CODE),
        search=_vector(words + _sounds(SURNAME_SOUND, name) + _scope(owner_id, team_id)),
    )


def _words(text: str) -> list[str]:
    return loose(text).split()


def _code(text: str, length: int) -> str:
    return " ".join(phonetics.cologne_words(text))[:length]


def _sounds(sign: str, text: str) -> list[str]:
    codes = phonetics.cologne_words(text)
    return [sign + code for code in codes if len(code) >= _SHORTEST_SOUND]


def _scope(owner_id: int | None, team_id: int | None) -> list[str]:
    owner = [f"{OWNER}{owner_id}"] if owner_id else []
    return owner + ([f"{TEAM}{team_id}"] if team_id else [])


def _vector(lexemes: Iterable[str]) -> str:
    """Text that PostgreSQL reads as tsvector; each lexeme once, quoted."""
    return " ".join([f"'{lexeme}'" for lexeme in dict.fromkeys(lexemes)])
