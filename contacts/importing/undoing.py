"""Undoing the journals of some rows of a run, set by set."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db.models import Field, Model

from contacts import indexing
from contacts.models import (
    Address,
    Company,
    CompanySignature,
    ContactPoint,
    ContactPointHolder,
    CriterionValue,
    Employment,
    ExternalId,
    ImportRow,
    MergeMember,
    Person,
    PersonSignature,
)
from crm.kernel.audit import Act

Record = Person | Company
KINDS: Final[dict[str, type[Person] | type[Company]]] = {"person": Person, "company": Company}
OWN: Final[dict[type[Model], frozenset[type[Model]]]] = {
    Person: frozenset(
        {
            Address,
            ContactPointHolder,
            CriterionValue,
            Employment,
            ExternalId,
            ImportRow,
            MergeMember,
            PersonSignature,
        }
    ),
    Company: frozenset(
        {
            Address,
            CompanySignature,
            ContactPointHolder,
            CriterionValue,
            ExternalId,
            ImportRow,
            MergeMember,
        }
    ),
}
PARTS: Final = (ContactPointHolder, Address, Employment, ExternalId, CriterionValue)


class Undo:
    """``rows`` come last first. ``left`` are those of which something had to stay; ``removed``
    and ``restored`` count persons and companies."""

    def __init__(self, rows: Sequence[ImportRow], *, at: datetime) -> None:
        self.at = at
        self.left: list[ImportRow] = []
        self.acts: list[Act] = []
        self.removed = self.restored = 0
        self._rows = rows
        self._records = {kind: self._locked(kind) for kind in KINDS}
        self._doomed: dict[str, dict[int, ImportRow]] = {kind: {} for kind in KINDS}
        self._unmade: defaultdict[str, list[int]] = defaultdict(list)
        self._former: defaultdict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
        self._touched: dict[str, dict[int, Record]] = {kind: {} for kind in KINDS}
        self._points: set[int] = set()

    def apply(self) -> None:
        """Undo all rows. Must run inside a transaction."""
        for row in self._rows:
            undone = [self._undo(row, kind) for kind in KINDS]
            if not all(undone):
                self.left.append(row)
        self._remove_parts()
        self._restore()
        for kind in KINDS:
            self._remove_records(kind)
        self._remove_unheld_points()
        self._refresh()

    def _locked(self, kind: str) -> dict[int, Record]:
        ids = {row.journal["versions"][kind][0] for row in self._rows if kind in _versions(row)}
        found = KINDS[kind].with_aliases.filter(pk__in=ids).order_by("pk")
        return {record.pk: record for record in found.select_for_update(of=("self",))}

    def _undo(self, row: ImportRow, kind: str) -> bool:
        """Note what is to be undone of one record; False if it was changed since."""
        if kind not in _versions(row):
            return True
        pk, after, before = row.journal["versions"][kind]
        record = self._records[kind].get(pk)
        if record is None:
            return True
        if record.version != after:
            return False
        record.version = before
        if before == 0:
            self._doomed[kind][pk] = row
            return True
        self._touched[kind][pk] = record
        for model, ids in row.journal.get("made", {}).get(kind, {}).items():
            self._unmade[model].extend(ids)
        for owner, model, changed_pk, values in reversed(row.journal.get("changed", [])):
            if owner == kind:
                self._former[model].setdefault(changed_pk, {}).update(values)
        return True

    def _remove_parts(self) -> None:
        for model in PARTS:
            ids = self._unmade.get(model.__name__, [])
            self._remember_points(model, pk__in=ids)
            model._default_manager.filter(pk__in=ids).delete()

    def _restore(self) -> None:
        for name, rows in self._former.items():
            if name in ("Person", "Company"):
                continue
            model = apps.get_model("contacts", name)
            objects = list(model._default_manager.filter(pk__in=rows))
            _set_back(objects, rows)
        for kind, records in self._touched.items():
            doomed = self._doomed[kind]
            alive = [record for pk, record in records.items() if pk not in doomed]
            for record in alive:
                record.updated_at = self.at
                self.acts.append(Act(f"{kind}.restored", record, {}, {}))
            _set_back(alive, self._former[KINDS[kind].__name__], "version", "updated_at")
            self.restored += len(alive)

    def _remove_records(self, kind: str) -> None:
        model, doomed = KINDS[kind], self._doomed[kind]
        used = _used_elsewhere(model, doomed)
        for pk in used:
            row = doomed.pop(pk)
            if row not in self.left:
                self.left.append(row)
        for part in (ContactPointHolder, Address):
            self._remember_points(part, **{f"{kind}__in": list(doomed)})
        for pk in doomed:
            label = str(self._records[kind][pk])
            self.acts.append(Act(f"{kind}.removed", (model._meta.label_lower, pk, label)))
        model._default_manager.filter(pk__in=list(doomed)).delete()
        self.removed += len(doomed)

    def _remember_points(self, model: type[Any], **condition: Any) -> None:
        if model in (ContactPointHolder, Address):
            held = model._default_manager.filter(**condition)
            self._points.update(held.values_list("contact_point_id", flat=True))

    def _remove_unheld_points(self) -> None:
        used = _used_elsewhere(ContactPoint, self._points)
        ContactPoint.objects.filter(pk__in=self._points - used).delete()

    def _refresh(self) -> None:
        indexing.refresh_companies(
            sorted(set(self._touched["company"]) - set(self._doomed["company"]))
        )
        indexing.refresh_persons(sorted(set(self._touched["person"]) - set(self._doomed["person"])))


def _versions(row: ImportRow) -> dict[str, list[int]]:
    versions: dict[str, list[int]] = row.journal.get("versions", {})
    return versions


def _used_elsewhere(model: type[Model], ids: Iterable[int]) -> set[int]:
    """Those that rows point to which are not simply their own parts."""
    wanted = list(ids)
    used: set[int] = set()
    for relation in model._meta.related_objects:
        other = relation.related_model
        if not wanted or isinstance(other, str) or other in OWN.get(model, ()):
            continue
        name = relation.field.name
        found = other._default_manager.filter(**{f"{name}__in": wanted})
        used.update(found.values_list(f"{name}_id", flat=True))
    return used


def _set_back(objects: Sequence[Model], rows: dict[int, dict[str, Any]], *always: str) -> None:
    """Write former values; ``always`` are fields that the objects carry already."""
    names = set(always)
    for each in objects:
        for name, value in rows.get(each.pk, {}).items():
            stored: Field[Any, Any] = each._meta.get_field(name)  # type: ignore[assignment]
            setattr(each, name, stored.to_python(value))
            names.add(name)
    if objects and names:
        type(objects[0])._default_manager.bulk_update(objects, sorted(names), batch_size=500)
