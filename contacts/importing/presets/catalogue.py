"""The presets by code, and all column names any of them knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.importing.presets import cards, erp, google, outlook, synonyms
from contacts.importing.presets.vocabulary import key

Columns = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Preset:
    """A program's export: its column names, as keys of :func:`vocabulary.key`."""

    code: str
    label: Promise | str
    columns: Columns


def _preset(code: str, label: Promise | str, *columns: Columns) -> Preset:
    """A preset of several lists of names; the first list that has a name decides."""
    merged = {key(name): target for names in reversed(columns) for name, target in names.items()}
    return Preset(code, label, merged)


PRESETS: Final[Mapping[str, Preset]] = {
    preset.code: preset
    for preset in (
        _preset("outlook", _("Outlook"), outlook.GERMAN, outlook.ENGLISH),
        _preset("google", _("Google Kontakte"), google.COLUMNS),
        _preset("erp", _("Warenwirtschaft"), erp.COLUMNS),
        _preset("vcard", _("vCard"), cards.COLUMNS),
        _preset("free", _("freie Liste"), synonyms.COLUMNS),
    )
}


@cache
def known_keys() -> frozenset[str]:
    """Every column name of every preset."""
    return frozenset(name for preset in PRESETS.values() for name in preset.columns)


@cache
def keys_of_one(code: str) -> frozenset[str]:
    """Names that no other preset knows; they tell this one apart."""
    others = {name for preset in PRESETS.values() if preset.code != code for name in preset.columns}
    return frozenset(PRESETS[code].columns) - others
