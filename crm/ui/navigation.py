"""The areas in the rail: a registry that every screen adds itself to."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from crm.accounts.models import User
from crm.accounts.policy import Permission

MOST_ON_PHONE = 5


@dataclass(frozen=True, slots=True)
class NavItem:
    """One area of the rail.

    ``order`` sorts, lowest first. ``also`` are further path prefixes that belong to the area
    (``/firmen/`` to *Kontakte*). ``counter`` gives the number beside the sign for this user;
    None or 0 shows nothing. ``counter_kind`` is ``""`` (quiet), ``"accent"`` or ``"hot"``.
    Without a ``permission`` every user who is logged in sees the area.
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


@dataclass(frozen=True, slots=True)
class Area:
    """A :class:`NavItem` as one user sees it on one page."""

    item: NavItem
    url: str
    is_current: bool
    on_phone: bool
    count: int | None


_items: dict[str, NavItem] = {}


def register(item: NavItem) -> None:
    """Add an area.

    :raises ValueError: its code is taken
    """
    if item.code in _items:
        raise ValueError(f"The area {item.code!r} is registered twice.")
    _items[item.code] = item


def areas_for(*, user: User, path: str) -> list[Area]:
    """The areas the user may open, in order; the one ``path`` belongs to is current."""
    allowed = [
        item
        for item in sorted(_items.values(), key=lambda item: item.order)
        if item.permission is None or item.permission in user.access.permissions
    ]
    urls = {item.code: reverse(item.url_name) for item in allowed}
    current = _code_of(path, allowed, urls)
    phone = [item.code for item in allowed if item.on_phone][:MOST_ON_PHONE]
    return [
        Area(
            item=item,
            url=urls[item.code],
            is_current=item.code == current,
            on_phone=item.code in phone,
            count=item.counter(user) if item.counter else None,
        )
        for item in allowed
    ]


def home_url(user: User) -> str:
    """Where the user starts: *Heute*, else the first area, else the own account."""
    try:
        return reverse("today")
    except NoReverseMatch:
        areas = areas_for(user=user, path="")
        return areas[0].url if areas else reverse("account")


def _code_of(path: str, items: list[NavItem], urls: dict[str, str]) -> str:
    """The area with the longest prefix of ``path``; the root only counts when met exactly."""
    found, length = "", 0
    for item in items:
        for prefix in (urls[item.code], *item.also):
            fits = path == prefix if prefix == "/" else path.startswith(prefix)
            if fits and len(prefix) > length:
                found, length = item.code, len(prefix)
    return found
