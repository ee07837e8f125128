"""Business contacts: colleagues share a company, its address, switchboard and mail domain."""

from dataclasses import dataclass

import numpy as np

from benchmarks.populations import contacts, names, places
from benchmarks.populations.errors import Scribe, nicknamed
from benchmarks.populations.urns import (
    Columns,
    Dice,
    Flags,
    Numbers,
    Strings,
    Urn,
    sections,
    strings,
)

COLUMNS = (
    "source", "title", "first_name", "last_name", "function", "company", "street", "house_no",
    "plz", "city", "email", "phone", "mobile",
)  # fmt: skip
# Shares of persons with no, one, two ... further records.
COPY_SHARES = (0.8161, 0.1306, 0.0507, 0.0026)
_LARGEST = 40
_FORMS = Urn(
    ["GmbH", "GmbH & Co. KG", "AG", "e. K.", "KG", "UG (haftungsbeschränkt)", "OHG", "SE",
     "Gesellschaft mit beschränkter Haftung"],
    [48.7, 21, 7.6, 6.9, 5.6, 4.8, 2.1, 1.3, 2.1],
)  # fmt: skip
_TITLES = Urn(["", "Dr.", "Dipl.-Ing.", "Prof. Dr."], [87.8, 8.4, 2.9, 0.9])
_SOURCES = Urn(["Messe", "Adresskauf", "Excel", "Outlook"], [1.0, 1.0, 1.0, 1.0])
_FUNCTIONS = Urn(
    ["Assistenz", "Buchhaltung", "Einkauf", "Geschäftsführung", "IT", "Leitung Einkauf",
     "Leitung Technik", "Marketing", "Produktion", "Projektleitung", "Vertrieb", "Wartung"],
    [1.0] * 12,
)  # fmt: skip
_MAIL_WAYS = Urn(["i.last", "last", "first.last", "info"], [26.5, 26.5, 26.5, 20.5])
_INFO = 3
_CONTACT = ("email", "phone", "mobile", "function")
_MISSING = {"email": 0.25, "phone": 0.246, "mobile": 0.602, "function": 0.396}
_MISSING_IN_COPY = {
    **_MISSING, "email": 0.228, "first_name": 0.047, "last_name": 0.0016, "plz": 0.15
}  # fmt: skip
_SHOUTED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe",
                          "Ü": "Ue"})  # fmt: skip


@dataclass(frozen=True)
class Companies:
    """Companies; parallel arrays. ``names`` stand without the legal form."""

    names: Strings
    forms: Strings
    domains: Strings
    streets: Strings
    house_numbers: Strings
    codes: Strings
    cities: Strings
    areas: Strings
    stems: Strings


@dataclass(frozen=True)
class Staff:
    """Persons as they are; ``company`` is the position of the employer."""

    company: Numbers
    firsts: Strings
    lasts: Strings
    titles: Strings
    functions: Strings
    extensions: Strings
    prefixes: Strings
    mobiles: Strings


def records(dice: Dice, copies: Numbers) -> tuple[Numbers, Columns]:
    """Records of as many persons as ``copies`` has entries: (person of each record, columns)."""
    count = len(copies)
    sizes = np.minimum(1 / (1 - dice.random(count)), _LARGEST).astype(np.int64)
    employer = np.repeat(np.arange(count), sizes)[:count]
    companies = _companies(dice, int(employer[-1]) + 1)
    staff = _staff(dice, employer)
    everybody = np.arange(count)
    firsts = _entered(dice, companies, staff, everybody, staff.company)
    firsts["source"] = strings(["ERP"] * count)
    _leave_out(dice, firsts, _MISSING)
    again = np.repeat(everybody, copies)
    copied = _copied(dice, companies, staff, again)
    columns = {name: np.concatenate([firsts[name], copied[name]]) for name in COLUMNS}
    return np.concatenate([everybody, again]), columns


