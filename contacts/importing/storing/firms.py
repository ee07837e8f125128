"""The companies of a chunk: new ones are made, known ones take on what they lack."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from contacts import writing
from contacts.importing.prepared import PreparedAddress, PreparedCompany, PreparedRow
from contacts.importing.storing import bulk, records
from contacts.importing.storing.batch import Batch, Origin, Owner
from contacts.importing.storing.context import Context
from contacts.importing.storing.employers import Book, Employer, remember_place
from contacts.importing.storing.results import Result
from contacts.models import Address, AddressKind, Company, ContactPointHolder, CriterionValue
from crm.kernel.audit import Act, Changes, diff

CHANGEABLE = ("name", "legal_form", "vat_id", "website", "industry_codes", "erp_number", "remark")


@dataclass(slots=True)
class _New:
    """A company that the chunk makes, and the row that named it first."""

    employer: Employer
    row: PreparedRow
    company: PreparedCompany
    is_suspect: bool


@dataclass(slots=True)
class Firms:
    """Resolves the companies of rows in their order, then writes what that brought about."""

    context: Context
    book: Book
    batch: Batch
    new: list[_New] = field(default_factory=list)
    touched: dict[int, Company] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    kinds: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _first: set[int] = field(default_factory=set)
    _addresses: defaultdict[int, list[Address]] = field(default_factory=lambda: defaultdict(list))
    _ended: list[Address] = field(default_factory=list)
    _held: dict[int, set[str]] = field(default_factory=dict)
    _answered: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def resolve(
        self, results: Sequence[Result], present: Mapping[int, set[int]]
    ) -> dict[int, tuple[Employer, bool]]:
        """Company by row number, and whether it is certain that this one is meant.

        ``present`` are the present employers by person.
        """
        resolved: dict[int, tuple[Employer, bool]] = {}
        for result in results:
            company = result.row.company
            if company is None:
                continue
            codes = {each.postal_code for each in _seats(result.row) if each.postal_code}
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
        ids = bulk.next_ids(Company, len(self.new))
        for new in self.new:
            new.employer.id = next(ids)
        return resolved

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
        self.new.append(_New(employer, row, company, suspect))
        self._first.add(row.number)
        self.book.add(employer)
        return employer

    def absorb(self, result: Result, employer: Employer, *, certain: bool, origin: Origin) -> None:
        """Give the company what the row says about it."""
        stored = employer.stored
        journal = result.journal if stored else None
        owner = Owner("company", employer.id, journal)
        before = len(self.batch.points) + len(self.batch.places)
        moves = certain and self.context.run.update_existing
        self._reach(result, employer, owner, origin, moves=moves)
        if stored is None:
            self._answers(result, employer, owner, origin)
            return
        added = len(self.batch.points) + len(self.batch.places) > before
        added |= self._number(result.row, employer, owner, origin)
        added |= self._answers(result, employer, owner, origin)
        changes = self._change(stored, result.row.company, certain=certain, result=result)
        if added or changes:
            self._touch(stored, changes, result)

    def _reach(
        self, result: Result, employer: Employer, owner: Owner, origin: Origin, *, moves: bool
    ) -> None:
        """Its own numbers; the business address only if it has none, branches being many, or if
        it ``moves``: the source that gave its only address now gives another one."""
        row = result.row
        for point in row.points:
            if point.holder == "company" and point.normalised not in self.held(employer):
                self.held(employer).add(point.normalised)
                self.kinds[employer.id].add(point.kind)
                self.batch.points.append((owner, origin, point))
        for seat in _seats(row)[:1]:
            if not employer.has_address or (moves and self._leaves(result, employer, seat)):
                remember_place(employer, seat.postal_code, seat.city)
                self.batch.places.append((owner, origin, seat))

    def _leaves(self, result: Result, employer: Employer, seat: PreparedAddress) -> bool:
        """End the company's only address if it is the source's own and another one than this."""
        present = self._addresses.get(employer.id, [])
        if len(present) != 1 or present[0].contact_point.normalised == seat.key:
            return False
        old = present[0]
        last_day = self.context.at.date() - timedelta(days=1)
        began_later = old.valid_from is not None and old.valid_from > last_day
        if old.source_id != self.context.run.source_id or began_later:
            return False
        result.journal.changed("company", Address, old.pk, {"valid_to": None})
        old.valid_to = last_day
        self._ended.append(old)
        self._addresses[employer.id] = []
        employer.places.clear()
        return True

    def load_held(self, employers: Sequence[Employer]) -> None:
        """Read which contact points, addresses and answers the stored companies have."""
        stored = {employer.id for employer in employers if employer.stored}
        addresses = Address.objects.filter(company__in=stored, valid_to=None)
        for address in addresses.select_related("contact_point"):
            self._addresses[address.company_id or 0].append(address)
        answers = CriterionValue.objects.filter(company__in=stored, superseded_at=None)
        for pk, criterion in answers.values_list("company_id", "criterion_id"):
            self._answered[pk or 0].add(criterion)
        self._held = {pk: set() for pk in stored}
        holders = ContactPointHolder.objects.filter(company__in=stored)
        for pk, value in holders.values_list("company_id", "contact_point__normalised"):
            if pk is not None:
                self._held[pk].add(value)

    def held(self, employer: Employer) -> set[str]:
        """Normalised contact points that the company has or is about to get."""
        return self._held.setdefault(employer.id, set())

    def _answers(self, result: Result, employer: Employer, owner: Owner, origin: Origin) -> bool:
        """Answers to criteria that the company has none for yet."""
        added = False
        for answer in result.row.values:
            criterion = self.context.criteria[answer.criterion]
            if answer.holder != "company" or criterion in self._answered[employer.id]:
                continue
            self._answered[employer.id].add(criterion)
            self.batch.add_value(
                criterion_id=criterion,
                value=answer.value,
                actor_id=self.context.run.created_by_id,
                owner=owner,
                origin=origin,
            )
            added = True
        return added

    def _number(self, row: PreparedRow, employer: Employer, owner: Owner, origin: Origin) -> bool:
        """A known company without a number in this source gets the row's."""
        number = row.company.number if row.company else ""
        if self.book.by_erp or not number or employer.number:
            return False
        employer.number = number
        self.batch.add_external_id(
            system=self.context.system, value=number, owner=owner, origin=origin
        )
        return True

    def _change(
        self, stored: Company, company: PreparedCompany | None, *, certain: bool, result: Result
    ) -> Changes:
        """Fill what is empty; overwrite what differs only if told to update and sure who it is."""
        if company is None:
            return {}
        values = self._values(company)
        overwrite = self.context.run.update_existing and certain
        if not self.context.run.update_existing:
            values = {name: value for name, value in values.items() if name == "erp_number"}
        changes: Changes = {}
        before: dict[str, Any] = {"field_sources": dict(stored.field_sources)}
        for name, value in values.items():
            old = getattr(stored, name)
            if not value or value == old or (old and not overwrite):
                continue
            if old and _by_hand(stored, name, self.context):
                continue
            changes[name] = [old, value]
            before[name] = old
            setattr(stored, name, value)
            writing.note_source(
                stored,
                name,
                source=self.context.run.source,
                confirmed_on=result.row.confirmed_on,
            )
        if changes:
            result.journal.changed("company", Company, stored.pk, before)
        return changes

    def _values(self, company: PreparedCompany) -> dict[str, Any]:
        return {
            "name": company.name,
            "legal_form": company.legal_form,
            "vat_id": company.vat_id,
            "website": company.website,
            "industry_codes": [company.industry] if company.industry else [],
            "erp_number": company.number if self.book.by_erp else "",
            "remark": company.remark,
        }

    def _touch(self, stored: Company, changes: Changes, result: Result) -> None:
        result.journal.version(
            "company", stored.pk, before=stored.version, after=stored.version + 1
        )
        stored.version += 1
        stored.updated_at = self.context.at
        self.touched[stored.pk] = stored
        self.acts.append(_act("company.updated", stored.pk, stored.full_name, changes, result.row))

    def send(self) -> None:
        """Write new and changed companies."""
        if self.new:
            bulk.insert(Company, records.COMPANY_COLUMNS, map(self._row, self.new))
        if self._ended:
            Address.objects.bulk_update(self._ended, ["valid_to"], batch_size=500)
        if self.touched:
            fields = [*CHANGEABLE, "field_sources", "version", "updated_at"]
            Company.objects.bulk_update(self.touched.values(), fields, batch_size=500)

    def _row(self, new: _New) -> tuple[Any, ...]:
        """A new company; its number in another system than the ERP is a row of its own."""
        origin = Origin(self.context.run.source_id, new.row.confirmed_on, self.context.at)
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
        self.acts.append(_act("company.created", new.employer.id, label, changes, new.row))
        return records.company_row(
            new.employer.id,
            new.company,
            self.context.belonging(new.row.owner_email),
            origin,
            erp_number=erp_number,
            places=new.employer.places,
            kinds=self.kinds[new.employer.id],
            is_suspect=new.is_suspect,
        )


def _seats(row: PreparedRow) -> list[PreparedAddress]:
    """The row's business addresses, or whatever address a company without a person has."""
    business = [each for each in row.addresses if each.kind == AddressKind.BUSINESS]
    return business or ([] if row.person else row.addresses)


def _by_hand(record: Company, name: str, context: Context) -> bool:
    source = record.field_sources.get(name, {}).get("source", record.source_id)
    return source in context.hand_sources


def _act(action: str, pk: int, label: str, changes: Changes, row: PreparedRow) -> Act:
    return Act(action, ("contacts.company", pk, label), changes, {"row": row.number})
