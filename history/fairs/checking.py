"""Whether the settings of an event make sense: its questions, and what each grade promises."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from history.fairs.forms import Act, Asks, Chip, FollowUp, Form, Question
from history.models import BuyingRole, LeadGrade

MOST_QUESTIONS: Final = 12
MOST_CHIPS: Final = 12
LONGEST: Final = 60
MOST_HOURS: Final = 24 * 365
MOST_MONTHS: Final = 120
MOST_EUROS: Final = 1_000_000_000
POINTS: Final = (None, 0, 0.5, 1)
_QUESTION: Final = frozenset({"code", "label", "asks", "chips", "many"})
_CHIP: Final = frozenset({"code", "label", "points", "value"})


def read_form(stored: Any) -> Form:
    """The questions from what a form or a program sent.

    :raises ValueError: with the sentence about what is wrong, and where
    """
    if not isinstance(stored, Sequence) or isinstance(stored, str):
        raise ValueError(_("Die Fragen sind eine Liste."))
    for each in stored:
        _require_shape(each, _QUESTION, {"code", "label", "asks", "chips"})
        if not isinstance(each["chips"], Sequence) or isinstance(each["chips"], str):
            raise ValueError(_("Die Antworten einer Frage sind eine Liste."))
        for chip in each["chips"]:
            _require_shape(chip, _CHIP, {"code", "label"})
    form = Form.read(stored)
    for problem in _problems(form):
        raise ValueError(problem)
    return form


def read_rules(stored: Any) -> dict[str, FollowUp]:
    """What each grade promises, from what a form or a program sent.

    :raises ValueError: with the sentence about what is wrong
    """
    if not isinstance(stored, Mapping):
        raise ValueError(_("Je Priorität steht hier eine Frist und was zu tun ist."))
    found: dict[str, FollowUp] = {}
    for grade, rule in stored.items():
        if grade not in LeadGrade.values:
            raise ValueError(_("Die Priorität %(grade)s gibt es nicht.") % {"grade": grade})
        _require_shape(rule, frozenset({"hours", "act"}), {"hours", "act"})
        hours, act = rule["hours"], rule["act"]
        if not _is_whole(hours) or not 1 <= hours <= MOST_HOURS:
            raise ValueError(
                _("Die Frist für %(grade)s liegt zwischen 1 und %(most)s Stunden.")
                % {"grade": grade, "most": MOST_HOURS}
            )
        if act not in set(Act):
            raise ValueError(_("Nachfassen kann man mit Anruf, E-Mail oder Brief."))
        found[grade] = FollowUp(hours=hours, act=act)
    if missing := [grade for grade in LeadGrade.values if grade not in found]:
        raise ValueError(
            _("Für %(grades)s fehlt, was zugesagt wird.") % {"grades": ", ".join(missing)}
        )
    return found


def _problems(form: Form) -> Iterator[str]:
    if len(form.questions) > MOST_QUESTIONS:
        yield _("Höchstens %(most)s Fragen: Am Stand ist wenig Zeit.") % {"most": MOST_QUESTIONS}
    codes = [question.code for question in form.questions]
    if len(set(codes)) != len(codes):
        yield _("Zwei Fragen haben dasselbe Kürzel.")
    for question in form.questions:
        yield from _problems_of(question)


def _problems_of(question: Question) -> Iterator[str]:
    if not _is_text(question.label) or not _is_text(question.code):
        yield _("Jede Frage braucht einen Namen mit höchstens %(most)s Zeichen.") % {
            "most": LONGEST
        }
        return
    about = {"question": question.label}
    if question.asks not in set(Asks):
        yield _("„%(question)s“ fragt nach etwas, das es nicht gibt.") % about
        return
    if not 1 <= len(question.chips) <= MOST_CHIPS:
        yield _("„%(question)s“ braucht 1 bis %(most)s Antworten.") % (about | {"most": MOST_CHIPS})
    codes = [chip.code for chip in question.chips]
    if len(set(codes)) != len(codes):
        yield _("Zwei Antworten auf „%(question)s“ haben dasselbe Kürzel.") % about
    for chip in question.chips:
        yield from _problems_with(chip, question)


def _problems_with(chip: Chip, question: Question) -> Iterator[str]:
    if not _is_text(chip.label) or not _is_text(chip.code):
        yield _(
            "Jede Antwort auf „%(question)s“ braucht einen Namen mit höchstens %(most)s Zeichen."
        ) % {"question": question.label, "most": LONGEST}
        return
    about = {"chip": chip.label, "question": question.label}
    if chip.points not in POINTS or isinstance(chip.points, bool):
        yield _("„%(chip)s“ zählt 0, ½ oder 1 Punkt, oder es sagt nichts.") % about
    if chip.value is None:
        return
    if question.asks == Asks.VOLUME and not _is_between(chip.value, 0, MOST_EUROS):
        yield _("„%(chip)s“ steht für einen Betrag in ganzen EUR.") % about
    if question.asks == Asks.HORIZON and not _is_between(chip.value, 1, MOST_MONTHS):
        yield _("„%(chip)s“ steht für 1 bis %(most)s Monate.") % (about | {"most": MOST_MONTHS})
    if question.asks == Asks.AUTHORITY and chip.value not in BuyingRole.values:
        yield _("„%(chip)s“ steht für eine Rolle im Buying-Center.") % about
    if question.asks in (Asks.NEED, Asks.COMPETITOR, Asks.OTHER):
        yield _("„%(chip)s“ steht für keinen Wert: Das gibt es bei dieser Frage nicht.") % about


def _require_shape(given: Any, known: frozenset[str], needed: set[str]) -> None:
    if not isinstance(given, Mapping):
        raise ValueError(_("Hier fehlen Angaben: %(names)s.") % {"names": ", ".join(needed)})
    if missing := sorted(needed - set(given)):
        raise ValueError(_("Hier fehlen Angaben: %(names)s.") % {"names": ", ".join(missing)})
    if unknown := sorted(set(given) - known):
        raise ValueError(
            _("Diese Angaben gibt es nicht: %(names)s.") % {"names": ", ".join(unknown)}
        )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST


def _is_between(value: Any, least: int, most: int) -> bool:
    return _is_whole(value) and least <= value <= most


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
