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
OFTEN_ENOUGH: Final = 1e-6  # levels that are rarer with and without a match are left out


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
    """A level: how often it is seen at matches and at other pairs, and what it adds."""

    label: str
    matches: float
    others: float
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
    """Each field with the bits of its levels; empty if the model is of an older layout."""
    layout = setup_of(model.kind).layout
    fields = {each.name: [level.code for level in each.levels] for each in layout.fields}
    if model.data["fields"] != fields:
        return []
    match, others = model.data["table"][0], _others(model)
    rows = {
        name: [
            (code, match[at], others[at])
            for at, code in enumerate(codes, layout.span(name).start + 1)  # "missing" is first
            if max(match[at], others[at]) >= OFTEN_ENOUGH
        ]
        for name, codes in fields.items()
    }
    every = [_bits(of, by) for levels in rows.values() for _code, of, by in levels]
    scale = min(0.0, *every), max(0.0, *every)
    return [
        FieldTable(_(explain.field_label(name)), _levels(name, levels, scale))
        for name, levels in rows.items()
    ]


def _others(model: MatchingModel) -> list[float]:
    """How probable each level is under all causes other than a match together."""
    shares, table = model.data["shares"][1:], model.data["table"][1:]
    whole = sum(shares) or 1.0
    return [
        sum(share * value for share, value in zip(shares, column, strict=True)) / whole
        for column in zip(*table, strict=True)
    ]


def _levels(
    field: str, rows: list[tuple[str, float, float]], scale: tuple[float, float]
) -> list[LevelLine]:
    return [
        LevelLine(
            _(explain.level_text(field, code)), match, others, signed(_bits(match, others)),
            bar(_bits(match, others), scale),
        )
        for code, match, others in rows
    ]  # fmt: skip


def _bits(match: float, others: float) -> float:
    return log2(max(match, TINY)) - log2(max(others, TINY))
