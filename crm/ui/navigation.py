"""The areas in the rail: a registry that every screen adds itself to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from crm.accounts.models import User
from crm.accounts.policy import Permission

MOST_ON_PHONE = 5


@dataclass(frozen=True, slots=True)
class NavItem:
    """One area of the rail, or with ``within`` one section of an area.

    ``order`` sorts, lowest first. ``also`` are further path prefixes that belong to it
    (``/firmen/`` to *Kontakte*). ``counter`` gives the number beside the sign for this user;
    None or 0 shows nothing. ``counter_kind`` is ``""`` (quiet), ``"accent"`` or ``"hot"``.
    Without a ``permission`` every user who is logged in sees it.

    An area without a ``url_name`` leads to its first section and is not shown without one.
    Sections stand as tabs above the pages of their area, once there are two of them.
    """

    code: str
    label: str | Promise
    icon: str
    url_name: str
    permission: Permission | None
    order: int
    on_phone: bool = False
    counter: Callable[[User], int | None] | None = None
    counter_kind: str = ""
    also: tuple[str, ...] = ()
    within: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A :class:`NavItem` as one user sees it on one page."""

    item: NavItem
    url: str
    is_current: bool
    on_phone: bool
    count: int | None


Entry = tuple[NavItem, list[str]]
_items: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add an area or a section.

    :raises ValueError: its code is taken
    """
    if item.code in _items:
        raise ValueError(f"The area {item.code!r} is registered twice.")
    _items[item.code] = item


def areas_for(*, user: User, path: str) -> list[Area]:
    """The areas the user may open, in order; the one ``path`` belongs to is current."""
    return _seen(_areas(user), user, path)


def sections_for(*, user: User, path: str) -> list[Area]:
    """The sections of the area ``path`` belongs to; none if it has only one."""
    areas = _areas(user)
    current = _code_of(path, areas)
    sections = [(item, [url]) for item, (url, *_) in _allowed(user) if item.within == current]
    return _seen(sections, user, path) if current and len(sections) > 1 else []


def home_url(user: User) -> str:
    """Where the user starts: *Heute*, else the first area, else the own account."""
    try:
        return reverse("today")
    except NoReverseMatch:
        areas = areas_for(user=user, path="")
        return areas[0].url if areas else reverse("account")


def _allowed(user: User) -> list[Entry]:
    """Everything the user may open, with its address first and its further prefixes after it."""
    return [
        (item, [_address(item.url_name), *item.also])
        for item in sorted(_items.values(), key=lambda item: item.order)
        if item.permission is None or item.permission in user.access.permissions
    ]


@cache
def _address(url_name: str) -> str:
    return reverse(url_name) if url_name else ""


def _areas(user: User) -> list[Entry]:
    """The areas; each also answers to the addresses of its sections."""
    allowed = _allowed(user)
    areas: list[Entry] = []
    for item, prefixes in allowed:
        inner = [prefix for other, own in allowed if other.within == item.code for prefix in own]
        known = [prefix for prefix in (*prefixes, *inner) if prefix]
        if not item.within and known:
            areas.append((item, known))
    return areas


def _seen(entries: list[Entry], user: User, path: str) -> list[Area]:
    current = _code_of(path, entries)
    phone = [item.code for item, _ in entries if item.on_phone][:MOST_ON_PHONE]
    return [
        Area(
            item=item,
            url=prefixes[0],
            is_current=item.code == current,
            on_phone=item.code in phone,
            count=item.counter(user) if item.counter else None,
        )
        for item, prefixes in entries
    ]


def _code_of(path: str, entries: list[Entry]) -> str:
    """The entry with the longest prefix of ``path``; the root only counts when met exactly."""
    found, length = "", 0
    for item, prefixes in entries:
        for prefix in prefixes:
            fits = path == prefix if prefix == "/" else path.startswith(prefix)
            if fits and len(prefix) > length:
                found, length = item.code, len(prefix)
    return found
