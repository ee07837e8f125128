"""Private persons in households, and the records a CRM holds of them."""

from dataclasses import dataclass

import numpy as np

from benchmarks.populations import contacts, names, places
from benchmarks.populations.errors import Scribe, nicknamed
from benchmarks.populations.urns import Columns, Dice, Flags, Numbers, Strings, Urn, strings

COLUMNS = (
    "first_name", "last_name", "street", "house_no", "plz", "city", "email", "phone", "birth_date"
)  # fmt: skip
# Shares of persons with no, one, two ... further records.
COPY_SHARES = (0.8203, 0.1357, 0.0272, 0.0092, 0.0058, 0.0018)
_SIZES = Urn(["1", "2", "3", "4"], [0.635, 0.209, 0.088, 0.068])
_MISSING = {"email": 0.315, "phone": 0.348, "birth_date": 0.279, "address": 0.061}
_MISSING_IN_COPY = {"email": 0.308, "phone": 0.345, "birth_date": 0.297, "address": 0.093}
_SECOND_NAMES = ("Josef", "Peter", "Karl", "Anna", "Maria", "Hans", "Marie", "Michael")
_YEARS = (1935, 2007)
_NOTATIONS_IN_COPY = (0.433, 0.657, 0.879)
_ADDRESS = ("street", "house_no", "plz", "city")


@dataclass(frozen=True)
class People:
    """Persons as they are; parallel arrays."""

    firsts: Strings
    lasts: Strings
    years: Numbers
    births: Strings
    household: Numbers
    streets: Strings
    house_numbers: Strings
    places: Numbers
    areas: Strings
    numbers: Strings
    mails: Strings


def records(dice: Dice, copies: Numbers) -> tuple[Numbers, Columns]:
    """Records of as many persons as ``copies`` has entries: (person of each record, columns)."""
    people = _people(dice, len(copies))
    everybody = np.arange(len(copies))
    firsts = _clean(dice, people, everybody)
    _leave_out(dice, firsts, _MISSING)
    again = np.repeat(everybody, copies)
    copied = _copied(dice, people, again)
    _leave_out(dice, copied, _MISSING_IN_COPY)
    columns = {name: np.concatenate([firsts[name], copied[name]]) for name in COLUMNS}
    return np.concatenate([everybody, again]), columns


def _people(dice: Dice, count: int) -> People:
    sizes = _SIZES.draw(dice, count) + 1
    household = np.repeat(np.arange(count), sizes)[:count]
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    position = np.arange(count) - begins[household]
    households = household[-1] + 1
    alone_with_child = dice.random(households) < 0.15
    child = (position >= 2) | ((position == 1) & alone_with_child[household])
    head = begins[household]
    male = _sexes(dice, position, child, head)
    births = _births(dice, position, child, head, sizes[household])
    years = births.astype("datetime64[Y]").astype(np.int64) + 1970
    firsts = names.draw_first_names(dice, male, years)
    junior = child & (male == male[head]) & (dice.random(count) < 0.04)
    firsts[junior] = firsts[head[junior]]
    lasts = names.surnames().pick(dice, households)[household]
    other = (position > 0) & (dice.random(count) < 0.09)
    lasts[other] = names.surnames().pick(dice, int(other.sum()))
    where = _homes(dice, households)
    place = places.places().urn.draw(dice, households)[where][household]
    numbers = places.house_numbers(dice, households)[where][household]
    suffixed = dice.random(count) < 0.053
    mails = contacts.mailboxes(dice, firsts, lasts, years)
    shared = (position > 0) & (dice.random(count) < 0.04)
    mails[shared] = mails[head[shared]]
    areas, phones = _phones(dice, place, household, households)
    return People(
        firsts=firsts, lasts=lasts, years=years, births=strings(births.astype(str).tolist()),
        household=household, streets=places.streets().pick(dice, households)[where][household],
        house_numbers=places.with_suffixes(numbers, suffixed), places=place, areas=areas,
        numbers=phones, mails=mails,
    )  # fmt: skip


def _sexes(dice: Dice, position: Numbers, child: Flags, head: Numbers) -> Numbers:
    """0 female, 1 male; partners mostly differ."""
    male = dice.integers(0, 2, len(position))
    partner = (position == 1) & ~child & (dice.random(len(position)) < 0.96)
    male[partner] = 1 - male[head[partner]]
    return male


