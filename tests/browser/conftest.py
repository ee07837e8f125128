"""Chromium against a live server: pages logged in by role, screenshots, accessibility.

A test fails when a page it opened threw a script error or broke the content security policy.
Screenshots are written where EINKLANG_SHOTS points to, and not at all without it.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from crm.accounts.models import RoleCode, User
from crm.platform import browser as chromium
from crm.platform.mail_sink import MailSink

# Playwright keeps an event loop in this thread; Django's guard against that is not meant for tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=15_000)
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
EXPECTED = (
    "Failed to load resource",
    "Response Status Error Code",
    "htmx:sendError",
    "htmx:sendAbort",
    "htmx:after",
    "EventSource's response",  # a stream that the end of a session cuts off
)
WIDTHS = (320, 390, 720, 1024, 1280, 1440)
EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
RUN_AXE = "only => axe.run({runOnly: only, resultTypes: ['violations']}).then(r => r.violations)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(
            executable_path=str(chromium.executable()),
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield program
        program.close()


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_kept() -> Iterator[None]:
    """A browser asks for each style and script once, as in production, not with every page."""
    serve = StaticFilesHandler.serve

    def kept(self: Any, request: Any) -> Any:
        answer = serve(self, request)
        answer["Cache-Control"] = "max-age=3600"
        return answer

    StaticFilesHandler.serve = kept
    yield
    StaticFilesHandler.serve = serve


@pytest.fixture
def live(live_server: Any) -> str:
    """The address of the running server, without a slash at the end."""
    return str(live_server.url)


@pytest.fixture
def sink(settings: Any, live: str, tmp_path: Any) -> Iterator[MailSink]:
    """A mail server that keeps what the application sends; links lead to the running one."""
    cache.clear()
    settings.PUBLIC_URL = live
    settings.MEDIA_ROOT, settings.SMS_FILE_PATH = tmp_path / "files", tmp_path / "sms"
    with MailSink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


@pytest.fixture
def new_page(browser: Browser, live: str) -> Iterator[Callable[..., Page]]:
    """``new_page(phone=True)``: a page without session; relative addresses go to ``live``."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(*, phone: bool = False, **options: Any) -> Page:
        still = {"reduced_motion": "reduce", "locale": "de-DE"}
        size = PHONE if phone else DESK
        options = {"viewport": size, "base_url": live, **still, **options}
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda message: _note(troubles, page, message))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def page_as(
    new_page: Callable[..., Page], make_user: Callable[..., User], live: str
) -> Callable[..., Page]:
    """``page_as(RoleCode.SALES)`` or ``page_as(user)``: a page that is logged in."""

    def open_as(who: str | User, **options: Any) -> Page:
        user = who if isinstance(who, User) else make_user(RoleCode(who))
        client = Client()
        client.force_login(user)
        page = new_page(**options)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live}])
        return page

    return open_as


@pytest.fixture
def shot() -> Callable[..., None]:
    """``shot(page, "name")``: desk and phone, light and dark, of the page as it is now."""
    folder = os.environ.get("EINKLANG_SHOTS")

    def take(page: Page, name: str, *, whole: bool = True) -> None:
        if not folder:
            return
        before = page.viewport_size
        for size in (DESK, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                path = Path(folder) / f"{name}-{size['width']}-{scheme}.png"
                page.screenshot(path=path, full_page=whole, animations="disabled")
        page.emulate_media(color_scheme="light")
        if before:
            page.set_viewport_size(before)

    return take


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """``assert_accessible(page)``: no serious and no critical violation, light and dark.

    Dark differs from light in colours alone, as test_dark_differs_in_colours_alone holds true:
    there, only the rules are asked that look at colours.
    """

    def check(page: Page) -> None:
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE_SCRIPT)
        for scheme, rules in (("dark", RULES_OF_COLOUR), ("light", EVERY_RULE)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            violations = page.evaluate(RUN_AXE, rules)
            grave = [
                f"{violation['id']}: {node['target']} {node['failureSummary']}"
                for violation in violations
                if violation["impact"] in ("serious", "critical")
                for node in violation["nodes"]
            ]
            assert grave == [], f"{page.url} ({scheme})\n" + "\n".join(grave)

    return check


@pytest.fixture
def assert_fits() -> Callable[[Page], None]:
    """``assert_fits(page)``: at no promised width does the page scroll sideways."""

    def check(page: Page) -> None:
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{page.url} is {wide} px wide at {width} px: {_beyond(page)}"
        if before:
            page.set_viewport_size(before)

    return check


def _beyond(page: Page) -> list[str]:
    """What reaches beyond the right edge: tag, class, right edge in px."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('main *')]"
        ".filter((each) => each.getBoundingClientRect().right > innerWidth)"
        ".map((each) => `${each.tagName}.${each.className} "
        "${Math.round(each.getBoundingClientRect().right)}`).slice(0, 12)"
    )
    return found


def _note(troubles: list[str], page: Page, message: Any) -> None:
    """Keep what is a fault; refusals (4xx) and lost connections are shown to users instead."""
    expected = any(words in message.text for words in EXPECTED)
    if message.type == "error" and not expected:
        troubles.append(f"{page.url}: {message.text}")
