"""The people everybody meets in screens, documents and tests of Einklang.

They come first and under fixed names: Dr. Johannes Maier of Havelberg Anlagenbau is known three
times, as a customer, from a card scanned at a fair, and from a bought list.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from crm.demo import staff, vat
from crm.demo.records import Origin, Record

FIRST_ENTITY: Final = 9_000_001
HAVELBERG: Final = Record(
    origin=Origin.ERP,
    entity=0,
    company_entity=FIRST_ENTITY,
    company_number="10482",
    company_name="Havelberg Anlagenbau",
    legal_form="GmbH",
    vat_id="DE900000014",
    wz_code="28.29",
    industry="Anlagenbau",
    staff_class="250–499",
    website="https://www.havelberg.example",
    street="Am Speicher",
    house_number="14",
    postal_code="10997",
    city="Berlin",
    country="DE",
    switchboard="030/23125-100",
    credit="gut",
    owner_email=f"vertrieb@{staff.DOMAIN}",
)
# number, name, legal form, WZ, industry, staff, street, number, PLZ, city, line
_COMPANIES: Final = (
    ("10511", "Märkische Filterwerke", "GmbH", "28.29", "Anlagenbau", "100–249",
     "Wiesenweg", "3", "14467", "Potsdam", "maerkische-filterwerke", "140"),
    ("10523", "Brandt & Söhne", "KG", "25.62", "Metallverarbeitung", "50–99",
     "Uferstraße", "3a", "24143", "Kiel", "brandt", "150"),
    ("10538", "Spreewerk Druckluft", "GmbH", "28.13", "Pumpen und Armaturen", "20–49",
     "Schleusenstraße", "8", "12459", "Berlin", "spreewerk", "160"),
    ("10544", "Uckermark Pumpen", "AG", "28.13", "Pumpen und Armaturen", "250–499",
     "Industriestraße", "21", "17291", "Prenzlau", "uckermark-pumpen", "170"),
    ("10559", "Ostsee Kühltechnik", "GmbH", "43.22", "Gebäudetechnik", "100–249",
     "Kaistraße", "40", "24114", "Kiel", "ostsee-kuehltechnik", "180"),
    ("10562", "Lindenau Hydraulik", "e. K.", "28.13", "Pumpen und Armaturen", "1–9",
     "Mühlenweg", "5", "04177", "Leipzig", "lindenau", "190"),
    ("10577", "Oderland Apparatebau", "GmbH & Co. KG", "28.29", "Anlagenbau", "50–99",
     "Am Güterbahnhof", "2", "15230", "Frankfurt (Oder)", "oderland", "200"),
    ("10580", "Mayr Hebetechnik", "e. K.", "28.99", "Maschinenbau", "10–19",
     "Gewerbestraße", "11", "03046", "Cottbus", "mayr-hebetechnik", "210"),
)  # fmt: skip
# company, salutation, title, given name, surname, function, department, extension, mailbox
_PEOPLE: Final = (
    (0, "Herr", "Dr.", "Johannes", "Maier", "Leiter Technik", "Technik", "101", "j.maier"),
    (0, "Frau", "", "Friederike", "Haas", "Kaufmännische Leiterin", "Verwaltung", "102", "f.haas"),
    (0, "Frau", "", "Sabine", "Kowalczyk", "Einkäuferin", "Einkauf", "103", "s.kowalczyk"),
    (0, "Herr", "", "Tobias", "Reuß", "Hallenmeister", "Produktion", "104", "t.reuss"),
    (1, "Frau", "", "Änne", "Meier-Voß", "Einkäuferin", "Einkauf", "141", "ae.meier-voss"),
    (1, "Frau", "", "Elif", "Öztürk", "Buchhalterin", "Verwaltung", "142", "e.oeztuerk"),
    (1, "Frau", "", "Ulrike", "Groß", "Leiterin Labor", "Labor", "143", "u.gross"),
    (2, "Herr", "", "Konstantin", "Abel", "Geschäftsführer", "Geschäftsleitung", "151", "k.abel"),
    (3, "Herr", "", "Sören", "Bohm", "Leiter Instandhaltung", "Instandhaltung", "161", "s.bohm"),
    (3, "Frau", "", "Claudia", "Rohde", "Projektleiterin", "Projekte", "162", "c.rohde"),
    (4, "Herr", "", "Jens", "Äpfelbach", "Produktionsleiter", "Produktion", "171", "j.aepfelbach"),
    (5, "Frau", "", "Annegret", "Dörr", "Geschäftsführerin", "Geschäftsleitung", "181", "a.doerr"),
    (6, "Herr", "", "Lutz", "Grosse", "Inhaber", "Geschäftsleitung", "191", "l.grosse"),
    (7, "Herr", "", "Bernd", "Schmidt", "Konstrukteur", "Entwicklung", "201", "b.schmidt"),
    (7, "Herr", "", "Falko", "Böhmer", "Leiter Einkauf", "Einkauf", "202", "f.boehmer"),
    (8, "Herr", "", "Alois", "Mayr", "Inhaber", "Geschäftsleitung", "211", "a.mayr"),
)  # fmt: skip


def records(*, today: date) -> list[Record]:
    """The cast as the ERP knows them, and three copies with errors."""
    havelberg = replace(HAVELBERG, confirmed_on=today - timedelta(days=20))
    firms = [
        havelberg,
        *(_company(havelberg, index, row) for index, row in enumerate(_COMPANIES, start=1)),
    ]
    people = [_person(firms[row[0]], index, row) for index, row in enumerate(_PEOPLE)]
    maier, schmidt = people[0], people[13]
    return [
        *(replace(people[0], mobile="030 23125 177", fax="030 23125 109"), *people[1:]),
        replace(
            _as_known_elsewhere(maier, Origin.FAIR, "surname-by-ear", "nickname", "without-title"),
            given_name="Hans",
            surname="Mayer",
            phone="030 / 23125 - 101",
            email="h.mayer@havelberg.example",
            legal_form="",
        ),
        replace(
            _as_known_elsewhere(maier, Origin.LIST, "company-shouted"),
            company_name="HAVELBERG ANLAGENBAU",
            phone="+49 30 23125 101",
            email="info@havelberg.example",
            potential="B",
        ),
        replace(
            _as_known_elsewhere(schmidt, Origin.FAIR, "surname-by-ear", "initial"),
            given_name="B.",
            surname="Schmitt",
            email="",
        ),
    ]


def _company(model: Record, index: int, row: tuple[str, ...]) -> Record:
    number, name, form, wz_code, industry, size, street, house, code, city, domain, line = row
    digits = f"{90_000_001 + index}"
    return replace(
        model,
        company_entity=FIRST_ENTITY + index,
        company_number=number,
        company_name=name,
        legal_form=form,
        vat_id=f"DE{digits}{vat.iso7064_mod_11_10(digits)}",
        wz_code=wz_code,
        industry=industry,
        staff_class=size,
        website=f"https://www.{domain}.example",
        street=street,
        house_number=house,
        postal_code=code,
        city=city,
        switchboard=f"030/23125-{line}",
    )


def _person(
    company: Record, index: int, row: tuple[int, str, str, str, str, str, str, str, str]
) -> Record:
    _, salutation, title, given_name, surname, function, department, line, mailbox = row
    domain = company.website.removeprefix("https://www.")
    return replace(
        company,
        entity=FIRST_ENTITY + index,
        person_number=str(39000 + index),
        salutation=salutation,
        title=title,
        given_name=given_name,
        surname=surname,
        function=function,
        department=department,
        phone=f"030 23125 {line}",
        email=f"{mailbox}@{domain}",
    )


def _as_known_elsewhere(record: Record, origin: Origin, *made: str) -> Record:
    """The person without what only the ERP knows."""
    return replace(
        record,
        origin=origin,
        errors=made,
        person_number="",
        company_number="",
        vat_id="",
        wz_code="",
        credit="",
        department="",
        confirmed_on=record.confirmed_on,
    )