def _births(
    dice: Dice, position: Numbers, child: Flags, head: Numbers, size: Numbers
) -> np.ndarray:
    """Birth dates: partners of like age, children a generation younger, twins on one day."""
    first = (np.datetime64(f"{_YEARS[0]}-01-01") - np.datetime64("1970-01-01")).astype(int)
    last = (np.datetime64(f"{_YEARS[1]}-01-01") - np.datetime64("1970-01-01")).astype(int)
    days = dice.integers(first, last, len(position))
    raising = np.zeros(len(position), dtype=bool)
    raising[head[child]] = True
    days[raising] = dice.integers(first, last - 27 * 365, int(raising.sum()))
    partner = (position == 1) & ~child
    days[partner] = days[head[partner]] + dice.normal(0, 1500, int(partner.sum())).astype(int)
    days[child] = days[head[child]] + dice.integers(20 * 365, 39 * 365, int(child.sum()))
    twin = np.flatnonzero((position == 3) & (size == 4) & (dice.random(len(position)) < 0.08))
    days[twin] = days[twin - 1]
    within = np.where(days >= last, last - 1 - days % 3000, days)
    within = np.where(within < first, first + within % 3000, within)
    within[twin] = within[twin - 1]
    new_year = dice.random(len(position)) < 0.001
    found = within.astype("datetime64[D]")
    found[new_year] = found[new_year].astype("datetime64[Y]").astype("datetime64[D]")
    return found


def _homes(dice: Dice, households: int) -> Numbers:
    """The household whose address each household has: now and then that of the one before."""
    own = np.arange(households)
    neighbour = dice.random(households) < 0.02
    neighbour[0] = False
    return np.maximum.accumulate(np.where(neighbour, 0, own))


def _phones(
    dice: Dice, place: Numbers, household: Numbers, households: int
) -> tuple[Strings, Strings]:
    """(area code, number): a mobile, the household's landline, or one of one's own."""
    count = len(place)
    areas = places.places().areas[place]
    first = np.searchsorted(household, np.arange(households))
    common = contacts.landlines(dice, areas[first])[household]
    numbers = np.where(dice.random(count) < 0.72, common, contacts.landlines(dice, areas))
    prefixes, mobile_numbers = contacts.mobiles(dice, count)
    mobile = dice.random(count) < 0.544
    return np.where(mobile, prefixes, areas), np.where(mobile, mobile_numbers, numbers)


def _clean(
    dice: Dice, people: People, who: Numbers, notations: tuple[float, ...] = places.NOTATIONS
) -> Columns:
    """Records without errors; only streets and numbers are written in their several ways."""
    where = places.places()
    return {
        "first_name": people.firsts[who],
        "last_name": people.lasts[who],
        "street": places.street_notations(dice, people.streets[who], notations),
        "house_no": people.house_numbers[who],
        "plz": where.codes[people.places[who]],
        "city": where.cities[people.places[who]],
        "email": people.mails[who],
        "phone": contacts.written(dice, people.areas[who], people.numbers[who]),
        "birth_date": people.births[who],
    }


def _leave_out(dice: Dice, columns: Columns, shares: dict[str, float]) -> None:
    """Set a share of the values to missing; an address is missing as a whole."""
    for name, share in shares.items():
        missing = dice.random(len(columns["last_name"])) < share
        for column in _ADDRESS if name == "address" else (name,):
            columns[column][missing] = None


def _copied(dice: Dice, people: People, who: Numbers) -> Columns:
    """Records of persons who are on file already, as somebody wrote them another time."""
    copied = _clean(dice, people, who, _NOTATIONS_IN_COPY)
    scribe = Scribe(dice)
    _move(dice, copied)
    _spoil_address(scribe, copied)
    _spoil_mail(dice, scribe, people, who, copied)
    _spoil_phone(dice, scribe, people, who, copied)
    scribe.spoil(copied["birth_date"], 0.083, scribe.misdate)
    _spoil_names(dice, scribe, copied)
    return copied


def _move(dice: Dice, copied: Columns) -> None:
    """Some live elsewhere by now."""
    moved = dice.random(len(copied["plz"])) < 0.169
    count = int(moved.sum())
    where = places.places()
    place = where.urn.draw(dice, count)
    copied["plz"][moved], copied["city"][moved] = where.codes[place], where.cities[place]
    copied["street"][moved] = places.street_notations(dice, places.streets().pick(dice, count))
    numbers = places.house_numbers(dice, count)
    copied["house_no"][moved] = places.with_suffixes(numbers, dice.random(count) < 0.053)


