"""What is found out about an opportunity, in words: for the page, the dossier and the API alike."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from history.models import BuyingRole, Stance, Standing
from history.opportunities.gaps import Gap
from history.opportunities.scoring import Part

PARTS: Final[dict[str, Any]] = {
    "decision": gettext_lazy("Haltung der Entscheidenden"),
    "access": gettext_lazy("Kontakt zu den Entscheidenden"),
    "mood": gettext_lazy("Haltung der anderen"),
    "need": gettext_lazy("Bedarf in Worten"),
    "budget": gettext_lazy("Budget"),
    "date": gettext_lazy("Termin der Realisierung"),
    "competition": gettext_lazy("Stand im Wettbewerb"),
    "pace": gettext_lazy("Tempo in der Stufe"),
    "next_step": gettext_lazy("Nächster Schritt"),
}
QUESTIONS: Final[dict[str, Any]] = {
    "decision": gettext_lazy("Wie stehen die dazu, die entscheiden?"),
    "access": gettext_lazy("Wer entscheidet, und wer gibt das Geld frei?"),
    "mood": gettext_lazy("Wie stehen die anderen Beteiligten dazu?"),
    "need": gettext_lazy("Was wird gebraucht, und was soll damit erreicht werden?"),
    "budget": gettext_lazy("Welches Budget ist vorgesehen?"),
    "date": gettext_lazy("Wann soll es so weit sein?"),
    "competition": gettext_lazy("Wer bietet noch an, und wie steht es?"),
}
INFLUENCES: Final[dict[int, Any]] = {
    1: gettext_lazy("wenig"),
    2: gettext_lazy("mittel"),
    3: gettext_lazy("viel"),
}
LIGHTS: Final = {"FOR": "yes", "OPEN": "if", "AGAINST": "no", "": "ask"}
"""Sign and colour of a stance, as the lights have them."""


def roles(codes: Iterable[str]) -> str:
    """``entscheidet, nutzt es``; empty for none."""
    return ", ".join(str(BuyingRole(code).label) for code in codes)


def stance(code: str) -> str:
    """``dafür``."""
    return str(Stance(code).label)


def standing(code: str) -> str:
    """``vor uns``."""
    return str(Standing(code).label)


def influence(value: int | None) -> str:
    """``viel``; *unbekannt* while nobody knows."""
    return str(INFLUENCES[value]) if value else _("unbekannt")


def days(count: int) -> str:
    """``6 Tage``."""
    return ngettext("%(days)s Tag", "%(days)s Tage", count) % {"days": count}


def part(code: str) -> str:
    """What a part of the score is about."""
    return str(PARTS[code])


def share(found: Part) -> str:
    """Its share in words: a percentage, or the question to be asked."""
    if found.share is None:
        return _("unbekannt")
    return f"{round(100 * found.share)}\N{NO-BREAK SPACE}%"


def gap(found: Gap) -> str:
    """The sentence under the map."""
    if found.stake is None:
        return _("Noch ist niemand genannt, der entscheidet oder das Geld freigibt.")
    said = _("%(name)s %(role)s, und noch hat niemand mit ihr oder ihm gesprochen.") % {
        "name": found.stake.name,
        "role": found.stake.role,
    }
    if found.way is None:
        return said
    return said + " " + _("Der kürzeste Weg führt über %(name)s.") % {"name": found.way.name}
