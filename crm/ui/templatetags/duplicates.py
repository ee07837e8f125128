"""``{% load duplicates %}``: bits and small shares."""

from django.template import Library

from crm.ui import formats
from crm.ui.screens.duplicates import words

register = Library()
register.filter("signed", words.signed)


@register.filter
def percent_1(share: float) -> str:
    """A share of 1 as ``12,3 %``."""
    return formats.percent(share, decimals=1)
