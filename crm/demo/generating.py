"""The stock of records, in any size: people, their companies, and copies with errors."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from random import Random

from crm.demo import companies, errors, persons
from crm.demo.draw import Urn, quota
from crm.demo.persons import REFERENCE_DAY
from crm.demo.records import Origin, Record
from crm.demo.writing import Scribe

REPEATED_SHARE = 0.12
COPIES_PER_REPEATED = 1.15
PRIVATE_SHARE = 0.03
IN_ERP_SHARE = 0.8
CUSTOMERS_TWICE_SHARE = 0.02
ORIGINS = Urn([(Origin.ERP, 60), (Origin.LIST, 20), (Origin.OUTLOOK, 13), (Origin.FAIR, 7)])
OTHER_ORIGINS = Urn([(Origin.LIST, 45), (Origin.OUTLOOK, 28), (Origin.FAIR, 27)])
COPY_ORIGINS = Urn([(Origin.ERP, 14), (Origin.LIST, 40), (Origin.OUTLOOK, 26), (Origin.FAIR, 20)])
PRIVATE_ORIGINS = Urn([(Origin.OUTLOOK, 70), (Origin.FAIR, 30)])


@dataclass(slots=True)
class Plan:
    """How many of what: persons who exist, those who are written down again, and how often."""

    people: int
    repeated: int
    copies: int

    @classmethod
    def of(cls, records: int) -> "Plan":
        """A plan whose records add up to ``records`` exactly."""
        people = round(records / (1 + REPEATED_SHARE * COPIES_PER_REPEATED))
        copies = records - people
        return cls(people, round(people * REPEATED_SHARE), copies)


def generate(
    *, persons: int, companies: int, seed: int = 2026, today: date = REFERENCE_DAY
) -> Iterator[Record]:
    """``persons`` records of persons at ``companies`` companies, and rows without person.

    The same arguments give the same records; ``today`` moves the days of confirmation only.
    Records of one person follow one another; 12 % of the people have more than one. Companies
    that got nobody come as a row of the ERP with ``entity`` 0; 2 % of the companies are a second
    account of a customer under a slightly different name. Memory grows with the number of
    companies only.
    """
    return _Generator(Random(seed), Plan.of(persons), companies, today).records()


class _Generator:
    def __init__(self, random: Random, plan: Plan, count: int, today: date) -> None:
        self._random = random
        self._plan = plan
        self._twice = round(count * CUSTOMERS_TWICE_SHARE)
        employed = round(plan.people * (1 - PRIVATE_SHARE))
        self._sizes = _sizes(random, people=employed, groups=count - self._twice)
        self._register = companies.Register(random)
        self._registry = persons.Registry(random)
        self._scribe = Scribe(random, today=today)
        self._known: list[companies.Company] = []
        self._left = plan.people

    def records(self) -> Iterator[Record]:
        for size in self._sizes:
            company = self._register.company(
                in_erp=not size or self._random.random() < IN_ERP_SHARE
            )
            self._known.append(company)
            office = persons.Office(company)
            if not size:
                yield self._scribe.write_company(company)
            for _ in range(size):
                yield from self._person(office)
        while self._left:
            yield from self._person(None)
        customers = [company for company in self._known if company.in_erp]
        for company in self._random.sample(customers, self._twice):
            yield self._second_account(company)

    def _person(self, office: persons.Office | None) -> Iterator[Record]:
        person = self._registry.person(office=office)
        first = self._scribe.write(person, origin=self._origin(person))
        yield first
        for _ in range(self._copies()):
            origin = self._copy_origin(person)
            desk = errors.Desk(self._random, self._scribe, person, self._known)
            yield errors.make(self._scribe.write(person, origin=origin), desk)
        self._left -= 1

    def _second_account(self, company: companies.Company) -> Record:
        """A customer entered again by somebody who did not find the first account."""
        record = self._scribe.write_company(company)
        return replace(
            record,
            errors=("second-account",),
            company_name=self._register.misspelt(company),
            company_number=str(int(record.company_number) + 1),
            vat_id="",
        )

    def _origin(self, person: persons.Person) -> Origin:
        if person.company is None:
            return PRIVATE_ORIGINS.draw(self._random)
        return (ORIGINS if person.company.in_erp else OTHER_ORIGINS).draw(self._random)

    def _copy_origin(self, person: persons.Person) -> Origin:
        """The file a copy goes to; only customers stand in the ERP, only staff in the list."""
        if person.company is None:
            return PRIVATE_ORIGINS.draw(self._random)
        return (COPY_ORIGINS if person.company.in_erp else OTHER_ORIGINS).draw(self._random)

    def _copies(self) -> int:
        """How often this person is written down again, so that the plan comes out exactly."""
        plan = self._plan
        if not quota(self._random, wanted=plan.repeated, left=self._left):
            return 0
        further = plan.copies - plan.repeated
        extra = int(quota(self._random, wanted=further, left=plan.repeated))
        plan.repeated -= 1
        plan.copies -= 1 + extra
        return 1 + extra


def _sizes(random: Random, *, people: int, groups: int) -> list[int]:
    """``people`` spread over ``groups`` as in life: many small, few large, some empty."""
    weights = [min(random.paretovariate(1.3), 18.0) if random.random() > 0.04 else 0.0
               for _ in range(groups)]  # fmt: skip
    total = sum(weights)
    sums = [round(people * part / total) for part in accumulate(weights)]
    return [after - before for before, after in zip([0, *sums], sums, strict=False)]
