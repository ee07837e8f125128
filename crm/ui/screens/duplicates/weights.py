"""The model in use as tables: causes with their shares, bits of each level of each field."""

from dataclasses import dataclass
from math import log2
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from contacts.duplicates.setup import setup_of
from contacts.matching import explain
from contacts.models import MatchingModel
from crm.ui.screens.duplicates.causes import meaning_of
from crm.ui.screens.duplicates.reasons import Bar, bar
from crm.ui.screens.duplicates.words import signed

TINY: Final = 1e-12
OFTEN_ENOUGH: Final = 1e-7  # levels that are rarer among matches and by chance say nothing


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A cause, what it means, its share of the compared pairs and how many that is."""

    label: str
    meaning: str | Promise
    share: float
    pairs: int
    is_match: bool


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level: how often it is seen at matches and by chance, and what it adds."""

    label: str
    matches: float
    chance: float
    bits: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class FieldTable:
    """The levels of a field."""

    label: str
    levels: list[LevelLine]


def cause_lines(model: MatchingModel) -> list[CauseLine]:
    """All causes: the match, then the coincidences by their share."""
    pairs = int(model.figures.get("pairs", 0))
    lines = [
        CauseLine(
            _(explain.cause_text(code)), meaning_of(code), share, round(share * pairs), not number
        )
        for number, (code, share) in enumerate(
            zip(model.data["causes"], model.data["shares"], strict=True)
        )
    ]
    return [*lines[:1], *sorted(lines[1:], key=lambda line: -line.share)]


def field_tables(model: MatchingModel) -> list[FieldTable]:
    """Each field with the bits of its levels; empty without the probabilities of chance."""
    layout = setup_of(model.kind).layout
    match, chance = model.data["table"][0], model.figures.get("chance", [])
    fields = {each.name: [level.code for level in each.levels] for each in layout.fields}
    if model.data["fields"] != fields or len(chance) != len(match):
        return []
    rows = {
        name: [
            (code, match[at], chance[at])
            for at, code in enumerate(codes, layout.span(name).start + 1)  # "missing" is first
            if max(match[at], chance[at]) >= OFTEN_ENOUGH
        ]
        for name, codes in fields.items()
    }
    every = [_bits(of, by) for levels in rows.values() for _code, of, by in levels]
    scale = min(0.0, *every), max(0.0, *every)
    return [
        FieldTable(_(explain.field_label(name)), _levels(name, levels, scale))
        for name, levels in rows.items()
    ]


def _levels(
    field: str, rows: list[tuple[str, float, float]], scale: tuple[float, float]
) -> list[LevelLine]:
    return [
        LevelLine(
            _(explain.level_text(field, code)), match, chance, signed(_bits(match, chance)),
            bar(_bits(match, chance), scale),
        )
        for code, match, chance in rows
    ]  # fmt: skip


def _bits(match: float, chance: float) -> float:
    return log2(max(match, TINY)) - log2(max(chance, TINY))
