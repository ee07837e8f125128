"""What every page needs for its frame, computed only when a template asks for it."""

from contextlib import suppress
from functools import cached_property, lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from crm.accounts.models import User
from crm.accounts.policy import Permission
from crm.ui import commands, keys, navigation


class Shell:
    """The frame around a page for one request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def user(self) -> User | None:
        """Who is logged in."""
        user = getattr(self._request, "user", None)
        return user if isinstance(user, User) else None

    @property
    def language(self) -> str:
        """The language of the page, for ``<html lang>``."""
        return get_language() or "de"

    @property
    def theme(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return self.user.theme if self.user else "system"

    @property
    def density(self) -> str:
        """``compact`` or ``comfortable``."""
        return self.user.density if self.user else "compact"

    @property
    def single_keys(self) -> bool:
        """Whether single-letter keys act."""
        return self.user.single_key_shortcuts if self.user else False

    @cached_property
    def home_url(self) -> str:
        """Where the brand mark leads."""
        return navigation.home_url(self.user) if self.user else "/"

    @cached_property
    def search_url(self) -> str:
        """The global search; empty for users who may see no contacts."""
        if self.user and Permission.CONTACTS_VIEW in self.user.access.permissions:
            with suppress(NoReverseMatch):
                return reverse("search")
        return ""

    @cached_property
    def call_stream_url(self) -> str:
        """Where calls are told of; empty for users who may see no contacts."""
        if self.user and Permission.CONTACTS_VIEW in self.user.access.permissions:
            with suppress(NoReverseMatch):
                return reverse("call-stream")
        return ""

    @cached_property
    def areas(self) -> list[navigation.Area]:
        """The rail."""
        return navigation.areas_for(user=self.user, path=self._request.path) if self.user else []

    @cached_property
    def sections(self) -> list[navigation.Area]:
        """The tabs of the area, if it has sections."""
        return navigation.sections_for(user=self.user, path=self._request.path) if self.user else []

    @cached_property
    def quick_adds(self) -> list[commands.Command]:
        """The plus menu."""
        return commands.quick_adds_for(user=self.user) if self.user else []

    @property
    def palette(self) -> SafeString:
        """What the palette offers before anything is typed."""
        permissions = self.user.access.permissions if self.user else frozenset()
        return _palette(permissions, self.language)

    @property
    def keymap(self) -> SafeString:
        """The keyboard map."""
        return _keymap(self.single_keys, self.language)


@lru_cache(maxsize=64)
def _palette(permissions: frozenset[Permission], _language: str) -> SafeString:
    """The same for everybody of a role, and behind a key on every page."""
    offered = {"commands": commands.allowed(permissions)}
    return render_to_string("ui/palette_commands.html", offered)


@lru_cache(maxsize=16)
def _keymap(with_single: bool, _language: str) -> SafeString:
    return render_to_string("ui/keys_map.html", {"keys": keys.by_place(with_single=with_single)})


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: ``shell`` in every template."""
    return {"shell": Shell(request)}
