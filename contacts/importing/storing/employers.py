"""Which company a row means, and the new ones among them.

A number or a VAT id decides. A name does only if one company alone fits: same name, legal forms
that do not contradict, a postal code in common if both sides have one. Otherwise a new company is
made and marked for the duplicate check.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.db.models.functions import Coalesce

from contacts.importing.prepared import PreparedAddress, PreparedCompany, PreparedRow
from contacts.importing.storing import bulk
from contacts.importing.storing.context import Context
from contacts.matching.normalise import fold
from contacts.models import Address, AddressKind, Company, ExternalId, SourceKind


@dataclass(slots=True)
class Employer:
    """A company under consideration; ``stored`` is None for one that this chunk makes."""

    id: int
    name: str
    legal_form: str
    number: str
    vat_id: str
    stored: Company | None = None
    postal_codes: set[str] = field(default_factory=set)
    places: list[str] = field(default_factory=list)
    has_address: bool = False


class Book:
    """The companies that the rows of a chunk may mean."""

    def __init__(
        self, rows: Sequence[PreparedRow], context: Context, *, known_ids: Iterable[int] = ()
    ) -> None:
        self.by_erp = context.run.source.kind == SourceKind.ERP
        self._numbers: dict[str, Employer] = {}
        self._vat_ids: dict[str, Employer] = {}
        self._names: defaultdict[str, list[Employer]] = defaultdict(list)
        self.hidden_numbers: set[str] = set()
        self._by_id: dict[int, Employer] = {}
        companies = [row.company for row in rows if row.company]
        self._load(companies, set(known_ids), context)

    def find(
        self,
        company: PreparedCompany,
        postal_codes: set[str],
        *,
        known_id: int | None = None,
        present_ids: Container[int] = (),
    ) -> tuple[Employer | None, bool]:
        """The company meant, and whether its number (or an earlier import) makes that certain.

        ``present_ids`` are those the person works for already: a namesake among them is meant
        even if it moved.
        """
        certain = self._by_id.get(known_id or 0) or self._numbers.get(company.number)
        if certain:
            return certain, True
        if found := self._vat_ids.get(company.vat_id):
            return found, False
        namesakes = [each for each in self.namesakes(company) if not _contradicts(each, company)]
        present = [each for each in namesakes if each.id in present_ids]
        if present:
            return present[0], False
        fitting = [each for each in namesakes if _is_near(each, postal_codes)]
        near = [each for each in fitting if each.postal_codes & postal_codes]
        for choice in (near, fitting):
            if len(choice) == 1:
                return choice[0], False
        return None, False

    def namesakes(self, company: PreparedCompany) -> list[Employer]:
        """All companies of that name, wherever they are."""
        return self._names.get(fold(company.name), [])

    def add(self, employer: Employer) -> None:
        """Let later rows find a company."""
        if employer.number:
            self._numbers[employer.number] = employer
        if employer.vat_id:
            self._vat_ids.setdefault(employer.vat_id, employer)
        self._names[fold(employer.name)].append(employer)

    def _load(
        self, companies: Sequence[PreparedCompany], known_ids: set[int], context: Context
    ) -> None:
        numbers = {company.number for company in companies if company.number}
        of_number = self._ids_by_number(numbers, context)
        stored = {
            company.pk: company
            for company in [
                *Company.objects.filter(pk__in={*of_number.values(), *known_ids}),
                *_having("vat_id", {company.vat_id for company in companies}),
                *_having("sort_key", {fold(company.name)[:400] for company in companies}),
            ]
        }
        visible = context.visible(Company, set(stored))
        self.hidden_numbers = {value for value, pk in of_number.items() if pk not in visible}
        number_of = {pk: value for value, pk in of_number.items()}
        for pk in sorted(visible):
            company = stored[pk]
            self._by_id[pk] = Employer(
                id=pk,
                name=company.name,
                legal_form=company.legal_form,
                number=company.erp_number if self.by_erp else number_of.get(pk, ""),
                vat_id=company.vat_id,
                stored=company,
            )
            self.add(self._by_id[pk])
        for value, pk in of_number.items():
            if pk in visible:  # a merged company has the numbers of those that went into it
                self._numbers[value] = self._by_id[pk]
        self._load_places(visible)

    def _ids_by_number(self, numbers: set[str], context: Context) -> dict[str, int]:
        """An ERP's number is the company's own; other sources' numbers are kept apart."""
        if not numbers:
            return {}
        if self.by_erp:
            owned = Company.with_aliases.filter(
                ~Q(erp_number=""), erp_number__in=bulk.among(numbers)
            )
            return dict(owned.values_list("erp_number", Coalesce("merged_into", "pk")))
        known = ExternalId.objects.filter(
            Q(source=context.run.source) | Q(system=context.system),
            value__in=bulk.among(numbers),
            company__isnull=False,
        )
        pairs = known.values_list("value", "company_id")
        return {value: pk for value, pk in pairs if pk is not None}

    def _load_places(self, ids: set[int]) -> None:
        addresses = Address.objects.filter(company__in=ids, valid_to=None).order_by("id")
        for pk, code, city in addresses.values_list("company_id", "postal_code", "city"):
            if pk is not None:
                remember_place(self._by_id[pk], code, city)


def remember_place(employer: Employer, postal_code: str, city: str) -> None:
    """The company has an address there."""
    employer.has_address = True
    employer.places.append(f"{postal_code} {city}")
    if postal_code:
        employer.postal_codes.add(postal_code)


def seats(row: PreparedRow) -> list[PreparedAddress]:
    """The row's business addresses, or whatever address a company without a person has."""
    business = [each for each in row.addresses if each.kind == AddressKind.BUSINESS]
    return business or ([] if row.person else row.addresses)


def _having(name: str, values: Iterable[str]) -> Iterable[Company]:
    filled = {value for value in values if value}
    return Company.objects.filter(**{f"{name}__in": bulk.among(filled)}) if filled else []


def _contradicts(known: Employer, company: PreparedCompany) -> bool:
    """Whether both sides know something that differs."""
    pairs = (
        (fold(known.legal_form), fold(company.legal_form)),
        (known.number, company.number),
        (known.vat_id, company.vat_id),
    )
    return any(one and other and one != other for one, other in pairs)


def _is_near(known: Employer, postal_codes: set[str]) -> bool:
    """Whether they share a postal code, or one side has none."""
    return not (known.postal_codes and postal_codes) or bool(known.postal_codes & postal_codes)
