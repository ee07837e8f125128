"""Words of the public consent pages."""

from django.template import Library

from crm.ui.screens.optin.words import Words

register = Library()


@register.simple_tag
def saying(words: Words, name: str, part: str = "") -> str:
    """``{% saying words said "title" %}``: what a page says, by a name known at run time."""
    if part and name.startswith("done_"):
        return words["settings_title"]
    return words[f"{name}_{part}" if part else name]
