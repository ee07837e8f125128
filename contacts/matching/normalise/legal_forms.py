"""Legal forms of companies in their canonical spelling, found however they are written."""

import re

# Spellings without points, spaces and case, "und" and "+" as "&" → canonical.
_FORMS = {
    "gmbh": "GmbH", "gesellschaftmitbeschränkterhaftung": "GmbH", "ggmbh": "gGmbH", "mbh": "mbH",
    "mitbeschränkterhaftung": "mbH", "mbb": "mbB", "gesmbh": "Ges.m.b.H.", "ag": "AG",
    "aktiengesellschaft": "AG", "se": "SE", "kg": "KG", "kommanditgesellschaft": "KG",
    "kgaa": "KGaA", "kommanditgesellschaftaufaktien": "KGaA", "ohg": "OHG",
    "offenehandelsgesellschaft": "OHG", "gbr": "GbR", "gdbr": "GbR", "egbr": "eGbR",
    "gesellschaftbürgerlichenrechts": "GbR", "og": "OG", "keg": "KEG", "oeg": "OEG",
    "ek": "e. K.", "ekfm": "e. K.", "ekfr": "e. K.", "ekffr": "e. K.",
    "eingetragenerkaufmann": "e. K.", "eingetragenekauffrau": "e. K.", "eu": "e. U.", "eg": "eG",
    "eingetragenegenossenschaft": "eG", "ev": "e. V.", "eingetragenerverein": "e. V.",
    "ug": "UG (haftungsbeschränkt)", "ughaftungsbeschränkt": "UG (haftungsbeschränkt)",
    "unternehmergesellschafthaftungsbeschränkt": "UG (haftungsbeschränkt)",
    "gug": "gUG (haftungsbeschränkt)", "gughaftungsbeschränkt": "gUG (haftungsbeschränkt)",
    "partg": "PartG", "partnerschaftsgesellschaft": "PartG", "partgmbb": "PartG mbB",
    "partnerschaftmbb": "PartG mbB", "partnerschaftsgesellschaftmbb": "PartG mbB", "kdör": "KdöR",
    "aör": "AöR", "vvag": "VVaG", "ewiv": "EWIV", "ltd": "Ltd.", "limited": "Ltd.", "plc": "plc",
    "llc": "LLC", "llp": "LLP", "inc": "Inc.", "corp": "Corp.", "corporation": "Corp.",
    "sa": "S.A.", "sas": "SAS", "sàrl": "S.à r.l.", "sarl": "S.à r.l.", "srl": "S.r.l.",
    "spa": "S.p.A.", "sl": "S.L.", "slu": "S.L.U.", "bv": "B.V.", "nv": "N.V.", "bvba": "BVBA",
    "vof": "V.O.F.", "as": "A/S", "aps": "ApS", "ab": "AB", "oy": "Oy", "oyj": "Oyj",
    "asa": "ASA", "spzoo": "Sp. z o.o.", "sro": "s.r.o.", "doo": "d.o.o.", "kft": "Kft.",
    "zrt": "Zrt.",
}  # fmt: skip
_PARTNERS = {
    "gmbh": ("kg", "kgaa", "ohg"), "ggmbh": ("kg", "kgaa"), "ag": ("kg", "kgaa", "ohg"),
    "mbh": ("kg", "kgaa", "ohg"), "se": ("kg", "kgaa", "ohg"), "ug": ("kg", "ohg"),
    "ughaftungsbeschränkt": ("kg", "ohg"), "gesmbh": ("kg", "og"), "ltd": ("kg",), "ev": ("kg",),
    "stiftung": ("kg",), "kg": ("kgaa",), "bv": ("kg",),
}  # fmt: skip
_FORMS |= {
    f"{first}&co{second}": f"{_FORMS.get(first, 'Stiftung')} & Co. {_FORMS[second]}"
    for first, seconds in _PARTNERS.items()
    for second in seconds
}
# Words of other meaning as well: a legal form only with a capital, a point or a stroke.
_ONLY_AS_WRITTEN = {
    "as", "ab", "sa", "og", "oy", "se", "sl", "spa", "eu", "srl", "sas", "inc", "asa",
}  # fmt: skip
_NOTHING = re.compile(r"[^\w&]+|_")
_AND = re.compile(r"\b(und|u\.?|and)(?=\s+co\b)|\+", re.IGNORECASE)
_MOST_WORDS = 8


def split_off(name: str) -> tuple[str, str]:
    """(name, legal form): the longest legal form at the end taken off, or ``(name, "")``."""
    words = name.split(" ")
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        form = canonical(" ".join(words[-count:]))
        if form:
            return " ".join(words[:-count]), form
    return name, ""


def canonical(text: str) -> str:
    """The canonical spelling of a legal form ("gmbh&co.kg" → "GmbH & Co. KG"), or ""."""
    key = _NOTHING.sub("", _AND.sub("&", text).casefold().replace("ß", "ss"))
    if key in _ONLY_AS_WRITTEN and text == text.lower() and text.isalpha():
        return ""
    return _FORMS.get(key, "")
