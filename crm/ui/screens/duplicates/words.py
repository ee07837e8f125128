"""Words and signs: how strong a suspicion is, bits, kinds of records."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.matching import explain
from contacts.models import MatchingKind, MatchingState
from crm.ui import formats
from crm.ui.screens.records.subject import COMPANIES, PERSONS


@dataclass(frozen=True, slots=True)
class Band:
    """A strength of suspicion with the kind and the sign of its badge; ``least`` in bits."""

    code: str
    label: str | Promise
    kind: str
    sign: str
    least: float


@dataclass(frozen=True, slots=True)
class Kind:
    """``word`` stands in addresses; ``question`` is asked of a group."""

    code: MatchingKind
    word: str
    label: str | Promise
    question: str | Promise


BANDS: Final = {
    band.code: band
    for band in (
        Band("SURE", _("sehr wahrscheinlich"), "yes", "check", explain.SURE),
        Band("PROBABLE", _("wahrscheinlich"), "accent", "if", explain.PROBABLE),
        Band("POSSIBLE", _("möglich"), "line", "ask", 0.0),
    )
}
KINDS: Final = {
    kind.word: kind
    for kind in (
        Kind(
            MatchingKind.PERSON,
            PERSONS,
            pgettext_lazy("Mehrzahl", "Ansprechpartner"),
            _("Ist das dieselbe Person?"),
        ),
        Kind(MatchingKind.COMPANY, COMPANIES, _("Firmen"), _("Ist das dieselbe Firma?")),
    )
}
STATES: Final[dict[str, tuple[str, str]]] = {
    MatchingState.DONE: ("yes", "yes"),
    MatchingState.FAILED: ("no", "no"),
    MatchingState.CANCELLED: ("check", "pause"),
    MatchingState.RUNNING: ("accent", "sync"),
    MatchingState.QUEUED: ("accent", "clock"),
}


def kind_of(code: str) -> Kind:
    """The kind of a run, a model or a group."""
    return next(kind for kind in KINDS.values() if kind.code == code)


def list_url(kind: Kind) -> str:
    """The list of suspects of this kind."""
    if kind.word == PERSONS:
        return reverse("duplicate-list")
    return reverse("duplicate-list-of", args=[kind.word])


def signed(bits: float) -> str:
    """``+11,8``, ``−1,6``, ``0,0``."""
    shown = round(bits, 1) or 0.0  # never a negative zero
    text = formats.number(shown, decimals=1)
    return f"+{text}" if shown > 0 else text
