"""What stands on a made card: people who do not exist, at firms that do not exist.

Addresses end in ``.example``; numbers come from the ranges that the Bundesnetzagentur keeps free
for films.
"""

import random
import unicodedata
from dataclasses import dataclass, field

from benchmarks.populations.places import places
from benchmarks.populations.urns import words

_TITLES = [("", 70), ("Dr.", 12), ("Dipl.-Ing.", 7), ("Dr.-Ing.", 5), ("Prof. Dr.", 3)]
_BEHIND = [("", 92), (", M.Sc.", 4), (", MBA", 4)]
_TRADES = [
    "Anlagenbau",
    "Maschinenbau",
    "Hebetechnik",
    "Logistik",
    "Energietechnik",
    "Gebäudetechnik",
    "Software",
    "Medizintechnik",
    "Fördertechnik",
    "Elektrotechnik",
    "Werkzeugbau",
    "Verpackungen",
    "Kunststofftechnik",
    "Messtechnik",
    "Möbelwerke",
    "Antriebstechnik",
    "Bauunternehmung",
    "Systemhaus",
    "Lebensmittel",
    "Consulting",
    "Automation",
    "Präzisionsteile",
]
_FORMS = [
    ("GmbH", 42), ("GmbH & Co. KG", 16), ("AG", 9), ("KG", 5), ("e. K.", 4), ("SE", 3), ("mbH", 2),
    ("UG (haftungsbeschränkt)", 3), ("", 16),
]  # fmt: skip
_COINED = [
    "Nordlicht",
    "Havelberg",
    "Elbtal",
    "Rheinwerk",
    "Alpstein",
    "Novatec",
    "Brückner+Partner",
    "Bergkristall",
    "Hansa",
    "Westend",
    "Ostsee",
    "Isarwerk",
    "Taunus",
    "Lüneburg",
    "Schönbrunn",
    "Kieler",
]
_FUNCTIONS = (
    "Geschäftsführer", "Geschäftsführerin", "Leiter Einkauf", "Leiterin Vertrieb Nord",
    "Prokuristin", "Technischer Leiter", "Vertriebsingenieur", "Projektleiterin",
    "Bereichsleiter Instandhaltung", "Assistenz der Geschäftsführung", "Key Account Managerin",
    "Sachbearbeiter Einkauf", "Werkleiter", "Head of Sales", "Produktmanager", "IT-Leiterin",
    "Außendienst Süd", "Gebietsverkaufsleiter", "Fachberaterin Energie", "CTO",
    "Vorstand Technik", "Strategischer Einkauf", "Leitung Qualitätssicherung", "Inhaberin",
    "Konstruktion und Entwicklung", "Kaufmännische Leitung", "Anwendungstechniker",
    "Business Development Manager", "Architektin", "Referentin für Öffentlichkeitsarbeit",
)  # fmt: skip
_LANDLINES = (("30", "23125"), ("40", "66969"), ("69", "90009"), ("89", "99998"), ("221", "4710"))
_MOBILES = ("17139200", "176040690")
_STREETS = (
    "Hauptstraße", "Industriestr.", "Am Speicher", "Lange Straße", "Gewerbepark Süd", "Hafenweg",
    "Carl-Zeiss-Straße", "An der Mühle", "Ludwig-Erhard-Ring", "Schloßplatz", "Werftallee",
    "Technologiepark", "Königsberger Str.", "Zur Alten Ziegelei", "Domgasse", "Fürstenwall",
)  # fmt: skip
_SLOGANS = ("", "", "Technik, die verbindet.", "Seit 1923", "Ihr Partner in der Region")
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Card:
    """``fields`` is the truth; the rest is how it is written, and what else is printed."""

    fields: dict[str, str]
    telephone: str
    mobile: str
    fax: str
    slogan: str
    sign: str = field(default="")

    def get(self, name: str) -> str:
        """A field as it is printed, "" if it is not."""
        return self.fields.get(name, "")

    @property
    def address(self) -> tuple[str, str]:
        """Street and place as two lines."""
        return self.get("street"), f"{self.get('postal_code')} {self.get('city')}"


