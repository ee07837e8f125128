"""What goes wrong when somebody enters a person who is already known.

Each function makes one realistic error in a record or returns it unchanged where it does not apply.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from crm.demo import places, spelling
from crm.demo.companies import Company, slug
from crm.demo.draw import Urn
from crm.demo.nicknames import NICKNAMES
from crm.demo.numbers import Phone
from crm.demo.persons import Person
from crm.demo.records import Origin, Record
from crm.demo.surnames import surnames
from crm.demo.writing import Scribe, home


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the second colleague sits: dice, habits of the file, the truth, other companies."""

    random: Random
    scribe: Scribe
    person: Person
    others: Sequence[Company]


Error = Callable[[Record, Desk], Record]


def surname_by_ear(record: Record, desk: Desk) -> Record:
    """Meyer for Meier."""
    return replace(record, surname=spelling.sounding_alike(desk.random, record.surname))


def given_name_by_ear(record: Record, desk: Desk) -> Record:
    """Stephan for Stefan."""
    return replace(record, given_name=spelling.sounding_alike(desk.random, record.given_name))


def umlauts(record: Record, desk: Desk) -> Record:
    """ü as ue or u, in all names and the address."""
    change = spelling.umlauts_written_out
    if desk.random.random() < 0.25:
        change = spelling.umlauts_stripped
    record = replace(record, given_name=change(record.given_name), surname=change(record.surname))
    if record.origin is Origin.ERP:
        return record
    return replace(record, street=change(record.street), city=change(record.city))


def nickname(record: Record, desk: Desk) -> Record:
    """Hans for Johannes."""
    known = NICKNAMES.get(record.given_name)
    return replace(record, given_name=desk.random.choice(known)) if known else record


def initial(record: Record, desk: Desk) -> Record:
    """J. for Johannes."""
    return replace(record, given_name=f"{record.given_name[:1]}.") if record.given_name else record


def swapped(record: Record, desk: Desk) -> Record:
    """Given name and surname in each other's place."""
    return replace(record, given_name=record.whole_surname, particle="", surname=record.given_name)


def slip_in_surname(record: Record, desk: Desk) -> Record:
    """A letter too few, too many or in the wrong place."""
    return replace(record, surname=spelling.slip(desk.random, record.surname))


def shouted(record: Record, desk: Desk) -> Record:
    """CAPITALS, as from old systems."""
    record = replace(record, given_name=record.given_name.upper(), surname=record.surname.upper())
    if record.origin is Origin.ERP:
        return record
    return replace(record, company_name=record.company_name.upper())


def half_of_double_name(record: Record, desk: Desk) -> Record:
    """Müller for Müller-Voß."""
    first, dash, _ = record.surname.partition("-")
    return replace(record, surname=first) if dash else record


def other_surname(record: Record, desk: Desk) -> Record:
    """Married in the meantime; the mailbox is new or, mostly, the old one."""
    if desk.person.sex != "f" or "-" in record.surname:
        return record
    surname = surnames().draw(desk.random)
    if desk.random.random() < 0.4:
        surname = f"{record.surname}-{surname}"
    return replace(record, surname=surname, particle="")


def without_title(record: Record, desk: Desk) -> Record:
    """No title, no salutation (which cards hardly ever have)."""
    if record.origin is Origin.FAIR:
        return replace(record, title="")
    return replace(record, title="", salutation="")


def other_phone(record: Record, desk: Desk) -> Record:
    """The switchboard where the direct line belongs."""
    return replace(record, phone=record.switchboard) if record.phone else record


def phone_slip(record: Record, desk: Desk) -> Record:
    """The last two digits exchanged: a colleague's line."""
    line = desk.person.phone
    if not record.phone or line is None or len(line.extension) < 2:
        return record
    turned = line.extension[:-2] + line.extension[-1] + line.extension[-2]
    wrong = Phone(line.area, line.subscriber, turned)
    return replace(
        record, phone=desk.scribe.phone(wrong, origin=record.origin, country=record.country)
    )


