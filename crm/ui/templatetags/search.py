"""What was found, with the letters that matched marked."""

from collections.abc import Iterable

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from contacts.searching.marking import Part

register = Library()


@register.filter
def marks(parts: Iterable[Part]) -> SafeString:
    """Pieces of a text, each escaped, those that were found inside ``<mark>``."""
    return format_html_join("", "{}", ((_shown(part),) for part in parts))


def _shown(part: Part) -> str:
    return format_html("<mark>{}</mark>", part.text) if part.marked else part.text
