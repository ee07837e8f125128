"""``{% load deals %}``: words and signs of opportunities."""

from datetime import datetime
from decimal import Decimal

from django.template import Library
from django.utils import timezone
from django.utils.safestring import SafeString

from crm.ui import formats
from crm.ui.components.marks import initials as initials_of
from crm.ui.components.marks import light
from crm.ui.screens.opportunities.forms.person_picker import PersonPicker
from history.models import Activity
from history.opportunities import words
from history.opportunities.scoring import Part

register = Library()
SIGNS = {"FOR": "pro", "OPEN": "neutral", "AGAINST": "contra", "": "unknown"}
STANDINGS = {"AHEAD": "no", "LEVEL": "if", "BEHIND": "yes", "OUT": "yes", "": "ask"}
STEPS = {
    "CALL": "phone",
    "APPOINTMENT": "calendar",
    "PROMISE": "check",
    "TASK": "task",
    "FOLLOW_UP": "followup",
}

register.filter("influence_word", words.influence)
register.filter("days_word", words.days)
register.filter("part_word", words.part)


@register.simple_tag
def stance(code: str) -> SafeString:
    """A stance as sign, word and colour."""
    return light(words.LIGHTS[code], words.stance(code))


@register.simple_tag
def standing(code: str) -> SafeString:
    """How a competitor stands, from our side."""
    return light(STANDINGS[code], words.standing(code))


@register.filter
def whole_euros(value: Decimal | None) -> str:
    """``184.500 €``."""
    return formats.euros(value, cents=False)


@register.simple_tag
def person_choices_id(form: PersonPicker) -> str:
    """The id of the element that holds the choices."""
    return f"{form['person'].auto_id}_choices"


@register.filter
def stance_sign(code: str) -> str:
    """``pro``, ``neutral``, ``contra`` or ``unknown``: how the map draws it."""
    return SIGNS[code]


@register.filter
def stance_word(code: str) -> str:
    """``dafür``."""
    return words.stance(code)


@register.filter
def initials(name: str) -> str:
    """``JM``."""
    return initials_of(name)


@register.filter
def step_icon(step: Activity) -> str:
    """The sign of what is to be done."""
    return STEPS.get(step.kind, "task")


@register.filter
def due(step: Activity) -> str:
    """``morgen`` or ``heute, 14:30 Uhr``."""
    return formats.moment(step.due_at) if step.has_time else formats.near_day(step.due_at)


@register.filter
def is_late(step: Activity, now: datetime) -> bool:
    """Whether it should have been done before ``now``."""
    if step.has_time:
        return step.is_open and step.due_at < now
    return step.is_open and timezone.localdate(step.due_at) < timezone.localdate(now)


@register.filter
def question(part: Part) -> str:
    """What to ask, where nobody knows."""
    return str(words.QUESTIONS.get(part.code, ""))


@register.filter
def share_percent(part: Part) -> int:
    """From 0 to 100, for the bar."""
    return round(100 * (part.share or 0))
