"""What a merge would move, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contacts.contact_points import Record
from contacts.merging import Preview
from contacts.merging.lists import Fate
from crm.ui.screens.duplicates.sides import Column, letters_of
from crm.ui.screens.duplicates.values import counted


@dataclass(frozen=True, slots=True)
class Happening:
    """A sentence with its sign; ``what`` is its end, in bold."""

    icon: str
    text: str
    what: str = ""


def happenings(preview: Preview, columns: Sequence[Column]) -> list[Happening]:
    """What comes to the survivor, what is folded, what is left out, where old links lead."""
    owner = type(preview.survivor)
    letter = next(each.letter for each in columns if each.is_survivor)
    told = []
    if comes := _coming(preview, owner):
        told.append(Happening("merge", _("Zu %(letter)s kommt:") % {"letter": letter}, comes))
    if folded := _folding(preview, owner):
        told.append(Happening("copy", _("Gleich, bleibt einmal:"), folded))
    gone = [each for each in columns if not each.is_out and not each.is_survivor]
    words = {"letters": letters_of(gone), "letter": letter}
    told.append(Happening("link", _("Alte Verweise auf %(letters)s führen zu %(letter)s.") % words))
    told.append(Happening("person", _("Zuständig bleibt, wer es bei %(letter)s ist.") % words))
    if out := letters_of(columns, out=True):
        told.append(Happening("close", _("Gilt von nun an als verschieden:"), out))
    return told


def _coming(preview: Preview, owner: type[Record]) -> str:
    known = {each.model: each for each in preview.lists}
    parts = []
    for move in preview.moves:
        count = move.count
        if (found := known.get(move.model)) and found.total == len(found.items):
            count = sum(each.fate in (Fate.ADDED, Fate.YIELDS) for each in found.items)
        if count and move.model != "contacts.pairdecision":
            parts.append(counted(move.model, move.link, count, owner))
    return ", ".join(parts)


def _folding(preview: Preview, owner: type[Record]) -> str:
    parts = []
    for found in preview.lists:
        if count := sum(each.fate is Fate.FOLDED for each in found.items):
            parts.append(counted(found.model, "", count, owner))
    return ", ".join(parts)
