"""Postal codes, with the rules of the country they belong to."""

import re
from dataclasses import dataclass
from functools import lru_cache

from contacts.matching.normalise.unreadable import Unreadable, cleaned
from contacts.matching.normalise.unreadable import gettext_noop as _

# What a postal code is once spaces and the country sign are gone, and how it is written.
_RULES = {
    "DE": (r"(?!00)\d{5}", ""), "AT": (r"[1-9]\d{3}", ""), "CH": (r"[1-9]\d{3}", ""),
    "LI": (r"94(?:8[5-9]|9[0-8])", ""), "NL": (r"([1-9]\d{3})([A-Z]{2})", r"\1 \2"),
    "BE": (r"[1-9]\d{3}", ""), "LU": (r"\d{4}", ""), "FR": (r"\d{5}", ""), "IT": (r"\d{5}", ""),
    "ES": (r"\d{5}", ""), "PT": (r"(\d{4})-?(\d{3})", r"\1-\2"), "DK": (r"\d{4}", ""),
    "PL": (r"(\d{2})-?(\d{3})", r"\1-\2"), "CZ": (r"(\d{3})(\d{2})", r"\1 \2"),
    "SK": (r"(\d{3})(\d{2})", r"\1 \2"), "SE": (r"(\d{3})(\d{2})", r"\1 \2"), "NO": (r"\d{4}",
    ""), "FI": (r"\d{5}", ""), "HU": (r"\d{4}", ""), "SI": (r"\d{4}", ""),
    "GB": (r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", r"\1 \2"), "US": (r"(\d{5})(?:-?(\d{4}))?", ""),
}  # fmt: skip
_PATTERNS = {code: (re.compile(rule), form) for code, (rule, form) in _RULES.items()}
_SIGNS = {
    "D": "DE", "A": "AT", "F": "FR", "B": "BE", "L": "LU", "I": "IT", "E": "ES", "S": "SE",
    "FL": "LI",
}  # fmt: skip
_WITH_SIGN = re.compile(r"^([A-Za-z]{1,2})\s*[-–]\s*(?=\d)|^([A-Z]{1,2})\s?(?=\d{4,5}\b)")
_ANY = re.compile(r"[A-Z0-9][A-Z0-9 -]{1,9}")
_CODE_THEN_CITY = re.compile(
    r"^((?:[A-Za-z]{1,2}\s?[-–]\s?)?\d{4,5}(?:\s?[A-Z]{2}(?=\s))?)[\s,]+(?=\D)(.+)$"
)


@dataclass(frozen=True, slots=True)
class Locality:
    """``postal_code``, ``city`` and ``country`` (ISO code) of one line."""

    postal_code: str
    city: str
    country: str


@lru_cache(maxsize=1 << 14)
def postal_code(text: str, country: str = "DE") -> str:
    """The postal code as its country writes it; ``country`` is an ISO code.

    Raises :class:`Unreadable` ``postal-code-short`` (a leading zero was lost, proposal given),
    ``postal-code-other-country`` ("A-1010" for Germany) and ``postal-code-format``.
    """
    bare, sign = _without_sign(cleaned(text))
    if sign and sign != country:
        message = _("Die Postleitzahl „%(text)s“ gehört zum Land %(sign)s, nicht zu %(country)s.")
        raise Unreadable(
            "postal-code-other-country",
            message,
            bare,
            text=cleaned(text),
            sign=sign,
            country=country,
        )
    code = re.sub(r"\.0+$", "", bare).upper()
    pattern, form = _PATTERNS.get(country, (_ANY, None))
    if form is None and pattern.fullmatch(code):
        return code
    tight = code.replace(" ", "")
    if form is not None and (found := pattern.fullmatch(tight)):
        return found.expand(form) if form else tight
    raise _refusal(tight, country)


def _without_sign(text: str) -> tuple[str, str]:
    found = _WITH_SIGN.match(text)
    if not found:
        return text, ""
    sign = (found[1] or found[2]).upper()
    country = _SIGNS.get(sign, sign)
    return (text[found.end() :], country) if country in _PATTERNS else (text, "")


def _refusal(code: str, country: str) -> Unreadable:
    padded = f"0{code}"
    if country == "DE" and len(code) == 4 and _PATTERNS["DE"][0].fullmatch(padded):
        message = _(
            "Die Postleitzahl „%(text)s“ hat nur vier Ziffern: wohl ging eine führende Null "
            "verloren. Meinen Sie %(meant)s?"
        )
        return Unreadable("postal-code-short", message, padded, text=code, meant=padded)
    message = _("„%(text)s“ ist keine Postleitzahl des Landes %(country)s.")
    return Unreadable("postal-code-format", message, text=code, country=country)


def postal_code_city(text: str, country: str = "DE") -> Locality:
    """ "D-24103 Kiel" → code, city, country; the sign before the code names the country.

    Raises :class:`Unreadable` ``locality-format`` or what :func:`postal_code` raises.
    """
    line = cleaned(text)
    found = _CODE_THEN_CITY.match(line)
    if not found:
        message = _("„%(text)s“ ist nicht Postleitzahl und Ort, wie in „24103 Kiel“.")
        raise Unreadable("locality-format", message, text=line)
    where = _without_sign(found[1])[1] or country
    return Locality(postal_code(found[1], where), found[2].strip(), where)
