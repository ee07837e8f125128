"""What was found, with the letters that matched marked."""

from collections.abc import Iterable

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.search import Results
from contacts.searching.marking import Part
from crm.ui import formats

register = Library()


@register.filter
def marks(parts: Iterable[Part]) -> SafeString:
    """Pieces of a text, each escaped, those that were found inside ``<mark>``."""
    return format_html_join("", "{}", ((_shown(part),) for part in parts))


@register.simple_tag
def summary(results: Results) -> str:
    """What a screen reader is told: how many were found; nothing before anything is typed."""
    if results.query.is_empty:
        return ""
    if not results:
        return _("Nichts gefunden")
    persons = formats.number(len(results.persons))
    firms = formats.number(len(results.companies))
    return ", ".join(
        (
            ngettext(
                "%(number)s Ansprechpartner",
                "%(number)s Ansprechpartner",
                len(results.persons),
            )
            % {"number": persons},
            ngettext("%(number)s Firma", "%(number)s Firmen", len(results.companies))
            % {"number": firms},
        )
    )


def _shown(part: Part) -> str:
    return format_html("<mark>{}</mark>", part.text) if part.marked else part.text
