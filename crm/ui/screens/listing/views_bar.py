"""The tabs above a list: everything, one's own, and saved views, with their numbers."""

from dataclasses import dataclass, replace

from django.core.cache import cache
from django.utils.translation import gettext as _

from contacts import saved_views
from contacts.listing import ListQuery, Scope
from contacts.listing import query as queries
from contacts.listing.counting import Count, counts
from crm.kernel import errors
from crm.ui import formats
from crm.ui.screens.listing.asking import Asked
from crm.ui.screens.listing.lists import Screen

SECONDS = 30


@dataclass(frozen=True, slots=True)
class Tab:
    """One view: its address, and its number once it is known."""

    code: str
    label: str
    url: str
    is_current: bool
    count: str = ""
    note: str = ""


def tabs(*, screen: Screen, scope: Scope, asked: Asked, count_now: bool = False) -> list[Tab]:
    """The tabs. Numbers are half a minute old at most; with ``count_now`` they are counted."""
    found = [
        _tab(screen, asked, "all", _("Alle"), ""),
        _tab(screen, asked, "mine", _("Meine"), "owner=me"),
    ]
    for view in saved_views.visible_to(user=scope.user, list_name=scope.name):
        shared = "" if view.owner_id == scope.user.pk else _("von %(name)s") % {"name": view.owner}
        found.append(
            Tab(
                code=str(view.public_id),
                label=view.name,
                url=f"{screen.url()}?{_joined(view.query, f'view={view.public_id}')}",
                is_current=asked.view == view,
                note=shared,
            )
        )
    numbers = _numbers(scope, found, count_now=count_now)
    return [replace(tab, count=numbers.get(tab.code, "")) for tab in found]


def told(count: Count) -> str:
    """``312`` or ``1.000+``."""
    return formats.number(count.value) + ("+" if count.is_capped else "")


def _tab(screen: Screen, asked: Asked, code: str, label: str, conditions: str) -> Tab:
    """A view that everybody has; it keeps the columns in use."""
    columns = f"columns={','.join(asked.query.columns)}" if asked.query.columns else ""
    current = asked.view is None and _conditions(asked.query) == conditions
    query = _joined(conditions, columns)
    return Tab(code, label, f"{screen.url()}{'?' if query else ''}{query}", current)


def _conditions(query: ListQuery) -> str:
    return ListQuery(conditions=query.conditions, text=query.text).encode()


def _joined(*parts: str) -> str:
    return "&".join(part for part in parts if part)


def _numbers(scope: Scope, found: list[Tab], *, count_now: bool) -> dict[str, str]:
    key = f"list-counts:{scope.name.value}:{scope.user.pk}"
    known: dict[str, str] = cache.get(key) or {}
    if not count_now:
        return known
    wanted = [(tab, query) for tab in found if (query := _query(scope, tab)) is not None]
    numbers = counts(wanted=[(scope, query) for _tab, query in wanted])
    known = {tab.code: told(count) for (tab, _query), count in zip(wanted, numbers, strict=True)}
    cache.set(key, known, SECONDS)
    return known


def _query(scope: Scope, tab: Tab) -> ListQuery | None:
    """The tab's query, or None if it can no longer be read (a criterion was retired)."""
    text = "&".join(
        part for part in tab.url.partition("?")[2].split("&") if not part.startswith("view=")
    )
    try:
        return queries.parse_string(scope=scope, text=text)
    except errors.Invalid:
        return None
