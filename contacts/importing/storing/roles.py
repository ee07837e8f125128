"""Roles of known persons: another function, another employer."""

from dataclasses import dataclass, field

from contacts.importing.storing.batch import Batch, Origin, Owner
from contacts.importing.storing.context import Context
from contacts.importing.storing.employers import Employer
from contacts.importing.storing.present import Stored
from contacts.importing.storing.results import Result
from contacts.models import Employment
from crm.kernel.audit import Changes


@dataclass(slots=True)
class Roles:
    """Compares what a row says about work; ``changed`` are the roles to be saved."""

    context: Context
    batch: Batch
    changed: dict[int, Employment] = field(default_factory=dict)

    def compare(
        self, result: Result, stored: Stored, employer: Employer, origin: Origin
    ) -> Changes:
        """The differences; a new employer's role is added, the former one's of this source ends."""
        person = result.row.person
        function, department = (person.function, person.department) if person else ("", "")
        current = next((e for e in stored.employments if e.company_id == employer.id), None)
        if current is not None:
            return self._same_employer(result, current, function, department)
        primary = next((each for each in stored.employments if each.is_primary), None)
        leaves = primary is not None and primary.source_id == self.context.run.source_id
        if primary is not None and leaves:
            self._leave(result, stored, primary)
        self.batch.add_employment(
            person=Owner("person", stored.person.pk, result.journal),
            company_id=employer.id,
            function=function,
            department=department,
            is_primary=primary is None or leaves,
            origin=origin,
        )
        return {"employment": ["", ", ".join(part for part in (function, employer.name) if part)]}

    def _same_employer(
        self, result: Result, current: Employment, function: str, department: str
    ) -> Changes:
        changes: Changes = {}
        for name, value in (("function", function), ("department", department)):
            old = getattr(current, name)
            by_hand = current.source_id in self.context.hand_sources
            if value and value != old and not (old and by_hand):
                changes[name] = [old, value]
        if changes:
            before = {name: old for name, (old, _new) in changes.items()}
            result.journal.changed("person", Employment, current.pk, before)
            for name, (_old, new) in changes.items():
                setattr(current, name, new)
            self.changed[current.pk] = current
        return changes

    def _leave(self, result: Result, stored: Stored, primary: Employment) -> None:
        before = {"is_primary": True, "ended_on": None}
        result.journal.changed("person", Employment, primary.pk, before)
        primary.is_primary = False
        primary.ended_on = self.context.at.date()
        self.changed[primary.pk] = primary
        stored.employments.remove(primary)
