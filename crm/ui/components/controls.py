"""Things to operate: buttons, sortable headers, tabs, menu entries, pager."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.template import Library
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm.ui.components.attributes import classes, flat
from crm.ui.components.marks import sign
from crm.ui.formats import number

register = Library()
CURSORS = ("before", "after")


@register.simple_tag
def button(
    label: Any, kind: str = "", *, href: str = "", icon: str = "", size: str = "",
    type: str = "submit", key: str = "", cap: str = "", busy: bool = False, class_: str = "",
    only_icon: bool = False, **attrs: Any,
) -> SafeString:  # fmt: skip
    """A button, or with ``href`` a link that looks like one.

    ``kind``: ``""``, ``primary``, ``ghost``, ``danger``. ``size``: ``small``, ``big``. ``key`` is
    the single letter that presses it, printed on it; ``cap`` prints a combination such as
    ``"Strg ↵"``. ``only_icon`` keeps the label for screen readers.
    """
    tag = "a" if href else "button"
    attrs |= {"href": href} if href else {"type": type}
    attrs |= {
        "aria_busy": "true" if busy else "",
        "data_key": key.lower(),
        "aria_keyshortcuts": key,
    }
    if only_icon:
        attrs |= {"aria_label": label, "title": label}
    name = classes(
        "btn",
        f"btn--{kind}" if kind else "",
        f"btn--{size}" if size else "",
        "btn--icon" if only_icon else "",
        class_,
    )
    cap_html = format_html(" <kbd>{}</kbd>", cap or key.upper()) if cap or key else ""
    text = "" if only_icon else label
    return format_html(
        '<{} class="{}"{}>{}{}{}</{}>', tag, name, flat(attrs), sign(icon), text, cap_html, tag
    )


@register.inclusion_tag("ui/components/sort_header.html", takes_context=True)
def sort_header(
    context: Context,
    label: str,
    key: str,
    *,
    current: str = "",
    hx_target: str = "",
    num: bool = False,
) -> dict[str, Any]:
    """A column head that sorts: ``?sort=name``, then ``?sort=-name``; paging starts anew."""
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    wanted = f"-{key}" if direction == "ascending" else key
    url = with_query(context["request"], sort=wanted)
    return {"label": label, "direction": direction, "url": url, "num": num, "hx_target": hx_target}


@register.inclusion_tag("ui/components/pager.html", takes_context=True)
def pager(
    context: Context,
    *,
    previous: str | None = None,
    next: str | None = None,
    text: str = "",
    hx_target: str = "",
) -> dict[str, Any]:
    """Previous and next page by keyset: cursors for ``?before=`` and ``?after=``, or None."""
    request = context["request"]
    return {
        "previous": with_query(request, before=previous) if previous else "",
        "next": with_query(request, after=next) if next else "",
        "text": text,
        "hx_target": hx_target,
    }


@register.simple_tag
def tab(
    label: Any, *, href: str, current: bool = False, count: int | None = None, **attrs: Any
) -> SafeString:
    """One entry of ``{% tabs %}``."""
    counted = (
        format_html(' <span class="count">{}</span>', number(count)) if count is not None else ""
    )
    attrs |= {"href": href, "aria_current": "page" if current else ""}
    return format_html("<a{}>{}{}</a>", flat(attrs), label, counted)


@register.simple_tag
def crumb(label: Any, href: str = "") -> SafeString:
    """One step of ``{% crumbs %}``; without an address it is the page itself."""
    if href:
        return format_html('<li><a href="{}">{}</a></li>', href, label)
    return format_html('<li aria-current="page">{}</li>', label)


@register.simple_tag
def menu_link(label: Any, href: str, *, icon: str = "", key: str = "", **attrs: Any) -> SafeString:
    """An entry of a menu that leads somewhere."""
    cap = format_html('<kbd class="push">{}</kbd>', key) if key else ""
    return format_html("<a{}>{}{}{}</a>", flat({"href": href, **attrs}), sign(icon), label, cap)


@register.inclusion_tag("ui/components/menu_action.html", takes_context=True)
def menu_action(
    context: Context,
    label: Any,
    url: str,
    *,
    icon: str = "",
    name: str = "",
    value: str = "",
    confirm: str = "",
) -> dict[str, Any]:
    """An entry of a menu that changes something: a form of its own, sent by POST."""
    return {
        "label": label, "url": url, "icon": icon, "name": name, "value": value, "confirm": confirm,
        "csrf_token": context.get("csrf_token"),
    }  # fmt: skip


def with_query(request: HttpRequest, **values: str) -> str:
    """The address of this page with ``values`` in its query, without the old paging cursors."""
    query: QueryDict = request.GET.copy()
    for name in CURSORS:
        query.pop(name, None)
    for name, value in values.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"


@register.inclusion_tag("ui/components/steps.html")
def steps(labels: list[str], *, current: int) -> dict[str, Any]:
    """The steps of a procedure; ``current`` counts from 1, greater than all means finished."""
    return {
        "steps": [(number_, label) for number_, label in enumerate(labels, 1)],
        "current": current,
    }


@register.simple_tag
def progress(value: int | None, *, kind: str = "", label: str = "") -> SafeString:
    """A bar from 0 to 100; None means that it moves but nobody knows how far."""
    said = label or (_("%(n)s Prozent") % {"n": value} if value is not None else _("arbeitet"))
    name = classes("progress", f"progress--{kind}" if kind else "")
    attrs = {"value": str(value) if value is not None else "", "max": "100", "aria_label": said}
    return format_html('<progress class="{}"{}></progress>', name, flat(attrs))
