"""Phone numbers in every German notation → E.164.

German numbers take a short way: patterns of libphonenumber's own metadata decide. What is not
German, or not plain, goes through libphonenumber itself.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType

from contacts.matching.normalise.unreadable import Unreadable, cleaned
from contacts.matching.normalise.unreadable import gettext_noop as _

Kind = Literal["mobile", "landline", "other"]


def _german_pattern(kind: str) -> re.Pattern[str]:
    description = getattr(PhoneMetadata.metadata_for_region("DE"), kind)
    return re.compile(description.national_number_pattern)


_GERMAN = _german_pattern("general_desc")
_GERMAN_LANDLINE = _german_pattern("fixed_line")
_GERMAN_MOBILE = _german_pattern("mobile")
_LEAD = 6  # more digits than any of libphonenumber's rules for German groups looks at
_LABEL = re.compile(
    r"^(?:tel|telefon|fon|phone|fax|telefax|mobil|mobile|handy|zentrale|[tfm])\b[.:\s]*",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[+\d][\d\s()/.\-–‐‑—_]*|\(\+?\d[\d\s()/.\-–‐‑—_]*")
_EXTENSION = re.compile(
    r"\s*-?\s*(?:durchwahl|dw\.?|app\.?|apparat)\s*[:.]?\s*(\d{1,5})$", re.IGNORECASE
)
_SWITCHBOARD = re.compile(r"[-–]\s*0$")
_SEVERAL = re.compile(r"\s(?:oder|und|od\.|u\.)\s|[;|]|,\s*(?=[+0])|\s/\s*(?=[+0]\d{3})")
_TRUNK = re.compile(r"\(0\)")
_NOT_A_DIGIT = re.compile(r"\D+")
_KINDS: dict[int, Kind] = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "other",
}


@dataclass(frozen=True, slots=True)
class Phone:
    """``e164`` such as "+494311234567"; ``kind`` as the number itself tells it."""

    e164: str
    kind: Kind

    def __str__(self) -> str:
        return self.e164


@lru_cache(maxsize=1 << 14)
def phone(text: str, *, region: str = "DE", area_code: str = "") -> Phone:
    """Read a number as people write it: "(0431) 12 34-56", "0049-431…", "+49 (0)431 …".

    ``region``: ISO code of the country meant where the number names none; ``area_code``: put
    before numbers that have no area code ("0431"). Raises :class:`Unreadable`
    ``phone-empty``, ``phone-several``, ``phone-letters``, ``phone-no-area-code``,
    ``phone-rounded`` (Excel's 4,94E+11) and ``phone-invalid``.
    """
    written = _LABEL.sub("", cleaned(text)).strip(" .,:;")
    if not written:
        raise Unreadable("phone-empty", _("Es steht keine Rufnummer da."))
    number = _with_extension(written)
    if not _PLAIN.fullmatch(number):
        raise _not_plain(written)
    german = _german(number, region, area_code)
    found = german or _foreign(number, region, area_code)
    if found:
        return found
    raise _refusal(written, number, region)


def _with_extension(written: str) -> str:
    """ "12345-0 DW 12" is dialled 1234512."""
    found = _EXTENSION.search(written)
    if not found:
        return written
    return _SWITCHBOARD.sub("", written[: found.start()]).rstrip(" -") + found[1]


def _national(number: str, region: str, area_code: str) -> str:
    """German digits without country code and leading zero; "" if the number is not German."""
    digits = _NOT_A_DIGIT.sub("", _TRUNK.sub("", number))
    if number.lstrip("(").startswith("+"):
        return digits[2:].lstrip("0") if digits.startswith("49") else ""
    if digits.startswith("00"):
        return digits[4:].lstrip("0") if digits.startswith("0049") else ""
    if region != "DE":
        return ""
    if digits.startswith("0"):
        return digits[1:]
    if area_code:
        return _NOT_A_DIGIT.sub("", area_code).lstrip("0") + digits
    return digits[2:].lstrip("0") if digits.startswith("49") and len(digits) > 10 else ""


def _german(number: str, region: str, area_code: str) -> Phone | None:
    national = _national(number, region, area_code)
    if _GERMAN_MOBILE.fullmatch(national):
        return Phone(f"+49{national}", "mobile")
    if len(national) <= 13 and _GERMAN_LANDLINE.fullmatch(national) and _GERMAN.fullmatch(national):
        return Phone(f"+49{national}", "landline")
    return None


def _foreign(number: str, region: str, area_code: str) -> Phone | None:
    """Everything else by libphonenumber: other countries, service and special numbers."""
    number = _TRUNK.sub("", number)
    lead = number.lstrip("(")
    if region == "DE" and not area_code and not lead.startswith(("+", "0")):
        return None
    if area_code and not lead.startswith(("+", "0")):
        number = area_code + number
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    kind = _KINDS.get(phonenumbers.number_type(parsed), "other")
    return Phone(phonenumbers.format_number(parsed, PhoneNumberFormat.E164), kind)


def _not_plain(written: str) -> Unreadable:
    if re.fullmatch(r"\d([.,]\d+)?E\+?\d+", written, re.IGNORECASE):
        message = _(
            "„%(text)s“ ist eine von Excel gerundete Zahl; die Rufnummer ist verloren. "
            "Formatieren Sie die Spalte als Text und exportieren Sie sie neu."
        )
        return Unreadable("phone-rounded", message, text=written)
    if _SEVERAL.search(written):
        first = _SEVERAL.split(written)[0].strip()
        message = _("„%(text)s“ sind mehrere Rufnummern. Tragen Sie jede für sich ein.")
        return Unreadable("phone-several", message, first, text=written)
    message = _("„%(text)s“ ist keine Rufnummer. Erlaubt sind Ziffern, +, Klammern und Striche.")
    return Unreadable("phone-letters", message, text=written)


def _refusal(written: str, number: str, region: str) -> Unreadable:
    if _SEVERAL.search(written):
        return _not_plain(written)
    digits = _NOT_A_DIGIT.sub("", number)
    if region == "DE" and digits and not number.lstrip("(").startswith(("+", "0")):
        guess = _german(f"0{digits}", "DE", "")
        proposal = phone_text(guess.e164) if guess and len(digits) > 6 else ""
        message = _("In der Rufnummer „%(text)s“ fehlt die Vorwahl.")
        return Unreadable("phone-no-area-code", message, proposal, text=written)
    message = _("„%(text)s“ ist keine gültige Rufnummer. Prüfen Sie Vorwahl und Länge.")
    return Unreadable("phone-invalid", message, text=written)


@lru_cache(maxsize=1 << 14)
def phone_text(e164: str, *, region: str = "DE") -> str:
    """A number as people of the region read it: "030 23125102", abroad "+43 1 5880001"."""
    if region == "DE" and e164.startswith("+49") and len(e164) > _LEAD + 3:
        national = e164[3:]
        return _in_groups(national, _german_grouping(national[:_LEAD], len(national)))
    return _formatted(e164, region)


def _formatted(e164: str, region: str) -> str:
    try:
        parsed = phonenumbers.parse(e164, region)
    except phonenumbers.NumberParseException:
        return e164
    at_home = phonenumbers.region_code_for_country_code(parsed.country_code or 0) == region
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)


@lru_cache(maxsize=1 << 14)
def _german_grouping(lead: str, length: int) -> tuple[int, ...]:
    """How libphonenumber groups a number: that depends on its first digits and its length."""
    text = _formatted(f"+49{lead.ljust(length, '0')}", "DE")
    return tuple(len(group) for group in text.split())


def _in_groups(national: str, lengths: tuple[int, ...]) -> str:
    """The digits in groups; the trunk zero counts in the first group where there is one."""
    digits = national if sum(lengths) == len(national) else f"0{national}"
    groups, start = [], 0
    for length in lengths:
        groups.append(digits[start : start + length])
        start += length
    return " ".join(groups)
