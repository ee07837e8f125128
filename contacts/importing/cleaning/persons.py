"""The person of a row: name, salutation, birth date, language, role."""

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from contacts.importing.cleaning import problems
from contacts.importing.cleaning.cells import Cell, Cells
from contacts.importing.cleaning.problems import Refused
from contacts.importing.prepared import PreparedPerson
from contacts.importing.readers.table import Problem
from contacts.matching import normalise
from contacts.matching.normalise import NameParts, Unreadable
from contacts.matching.normalise.particles import is_particle
from contacts.matching.normalise.titles import title_word, titles_apart
from contacts.models import Salutation

SALUTATIONS: Final = {
    "Herr": Salutation.HERR.value,
    "Frau": Salutation.FRAU.value,
    "divers": Salutation.DIVERS.value,
    "": "",
}
NO_SALUTATION: Final = frozenset(
    {"firma", "fa", "an", "sehr", "geehrter", "geehrte", "keine", "n/a"}
)
NO_DATE: Final = re.compile(r"0{1,2}[./-]0{1,2}[./-]0{2,4}|0000-00-00|-+|n/?a", re.IGNORECASE)
LANGUAGES: Final = {
    "d": "de",
    "deutsch": "de",
    "german": "de",
    "e": "en",
    "englisch": "en",
    "english": "en",
    "französisch": "fr",
    "french": "fr",
    "italienisch": "it",
    "italian": "it",
    "niederländisch": "nl",
    "dutch": "nl",
    "polnisch": "pl",
    "polish": "pl",
    "spanisch": "es",
    "spanish": "es",
    "tschechisch": "cs",
    "dänisch": "da",
    "schwedisch": "sv",
    "türkisch": "tr",
    "ungarisch": "hu",
    "russisch": "ru",
    "chinesisch": "zh",
}


def prepare(cells: Cells, *, today: date) -> PreparedPerson | None:
    """The row's person, or ``None`` if no name is given.

    :raises Refused: a name, salutation, date or language that cannot be read
    """
    name, column = _name(cells)
    if name is None:
        return None
    salutation, title = _salutation(cells.one("person.salutation"))
    person = PreparedPerson(
        salutation=SALUTATIONS.get(salutation or name.salutation, ""),
        title=" ".join(dict.fromkeys(f"{title} {name.title}".split())),
        given_name=name.given_name,
        particle=name.particle,
        surname=name.surname,
        birth_date=_birth_date(cells.one("person.birth_date"), today),
        language=_language(cells.one("person.language")),
        remark=cells.one("person.remark").text,
        number=cells.one("person.number").text,
        function=cells.one("employment.function").text,
        department=cells.one("employment.department").text,
    )
    _check_length(person, column)
    return person


def _name(cells: Cells) -> tuple[NameParts | None, str]:
    """The name in parts and the column it comes from; separate columns count before whole names."""
    surname, given = cells.one("person.surname"), cells.one("person.given_name")
    whole, turned = cells.one("person.full_name"), cells.one("person.surname_given")
    column = (surname.column or given.column) or whole.column or turned.column
    title, particle = cells.one("person.title").text, cells.one("person.particle").text
    try:
        if surname.text or given.text:
            parts = normalise.name_fields(
                title=title, given_name=given.text, particle=particle, surname=surname.text
            )
            return parts, column
        if not (whole.text or turned.text):
            return None, column
        parts = normalise.person_name(whole.text or _surname_first(turned.text))
        if title or particle:
            parts = normalise.name_fields(
                salutation=parts.salutation,
                title=f"{title} {parts.title}".strip(),
                given_name=parts.given_name,
                particle=particle or parts.particle,
                surname=parts.surname,
            )
        return parts, column
    except Unreadable as error:
        raise Refused(problems.unreadable(error, column)) from error


def _surname_first(text: str) -> str:
    """``von der Heide Hans`` with the comma that it lacks."""
    if "," in text:
        return text
    words = text.split()
    end = next(
        (at for at, word in enumerate(words) if not is_particle(word, first=at == 0)), len(words)
    )
    surname, given = words[: end + 1], words[end + 1 :]
    return f"{' '.join(surname)}, {' '.join(given)}" if given else text


def _salutation(cell: Cell) -> tuple[str, str]:
    """Salutation and title; Outlook puts both in one field (``Herr Dr.``)."""
    if not cell.text:
        return "", ""
    if said := normalise.salutation(cell.text):
        return said, ""
    said, title = "", []
    for word in titles_apart(cell.text).replace(",", " ").split():
        if found := normalise.salutation(word):
            said = found
        elif found := title_word(word, in_name=False):
            title.append(found)
        elif word.casefold().rstrip(".") not in NO_SALUTATION:
            raise Refused(
                Problem(
                    "salutation-unknown",
                    _("Die Anrede „%(text)s“ ist unbekannt.") % {"text": cell.text},
                    cell.column,
                    _("Möglich sind Herr, Frau und divers; oder übersetzen Sie den Wert."),
                )
            )
    return said, " ".join(title)


def _birth_date(cell: Cell, today: date) -> date | None:
    if not cell.text or NO_DATE.fullmatch(cell.text):
        return None
    try:
        return normalise.birth_date(cell.text, today=today)
    except Unreadable as error:
        raise Refused(problems.unreadable(error, cell.column)) from error


def _language(cell: Cell) -> str:
    text = cell.text.casefold()
    if not text:
        return ""
    code = LANGUAGES.get(text) or re.split(r"[-_]", text)[0]
    if len(code) == 2 and code.isascii() and code.isalpha():
        return code
    raise Refused(
        Problem(
            "language-unknown",
            _("Die Sprache „%(text)s“ ist unbekannt.") % {"text": cell.text},
            cell.column,
            _("Tragen Sie das Kürzel ein, zum Beispiel de oder en."),
        )
    )


def _check_length(person: PreparedPerson, column: str) -> None:
    """Whole names may hold a part that is too long for its own field."""
    limits = {"title": 100, "given_name": 150, "particle": 50, "surname": 150}
    for name, limit in limits.items():
        if (length := len(getattr(person, name))) > limit:
            raise Refused(problems.too_long(length, limit, column))
