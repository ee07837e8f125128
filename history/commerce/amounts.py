"""Numbers as ERP files write them: ``12.345,00 €``, ``12345.00``, ``1.200,50-``, ``(1.200,50)``."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

Notation = Literal["comma", "point"]
CURRENCY: Final = re.compile(r"\s|\u00a0|\u202f|€|EUR|'|’", re.IGNORECASE)
PLAIN: Final = re.compile(r"\d+([.,]\d+)*")
COMMA_SURE: Final = re.compile(
    r"\d+(\.\d{3})*,(\d{1,2}|\d{4,})|\d+(\.\d{3})+,\d+|\d+(\.\d{3}){2,}|0,\d+"
)
POINT_SURE: Final = re.compile(
    r"\d+(,\d{3})*\.(\d{1,2}|\d{4,})|\d+(,\d{3})+\.\d+|\d+(,\d{3}){2,}|0\.\d+"
)
COMMA: Final = re.compile(r"(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")
POINT: Final = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")


def notation_of(texts: Iterable[str]) -> Notation:
    """What the decimals stand behind, told by those numbers that can be read in one way only;
    a comma if none tells it."""
    votes = 0
    for text in texts:
        digits, _sign = _bare(text)
        votes += bool(COMMA_SURE.fullmatch(digits)) - bool(POINT_SURE.fullmatch(digits))
    return "point" if votes < 0 else "comma"


def read(text: str, *, notation: Notation) -> Decimal | None:
    """The number; None if it is none. ``notation`` decides only where both are possible."""
    digits, sign = _bare(text)
    if COMMA_SURE.fullmatch(digits):
        notation = "comma"
    elif POINT_SURE.fullmatch(digits):
        notation = "point"
    if not (COMMA if notation == "comma" else POINT).fullmatch(digits):
        return None
    thousands, decimals = (".", ",") if notation == "comma" else (",", ".")
    try:
        return sign * Decimal(digits.replace(thousands, "").replace(decimals, "."))
    except InvalidOperation:
        return None


def _bare(text: str) -> tuple[str, int]:
    """The digits with their separators, and the sign wherever it stood."""
    bare = CURRENCY.sub("", text).replace("\N{MINUS SIGN}", "-")
    if bare.startswith("(") and bare.endswith(")"):
        return bare[1:-1], -1
    if bare.startswith("-") or bare.endswith("-"):
        return bare.strip("-"), -1
    return bare.removeprefix("+").removesuffix("+"), 1
