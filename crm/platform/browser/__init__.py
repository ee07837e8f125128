"""A Chromium for the browser tests, from wherever this machine can get one.

``provide`` looks and, if need be, fetches; ``executable`` only looks. Chromium's headless shell,
which Playwright drives by default, comes before a whole Chromium: the same engine without the
windows, menus and services of a desktop browser, which take two thirds of the processor's time that
a page costs.
"""

import os
from pathlib import Path

from crm.platform.browser import debian, driver, playwright_build, system
from crm.platform.errors import PlatformError
from crm.platform.progress import say

VARIABLE = "EINKLANG_CHROMIUM"

__all__ = ["VARIABLE", "executable", "provide"]


def executable() -> Path:
    """The Chromium to drive: EINKLANG_CHROMIUM, the system's, or one that ``provide`` fetched.

    Raises PlatformError if there is none.
    """
    driver.use_unpacked()
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen)
    for find in (system.find, playwright_build.find, debian.find):
        path = find()
        if path is not None:
            return path
    raise PlatformError(
        "Für die Browsertests fehlt Chromium. „make test“ besorgt es; oder bitte EINKLANG_CHROMIUM "
        "auf ein Chromium oder Chrome setzen."
    )


def provide() -> Path:
    """As ``executable``, but fetches what is missing; raises PlatformError."""
    driver.provide()
    try:
        return executable()
    except PlatformError:
        say("  Für die Browsertests wird Chromium besorgt.")
    refusals = []
    for fetch in (playwright_build.fetch, debian.fetch):
        try:
            return fetch()
        except PlatformError as error:
            refusals.append(str(error))
    raise PlatformError("\n".join(["Chromium ließ sich nicht besorgen.", *refusals]))
