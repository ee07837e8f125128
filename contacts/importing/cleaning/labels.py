"""Columns whose meaning stands in a neighbouring cell: ``Phone 1 - Label`` says ``Mobile``."""

import re
from collections.abc import Sequence

_NUMBERED = re.compile(r"^(.*?\d+)")
_MOBILE = ("mobil", "cell", "handy", "iphone")
_PRIVATE = ("home", "privat", "zuhause", "personal")
_OTHER = ("other", "sonst", "andere")


def label_column(name: str, labels: Sequence[str]) -> str | None:
    """The column that labels ``name``: the one with the same beginning up to its number."""
    match = _NUMBERED.match(name)
    if match is None:
        return labels[0] if len(labels) == 1 else None
    return next((label for label in labels if label.startswith(match[1])), None)


def meant(code: str, label: str) -> str:
    """The target behind ``phone.labelled`` and its kin, once the label is known.

    >>> meant("phone.labelled", "* Mobil")
    'mobile.business'
    """
    word = label.casefold()
    private = any(part in word for part in _PRIVATE)
    purpose = "private" if private else "business"
    if code == "email.labelled":
        return "email.other" if any(part in word for part in _OTHER) else f"email.{purpose}"
    if code == "phone.labelled":
        if "fax" in word:
            return f"fax.{purpose}"
        if any(part in word for part in _MOBILE):
            return f"mobile.{purpose}"
        return f"phone.{purpose}"
    return code.replace(".labelled.", f".{purpose}.")
