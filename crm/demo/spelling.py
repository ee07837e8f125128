"""How one text becomes another that means the same: sounds, umlauts, slips of the finger."""

import re
from random import Random

# what is heard alike, at any place but the first letter; $ = at the end
SOUNDS = (
    ("eier$", ("aier", "eyer")), ("aier$", ("eier", "ayer")), ("eyer$", ("eier", "aier")),
    ("ayer$", ("aier", "eyer")), ("ayr$", ("aier", "ayer")), ("mann$", ("man",)),
    ("man$", ("mann",)), ("midt$", ("mitt", "mid")), ("mitt$", ("midt",)), ("mitz$", ("mietz",)),
    ("ulz$", ("ultz", "uls")), ("ultz$", ("ulz",)), ("olz$", ("oltz",)), ("hof$", ("hoff",)),
    ("hoff$", ("hof",)), ("ert$", ("erth",)), ("ck", ("k",)), ("dt", ("tt", "d")), ("tt", ("t",)),
    ("th", ("t",)), ("ph", ("f",)), ("tz", ("z",)), ("ff", ("f",)), ("ll", ("l",)), ("nn", ("n",)),
    ("ss", ("ß", "s")), ("ß", ("ss",)), ("ei", ("ai", "ey")), ("ai", ("ei",)), ("ie", ("i",)),
    ("ks", ("x",)), ("äu", ("eu",)), ("eu", ("äu",)), ("oh", ("o",)), ("ah", ("a",)),
    ("üh", ("ü",)), ("fs", ("ffs",)), ("nk", ("nck",)), ("rdt", ("rd", "rt")), ("öh", ("ö",)),
    ("eh", ("e",)),
)  # fmt: skip
GIVEN_NAMES = (
    ("stefan", ("stephan",)), ("stephan", ("stefan",)), ("matthias", ("mathias",)),
    ("thorsten", ("torsten",)), ("torsten", ("thorsten",)), ("günter", ("günther",)),
    ("günther", ("günter",)), ("carsten", ("karsten",)), ("karsten", ("carsten",)),
    ("claus", ("klaus",)), ("klaus", ("claus",)), ("philipp", ("phillip", "philip")),
    ("markus", ("marcus",)), ("marcus", ("markus",)), ("marc", ("mark",)), ("jörg", ("joerg",)),
    ("katrin", ("kathrin", "catrin")), ("kathrin", ("katrin",)), ("anette", ("annette",)),
    ("annette", ("anette",)), ("sara", ("sarah",)), ("sarah", ("sara",)), ("maike", ("meike",)),
    ("meike", ("maike",)), ("silvia", ("sylvia",)), ("walter", ("walther",)),
    ("jannik", ("yannick",)), ("kristin", ("christin",)), ("ralf", ("ralph",)),
    ("rüdiger", ("ruediger",)), ("lukas", ("lucas",)), ("niklas", ("niclas",)),
    ("jakob", ("jacob",)), ("josef", ("joseph",)), ("nicole", ("nikole",)),
    ("michael", ("michel",)), ("sandra", ("zandra",)), ("hannah", ("hanna",)),
    ("hans-", ("hanns-",)),
)  # fmt: skip
WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
STRIPPED = {"ä": "a", "ö": "o", "ü": "u", "ß": "s", "Ä": "A", "Ö": "O", "Ü": "U"}


def sounding_alike(random: Random, name: str) -> str:
    """``Meyer`` for ``Meier``, ``Stephan`` for ``Stefan``; the name itself if nothing fits."""
    lowered = name.lower()
    for old, news in GIVEN_NAMES:
        if lowered.startswith(old):
            return _fitted(name, 0, len(old), random.choice(news))
    places = [(_place(lowered, old), old, news) for old, news in SOUNDS]
    fitting = [(at, old, news) for at, old, news in places if at > 0]
    if not fitting:
        return name
    at, old, news = fitting[0] if random.random() < 0.7 else random.choice(fitting)
    return _fitted(name, at, at + len(old.rstrip("$")), random.choice(news))


def _place(name: str, old: str) -> int:
    if old.endswith("$"):
        return len(name) - len(old) + 1 if name.endswith(old[:-1]) else -1
    return name.find(old, 1)


def _fitted(name: str, start: int, end: int, new: str) -> str:
    if name.isupper():
        new = new.replace("ß", "ss").upper()
    elif name[start].isupper():
        new = new.capitalize()
    return name[:start] + new + name[end:]


def umlauts_written_out(text: str) -> str:
    """ä as ae, ß as ss."""
    return re.sub("[äöüßÄÖÜ]", lambda hit: WRITTEN_OUT[hit[0]], text)


def umlauts_stripped(text: str) -> str:
    """ä as a, ß as s."""
    return re.sub("[äöüßÄÖÜ]", lambda hit: STRIPPED[hit[0]], text)


def slip(random: Random, text: str) -> str:
    """One letter left out, doubled, or exchanged with its neighbour; never the first."""
    if len(text) < 4:
        return text
    at = random.randrange(1, len(text) - 1)
    kind = random.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
