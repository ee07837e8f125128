"""tsqueries: every word as typed so far, or by its sound."""

from collections.abc import Sized

from contacts.searching.keys import GIVEN_SOUND, SURNAME_SOUND
from contacts.searching.query import Query

_LONG_ENOUGH = 4
_LONG_ENOUGH_ALONE = 3


def finished(query: Query) -> str:
    """All words as they stand; much cheaper to look up than unfinished ones."""
    return " & ".join(f"'{word}'" for word in query.words)


def longer_ones(query: Query) -> tuple[str, list[str]]:
    """The longer words, perhaps only begun, and the words too short for that.

    Beginnings of up to three letters (alone: two) stand for too many lexemes. Of three and more
    words only the last is taken for a beginning.
    """
    least = _LONG_ENOUGH if len(query.words) > 1 else _LONG_ENOUGH_ALONE
    long = [word for word in query.words if len(word) >= least]
    short = [word for word in query.words if len(word) < least]
    whole = long[:-1] if len(query.words) > 2 else []
    lexemes = [f"'{word}'" for word in whole] + [_begins(word) for word in long[len(whole) :]]
    return " & ".join(lexemes), short


def told(query: Query, whole: Sized) -> bool:
    """Whether the records that hold all words as a whole make looking for beginnings needless.

    Of several words that all stand in a record none was meant as a beginning.
    """
    return len(whole) > 0 and len(query.words) > 1


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


def _begins(word: str) -> str:
    """The word, perhaps only begun."""
    return f"'{word}':*"


def of_company_by_sound(query: Query) -> str:
    """Each word as typed or by its sound."""
    return " & ".join(
        _alike(word, sound, SURNAME_SOUND)
        for word, sound in zip(query.words, query.sounds, strict=True)
    )


def _both(surname: str, given_name: str) -> str:
    return f"('{SURNAME_SOUND}{surname}' & '{GIVEN_SOUND}{given_name}')"


def _either(lexemes: list[str]) -> str:
    return " | ".join(f"'{lexeme}'" for lexeme in lexemes)


def _alike(word: str, sound: str, *signs: str) -> str:
    sounds = [sign + sound for sign in signs] if sound else []
    return f"({_either([word, *sounds])})"
