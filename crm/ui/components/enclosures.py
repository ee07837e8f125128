"""Panel, tabs, menu, dialog, banner, empty state, job: components with content inside."""

from typing import Any

from crm.ui.components.attributes import classes, flat
from crm.ui.components.blocks import block, register

__all__ = ["register"]


@block("panel")
def panel(
    title: str = "",
    *,
    note: str = "",
    id: str = "",
    flush: bool = False,
    level: int = 2,
    class_: str = "",
    **attrs: Any,
) -> dict[str, Any]:
    """A surface with a heading. ``flush`` for tables and lists that reach its edges.

    Slots: ``head`` beside the heading, ``foot``.
    """
    return {
        "title": title, "note": note, "flush": flush, "id": id, "tag": f"h{level}",
        "classes": classes("panel", class_), "attrs": flat(attrs),
    }  # fmt: skip


@block("tabs")
def tabs(label: str) -> dict[str, Any]:
    """A row of ``{% tab %}``; ``label`` names it to screen readers."""
    return {"label": label}


@block("crumbs")
def crumbs() -> dict[str, Any]:
    """The path of the page, made of ``{% crumb %}``."""
    return {}


@block("menu")
def menu(
    label: str,
    *,
    icon: str = "more",
    text: str = "",
    kind: str = "ghost",
    small: bool = False,
    side: str = "end",
) -> dict[str, Any]:
    """A button that opens a list of ``{% menu_link %}`` and ``{% menu_action %}``.

    ``label`` is read aloud; ``text`` is shown. ``side`` is the edge the list is aligned to.
    """
    return {"label": label, "icon": icon, "text": text, "kind": kind, "small": small, "side": side}


@block("dialog")
def dialog(id: str, title: str, *, wide: bool = False) -> dict[str, Any]:
    """A dialog that a ``data-opens="id"`` element opens. Slot: ``foot`` for its buttons."""
    return {"id": id, "title": title, "wide": wide}


@block("dialog_page")
def dialog_page(title: str) -> dict[str, Any]:
    """What a fragment puts into the shell's empty ``#dialog``. Slot: ``foot`` for its buttons.

    Buttons in the foot name their form: ``form="person-form"``.
    """
    return {"title": title}


@block("banner")
def banner(kind: str = "", *, icon: str = "", class_: str = "") -> dict[str, Any]:
    """A sentence across the page: ``yes``, ``no``, ``check``, ``accent``. Slot: ``action``."""
    signs = {"yes": "yes", "no": "no", "check": "review"}
    name = classes("banner", f"banner--{kind}" if kind else "", class_)
    return {"classes": name, "icon": icon or signs.get(kind, "info")}


@block("empty_state")
def empty_state(title: str) -> dict[str, Any]:
    """What would stand here, and the one action that fills it. Slot: ``action``."""
    return {"title": title}


@block("job")
def job(
    title: str, *, done: int | None = None, total: int | None = None, left: str = "", kind: str = ""
) -> dict[str, Any]:
    """A long job: how far, how long still (``left``: "8 Sekunden"). The body holds its buttons."""
    share = min(int(100 * (done or 0) / total), 100) if total else None
    return {
        "title": title,
        "done": done,
        "total": total,
        "left": left,
        "kind": kind,
        "share": share,
    }