def _companies(dice: Dice, count: int) -> Companies:
    seats = _seats()
    seat = dice.integers(0, len(seats), count)
    towns = strings([town for town, _adjective in seats])[seat]
    called = _company_names(dice, strings([adjective for _town, adjective in seats])[seat])
    where = places.places()
    codes, areas = _codes_and_areas(dice, where, towns)
    endings = np.where(dice.random(count) < 0.67, "example", "test")
    lettered = dice.random(count) < 0.25
    return Companies(
        names=called, forms=_FORMS.pick(dice, count),
        domains=strings([
            f"{_slug(name)}.{end}" for name, end in zip(called, endings, strict=True)
        ]),
        streets=places.common_streets().pick(dice, count),
        house_numbers=places.with_suffixes(dice.integers(1, 141, count), lettered),
        codes=codes, cities=towns, areas=areas,
        stems=strings([str(number) for number in dice.integers(10_000, 1_000_000, count).tolist()]),
    )  # fmt: skip


def _seats() -> list[tuple[str, str]]:
    """(town, its adjective) of the towns where the companies sit."""
    pairs = [line.split() for line in sections("towns.txt")["seats"]]
    return [(town, adjective) for town, adjective in pairs]


def _company_names(dice: Dice, adjectives: Strings) -> Strings:
    """Gebr. X, X & Söhne Trade, X Trade, X-Y Trade, or the town's Trade."""
    count = len(adjectives)
    owners = names.common_surnames()
    trades = strings(" ".join(sections("names.txt")["trades"]).split())
    cells = zip(
        dice.integers(0, 5, count).tolist(), owners.pick(dice, count), owners.pick(dice, count),
        adjectives, trades[dice.integers(0, len(trades), count)], strict=True,
    )  # fmt: skip
    return strings([_company_name(*cell) for cell in cells])


def _company_name(kind: int, owner: str, second: str, adjective: str, trade: str) -> str:
    if kind == 0:
        return f"Gebr. {owner}"
    if kind == 1:
        return f"{owner} & Söhne {trade}"
    if kind == 2:
        return f"{owner} {trade}"
    if kind == 3:
        return f"{owner}-{second} {trade}"
    return f"{adjective} {trade}"


def _codes_and_areas(dice: Dice, where: places.Places, towns: Strings) -> tuple[Strings, Strings]:
    """A postal code of each company, as of a large customer of the post, and its area code."""
    codes, areas = np.empty_like(towns), np.empty_like(towns)
    for town in dict.fromkeys(towns):
        here = np.flatnonzero(towns == town)
        known = np.flatnonzero(where.cities == town)
        digits = dice.integers(0, 1000, len(here)).tolist()
        codes[here] = [f"{where.codes[known[0]][:2]}{last:03}" for last in digits]
        areas[here] = where.areas[known[0]]
    return codes, areas


def _slug(name: str) -> str:
    words = name.replace("&", " ").replace("-", " ").split()
    return "-".join(contacts.mailbox_letters(word) for word in words)


def _staff(dice: Dice, employer: Numbers) -> Staff:
    count = len(employer)
    male = dice.integers(0, 2, count)
    lasts = names.common_surnames().pick(dice, count)
    related = np.flatnonzero((employer[1:] == employer[:-1]) & (dice.random(count - 1) < 0.03))
    lasts[related + 1] = lasts[related]
    prefixes, mobiles = contacts.mobiles(dice, count)
    extensions = strings([str(number) for number in dice.integers(10, 100, count).tolist()])
    return Staff(
        company=employer,
        firsts=names.draw_first_names(dice, male, dice.integers(1945, 2004, count)),
        lasts=lasts,
        titles=_TITLES.pick(dice, count),
        functions=_FUNCTIONS.pick(dice, count),
        extensions=extensions,
        prefixes=prefixes,
        mobiles=mobiles,
    )


def _entered(
    dice: Dice, companies: Companies, staff: Staff, who: Numbers, company: Numbers
) -> Columns:
    """Full records of persons who work for ``company``."""
    called, forms = companies.names[company], companies.forms[company]
    titles = staff.titles[who]
    titles[titles == ""] = None
    return {
        "title": titles,
        "first_name": staff.firsts[who],
        "last_name": staff.lasts[who],
        "function": staff.functions[who],
        "company": strings([f"{name} {form}" for name, form in zip(called, forms, strict=True)]),
        "street": companies.streets[company],
        "house_no": companies.house_numbers[company],
        "plz": companies.codes[company],
        "city": companies.cities[company],
        "email": _mails(dice, staff.firsts[who], staff.lasts[who], companies.domains[company]),
        "phone": _phones(dice, companies, staff, who, company),
        "mobile": contacts.written_at_work(dice, staff.prefixes[who], staff.mobiles[who]),
    }


