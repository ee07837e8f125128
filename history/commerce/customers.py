"""Whose rows these are: by the number in the ERP, else by what the row tells, if that is certain.

Numbers of companies that went into others lead to the survivors.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce

from contacts.duplicates import entry, typed
from contacts.duplicates.typed import Typed, TypedPlace, TypedPoint
from contacts.importing.storing import bulk
from contacts.models import Company, ExternalId, MatchingKind, Person, SourceKind
from crm.accounts.models import User

SYSTEM: Final = "ERP"
MOST_ASKED: Final = 200


class Customer(NamedTuple):
    """Exactly one of both is set."""

    person_id: int | None
    company_id: int | None


def by_number(numbers: Iterable[str]) -> dict[str, Customer]:
    """Who has these numbers in the ERP: companies before persons. Three queries."""
    wanted = sorted({number for number in numbers if number})
    if not wanted:
        return {}
    found: dict[str, Customer] = {}
    given = ExternalId.objects.filter(
        Q(system=SYSTEM) | Q(source__kind=SourceKind.ERP), value__in=bulk.among(wanted)
    ).order_by("pk")
    pairs = list(given.values_list("value", "person_id", "company_id"))
    found |= {value: Customer(person, None) for value, person, _company in pairs if person}
    found |= {value: Customer(None, company) for value, _person, company in pairs if company}
    owned = Company.with_aliases.filter(~Q(erp_number=""), erp_number__in=bulk.among(wanted))
    for value, pk in owned.values_list("erp_number", Coalesce("merged_into", "pk")):
        found[value] = Customer(None, pk)
    return found


class Finder:
    """The check at entry for customers whose number is not known: each is asked about once, and
    no more than 200 in one take-over; only one sure suspect that the actor may see counts."""

    def __init__(self, *, actor: User | None, today: date) -> None:
        self._actor = actor
        self._today = today
        self._known: dict[tuple[str, ...], Customer | None] = {}

    def find(self, told: tuple[str, ...]) -> Customer | None:
        """The customer of whom a row tells this (:meth:`cleaning.Cleaned.customer`)."""
        _number, company, _given, surname, *reach = told
        if not (company or surname) or not any(reach):
            return None
        if told not in self._known:
            if len(self._known) >= MOST_ASKED:
                return None
            self._known[told] = self._ask(told)
        return self._known[told]

    def _ask(self, told: tuple[str, ...]) -> Customer | None:
        number, company, given, surname, email, vat_id, street, code, city = told
        what = Typed(
            name=company,
            given_name=given,
            surname=surname,
            vat_id=vat_id,
            points=[TypedPoint("EMAIL", email)] if email else [],
            places=[TypedPlace(street=street, postal_code=code, city=city)] if city or code else [],
            company_name=company if surname else "",
        )
        if company:
            return self._sure_company(what, number)
        return self._sure_person(what)

    def _sure_company(self, what: Typed, number: str) -> Customer | None:
        found = entry.suspects_for(typed.of_company(what), kind=MatchingKind.COMPANY)
        sure = [each.id for each in found if each.band == "SURE"]
        if len(sure) != 1:
            return None
        seen = Company.objects.visible_to(self._actor) if self._actor else Company.objects.all()
        company = seen.filter(pk=sure[0]).first()
        if company is None or (number and company.erp_number):
            return None
        return Customer(None, company.pk)

    def _sure_person(self, what: Typed) -> Customer | None:
        facts = typed.of_person(what, today=self._today)
        found = entry.suspects_for(facts, kind=MatchingKind.PERSON)
        sure = [each.id for each in found if each.band == "SURE"]
        if len(sure) != 1:
            return None
        seen = Person.objects.visible_to(self._actor) if self._actor else Person.objects.all()
        return Customer(sure[0], None) if seen.filter(pk=sure[0]).exists() else None
