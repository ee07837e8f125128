"""A slip as it is sent, read so that nothing of it is lost.

What a field cannot hold (too long, of the wrong kind, unknown) is kept in full in the note, under
the name of its field, and told as a problem; nothing is refused and nothing is cut. Pure.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from history.fairs.conflicts import OPT_INS, ORIGINS
from history.fairs.forms import Form
from history.models import LeadCapture, LeadGrade, OptInAnswer

LABELS: Final = {
    "name": gettext_lazy("Name"),
    "company_name": gettext_lazy("Firma"),
    "function": gettext_lazy("Funktion"),
    "email": gettext_lazy("E‑Mail"),
    "phone": gettext_lazy("Telefon"),
    "mobile": gettext_lazy("Mobil"),
    "need": gettext_lazy("Bedarf"),
    "note": gettext_lazy("Notiz"),
    "answers": gettext_lazy("Antworten"),
    "grade": gettext_lazy("Priorität"),
    "next_step": gettext_lazy("Nächster Schritt"),
    "next_step_on": gettext_lazy("Tag des nächsten Schritts"),
    "opt_ins": gettext_lazy("Einwilligungen"),
}
LINES: Final = ("name", "company_name", "function", "email", "phone", "mobile", "next_step")
TEXTS: Final = ("need", "note")
FIELDS: Final = (*LINES, *TEXTS, "answers", "grade", "next_step_on")
"""The fields of a slip that are columns of the lead and compared as a whole."""
LONGEST: Final = {
    column.name: column.max_length or 0
    for column in LeadCapture._meta.concrete_fields
    if column.name in LINES
}
"""How many characters each line may have."""
YEARS: Final = range(1950, 2150)
_SHOWN: Final = 60


@dataclass(slots=True)
class Slip:
    """``values`` by field as they are stored; only fields that were sent. ``opt_ins`` are answers
    by text and channel (``"<id of the text> email"``). ``kept`` are lines for the note."""

    values: dict[str, Any] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def keep(self, name: str, value: Any, problem: str) -> None:
        """Put a value that fits nowhere into the note, and say so."""
        with translation.override(settings.LANGUAGE_CODE):
            label = str(LABELS.get(name, name[:_SHOWN]))
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        self.kept.append(f"{label}: {text}")
        self.problems.append(problem)


def read(sent: Mapping[str, Any], *, form: Form, texts: Collection[str]) -> Slip:
    """Read the fields; ``texts`` are the numbers of the consent texts that there are."""
    slip = Slip()
    for name, value in sent.items():
        if name in LINES:
            slip.values[name] = _line(slip, name, value)
        elif name in TEXTS:
            slip.values[name] = _text(slip, name, value)
        elif name == "grade":
            slip.values[name] = _grade(slip, value)
        elif name == "next_step_on":
            slip.values[name] = _day(slip, value)
        elif name == "answers":
            slip.values[name] = _answers(slip, value, form)
        elif name == ORIGINS:
            slip.values[name] = _origins(value)
        elif name == OPT_INS:
            slip.values[name] = _opt_ins(slip, value, texts)
        elif value not in (None, "", [], {}):
            sentence = _("Die Angabe „%(name)s“ ist hier unbekannt; sie steht in der Notiz.")
            slip.keep(name, value, sentence % {"name": short(name)})
    return slip


def noted(note: str, kept: Collection[str]) -> str:
    """The note with what is kept in it, each line once."""
    missing = [line for line in kept if line not in note]
    return "\n\n".join(part for part in (note, *missing) if part)


def short(text: str) -> str:
    """As much of a text as a sentence can quote."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _plain(slip: Slip, name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value)
    sentence = _("„%(field)s“ ist kein Text; es steht in der Notiz.")
    slip.keep(name, value, sentence % {"field": LABELS[name]})
    return ""


def _line(slip: Slip, name: str, value: Any) -> str:
    text = " ".join(_plain(slip, name, value).split())
    longest = LONGEST[name]
    if len(text) <= longest:
        return text
    sentence = _(
        "„%(field)s“ ist mit %(count)d Zeichen zu lang (möglich sind %(most)d); es steht ganz in "
        "der Notiz."
    )
    words = {"field": LABELS[name], "count": len(text), "most": longest}
    slip.keep(name, text, sentence % words)
    return ""


def _text(slip: Slip, name: str, value: Any) -> str:
    return _plain(slip, name, value).replace("\r\n", "\n").strip()


def _grade(slip: Slip, value: Any) -> str:
    text = _plain(slip, "grade", value).strip()
    if text in ("", *LeadGrade.values):
        return text
    sentence = _("Die Priorität „%(value)s“ gibt es nicht; sie steht in der Notiz.")
    slip.keep("grade", text, sentence % {"value": short(text)})
    return ""


def _day(slip: Slip, value: Any) -> date | None:
    if isinstance(value, date):
        return value
    text = _plain(slip, "next_step_on", value).strip()
    if not text:
        return None
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is not None and found.year in YEARS:
        return found
    sentence = _("„%(value)s“ ist kein Tag; es steht in der Notiz.")
    slip.keep("next_step_on", text, sentence % {"value": short(text)})
    return None


def _answers(slip: Slip, value: Any, form: Form) -> dict[str, list[str]]:
    """Chips by question; unknown ones stay where they are, and are told."""
    if value in (None, "", [], {}):
        return {}
    chosen = {}
    if isinstance(value, Mapping):
        chosen = {
            str(question): [chips] if isinstance(chips, str) else chips
            for question, chips in value.items()
        }
    if not chosen or not all(_are_texts(chips) for chips in chosen.values()):
        slip.keep("answers", value, _("Die Antworten sind nicht lesbar; sie stehen in der Notiz."))
        return {}
    known = {each.code: {chip.code for chip in each.chips} for each in form.questions}
    for question, chips in chosen.items():
        for chip in chips:
            if chip not in known.get(question, ()):
                sentence = _("Die Antwort „%(chip)s“ auf „%(question)s“ gibt es nicht.")
                slip.problems.append(sentence % {"chip": short(chip), "question": short(question)})
    return {question: list(dict.fromkeys(chips)) for question, chips in chosen.items() if chips}


def _origins(value: Any) -> dict[str, str]:
    """Where values come from; what is no word says nothing."""
    given = value if isinstance(value, Mapping) else {}
    return {
        name: origin
        for name, origin in given.items()
        if name in FIELDS and isinstance(origin, str) and len(origin) <= _SHOWN
    }


def _opt_ins(slip: Slip, value: Any, texts: Collection[str]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for each in value if isinstance(value, list) else [value] if value else []:
        asked = each if isinstance(each, Mapping) else {}
        text, channel = str(asked.get("text", "")).lower(), asked.get("channel", "")
        answer = asked.get("answer", "")
        is_sound = isinstance(channel, str) and 0 < len(channel) <= 20 and " " not in channel
        if text in texts and is_sound and answer in OptInAnswer.values:
            answers[f"{text} {channel}"] = answer
        else:
            sentence = _(
                "Eine Antwort zur Einwilligung ist nicht lesbar oder gehört zu einem unbekannten "
                "Text; sie steht in der Notiz und gilt nicht."
            )
            slip.keep("opt_ins", each, sentence)
    return answers


def _are_texts(chips: Any) -> bool:
    return isinstance(chips, list) and all(isinstance(chip, str) for chip in chips)