def _spoil_address(scribe: Scribe, copied: Columns) -> None:
    scribe.spoil(copied["street"], 0.075, scribe.slip)
    scribe.spoil(copied["street"], 0.09, scribe.transliterate)
    scribe.spoil(copied["street"], 0.03, lambda street: street.replace("-", " "))
    scribe.spoil(copied["house_no"], 0.05, scribe.other_house)
    scribe.spoil(copied["plz"], 0.028, scribe.change_digit)
    scribe.spoil(copied["plz"], 0.017, lambda _code: "")
    copied["plz"][copied["plz"] == ""] = None
    scribe.spoil(copied["city"], 0.16, scribe.short_town)
    scribe.spoil(copied["city"], 0.15, scribe.transliterate)
    scribe.spoil(copied["city"], 0.032, scribe.slip)


def _spoil_mail(dice: Dice, scribe: Scribe, people: People, who: Numbers, copied: Columns) -> None:
    """Another address of the same person, capitals, a slip."""
    other = np.flatnonzero(dice.random(len(who)) < 0.325)
    person = who[other]
    copied["email"][other] = contacts.mailboxes(
        dice, people.firsts[person], people.lasts[person], people.years[person]
    )
    scribe.spoil(copied["email"], 0.075, scribe.slip)
    scribe.spoil(copied["email"], 0.115, scribe.other_case)


def _spoil_phone(dice: Dice, scribe: Scribe, people: People, who: Numbers, copied: Columns) -> None:
    """Another mobile number, a wrong digit."""
    areas, numbers = people.areas[who], people.numbers[who]
    other = dice.random(len(who)) < 0.30
    areas[other], numbers[other] = contacts.mobiles(dice, int(other.sum()))
    scribe.spoil(numbers, 0.052, scribe.exchange_digits)
    copied["phone"] = contacts.written(dice, areas, numbers)


def _spoil_names(dice: Dice, scribe: Scribe, copied: Columns) -> None:
    count = len(copied["first_name"])
    firsts, lasts = copied["first_name"], copied["last_name"]
    nicknamed(dice, firsts, 0.13)
    scribe.spoil(firsts, 0.07, scribe.mishear)
    scribe.spoil(firsts, 0.055, scribe.slip)
    _add_second_names(dice, firsts, 0.046)
    scribe.spoil(firsts, 0.027, lambda name: f"{name[0]}.")
    scribe.spoil(lasts, 0.20, scribe.mishear)
    scribe.spoil(lasts, 0.052, scribe.slip)
    _marry(dice, lasts, renamed=0.015, doubled=0.032)
    for column in (firsts, lasts):
        scribe.spoil(column, 0.27, scribe.transliterate)
    swapped = dice.random(count) < 0.04
    firsts[swapped], lasts[swapped] = lasts[swapped], firsts[swapped]
    draw = dice.random(count)
    for at in np.flatnonzero(draw < 0.09).tolist():
        way = str.upper if draw[at] < 0.057 else str.lower
        firsts[at], lasts[at] = way(firsts[at]), way(lasts[at])


def _add_second_names(dice: Dice, firsts: Strings, share: float) -> None:
    """A second first name that the other records do not tell."""
    draw = dice.random(len(firsts))
    for at in np.flatnonzero(draw < share).tolist():
        second = int(draw[at] / share * 2 * len(_SECOND_NAMES))
        sign = " -"[second % 2]
        firsts[at] = f"{firsts[at]}{sign}{_SECOND_NAMES[second // 2]}"


def _marry(dice: Dice, lasts: Strings, *, renamed: float, doubled: float) -> None:
    """Another surname, or a second one before or behind."""
    draw = dice.random(len(lasts))
    married = np.flatnonzero(draw < renamed + doubled).tolist()
    others = names.surnames().pick(dice, len(married))
    for at, other in zip(married, others, strict=True):
        if draw[at] < renamed:
            lasts[at] = other
        else:
            before = draw[at] < renamed + doubled / 3
            lasts[at] = f"{other}-{lasts[at]}" if before else f"{lasts[at]}-{other}"
