"""The companies Nordlicht Messetechnik deals with; all invented, all under ``.example``."""

import re
from dataclasses import dataclass
from random import Random

from crm.demo import numbers, places, vat
from crm.demo.draw import Urn
from crm.demo.industries import Industry, industries
from crm.demo.spelling import slip, umlauts_stripped
from crm.demo.surnames import surnames

LEGAL_FORMS = {
    "DE": Urn(
        [
            ("GmbH", 46), ("GmbH & Co. KG", 19), ("AG", 4), ("KG", 4), ("e. K.", 6), ("OHG", 1.5),
            ("UG (haftungsbeschränkt)", 3), ("gGmbH", 1.5), ("eG", 1.5), ("SE", 1), ("GbR", 2),
            ("e. V.", 1), ("PartG mbB", 1), ("GmbH & Co. OHG", 0.5), ("", 2),
        ]
    ),
    "AT": Urn([("GmbH", 8), ("GmbH & Co. KG", 2), ("AG", 1), ("KG", 1), ("OG", 1)]),
    "CH": Urn([("AG", 6), ("GmbH", 4)]),
}  # fmt: skip
SHAPES = Urn(
    [("{name} {trade}", 40), ("{trade} {name}", 18), ("{name}", 8), ("{name} & Söhne", 4),
     ("{name} & {other}", 6), ("Gebr. {name} {trade}", 2), ("{place} {trade}", 22)]
)  # fmt: skip
_HEADS = """
Haveln Förde Nord Elb Weser Ostsee Fjord Hanse Rhein Main Isar Inn Alster Trave
Eider Heide Marsch Geest Harz Spree Saale Neckar Lech Ruhr Lippe Alb Jura Taunus Deich Priel
Möwen Leucht Bernstein Kupfer Silber Quarz Linden Eichen
"""
_TAILS = "tal berg land brück werk feld kamp mark turm hafen ufer grund stern bach au"
PLACE_HEADS = tuple(_HEADS.split())
PLACE_TAILS = tuple(_TAILS.split())
STAFF_SIZES = Urn([(5, 9), (15, 14), (35, 20), (75, 22), (180, 18), (370, 10), (800, 5), (2500, 2)])
CREDITS = Urn([("sehr gut", 14), ("gut", 46), ("befriedigend", 24), ("schwach", 6), ("", 10)])
POTENTIALS = Urn([("A", 12), ("B", 28), ("C", 45), ("", 15)])
STAFF_CLASSES = (
    (9, "1–9"), (19, "10–19"), (49, "20–49"), (99, "50–99"), (249, "100–249"), (499, "250–499"),
    (999, "500–999"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Company:
    """A company as it really is. ``number`` counts from 1 and is its identity in the truth."""

    number: int
    name: str
    legal_form: str
    industry: Industry
    staff: int
    vat_id: str
    domain: str
    city: places.City
    place: places.Place
    line: numbers.Line
    owner_surname: str
    credit: str
    potential: str
    website: str
    in_erp: bool

    @property
    def full_name(self) -> str:
        """Name and legal form."""
        return f"{self.name} {self.legal_form}".strip()

    @property
    def staff_class(self) -> str:
        """The number of employees as a class, ``"50–99"``."""
        return next((text for top, text in STAFF_CLASSES if self.staff <= top), "1.000 und mehr")


def slug(text: str) -> str:
    """``text`` as a part of a domain name or mailbox: lower case ASCII, ä as ae."""
    table = str.maketrans(
        {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "ç": "c", "ş": "s"}
    )
    return re.sub(r"[^a-z0-9]+", "-", text.casefold().translate(table)).strip("-")


class Register:
    """Makes companies one after the other; names, domains and numbers stay distinct."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._names: set[str] = set()
        self._domains: set[str] = set()
        self._in_region = dict.fromkeys(numbers.LANDLINE_BLOCKS, 0)
        self._count = 0

    def company(self, *, in_erp: bool) -> Company:
        """The next company."""
        random = self._random
        self._count += 1
        city = places.cities().draw(random)
        industry = industries().draw(random)
        owner, name = self._name(industry)
        domain = self._domain(name, owner)
        self._in_region[city.region] += 1
        return Company(
            number=self._count,
            name=name,
            legal_form=LEGAL_FORMS[city.country].draw(random),
            industry=industry,
            staff=max(1, round(STAFF_SIZES.draw(random) * random.uniform(0.6, 1.4))),
            vat_id=vat.vat_id(random, country=city.country),
            domain=domain,
            city=city,
            place=places.place(random, city=city),
            line=numbers.line(region=city.region, number=self._in_region[city.region] - 1),
            owner_surname=owner,
            credit=CREDITS.draw(random),
            potential=POTENTIALS.draw(random),
            website=f"https://www.{domain}" if random.random() < 0.75 else "",
            in_erp=in_erp,
        )

    def misspelt(self, company: Company) -> str:
        """The company's name with a slip of the finger, unlike all other names."""
        name = slip(self._random, company.name)
        while not self._is_new(name):
            name = slip(self._random, f"{name} ")
        return name.strip()

    def _is_new(self, name: str) -> bool:
        folded = " ".join(umlauts_stripped(name.replace("ß", "ss")).casefold().split())
        is_new = folded not in self._names
        self._names.add(folded)
        return is_new

    def _name(self, industry: Industry) -> tuple[str, str]:
        random = self._random
        for attempt in range(100):
            shape = SHAPES.draw(random)
            owner = surnames().draw(random) if "{name}" in shape else ""
            second = f"-{random.choice(PLACE_TAILS)}" if attempt > 20 else ""
            name = shape.format(
                name=owner + second.title(),
                other=surnames().draw(random),
                trade=random.choice(industry.words),
                place=random.choice(PLACE_HEADS) + random.choice(PLACE_TAILS) + second.title(),
            )
            if self._is_new(name):
                return owner, name
        name = f"{name} {self._count}"
        return owner, name

    def _domain(self, name: str, owner: str) -> str:
        short = slug(name.split(" & ")[0])
        for candidate in (slug(owner) or short.split("-")[0], short, f"{short}-{self._count}"):
            if len(candidate) > 3 and candidate not in self._domains:
                break
        self._domains.add(candidate)
        return f"{candidate}.example"
