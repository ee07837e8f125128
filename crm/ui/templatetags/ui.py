"""``{% load ui %}``: all components and formats."""

from django.template import Context, Library

from crm.ui import formats, toasts
from crm.ui.components import controls, enclosures, facts, fields, marks

register = Library()
for _part in (marks, controls, fields, enclosures, facts):
    register.tags |= _part.register.tags

for _name in (
    "number", "breakable", "percent", "euros", "day", "day_of_week", "hour", "near_day", "moment",
    "duration",
):  # fmt: skip
    register.filter(_name, getattr(formats, _name))


@register.simple_tag(takes_context=True)
def pending_toasts(context: Context) -> list[toasts.Toast]:
    """The messages to show on this page."""
    return toasts.pending(context["request"])
