"""What a row made and what it overwrote: enough to take it back.

As JSON: ``made`` maps ``person`` and ``company`` to ids by model; ``changed`` lists ``[kind,
model, id, {field: value before}]`` in the order of the changes; ``versions`` maps each kind to
``[id, version after, version before]`` (before 0: the row made the record itself).
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import models

from contacts.importing.prepared import Holder
from crm.kernel.audit import jsonable


@dataclass(slots=True)
class Journal:
    """The journal of one row while it is written; every entry belongs to a person or a company."""

    made_ids: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    changes: list[tuple[str, str, int, dict[str, Any]]] = field(default_factory=list)
    versions: dict[str, list[int]] = field(default_factory=dict)

    def made(self, kind: Holder, model: type[models.Model], pk: int) -> None:
        """A row of the model was added."""
        self.made_ids.setdefault(kind, {}).setdefault(model.__name__, []).append(pk)

    def changed(
        self, kind: Holder, model: type[models.Model], pk: int, before: dict[str, Any]
    ) -> None:
        """Fields of a row were overwritten; ``before`` is what they held."""
        self.changes.append((kind, model.__name__, pk, before))

    def version(self, kind: Holder, pk: int, *, before: int, after: int) -> None:
        """The record counts a change; of several in one row the first ``before`` stays."""
        first = self.versions[kind][2] if kind in self.versions else before
        self.versions[kind] = [pk, after, first]

    def as_json(self) -> dict[str, Any]:
        """The journal as plain values; empty if the row wrote nothing."""
        parts: dict[str, Any] = {}
        if self.made_ids:
            parts["made"] = self.made_ids
        if self.changes:
            parts["changed"] = jsonable(self.changes)
        if self.versions:
            parts["versions"] = self.versions
        return parts
