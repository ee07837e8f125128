"""Small signs: icon, badge, light, counter, chip, avatar, key."""

import re
from functools import lru_cache
from typing import Any

from django.template import Library
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from crm.ui.components.attributes import classes, flat
from crm.ui.formats import number

register = Library()
LIGHT_SIGNS = {"yes": "yes", "if": "if", "no": "no", "ask": "ask", "check": "review"}


@register.simple_tag
def icon(name: str, size: str = "", *, label: str = "", class_: str = "") -> SafeString:
    """A sign of the sprite; ``size`` s or l. With a ``label`` it is read aloud, else it is not."""
    return _icon(str(name), size, str(label), class_)


@lru_cache(maxsize=1024)
def _icon(name: str, size: str, label: str, class_: str) -> SafeString:
    """A page draws some two hundred of them, and few that differ."""
    said = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<svg class="{}" {}><use href="{}#i-{}"/></svg>',
        classes("icon", f"icon--{size}" if size else "", class_),
        said,
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def badge(label: Any, kind: str = "", *, icon: str = "", title: str = "") -> SafeString:
    """The state of a record: ``""``, ``yes``, ``no``, ``check``, ``accent``, ``line``."""
    return format_html(
        '<span class="{}"{}>{}{}</span>',
        classes("badge", f"badge--{kind}" if kind else ""),
        flat({"title": title}),
        sign(icon),
        label,
    )


@register.simple_tag
def light(state: str, word: Any, *, box: bool = False) -> SafeString:
    """Sign, word and colour of a permission: ``yes``, ``if``, ``no``, ``ask``, ``check``."""
    return format_html(
        '<span class="{}">{}{}</span>',
        classes("light", f"light--{state}", "light--box" if box else ""),
        sign(LIGHT_SIGNS[state]),
        word,
    )


@register.simple_tag
def counter(value: int, kind: str = "", *, label: str = "") -> SafeString:
    """A number in a pill: ``""``, ``accent``, ``hot``; ``label`` says what is counted."""
    said = format_html('<span class="sr-only"> {}</span>', label) if label else SafeString("")
    name = classes("counter", f"counter--{kind}" if kind else "")
    return format_html('<span class="{}">{}{}</span>', name, number(value), said)


@register.simple_tag
def chip(
    label: Any, *, href: str = "", on: bool = False, count: int | None = None, icon: str = "",
    removes: bool = False, flat_: bool = False, **attrs: Any,
) -> SafeString:  # fmt: skip
    """A filter. With ``href`` a link, else a mark; ``removes`` shows the cross."""
    tag = "a" if href else "span"
    number_ = (
        format_html(' <span class="count">{}</span>', number(count)) if count is not None else ""
    )
    cross = sign("close", "s") if removes else ""
    attrs |= {"href": href, "aria_current": "true" if on and href and not removes else ""}
    name = classes("chip", "is-on" if on else "", "chip--flat" if flat_ else "")
    return format_html(
        '<{} class="{}"{}>{}{}{}{}</{}>',
        tag,
        name,
        flat(attrs),
        sign(icon, "s"),
        label,
        number_,
        cross,
        tag,
    )


@register.simple_tag
def avatar(name: str, *, firm: bool = False, size: str = "", me: bool = False) -> SafeString:
    """Initials: persons round, companies square. Not read aloud, the name stands beside it."""
    shape = classes(
        "avatar",
        f"avatar--{size}" if size else "",
        "avatar--firm" if firm else "",
        "avatar--me" if me else "",
    )
    return format_html(
        '<span class="{}" aria-hidden="true">{}</span>', shape, initials(name, firm=firm)
    )


@register.simple_tag
def kbd(*keys: str) -> SafeString:
    """Keys as printed on their caps."""
    return format_html_join(" ", "<kbd>{}</kbd>", ((key,) for key in keys))


def sign(name: str, size: str = "") -> SafeString:
    """The icon, or nothing without a name."""
    return icon(name, size) if name else SafeString("")


def initials(name: str, *, firm: bool = False) -> str:
    """``Dr. Johannes Maier`` → JM, ``Brandt & Söhne KG`` → BS, ``Siemens`` → SI."""
    words = [word for word in re.findall(r"[^\W\d_][\w.]*", name) if not word.endswith(".")]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].upper()
    return (words[0][0] + words[1 if firm else -1][0]).upper()
