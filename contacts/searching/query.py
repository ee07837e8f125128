"""What somebody typed, taken apart once for all look-ups."""

import re
from dataclasses import dataclass
from typing import Literal

from contacts.matching import phonetics
from contacts.matching.normalise import fold, loose, spellings
from contacts.matching.normalise.legal_forms import canonical as legal_form
from contacts.matching.normalise.titles import salutation_before_name, title_word

Kind = Literal["", "person", "company"]
SHORTEST, LONGEST = 2, 120
_VARIANTS = 4
_SIGNS: dict[str, Kind] = {"@": "person", "#": "company"}
_NUMBER = re.compile(r"\+?[\d\s()/.\-–]+")
_NUMBER_WITH_LETTERS = re.compile(r"(?=\S*\d)[\w./-]{3,}")
_MAILBOX = re.compile(r"[^\s@]*@[^\s@]*|[\w-]+(?:\.[\w-]+)+")
_SHORTEST_NUMBER, _SHORTEST_SOUND, _SHORTEST_SOUNDING_WORD = 3, 2, 3


@dataclass(frozen=True, slots=True)
class Query:
    """``kind`` restricts to persons or companies; ``text`` is what was typed without its sign.

    ``words`` are loosely folded, without salutation, titles and legal forms; ``phrase`` is the
    folded whole of the same words, ``variants`` its spellings.
    """

    kind: Kind
    text: str
    words: tuple[str, ...]
    phrase: str
    variants: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether too little was typed to look for anything."""
        return sum(sign.isalnum() for sign in self.text) < SHORTEST

    @property
    def digits(self) -> str:
        """Digits of a number, a leading plus kept; "" if the text is no number."""
        if not _NUMBER.fullmatch(self.text):
            return ""
        digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", self.text))
        plus = "+" if self.text.startswith("+") else ""
        return plus + digits if len(digits) >= _SHORTEST_NUMBER else ""

    @property
    def number(self) -> str:
        """The text as a number of another system ("K-10023"), or ""."""
        return self.text if _NUMBER_WITH_LETTERS.fullmatch(self.text) else ""

    @property
    def mailbox(self) -> str:
        """The text as (the beginning or the domain of) an e-mail address, or ""."""
        return self.text.lower() if _MAILBOX.fullmatch(self.text) else ""

    @property
    def is_exact(self) -> bool:
        """Whether a number or an address was typed: if it finds somebody, names need not."""
        return bool(self.digits or self.mailbox)

    @property
    def sounds(self) -> tuple[str, ...]:
        """The code of each word; "" for words too short to be told by their sound."""
        return tuple(_sound(word) for word in self.words)


def parse(text: str) -> Query:
    """Take apart; more than 120 signs are cut, nobody is called that."""
    text = " ".join(text.split())[:LONGEST]
    kind = _SIGNS.get(text[:1], "")
    if kind and not (kind == "person" and _MAILBOX.fullmatch(text) and "." in text):
        text = text[1:].strip()
    else:
        kind = ""
    meant = _names_only(text.split())
    phrase = fold(" ".join(meant))
    return Query(
        kind=kind,
        text=text,
        words=tuple(loose(" ".join(meant)).split()),
        phrase=phrase,
        variants=spellings(" ".join(meant))[: _VARIANTS if len(meant) == 1 else 2]
        if phrase
        else (),
    )


def _names_only(typed: list[str]) -> list[str]:
    """Without "Herr", "Dr.", "GmbH", as long as something else remains."""
    kept = [word for word in typed if not _decorates(word.rstrip(","))]
    return kept or typed


def _decorates(word: str) -> bool:
    return bool(salutation_before_name(word) or title_word(word) or legal_form(word))


def _sound(word: str) -> str:
    code = phonetics.cologne(word)
    long_enough = len(word) >= _SHORTEST_SOUNDING_WORD and len(code) >= _SHORTEST_SOUND
    return code if long_enough else ""
