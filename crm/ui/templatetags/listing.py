"""``{% load listing %}``: cells of the lists."""

from datetime import date

from django.template import Context, Library
from django.utils import timezone
from django.utils.safestring import SafeString

from contacts.listing.columns import Column
from contacts.listing.rows import Row
from crm.ui.screens.listing import cells

register = Library()
register.simple_tag(cells.completeness, name="completeness")


@register.simple_tag(takes_context=True)
def cell(context: Context, column: Column, row: Row) -> SafeString:
    """One cell of the list in the context."""
    return cells.cell(column=column, row=row, screen=context["screen"], today=timezone.localdate())


@register.simple_tag
def confirmed(day: date | None) -> SafeString:
    """The day of the last confirmation with its freshness."""
    return cells.confirmed(day, today=timezone.localdate())
