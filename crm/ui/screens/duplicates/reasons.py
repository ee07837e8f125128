"""Why two records are suspected: in a sentence, and as bars that sum up to the weight."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from contacts.matching import explain
from contacts.matching.explain import Explanation, Part
from crm.ui.screens.duplicates.words import signed

WIDTH: Final = 1000
WORTH_TELLING: Final = 0.5  # bits
MOST_TOLD: Final = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a bar lies, in thousandths; texts, because templates would format numbers."""

    start: str
    width: str
    zero: str
    is_against: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What one field says: its name, its finding, bits for (or against, if negative)."""

    label: str
    finding: str
    bits: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Reasons:
    """Lines, strongest first, then ``base``; together they are ``total``. ``otherwise`` is what
    else could explain that two records look like this."""

    sentence: str
    lines: list[Line]
    base: Line
    total: str
    otherwise: str


def reasons(explanation: Explanation) -> Reasons:
    """The explanation in words and bars on one scale."""
    parts = sorted(explanation.parts, key=lambda part: -part.bits)
    every = [explanation.base, *(part.bits for part in parts)]
    scale = (min(0.0, *every), max(0.0, *every))
    return Reasons(
        sentence=_sentence(parts),
        lines=[
            Line(_field(part), _finding(part), signed(part.bits), bar(part.bits, scale))
            for part in parts
        ],
        base=Line(
            _("Ausgangslage"),
            _("so selten sind Dubletten unter solchen Paaren"),
            signed(explanation.base),
            bar(explanation.base, scale),
        ),
        total=signed(explanation.weight),
        otherwise=_(explain.cause_text(explanation.against)),
    )


def bar(bits: float, scale: tuple[float, float]) -> Bar:
    """The bar from zero to ``bits`` on a scale from its least to its greatest value."""
    low, high = scale
    span = (high - low) or 1.0
    zero = round(WIDTH * -low / span)
    end = round(WIDTH * (bits - low) / span)
    return Bar(str(min(zero, end)), str(abs(end - zero)), str(zero), bits < 0)


def _field(part: Part) -> str:
    return _(explain.field_label(part.field))


def _finding(part: Part) -> str:
    return _(explain.level_text(part.field, part.level))


def _sentence(parts: Sequence[Part]) -> str:
    """What speaks for it, what against it, and what agrees but speaks against it all the same."""
    speaking = [part for part in parts if part.bits >= WORTH_TELLING][:MOST_TOLD]
    taking = [part for part in reversed(parts) if part.bits <= -WORTH_TELLING]
    against = [part for part in taking if explain.tells_difference(part.field, part.level)]
    shared = [part for part in taking if part not in against]
    told = []
    if speaking:
        told.append(_("Dafür: %(reasons)s.") % {"reasons": _listed(speaking)})
    if against:
        told.append(_("Dagegen: %(reasons)s.") % {"reasons": _listed(against[:MOST_TOLD])})
    if shared:
        text = _("Auch anders zu erklären: %(reasons)s.")
        told.append(text % {"reasons": _listed(shared[:MOST_TOLD])})
    return " ".join(told)


def _listed(parts: Sequence[Part]) -> str:
    return "; ".join(f"{_field(part)} {_finding(part)}" for part in parts)
