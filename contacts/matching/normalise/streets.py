"""Streets: name and house number apart, and the key under which spellings are one street."""

import re
from dataclasses import dataclass
from functools import lru_cache

from contacts.matching.normalise.folding import fold
from contacts.matching.normalise.name_case import is_shouted, unshouted
from contacts.matching.normalise.unreadable import Unreadable, cleaned
from contacts.matching.normalise.unreadable import gettext_noop as _

_PIECE = r"\d{1,5}\s?[a-zA-Z]?(?![a-zA-Z\d])"
_NUMBER = rf"{_PIECE}(?:\s?(?:½|1/2))?(?:\s?[-–/+]\s?(?:{_PIECE}|[a-zA-Z](?![a-zA-Z])))*"
_AT_END = re.compile(
    r"^(?P<name>.*?[^\W\d_].*?)"
    r"(?:[\s,]+(?:Nr\.?|Hausnr\.?|Hausnummer)?\s*|(?<=\.)|(?<=straße)|(?<=strasse)|(?<=weg)|(?<=platz))"
    rf"(?P<number>{_NUMBER})(?P<extra>\s*[,;]\s*\S.*)?$",
    re.IGNORECASE,
)
_AT_START = re.compile(rf"^(?P<number>{_NUMBER}),\s*(?P<name>[^\d,]+)$")
_BLOCK = re.compile(rf"^(?P<name>[A-Z]\s?\d{{1,2}})[\s,]+(?P<number>{_NUMBER})$")
_BOX = re.compile(
    r"^(?:Postfach|Postf\.|PF|P\.?\s?O\.?\s?Box|Case postale)\s*(?P<box>\d[\d ]*)$", re.IGNORECASE
)
_SPACES_IN_NUMBER = re.compile(r"\s*([-–/+])\s*|\s+")
_KEY_WORDS = [
    (re.compile(r"str(?:asse|\b)"), "str"),
    (re.compile(r"\bsankt\b"), "st"),
    (re.compile(r"\bdoktor\b"), "dr"),
    (re.compile(r"\bprofessor\b"), "prof"),
    (re.compile(r"pl(?:atz|\b)"), "pl"),
]


@dataclass(frozen=True, slots=True)
class Street:
    """``name`` as written, ``house_number`` such as "14", "12a", "12-14", "5/3/12".

    ``extra`` is what stood behind the number ("Hinterhaus"), ``po_box`` the number of a post
    office box (name and house number are empty then).
    """

    name: str
    house_number: str = ""
    extra: str = ""
    po_box: str = ""


@lru_cache(maxsize=1 << 14)
def street(text: str) -> Street:
    """ "Am Speicher 14 b" → name "Am Speicher", house number "14b".

    Raises :class:`Unreadable` ``street-empty``, ``street-no-name`` (no letter in it).
    """
    line = cleaned(text).strip(" ,")
    if not line:
        raise Unreadable("street-empty", _("Es steht keine Straße da."))
    if not any(sign.isalpha() for sign in line):
        message = _("„%(text)s“ nennt keine Straße. Tragen Sie Straße und Hausnummer ein.")
        raise Unreadable("street-no-name", message, text=line)
    if box := _BOX.match(line):
        return Street("", po_box=" ".join(box["box"].split()))
    for pattern in (_BLOCK, _AT_END, _AT_START):
        if found := pattern.match(line):
            extra = found.groupdict().get("extra") or ""
            return Street(_named(found["name"]), house_number(found["number"]), extra.strip(" ,;"))
    return Street(_named(line))


def house_number(text: str) -> str:
    """ "12 a" → "12a", "12 – 14" → "12-14", "12 ½" → "12 1/2"."""
    number = cleaned(text).replace("½", " 1/2").replace("–", "-")
    half = number.endswith(" 1/2")
    core = number.removesuffix(" 1/2") if half else number
    core = _SPACES_IN_NUMBER.sub(lambda m: m[1] or "", core)
    if core[-1:].isupper() and len(core) < 8:
        core = core.lower()
    return f"{core} 1/2" if half else core


@lru_cache(maxsize=1 << 14)
def street_key(name: str) -> str:
    """Key without spaces: Lange Str., Lange Straße and LANGE-STRASSE give "langestr"."""
    key = fold(name)
    for pattern, short in _KEY_WORDS:
        key = pattern.sub(short, key)
    return key.replace(" ", "")


def _named(name: str) -> str:
    name = name.strip(" ,")
    return unshouted(name) if is_shouted(name) else name
