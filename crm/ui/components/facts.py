"""Pairs of a word and a value."""

from typing import Any

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = Library()


@register.simple_tag
def fact(label: Any, value: Any, *, href: str = "", unknown: str = "") -> SafeString:
    """One pair inside ``<dl class="facts">``; what is unknown is shown as unknown."""
    if value in (None, "", [], ()):
        shown = format_html('<span class="faint">{}</span>', unknown or _("unbekannt"))
    else:
        shown = format_html('<a href="{}">{}</a>', href, value) if href else value
    return format_html("<dt>{}</dt><dd>{}</dd>", label, shown)


@register.simple_tag
def figure(value: Any, label: Any) -> SafeString:
    """A large number with the word for it."""
    return format_html('<div class="figure"><b>{}</b><span>{}</span></div>', value, label)