def _mails(dice: Dice, firsts: Strings, lasts: Strings, domains: Strings) -> Strings:
    ways = _MAIL_WAYS.draw(dice, len(firsts)).tolist()
    return strings([_mail(*cell) for cell in zip(ways, firsts, lasts, domains, strict=True)])


def _mail(way: int, first: str, last: str, domain: str) -> str:
    if way == _INFO:
        return f"info@{domain}"
    first, last = contacts.mailbox_letters(first), contacts.mailbox_letters(last)
    return f"{(f'{first[:1]}.', '', f'{first}.')[way]}{last}@{domain}"


def _phones(
    dice: Dice, companies: Companies, staff: Staff, who: Numbers, company: Numbers
) -> Strings:
    """The person's extension, or the switchboard."""
    through = dice.random(len(who)) < 0.34
    extensions = np.where(through, "0", staff.extensions[who])
    numbers = strings([
        f"{stem}{more}" for stem, more in zip(companies.stems[company], extensions, strict=True)
    ])  # fmt: skip
    return contacts.written_at_work(dice, companies.areas[company], numbers)


def _leave_out(dice: Dice, columns: Columns, shares: dict[str, float]) -> None:
    """Set a share of the values to missing."""
    for name, share in shares.items():
        columns[name][dice.random(len(columns[name])) < share] = None


def _copied(dice: Dice, companies: Companies, staff: Staff, who: Numbers) -> Columns:
    """Records of known persons from another source: fairs, bought lists, sheets, mailboxes."""
    count = len(who)
    changed = dice.random(count) < 0.092
    company = np.where(changed, dice.integers(0, len(companies.names), count), staff.company[who])
    copied = _entered(dice, companies, staff, who, company)
    copied["source"] = _SOURCES.pick(dice, count)
    copied["title"] = np.full(count, None, dtype=object)
    copied["street"] = places.street_notations(dice, copied["street"], (0.64, 0.77, 0.88))
    _shorten_companies(dice, companies, company, copied["company"])
    _write_privately(dice, staff, who, copied["email"])
    _leave_out(dice, copied, {**_MISSING_IN_COPY})
    unknown = dice.random(count) < 0.35
    copied["street"][unknown] = copied["house_no"][unknown] = None
    _spoil_names(dice, copied)
    return copied


def _shorten_companies(dice: Dice, companies: Companies, company: Numbers, column: Strings) -> None:
    """Legal form left out, only the first word, or capitals without umlauts."""
    draw = dice.random(len(column))
    for at in np.flatnonzero(draw < 0.545).tolist():
        name = companies.names[company[at]]
        if draw[at] < 0.33:
            column[at] = name
        elif draw[at] < 0.445:
            column[at] = name.split()[0]
        else:
            column[at] = column[at].translate(_SHOUTED).upper()


def _write_privately(dice: Dice, staff: Staff, who: Numbers, mails: Strings) -> None:
    """Now and then a private address in place of the company's."""
    private = np.flatnonzero(dice.random(len(mails)) < 0.077)
    providers = contacts.PROVIDERS.pick(dice, len(private))
    numbers = dice.integers(1, 100, len(private)).tolist()
    for at, provider, number in zip(private.tolist(), providers, numbers, strict=True):
        mails[at] = f"{contacts.mailbox_letters(staff.firsts[who[at]])}{number}@{provider}"


def _spoil_names(dice: Dice, copied: Columns) -> None:
    firsts, lasts = copied["first_name"], copied["last_name"]
    scribe = Scribe(dice)
    present: Flags = np.array([name is not None for name in firsts], dtype=bool)
    nicknamed(dice, firsts, 0.10)
    scribe.spoil(firsts, 0.08, lambda name: f"{name[0]}.")
    scribe.spoil(lasts, 0.26, scribe.mishear)
    scribe.spoil(lasts, 0.05, scribe.slip)
    for column in (firsts, lasts):
        scribe.spoil(column, 0.28, scribe.transliterate)
    swapped = present & (dice.random(len(firsts)) < 0.046)
    firsts[swapped], lasts[swapped] = lasts[swapped], firsts[swapped]
