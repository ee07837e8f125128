"""``{% url %}`` by :func:`crm.ui.addresses.address`; built into every template."""

from django.template import Context, Library
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as read
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from crm.ui.addresses import address

register = Library()


class Address(URLNode):
    """``{% url "person-detail" person.public_id %}``; named arguments go Django's way."""

    def render(self, context: Context) -> str:
        """The address, or nothing if it goes into a variable."""
        if self.kwargs:
            return super().render(context)
        args = [arg.resolve(context) for arg in self.args]
        try:
            found = address(self.view_name.resolve(context), *args)
        except NoReverseMatch:
            if self.asvar is None:
                raise
            found = ""
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> Address:
    """Reads the tag as Django does."""
    node = read(parser, token)
    return Address(node.view_name, node.args, node.kwargs, node.asvar)
