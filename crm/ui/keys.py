"""The keyboard map: what ``?`` shows. Screens add their keys here.

An element is operated by a key when it carries ``data-key`` (see ``static/ui/js/keyboard.js``);
this registry is the description of it for people.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Where(StrEnum):
    """Where a key acts, in the order of the map."""

    ANYWHERE = "1"
    LIST = "2"
    RECORD = "3"
    FORM = "4"

    @property
    def label(self) -> str:
        """The heading in the map."""
        return str(
            {
                "1": _("Überall"),
                "2": _("In Listen"),
                "3": _("Auf einer Seite"),
                "4": _("In Formularen"),
            }[self.value]
        )


@dataclass(frozen=True, slots=True)
class Key:
    """``keys`` are the caps as printed: ``("Strg", "K")`` pressed together."""

    code: str
    keys: tuple[str | Promise, ...]
    label: str | Promise
    where: Where

    @property
    def is_single(self) -> bool:
        """Whether it is one printable character, which users may switch off (WCAG 2.1.4)."""
        return len(self.keys) == 1 and len(str(self.keys[0])) == 1


_keys: dict[str, Key] = {}


def register(key: Key) -> None:
    """Add a key.

    :raises ValueError: its code is taken
    """
    if key.code in _keys:
        raise ValueError(f"The key {key.code!r} is registered twice.")
    _keys[key.code] = key


def by_place(*, with_single: bool = True) -> list[tuple[str, list[Key]]]:
    """Headings with their keys; without the single-letter keys for users who switched them off."""
    shown = [key for key in _keys.values() if with_single or not key.is_single]
    shown.sort(key=lambda key: key.where)
    return [(Where(place).label, list(keys)) for place, keys in groupby(shown, lambda k: k.where)]


for _key in (
    Key("palette", (_("Strg"), "K"), _("Suchen oder Befehl"), Where.ANYWHERE),
    Key("find", ("/",), _("In der Liste suchen, sonst überall"), Where.ANYWHERE),
    Key("map", ("?",), _("Diese Übersicht"), Where.ANYWHERE),
    Key("close", ("Esc",), _("Schließen, Auswahl aufheben"), Where.ANYWHERE),
    Key("next-row", ("J",), _("Nächste Zeile"), Where.LIST),
    Key("previous-row", ("K",), _("Vorige Zeile"), Where.LIST),
    Key("open-row", (_("Eingabe"),), _("Zeile öffnen"), Where.LIST),
    Key("choose-row", ("X",), _("Zeile auswählen"), Where.LIST),
    Key("save", (_("Strg"), _("Eingabe")), _("Sichern"), Where.FORM),
):
    register(_key)
