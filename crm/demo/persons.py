"""The people behind the records, each as he or she really is."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from crm.demo import numbers, places
from crm.demo.companies import Company, slug
from crm.demo.draw import Urn
from crm.demo.given_names import given_names
from crm.demo.jobs import JOBS
from crm.demo.surnames import DOUBLE_SHARE, PARTICLE_SHARE, PARTICLES, surnames

REFERENCE_DAY = date(2026, 11, 1)  # people are 23 to 68 years old on it
TITLES = Urn([("", 900), ("Dr.", 62), ("Dipl.-Ing.", 22), ("Prof. Dr.", 7), ("Dr.-Ing.", 9)])
MAILBOXES = Urn(
    [("{g}.{s}", 58), ("{i}.{s}", 24), ("{s}", 8), ("{i}{s}", 5), ("{s}.{g}", 3), ("{g}_{s}", 2)]
)
PRIVATE_MAIL = ("postbote.example", "mailkasten.example", "gruenpost.example", "nordnetz.example")


@dataclass(frozen=True, slots=True)
class Person:
    """A human being. ``number`` counts from 1 and is the identity in the truth."""

    number: int
    sex: str
    title: str
    given_name: str
    particle: str
    surname: str
    birth_date: date
    language: str
    function: str
    department: str
    company: Company | None
    email: str
    private_email: str
    phone: numbers.Phone | None
    mobile: numbers.Phone | None
    home: places.Place

    @property
    def salutation(self) -> str:
        """Herr or Frau."""
        return "Herr" if self.sex == "m" else "Frau"


class Office:
    """Mailboxes and extensions of one company, each given out once."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self._mailboxes: set[str] = set()
        self._extensions = iter(numbers.STAFF_EXTENSIONS)

    def mailbox(self, shape: str, given_name: str, surname: str) -> str:
        """A business address nobody else at the company has."""
        local = _local_part(shape, given_name, surname)
        while local in self._mailboxes:
            local += "2"
        self._mailboxes.add(local)
        return f"{local}@{self.company.domain}"

    def extension(self) -> numbers.Phone:
        """A direct line; the switchboard once all are given out."""
        number = next(self._extensions, None)
        line = self.company.line
        return line.switchboard() if number is None else line.extension(number)


class Registry:
    """Makes people one after the other."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._mobiles = iter(numbers.mobiles(random))
        self._count = self._further = 0

    def person(self, *, office: Office | None) -> Person:
        """The next person, working at ``office`` or known privately only."""
        random = self._random
        self._count += 1
        sex = "m" if random.random() < 0.62 else "f"
        birth_date = REFERENCE_DAY - timedelta(days=round(random.triangular(23, 68, 46) * 365.25))
        given_name = given_names(sex=sex, birth_year=birth_date.year).draw(random)
        particle, surname = self._surname(office)
        function, department = JOBS[sex].draw(random) if office else ("", "")
        shape = MAILBOXES.draw(random)
        whole_surname = f"{particle} {surname}".strip()
        return Person(
            number=self._count,
            sex=sex,
            title=TITLES.draw(random),
            given_name=given_name,
            particle=particle,
            surname=surname,
            birth_date=birth_date,
            language="en" if random.random() < 0.02 else "de",
            function=function,
            department=department,
            company=office.company if office else None,
            email=office.mailbox(shape, given_name, whole_surname) if office else "",
            private_email=self._private_email(given_name, whole_surname, birth_date),
            phone=office.extension() if office else None,
            mobile=self._mobile() if random.random() < 0.28 or not office else None,
            home=places.place(random, city=self._home_city(office), private=True),
        )

    def _home_city(self, office: Office | None) -> places.City:
        """Most people live where they work."""
        if office and self._random.random() < 0.7:
            return office.company.city
        return places.cities().draw(self._random)

    def _surname(self, office: Office | None) -> tuple[str, str]:
        random = self._random
        if office and office.company.owner_surname and random.random() < 0.12:
            return "", office.company.owner_surname
        surname = surnames().draw(random)
        if random.random() < DOUBLE_SHARE:
            surname = f"{surname}-{surnames().draw(random)}"
        particle = PARTICLES.draw(random) if random.random() < PARTICLE_SHARE else ""
        return particle, surname

    def _mobile(self) -> numbers.Phone:
        phone = next(self._mobiles, None)
        if phone is None:
            self._further += 1
            phone = numbers.further_mobile(self._further)
        return phone

    def _private_email(self, given_name: str, surname: str, birth_date: date) -> str:
        local = _local_part("{g}.{s}", given_name, surname)
        # the counter keeps it unique, as the numbers in real mailboxes do
        return f"{local}{birth_date:%y}{self._count % 997}@{self._random.choice(PRIVATE_MAIL)}"


def _local_part(shape: str, given_name: str, surname: str) -> str:
    given = slug(given_name)
    return shape.format(g=given, i=given[:1], s=slug(surname))
