"""Components that enclose content, such as ``{% panel "Herkunft" %}…{% endpanel %}``.

Parts that belong elsewhere stand in slots: ``{% slot "foot" %}…{% endslot %}``.
"""

from collections.abc import Callable
from inspect import getfullargspec
from typing import Any, cast

from django.template import Library, Node, NodeList, Template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.template.library import parse_bits
from django.utils.safestring import SafeString

register = Library()
Describe = Callable[..., dict[str, Any]]


class SlotNode(Node):
    """A named part of the enclosing component."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        raise TemplateSyntaxError(f"The slot {self.name!r} must stand directly in a component.")


class BlockNode(Node):
    """Renders a component's template with ``body``, ``slots`` and what ``describe`` returns."""

    def __init__(
        self,
        describe: Describe,
        template: str,
        args: list[Any],
        kwargs: dict[str, Any],
        nodelist: NodeList,
    ) -> None:
        self.describe, self.template = describe, template
        self.args, self.kwargs = args, kwargs
        self.slots = {node.name: node.nodelist for node in nodelist if isinstance(node, SlotNode)}
        self.nodelist = NodeList(node for node in nodelist if not isinstance(node, SlotNode))

    def render(self, context: Context) -> SafeString:
        args = [arg.resolve(context) for arg in self.args]
        kwargs = {name: value.resolve(context) for name, value in self.kwargs.items()}
        values = self.describe(*args, **kwargs)
        values["body"] = _filled(self.nodelist, context)
        values["slots"] = {name: _filled(part, context) for name, part in self.slots.items()}
        values["csrf_token"] = context.get("csrf_token")
        engine = cast(Template, context.template).engine
        return engine.get_template(self.template).render(context.new(values))


def block(name: str) -> Callable[[Describe], Describe]:
    """Register ``{% name … %}…{% endname %}`` with the template ``ui/components/name.html``."""

    def decorate(describe: Describe) -> Describe:
        spec = getfullargspec(describe)

        def compile_tag(parser: Parser, token: Token) -> BlockNode:
            bits = token.split_contents()[1:]
            args, kwargs = parse_bits(  # type: ignore[call-arg]  # stubs lack takes_context
                parser, bits, spec.args, spec.varargs, spec.varkw, spec.defaults,
                spec.kwonlyargs, spec.kwonlydefaults, False, name,  # type: ignore[arg-type]
            )  # fmt: skip
            nodelist = parser.parse((f"end{name}",))
            parser.delete_first_token()
            return BlockNode(describe, f"ui/components/{name}.html", args, kwargs, nodelist)

        register.tag(name, compile_tag)
        return describe

    return decorate


@register.tag("slot")
def slot(parser: Parser, token: Token) -> SlotNode:
    """``{% slot "foot" %}…{% endslot %}``; an empty slot counts as absent."""
    name = token.split_contents()[1].strip("\"'")
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name, nodelist)


def _filled(nodelist: NodeList, context: Context) -> SafeString:
    return SafeString(nodelist.render(context).strip())