def card(number: int, *, seed: int) -> Card:
    """The person with this number."""
    chance = random.Random(f"{seed}/{number}/people")
    given, surname = _given(chance), _surname(chance)
    company = _company(chance, surname)
    domain = _domain(company)
    at = places()
    place = chance.choices(range(len(at.codes)), at.urn.shares)[0]
    fields = {
        "name": f"{_drawn(chance, _TITLES)} {given} {surname}{_drawn(chance, _BEHIND)}".strip(),
        "company_name": company,
        "function": chance.choice(_FUNCTIONS) if chance.random() < 0.9 else "",
        "email": _email(chance, given, surname, domain),
        "phone": _landline(chance),
        "mobile": _mobile(chance) if chance.random() < 0.7 else "",
        "website": f"www.{domain}" if chance.random() < 0.8 else "",
        "street": f"{chance.choice(_STREETS)} {_house(chance)}",
        "postal_code": str(at.codes[place]),
        "city": str(at.cities[place]),
    }
    return Card(
        fields={name: value for name, value in fields.items() if value},
        telephone=fields["phone"],
        mobile=fields["mobile"],
        fax=f"{fields['phone'][:-1]}9" if chance.random() < 0.45 else "",
        slogan=chance.choice(_SLOGANS),
        sign=chance.choice(["", "D-", ""]),
    )


def _drawn(chance: random.Random, shares: list[tuple[str, int]]) -> str:
    values, weights = zip(*shares, strict=True)
    return str(chance.choices(values, weights)[0])


def _given(chance: random.Random) -> str:
    listed = words("names.txt", chance.choice(["female", "male"]))
    name = chance.choice(listed).rstrip("0123456789")
    second = chance.choice(listed).rstrip("0123456789")
    return f"{name}-{second}" if chance.random() < 0.08 and "-" not in name + second else name


def _surname(chance: random.Random) -> str:
    listed = words("names.txt", "surnames")
    name = chance.choice(listed)
    if chance.random() < 0.12:
        return f"{name}-{chance.choice(listed)}"
    return f"{chance.choice(['von', 'van der'])} {name}" if chance.random() < 0.04 else name


def _company(chance: random.Random, surname: str) -> str:
    other = chance.choice(words("names.txt", "surnames"))
    own = surname.split()[-1].split("-")[0]
    first = chance.choice([own, other, other, chance.choice(_COINED), chance.choice(_COINED)])
    name = f"{first} {chance.choice(_TRADES)}"
    name = f"Gebr. {name}" if chance.random() < 0.05 else name
    return f"{name} {_drawn(chance, _FORMS)}".strip()


def _domain(company: str) -> str:
    told = company.split(" GmbH")[0].split(" UG")[0].replace("Gebr. ", "").replace("+Partner", "")
    parts = _plain(told).split()[:2]
    return f"{'-'.join(parts)}.example"


def _plain(text: str) -> str:
    """As it stands in an address: umlauts written out, accents gone."""
    letters = unicodedata.normalize("NFKD", text.lower().translate(_WRITTEN_OUT))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def _email(chance: random.Random, given: str, surname: str, domain: str) -> str:
    first, last = _plain(given), _plain(surname.split()[-1])
    local = chance.choice([f"{first}.{last}"] * 3 + [f"{first[0]}.{last}", last, f"{last}.{first}"])
    return f"{local}@{domain}"


def _house(chance: random.Random) -> str:
    number = chance.randint(1, 140)
    return f"{number}{chance.choice(['', '', '', 'a', ' b', f'-{number + 4}'])}"


def _landline(chance: random.Random) -> str:
    area, line = chance.choice(_LANDLINES)
    extension = f"{chance.randint(100, 999)}" if area != "221" else f"{chance.randint(1000, 9999)}"
    style = chance.randrange(5)
    if style == 0:
        return f"+49 (0){area} {line}-{extension}"
    if style == 1:
        return f"0{area} / {line}-{extension}"
    if style == 2:
        return f"+49 {area} {line} {extension}"
    if style == 3:
        return f"0{area} {line}{extension}"
    return f"(0{area}) {line[:2]} {line[2:4]} {line[4:]}{extension}"


def _mobile(chance: random.Random) -> str:
    stem = chance.choice(_MOBILES)
    digits = stem + f"{chance.randint(10, 99)}"
    spaced = f"{digits[:3]} {digits[3:]}"
    return chance.choice(
        [f"+49 {spaced}", f"0{spaced}", f"0{digits[:3]} / {digits[3:]}", f"+49 (0){spaced}"]
    )
