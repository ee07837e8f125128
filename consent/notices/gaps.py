"""What a notice lacks, in sentences that say what to do."""

from collections.abc import Iterable

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from consent.notices.rules import items, wording
from consent.notices.rules.facts import Configuration

GAPS = {
    "name": gettext_lazy("der Name des Verantwortlichen fehlt"),
    "address": gettext_lazy("Straße, PLZ und Ort des Verantwortlichen fehlen"),
    "contact": gettext_lazy("E‑Mail oder Telefon des Verantwortlichen fehlt"),
    "officer_contact": gettext_lazy("der Kontakt der datenschutzbeauftragten Person fehlt"),
    "legal_basis": gettext_lazy("eine Rechtsgrundlage fehlt"),
    "interests": gettext_lazy("das berechtigte Interesse ist nicht genannt"),
    "integration": gettext_lazy("ein eingerichteter Dienst steht nicht unter den Empfängern"),
    "recipient_name": gettext_lazy("ein Empfänger hat keinen Namen"),
    "recipient_unsaid": gettext_lazy("der Text nennt nicht jeden Empfänger"),
    "safeguard": gettext_lazy("ein Empfänger außerhalb der EU hat keine Garantie"),
    "period": gettext_lazy("eine Speicherfrist fehlt"),
    "obligation": gettext_lazy("es fehlt, ob die Angaben freiwillig sind"),
    "logic": gettext_lazy(
        "Logik oder Folgen der automatisierten Entscheidung fehlen in einer der Sprachen"
    ),
    "data": gettext_lazy("die Arten von Daten fehlen"),
    "source": gettext_lazy("die Herkunft der Daten fehlt"),
    "text": gettext_lazy("der Text ist in einer der Sprachen leer"),
    "": gettext_lazy("er fehlt, oder es ist nicht begründet, warum er nicht zutrifft"),
}


def title(item: str) -> str:
    """What an item is called in the language of the screen."""
    return wording.title(item, "en" if get_language() == "en" else "de")


def letter(item: str) -> str:
    """``Art. 13 Abs. 1 Buchst. a``."""
    if item == items.OBJECTION:
        return _("Art. 21 Abs. 4")
    article, paragraph, character = item.split(".")
    return _("Art. %(article)s Abs. %(paragraph)s Buchst. %(letter)s") % {
        "article": article,
        "paragraph": paragraph,
        "letter": character,
    }


def problem(gap: str) -> str:
    """What is lacking, by its code."""
    return str(GAPS.get(gap, GAPS[""]))


def sentence(item: str, gap: str, *, given: Configuration | None = None) -> str:
    """Which item is lacking, and why."""
    told = problem(gap)
    if gap == "integration" and given is not None:
        told = f"{told} ({', '.join(given.unnamed)})"
    return _("%(letter)s, %(title)s: %(problem)s.") % {
        "letter": letter(item),
        "title": title(item),
        "problem": told,
    }


def sentences(missing: Iterable[tuple[str, str]], *, given: Configuration | None) -> list[str]:
    """All of them."""
    return [sentence(item, gap, given=given) for item, gap in missing]
