"""Salutations and academic titles in their canonical German spelling."""

import re
from functools import lru_cache

_SALUTATIONS = {
    "herr": "Herr", "herrn": "Herr", "hr": "Herr", "hrn": "Herr", "mr": "Herr", "mister": "Herr",
    "m": "Herr", "männlich": "Herr", "monsieur": "Herr", "male": "Herr", "frau": "Frau",
    "fr": "Frau", "fräulein": "Frau", "frl": "Frau", "mrs": "Frau", "ms": "Frau", "miss": "Frau",
    "w": "Frau", "f": "Frau", "weiblich": "Frau", "madame": "Frau", "female": "Frau",
    "divers": "divers", "d": "divers", "mx": "divers", "x": "divers",
}  # fmt: skip
_BEFORE_A_NAME = {
    "herr", "herrn", "hr", "hrn", "mr", "mister", "frau", "fr", "fräulein", "frl", "mrs", "ms",
}  # fmt: skip

# Letters only, small → as it is written.
_TITLES = {
    "dr": "Dr.", "ddr": "DDr.", "prof": "Prof.", "professor": "Prof.", "doktor": "Dr.",
    "dring": "Dr.-Ing.", "drmed": "Dr. med.", "drphil": "Dr. phil.", "drjur": "Dr. jur.",
    "drrernat": "Dr. rer. nat.", "drrerpol": "Dr. rer. pol.", "drrer": "Dr. rer.",
    "dent": "dent.", "med": "med.", "vet": "vet.", "rer": "rer.", "nat": "nat.", "pol": "pol.",
    "rernat": "rer. nat.", "rerpol": "rer. pol.", "phil": "phil.", "jur": "jur.", "iur": "iur.",
    "theol": "theol.", "oec": "oec.", "pharm": "pharm.", "agr": "agr.", "habil": "habil.",
    "techn": "techn.", "mont": "mont.", "sc": "sc.", "hc": "h. c.", "mult": "mult.",
    "emer": "em.", "em": "em.", "ing": "Ing.", "mag": "Mag.", "mmag": "MMag.", "lic": "Lic.",
    "di": "DI", "pd": "PD", "privdoz": "PD", "univprof": "Univ.-Prof.", "hsprof": "Prof.",
    "dkfm": "Dkfm.", "dipl": "Dipl.", "dipling": "Dipl.-Ing.", "diplkfm": "Dipl.-Kfm.",
    "diplkffr": "Dipl.-Kffr.", "diplinf": "Dipl.-Inf.", "diplbetrw": "Dipl.-Betriebsw.",
    "diplbetriebsw": "Dipl.-Betriebsw.", "diplbw": "Dipl.-Betriebsw.",
    "diplwirting": "Dipl.-Wirt.-Ing.", "diplwiing": "Dipl.-Wirt.-Ing.",
    "diplwirtsching": "Dipl.-Wirt.-Ing.", "diplvw": "Dipl.-Volksw.",
    "diplvolksw": "Dipl.-Volksw.", "diplphys": "Dipl.-Phys.", "diplchem": "Dipl.-Chem.",
    "diplmath": "Dipl.-Math.", "diplbiol": "Dipl.-Biol.", "diplpsych": "Dipl.-Psych.",
    "diplpäd": "Dipl.-Päd.", "diplinform": "Dipl.-Inf.", "diplarch": "Dipl.-Arch.",
    "diplökon": "Dipl.-Ökon.", "diploec": "Dipl.-Oec.", "diplgeol": "Dipl.-Geol.", "ra": "RA",
    "rain": "RAin", "stb": "StB", "wp": "WP", "fh": "(FH)", "tu": "(TU)", "univ": "(Univ.)",
    "ba": "B.A.", "ma": "M.A.", "bsc": "B.Sc.", "msc": "M.Sc.", "beng": "B.Eng.",
    "meng": "M.Eng.", "mba": "MBA", "bba": "BBA", "llm": "LL.M.", "llb": "LL.B.", "phd": "Ph.D.",
    "mas": "MAS",
}  # fmt: skip
# Also words or initials of their own: a title only when written as one.
_ONLY_AS_WRITTEN = {
    "di": {"DI"}, "ma": {"M.A."}, "ba": {"B.A."}, "ra": {"RA"}, "wp": {"WP"}, "pd": {"PD"},
    "mas": {"MAS"}, "rain": {"RAin"}, "tu": {"(TU)"}, "fh": {"(FH)"}, "univ": {"(Univ.)",
    "Univ."}, "med": {"med."}, "nat": {"nat."}, "pol": {"pol."}, "sc": {"sc."}, "em": {"em.",
    "em"}, "vet": {"vet."}, "dent": {"dent."}, "rer": {"rer."}, "phil": {"phil."},
    "jur": {"jur."}, "mont": {"mont."}, "agr": {"agr."}, "mag": {"Mag.", "Mag", "MAG.", "mag."},
    "hc": {"h.c."}, "lic": {"Lic.", "lic."}, "stb": {"StB"}, "mult": {"mult."}, "iur": {"iur."},
    "theol": {"theol."}, "oec": {"oec."}, "pharm": {"pharm."}, "habil": {"habil.", "habil"},
    "techn": {"techn."},
}  # fmt: skip
_SUFFIXES = {
    "ba", "ma", "bsc", "msc", "beng", "meng", "mba", "bba", "llm", "llb", "phd", "mas", "fh", "tu",
    "univ",
}  # fmt: skip
_NOT_LETTERS = re.compile(r"[^a-zäöü]+")
_DISCIPLINES = (
    "Ing|Kfm|Kffr|Inf|Phys|Chem|Math|Biol|Psych|Wirt|Betriebsw|Volksw|Päd|Oec|Ökon|Arch|Geol"
)
_SEPARATED = [
    (re.compile(r"\bDr\.?\s*-\s*Ing\b\.?", re.IGNORECASE), "Dr.-Ing."),
    (re.compile(rf"\bDipl\.?\s*-?\s*(?=(?:{_DISCIPLINES})\b)", re.IGNORECASE), "Dipl.-"),
    (re.compile(r"\bh\.\s*c\.?(?=\s|$)", re.IGNORECASE), "h.c."),
    (re.compile(r"\b(LL|M|B|Ph)\.\s+([MABD]|Sc|Eng)\.", re.IGNORECASE), r"\1.\2."),
    (re.compile(r"\b(Prof|Dr|med|rer|nat|phil|jur|Ing|Mag)\.(?=[A-ZÄÖÜa-zäöü])"), r"\1. "),
]


