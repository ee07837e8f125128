"""The companies that the rows of a chunk mean, and the new ones among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contacts.importing.prepared import PreparedCompany, PreparedRow
from contacts.importing.storing import bulk, records
from contacts.importing.storing.batch import Batch, Owner
from contacts.importing.storing.context import Context
from contacts.importing.storing.employers import Book, Employer, seats
from contacts.importing.storing.results import Result
from contacts.matching.signatures import Facts
from contacts.models import Company
from crm.kernel.audit import Act, diff

Resolved = dict[int, tuple[Employer, bool]]


@dataclass(slots=True)
class _New:
    """A company that the chunk makes, and the row that named it first."""

    employer: Employer
    row: PreparedRow
    company: PreparedCompany
    is_suspect: bool


@dataclass(slots=True)
class Firms:
    """Resolves the companies of rows in their order; ``send`` writes the new ones."""

    context: Context
    book: Book
    batch: Batch
    acts: list[Act] = field(default_factory=list)
    _new: list[_New] = field(default_factory=list)
    _first: set[int] = field(default_factory=set)

    def resolve(self, results: Sequence[Result], present: Mapping[int, set[int]]) -> Resolved:
        """Company by row number, and whether it is certain that this one is meant.

        ``present`` are the present employers by person.
        """
        resolved: Resolved = {}
        for result in results:
            company = result.row.company
            if company is None:
                continue
            codes = {each.postal_code for each in seats(result.row) if each.postal_code}
            employer, certain = self.book.find(
                company,
                codes,
                known_id=result.company_id,
                present_ids=present.get(result.person_id or 0, ()),
            )
            if employer is None:
                employer = self._add(result.row, company)
            if not employer.postal_codes:
                employer.postal_codes |= codes
            resolved[result.row.number] = (employer, certain)
        ids = bulk.next_ids(Company, len(self._new))
        for new in self._new:
            new.employer.id = next(ids)
        return resolved

    def facts(self) -> dict[int, Facts]:
        """Of the companies that are new: what matching needs to know of them alone."""
        return {
            new.employer.id: Facts(
                id=new.employer.id, surname=new.company.name, vat_id=new.company.vat_id
            )
            for new in self._new
        }

    def is_new_with(self, row: PreparedRow) -> bool:
        """Whether this row was the first to name a company that is new."""
        return row.number in self._first

    def _add(self, row: PreparedRow, company: PreparedCompany) -> Employer:
        suspect = bool(self.book.namesakes(company))
        employer = Employer(
            id=0,
            name=company.name,
            legal_form=company.legal_form,
            number=company.number,
            vat_id=company.vat_id,
        )
        self._new.append(_New(employer, row, company, suspect))
        self._first.add(row.number)
        self.book.add(employer)
        return employer

    def send(self, kinds: Mapping[int, set[str]]) -> None:
        """Write the new companies; ``kinds`` are the kinds of contact points they get."""
        if self._new:
            rows = (self._row(new, kinds.get(new.employer.id, set())) for new in self._new)
            bulk.insert(Company, records.COMPANY_COLUMNS, rows)

    def _row(self, new: _New, kinds: set[str]) -> tuple[Any, ...]:
        """A new company; its number in another system than the ERP is a row of its own."""
        origin = self.context.origin(new.row.confirmed_on)
        erp_number = new.company.number if self.book.by_erp else ""
        if new.company.number and not self.book.by_erp:
            self.batch.add_external_id(
                system=self.context.system,
                value=new.company.number,
                owner=Owner("company", new.employer.id),
                origin=origin,
            )
        label = f"{new.company.name} {new.company.legal_form}".strip()
        changes = diff({}, {"name": new.company.name, "erp_number": erp_number})
        target = ("contacts.company", new.employer.id, label)
        self.acts.append(Act("company.created", target, changes, {"row": new.row.number}))
        return records.company_row(
            new.employer.id,
            new.company,
            self.context.belonging(new.row.owner_email),
            origin,
            erp_number=erp_number,
            places=new.employer.places,
            kinds=kinds,
            is_suspect=new.is_suspect,
        )