def private_instead_of_business(record: Record, desk: Desk) -> Record:
    """The private mailbox instead of the one at work."""
    return replace(record, email="", private_email=desk.person.private_email)


def without_reach(record: Record, desk: Desk) -> Record:
    """Neither mailbox nor number."""
    return replace(record, email="", private_email="", phone="", mobile="", fax="")


def birth_date_slip(record: Record, desk: Desk) -> Record:
    """A neighbouring digit, or day and month exchanged."""
    if record.origin not in (Origin.ERP, Origin.OUTLOOK):
        return record
    born = desk.person.birth_date
    if born.day <= 12 and born.day != born.month and desk.random.random() < 0.5:
        return replace(record, birth_date=date(born.year, born.day, born.month))
    year = born.year + desk.random.choice((-10, -1, 1, 10))
    return replace(record, birth_date=born.replace(year=year, day=min(born.day, 28)))


def moved(record: Record, desk: Desk) -> Record:
    """Another private address than in the other file; the business address was mistyped."""
    if not record.company_entity or record.origin is Origin.OUTLOOK:
        city = places.cities().draw(desk.random)
        while city.country != desk.person.home.country:
            city = places.cities().draw(desk.random)
        elsewhere = places.place(desk.random, city=city, private=True)
        return replace(
            record,
            home_street=elsewhere.street,
            home_house_number=elsewhere.house_number,
            home_postal_code=elsewhere.postal_code,
            home_city=elsewhere.city,
            home_country=elsewhere.country,
        )
    if record.origin is Origin.ERP:
        return record
    return replace(record, house_number=str(desk.random.randint(1, 180)))


def other_employer(record: Record, desk: Desk) -> Record:
    """Works elsewhere now: new company, mailbox and line; mobile and home stay."""
    company = desk.random.choice(desk.others)
    if not record.company_entity or company.number == record.company_entity:
        return record
    scribe = desk.scribe
    person = replace(
        desk.person,
        company=company,
        email=f"{slug(desk.person.given_name)}.{slug(desk.person.surname)}@{company.domain}",
        phone=company.line.extension(desk.random.randint(50, 97)),
    )
    written = scribe.write(person, origin=record.origin)
    fields = home(person) if record.origin is Origin.OUTLOOK else {}
    mobile = ""
    if person.mobile:
        mobile = scribe.phone(person.mobile, origin=record.origin, country=company.place.country)
    return replace(written, mobile=mobile, **fields)  # type: ignore[arg-type]


# weights count draws; what does not apply to a person is passed over
ERRORS: Urn[tuple[str, Error]] = Urn(
    [
        (("other-employer", other_employer), 7),
        (("surname-by-ear", surname_by_ear), 17),
        (("given-name-by-ear", given_name_by_ear), 8),
        (("umlauts", umlauts), 14),
        (("nickname", nickname), 20),
        (("initial", initial), 7),
        (("swapped-names", swapped), 5),
        (("slip-in-surname", slip_in_surname), 8),
        (("shouted", shouted), 5),
        (("half-of-double-name", half_of_double_name), 40),
        (("other-surname", other_surname), 5),
        (("without-title", without_title), 12),
        (("other-phone", other_phone), 9),
        (("phone-slip", phone_slip), 4),
        (("private-mail", private_instead_of_business), 9),
        (("without-reach", without_reach), 4),
        (("birth-date-slip", birth_date_slip), 5),
        (("moved", moved), 9),
    ]
)
COUNTS = Urn([(1, 34), (2, 38), (3, 20), (4, 8)])


def make(record: Record, desk: Desk) -> Record:
    """``record`` with one to four errors, a change of employer first; their names are kept."""
    wanted = COUNTS.draw(desk.random)
    chosen = dict(ERRORS.draw(desk.random) for _ in range(wanted * 3))
    done: list[str] = []
    for name in sorted(chosen, key=lambda name: name != "other-employer"):
        changed = chosen[name](record, desk)
        if changed != record and len(done) < wanted:
            record = changed
            done.append(name)
    if not done:
        record, done = initial(record, desk), ["initial"]
    return replace(record, errors=tuple(done))
