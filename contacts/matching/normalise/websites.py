"""Addresses of websites."""

import re
from functools import lru_cache

from contacts.matching.normalise.unreadable import Unreadable, cleaned
from contacts.matching.normalise.unreadable import gettext_noop as _

_SITE = re.compile(
    r"(?:(https?)://)?((?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63})(:\d{1,5})?([/?#]\S*)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)
def website(text: str) -> str:
    """ "WWW.Firma.de/" → "https://www.firma.de"; http stays http.

    Raises :class:`Unreadable` ``website-format``.
    """
    written = cleaned(text)
    found = _SITE.fullmatch(written)
    if not found:
        message = _("„%(text)s“ ist keine Internetadresse wie www.firma.de.")
        raise Unreadable("website-format", message, text=written)
    scheme, host, port, path = found.groups(default="")
    path = "" if path == "/" else path
    return f"{(scheme or 'https').lower()}://{host.lower()}{port}{path}"
