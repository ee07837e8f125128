"""Form fields in the design: label, widget, hint and error together; nothing else to write."""

from itertools import zip_longest
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.template import Library

from crm.ui.components.attributes import hyphened

register = Library()
TICKS = (forms.CheckboxInput,)
CHOICES = (forms.CheckboxSelectMultiple, forms.RadioSelect)
PLAIN = (forms.FileInput,)


@register.inclusion_tag("ui/components/field.html")
def field(
    bound: BoundField,
    *,
    label: str = "",
    hint: str = "",
    icon: str = "",
    quiet: bool = False,
    **attrs: Any,
) -> dict[str, Any]:
    """One field of a form.

    ``icon`` stands inside the input; ``quiet`` hides the label from the eye. Further keyword
    arguments become attributes of the widget (``hx_get``, ``placeholder``).
    """
    widget = bound.field.widget
    shape = _shape(widget)
    attributes = hyphened(attrs)
    if shape == "input":
        attributes["class"] = " ".join(filter(None, ["input", widget.attrs.get("class", "")]))
    if hint and not bound.help_text:
        bound.help_text = hint
    return {
        "field": bound,
        "widget": bound.as_widget(attrs=attributes) if shape != "choices" else "",
        "shape": shape,
        "label": label or bound.label,
        "icon": icon,
        "quiet": quiet,
        "is_optional": _is_optional(bound),
    }


@register.inclusion_tag("ui/components/segment.html")
def segment(
    bound: BoundField, *, icons: str = "", quiet: bool = False, **attrs: Any
) -> dict[str, Any]:
    """Radios of a field as one control. ``icons`` are names for the choices, space-separated."""
    choices: Any = cast(forms.ChoiceField, bound.field).choices
    wrong = {"aria-invalid": "true"} if bound.errors else {}
    radios = forms.RadioSelect(attrs=hyphened(attrs) | wrong, choices=choices)
    options = radios.subwidgets(bound.html_name, bound.value(), {"id": bound.auto_id})
    return {"field": bound, "options": zip_longest(options, icons.split()), "quiet": quiet}


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong with the form as a whole, above it."""
    hidden = [error for bound in form.hidden_fields() for error in bound.errors]
    return {"errors": [*form.non_field_errors(), *hidden]}


def _shape(widget: forms.Widget) -> str:
    if isinstance(widget, CHOICES):
        return "choices"
    if isinstance(widget, TICKS):
        return "tick"
    return "file" if isinstance(widget, PLAIN) else "input"


def _is_optional(bound: BoundField) -> bool:
    """Marked only where the form also has fields that must be filled."""
    demands = any(field.required for field in bound.form.fields.values())
    return demands and not bound.field.required and not isinstance(bound.field.widget, TICKS)
