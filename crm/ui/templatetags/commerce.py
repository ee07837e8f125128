"""``{% load commerce %}``: amounts of orders."""

from decimal import Decimal

from django.template import Library

from crm.ui import formats

register = Library()


@register.filter
def euros_round(value: Decimal | None) -> str:
    """``12.345 €``, for cards."""
    return formats.euros(value, cents=False)


@register.filter
def amount(value: Decimal) -> str:
    """A quantity without zeros behind: ``4``, ``1,5``."""
    places = -min(int(value.normalize().as_tuple().exponent), 0)
    return formats.number(value, decimals=places)