def salutation(text: str) -> str:
    """``Herr``, ``Frau``, ``divers`` or "" for what is none; "Mr.", "Hr.", "w" are understood."""
    return _SALUTATIONS.get(text.strip().casefold().rstrip("."), "")


def salutation_before_name(word: str) -> str:
    """As :func:`salutation`, for the words alone that stand before a name."""
    return salutation(word) if word.casefold().rstrip(".") in _BEFORE_A_NAME else ""


@lru_cache(maxsize=1 << 14)
def title_word(word: str, *, in_name: bool = True) -> str:
    """The canonical spelling of one word of a title, or "" if the word is none.

    ``in_name``: among the words of a name, where "Ma" or "Phil" are names.
    """
    key = _NOT_LETTERS.sub("", word.casefold())
    if in_name and key in _ONLY_AS_WRITTEN and word.strip(",") not in _ONLY_AS_WRITTEN[key]:
        return ""
    return _TITLES.get(key, "")


def is_suffix(title: str) -> bool:
    """Whether a canonical title stands behind the name (LL.M., MBA …)."""
    return _NOT_LETTERS.sub("", title.casefold()) in _SUFFIXES


def titles_apart(text: str) -> str:
    """The same text with titles written so that each is one word ("Dr.-Ing.", "LL.M.")."""
    if "." not in text and "-" not in text and "dipl" not in text.lower():
        return text
    for pattern, spelling in _SEPARATED:
        text = pattern.sub(spelling, text)
    return text
