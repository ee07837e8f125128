"""tsqueries: every word as typed so far, or by its sound."""

from contacts.searching.keys import GIVEN_SOUND, SURNAME_SOUND
from contacts.searching.query import Query

_LONG_ENOUGH = 4
_LONG_ENOUGH_ALONE = 3


def finished(query: Query) -> str:
    """All words as they stand; much cheaper to look up than unfinished ones."""
    return " & ".join(f"'{word}'" for word in query.words)


def longer_ones(query: Query) -> tuple[str, list[str]]:
    """The longer words, each perhaps only begun, and the words too short for that.

    Beginnings of up to three letters (alone: two) stand for too many lexemes.
    """
    enough = _LONG_ENOUGH if len(query.words) > 1 else _LONG_ENOUGH_ALONE
    long = [word for word in query.words if len(word) >= enough]
    short = [word for word in query.words if len(word) < enough]
    return " & ".join(_begins(word) for word in long), short


def of_person_by_sound(query: Query) -> str:
    """Each word as surname or given name of that sound, at least one of them a surname."""
    if len(query.words) == 1:
        return _either([f"{sign}{query.sounds[0]}" for sign in (SURNAME_SOUND, GIVEN_SOUND)])
    if len(query.words) == 2:
        one, other = query.sounds
        return f"{_both(one, other)} | {_both(other, one)}"
    return " & ".join(
        _alike(word, sound, SURNAME_SOUND, GIVEN_SOUND)
        for word, sound in zip(query.words, query.sounds, strict=True)
    )


def of_surname_by_sound(query: Query) -> str:
    """Of two words one as surname by its sound, the other as typed so far."""
    pairs = zip(query.sounds, reversed(query.words), strict=True)
    return " | ".join(
        f"('{SURNAME_SOUND}{sound}' & {_begins(other)})" for sound, other in pairs if sound
    )


def of_company_by_sound(query: Query) -> str:
    """Each word as typed or by its sound."""
    return " & ".join(
        _alike(word, sound, SURNAME_SOUND)
        for word, sound in zip(query.words, query.sounds, strict=True)
    )


def _begins(word: str) -> str:
    return f"'{word}':*"


def _both(surname: str, given_name: str) -> str:
    return f"('{SURNAME_SOUND}{surname}' & '{GIVEN_SOUND}{given_name}')"


def _either(lexemes: list[str]) -> str:
    return " | ".join(f"'{lexeme}'" for lexeme in lexemes)


def _alike(word: str, sound: str, *signs: str) -> str:
    if not sound:
        return _begins(word)
    return f"({_begins(word)} | {_either([sign + sound for sign in signs])})"
