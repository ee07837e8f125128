"""Column names in one spelling, and which of them are known at all."""

import re
from functools import lru_cache
from typing import Final

_FOLDED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e"})
_NOISE: Final = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def key(header: str) -> str:
    """``Straße geschäftlich 2`` and ``STRASSE_GESCHAEFTLICH2`` both as ``strassegeschaeftlich2``.

    >>> key("E-Mail-Adresse")
    'emailadresse'
    """
    return _NOISE.sub("", header.strip().casefold().translate(_FOLDED))


def is_known(header: str) -> bool:
    """Whether any preset knows this column name."""
    from contacts.importing.presets.catalogue import known_keys

    return key(header) in known_keys()
