"""Names of persons: one field taken apart, or separate fields put in order."""

import re
from dataclasses import dataclass
from functools import lru_cache

from contacts.matching.normalise import particles, titles
from contacts.matching.normalise.name_case import is_shouted, unshouted
from contacts.matching.normalise.unreadable import Unreadable, cleaned
from contacts.matching.normalise.unreadable import gettext_noop as _

_SEVERAL = re.compile(
    r"^(familie|fam\.|eheleute|ehepaar)\s|\bherr(n)?\s+(und|u\.|&)\s+frau\b"
    r"|\bfrau\s+(und|u\.|&)\s+herrn?\b",
    re.IGNORECASE,
)
_BEHIND_SURNAME = {"jun", "jr", "sen", "sr", "junior", "senior", "ii", "iii", "iv", "d. ä", "d. j"}
_LETTER = re.compile(r"[^\W\d_]")
_LOOSE_HYPHEN = re.compile(r"(?<=\w)\s*[-‐‑‒–]\s*(?=\w)")
_BORN = re.compile(r"\s+(geb|geborene|geborener)\b\.?\s+.+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A person's name in its parts; each may be empty, not all of them.

    ``salutation`` Herr, Frau, divers or ""; ``title`` in canonical spelling, those that stand
    behind the name included; ``particle`` "von der"; ``surname`` without the particle.
    """

    salutation: str = ""
    title: str = ""
    given_name: str = ""
    particle: str = ""
    surname: str = ""

    @property
    def full_name(self) -> str:
        """All parts in the order of speech: "Frau Dr. Anna von der Heide"."""
        parts = (self.salutation, self.title, self.given_name, self.particle, self.surname)
        return " ".join([part for part in parts if part])


@lru_cache(maxsize=1 << 14)
def person_name(text: str) -> NameParts:
    """Split a name as people write it, "Maier, Dr. Johannes" and "FRAU ANNA MAIER" included.

    Raises :class:`Unreadable` ``name-empty``, ``name-not-a-name`` (no letter, an e-mail
    address), ``name-several-persons`` ("Herr und Frau Maier").
    """
    name = _LOOSE_HYPHEN.sub("-", cleaned(text))
    _refuse_no_name(name)
    written = titles.titles_apart(name)
    salutation, title, rest = _peel(written)
    comma, given_first = _around_comma(rest)
    parts = _from_comma(*comma) if comma else _from_order(given_first)
    return NameParts(salutation, title, parts.given_name, parts.particle, parts.surname)


@lru_cache(maxsize=1 << 14)
def name_fields(
    *,
    salutation: str = "",
    title: str = "",
    given_name: str = "",
    particle: str = "",
    surname: str = "",
) -> NameParts:
    """Put separately given fields in order: titles and particles move to where they belong.

    Raises :class:`Unreadable` as :func:`person_name` does.
    """
    fields = [_LOOSE_HYPHEN.sub("-", cleaned(field)) for field in (given_name, surname)]
    _refuse_no_name(" ".join(fields))
    said = titles.salutation(cleaned(salutation))
    from_given = _peel(titles.titles_apart(fields[0]), said=said)
    from_surname = _peel(titles.titles_apart(fields[1]), said=said)
    titles_said = [_canonical_title(cleaned(title)), from_given[1], from_surname[1]]
    inner, core = particles.split_particle(unshouted(_words_of(from_surname[2])))
    return NameParts(
        salutation=said or from_given[0] or from_surname[0],
        title=" ".join(dict.fromkeys([each for each in titles_said if each])),
        given_name=unshouted(_words_of(from_given[2])),
        particle=" ".join([each for each in (cleaned(particle), inner) if each]),
        surname=core,
    )


def _words_of(text: str) -> str:
    return " ".join(text.replace(",", " ").split())


def _refuse_no_name(name: str) -> None:
    if not name:
        raise Unreadable("name-empty", _("Es steht kein Name da."))
    if "@" in name or not _LETTER.search(name):
        message = _("„%(text)s“ ist kein Name. Tragen Sie Vor- und Nachnamen ein.")
        raise Unreadable("name-not-a-name", message, text=name)
    if _SEVERAL.search(name):
        message = _("„%(text)s“ nennt mehrere Personen. Legen Sie je Person einen Eintrag an.")
        raise Unreadable("name-several-persons", message, text=name)


def _peel(name: str, *, said: str = "") -> tuple[str, str, str]:
    """(salutation, title, rest): salutation and titles taken off wherever they stand.

    ``said``: the salutation is known already and the name holds none.
    """
    salutation = said
    front: list[str] = []
    behind: list[str] = []
    rest: list[str] = []
    for word in name.split():
        bare = word.rstrip(",")
        comma = word[len(bare) :]
        if not rest and not salutation and (found := titles.salutation_before_name(bare)):
            salutation = found
        elif title := titles.title_word(bare):
            (behind if titles.is_suffix(title) else front).append(title)
            if comma and rest and not rest[-1].endswith(","):
                rest[-1] += ","
        else:
            rest.append(word)
    return _or_as_it_stands(salutation, front + behind, rest, name)


def _or_as_it_stands(
    salutation: str, title: list[str], rest: list[str], name: str
) -> tuple[str, str, str]:
    """A name that consists of such words alone ("Herr", "Mag") is a surname after all."""
    if not _LETTER.search("".join(rest)):
        return "", "", name
    return salutation, " ".join(title), " ".join(rest).strip(" ,")


def _canonical_title(text: str) -> str:
    words = titles.titles_apart(text).replace(",", " ").split()
    return " ".join([titles.title_word(word, in_name=False) or word for word in words])


def _around_comma(rest: str) -> tuple[tuple[str, str] | None, str]:
    surname, comma, given = rest.partition(",")
    given = given.replace(",", " ").strip()
    if not comma or not given or not surname.strip():
        return None, rest.replace(",", " ").strip()
    if given.rstrip(".").lower() in _BEHIND_SURNAME:
        return None, f"{surname} {given}"
    return (surname.strip(), given), ""


def _from_comma(surname: str, given: str) -> NameParts:
    """ "Heide, Hans von der" and "von der Heide, Hans"."""
    particle, core = particles.split_particle(unshouted(surname))
    words = unshouted(given).split()
    at = len(words)
    while at > 1 and particles.is_particle(words[at - 1], first=False):
        at -= 1
    behind = " ".join([word.lower() for word in words[at:]])
    return NameParts("", "", " ".join(words[:at]), behind or particle, core)


def _from_order(name: str) -> NameParts:
    """ "Hans von der Heide", "Anna Maria Müller-Voß", "MAIER Johannes"."""
    born = _BORN.search(name)
    tail = born[0] if born else ""
    words = name[: len(name) - len(tail)].split()
    if len(words) > 1 and is_shouted(words[0]) and not is_shouted(" ".join(words[1:])):
        words = _shouted_surname_last(words)
    words = unshouted(" ".join(words)).split()
    count = len(words)
    while count > 1 and words[count - 1].rstrip(".").lower() in _BEHIND_SURNAME:
        count -= 1
    tail = " ".join(["", *words[count:]]) + tail
    words = words[:count]
    start = particles.particle_start(words)
    if start == len(words):
        return NameParts("", "", " ".join(words[:-1]), "", words[-1] + tail)
    particle, core = particles.split_particle(" ".join(words[start:]))
    return NameParts("", "", " ".join(words[:start]), particle, core + tail)


def _shouted_surname_last(words: list[str]) -> list[str]:
    """ "MAIER SCHULZ Johannes" names the surname by its capitals."""
    loud = 0
    while loud < len(words) and is_shouted(words[loud]):
        loud += 1
    if any(word.isupper() and len(word) > 2 for word in words[loud:]):
        return words
    return words[loud:] + words[:loud]
