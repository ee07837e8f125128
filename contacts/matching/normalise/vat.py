"""VAT identification numbers (Umsatzsteuer-Identifikationsnummern)."""

import re
from functools import lru_cache

from contacts.matching.normalise.unreadable import Unreadable, cleaned
from contacts.matching.normalise.unreadable import gettext_noop as _

# Behind the country's two letters. Source: European Commission, VIES, structure of numbers.
_FORMATS = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]",
    "CZ": r"\d{8,10}", "DE": r"[1-9]\d{8}", "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}",
    "ES": r"[A-Z0-9]\d{7}[A-Z0-9]", "FI": r"\d{8}", "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}",
    "GB": r"\d{9}|\d{12}|(?:GD|HA)\d{3}", "XI": r"\d{9}|\d{12}", "HR": r"\d{11}", "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}", "IT": r"\d{11}", "LT": r"\d{9}|\d{12}", "LU": r"\d{8}",
    "LV": r"\d{11}", "MT": r"\d{8}", "NL": r"[A-Z0-9+*]{10}\d{2}", "PL": r"\d{10}",
    "PT": r"\d{9}", "RO": r"\d{2,10}", "SE": r"\d{12}", "SI": r"\d{8}", "SK": r"\d{10}",
    "CH": r"E\d{9}(?:MWST|TVA|IVA)?", "LI": r"\d{5}", "NO": r"\d{9}(?:MVA)?",
}  # fmt: skip
_PATTERNS = {country: re.compile(form) for country, form in _FORMATS.items()}
_SEPARATORS = re.compile(r"[\s./\-]+")
_TAX_NUMBER = re.compile(r"\d{2,3}/\d{3,4}/\d{4,5}")


@lru_cache(maxsize=1 << 14)
def vat_id(text: str) -> str:
    """ "DE 136 695 976" → "DE136695976", checked by format and, for Germany, check digit.

    Raises :class:`Unreadable` ``vat-tax-number`` (a Steuernummer), ``vat-country``,
    ``vat-format`` and ``vat-check-digit``.
    """
    written = cleaned(text)
    if _TAX_NUMBER.fullmatch(written):
        message = _("„%(text)s“ ist eine Steuernummer. Gebraucht wird die USt-IdNr. (DE …).")
        raise Unreadable("vat-tax-number", message, text=written)
    number = _SEPARATORS.sub("", written).upper()
    country, rest = number[:2], number[2:]
    if country not in _PATTERNS:
        proposal = f"DE{number}" if _PATTERNS["DE"].fullmatch(number) and _checked(number) else ""
        message = _("Die USt-IdNr. „%(text)s“ beginnt nicht mit einem Länderkürzel wie DE.")
        raise Unreadable("vat-country", message, proposal, text=written)
    if not _PATTERNS[country].fullmatch(rest):
        message = _("„%(text)s“ hat nicht die Form einer USt-IdNr. des Landes %(country)s.")
        raise Unreadable("vat-format", message, text=written, country=country)
    if country == "DE" and not _checked(rest):
        message = _("Die Prüfziffer der USt-IdNr. „%(text)s“ stimmt nicht: wohl ein Tippfehler.")
        raise Unreadable("vat-check-digit", message, text=written)
    return number


def german_check_digit(eight_digits: str) -> str:
    """The ninth digit of a German VAT id (ISO 7064, MOD 11,10)."""
    product = 10
    for digit in eight_digits:
        product = 2 * (((int(digit) + product) % 10) or 10) % 11
    return str((11 - product) % 10)


def _checked(nine_digits: str) -> bool:
    return german_check_digit(nine_digits[:8]) == nine_digits[8]
