"""Known and new companies take on what rows say about them.

Always: their own numbers, an address if they have none, a number in the source, answers to
criteria that they lack. Only with an update: fields that are empty, and, if it is certain who is
meant, fields that differ. What somebody entered by hand stays.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from contacts import writing
from contacts.importing.prepared import PreparedAddress, PreparedCompany, PreparedRow
from contacts.importing.storing.batch import Batch, Origin, Owner
from contacts.importing.storing.context import Context
from contacts.importing.storing.employers import Employer, remember_place, seats
from contacts.importing.storing.results import Result
from contacts.models import Address, Company, ContactPointHolder, CriterionValue
from crm.kernel.audit import Act, Changes

CHANGEABLE: Final = (
    "name",
    "legal_form",
    "vat_id",
    "website",
    "industry_codes",
    "erp_number",
    "remark",
)


@dataclass(slots=True)
class Absorbing:
    """Collects what is to be added to companies and changed in them; ``send`` writes the changes.

    ``kinds`` are the kinds of contact points that companies get; ``touched`` the stored companies
    of which anything changed.
    """

    context: Context
    batch: Batch
    by_erp: bool
    touched: dict[int, Company] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    kinds: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _held: dict[int, set[str]] = field(default_factory=dict)
    _addresses: defaultdict[int, list[Address]] = field(default_factory=lambda: defaultdict(list))
    _answered: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _ended: list[Address] = field(default_factory=list)

    def load(self, employers: Sequence[Employer]) -> None:
        """Lock the stored companies; read which contact points, addresses and answers they have."""
        stored = {employer.id for employer in employers if employer.stored}
        locked = Company.objects.filter(pk__in=stored).order_by("pk")
        fresh = {each.pk: each for each in locked.select_for_update(of=("self",), no_key=True)}
        for employer in employers:
            employer.stored = fresh.get(employer.id)
        addresses = Address.objects.filter(company__in=stored, valid_to=None)
        for address in addresses.select_related("contact_point"):
            self._addresses[address.company_id or 0].append(address)
        answers = CriterionValue.objects.filter(company__in=stored, superseded_at=None)
        for pk, criterion in answers.values_list("company_id", "criterion_id"):
            self._answered[pk or 0].add(criterion)
        self._held = {pk: set() for pk in stored}
        holders = ContactPointHolder.objects.filter(company__in=stored)
        for pk, value in holders.values_list("company_id", "contact_point__normalised"):
            self._held[pk or 0].add(value)

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
        row, held = result.row, self._held.setdefault(employer.id, set())
        for point in row.points:
            if point.holder == "company" and point.normalised not in held:
                held.add(point.normalised)
                self.kinds[employer.id].add(point.kind)
                self.batch.points.append((owner, origin, point))
        for seat in seats(row)[:1]:
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
        if self.by_erp or not number or employer.number:
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
            "erp_number": company.number if self.by_erp else "",
            "remark": company.remark,
        }

    def _touch(self, stored: Company, changes: Changes, result: Result) -> None:
        result.journal.version(
            "company", stored.pk, before=stored.version, after=stored.version + 1
        )
        stored.version += 1
        stored.updated_at = self.context.at
        self.touched[stored.pk] = stored
        context = {"row": result.row.number}
        self.acts.append(Act("company.updated", stored, changes, context))

    def send(self) -> None:
        """Write what was changed; what was added is in the batch."""
        if self._ended:
            Address.objects.bulk_update(self._ended, ["valid_to"], batch_size=500)
        if self.touched:
            fields = [*CHANGEABLE, "field_sources", "version", "updated_at"]
            Company.objects.bulk_update(self.touched.values(), fields, batch_size=500)


def _by_hand(record: Company, name: str, context: Context) -> bool:
    source = record.field_sources.get(name, {}).get("source", record.source_id)
    return source in context.hand_sources
