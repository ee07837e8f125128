"""What each model holds about persons: the registry behind access, erasure, retention and merging.

Every app has one ``personal_data.py`` that declares each of its models, either with
:func:`declare` or, where a model tells nothing about a contact, with :func:`holds_none`.
A test enumerates all models and fails on one that is not declared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models


class Erasure(StrEnum):
    """What an erasure under Art. 17 GDPR does with a row."""

    DELETE = "delete"
    ANONYMISE = "anonymise"
    KEEP = "keep"


class Merging(StrEnum):
    """What a merge does with the rows of the losing record."""

    SURVIVE = "survive"  # the record itself: it stays as an alias
    MOVE = "move"  # the foreign key is set to the survivor
    UNITE = "unite"  # moved, equal rows are folded into one
    STAY = "stay"  # the row remains with the record it was written for


@dataclass(frozen=True, slots=True)
class Single:
    """Of the merged rows for which ``where`` holds, one for each ``per`` keeps it.

    It is the first by ``first``, then the survivor's own; in the others ``column`` becomes
    ``otherwise``. All are SQL over the row; ``otherwise`` may name the parameter ``%(at)s``.
    """

    where: str
    column: str
    otherwise: str
    per: tuple[str, ...] = ()
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Uniting:
    """How rows of merged records become one list. All parts are SQL over the row.

    Rows that agree in ``equal`` are folded into the first by ``better``, then the survivor's own.
    ``own`` tells by which of those columns a row that was added after the merge is recognised as
    the restored record's (empty: by none). ``restored`` are columns that an undo sets back in a
    moved row even if they changed since. ``pair`` names two foreign keys that stand in order: the
    row is about two records.
    """

    equal: tuple[str, ...]
    better: tuple[str, ...] = ()
    singles: tuple[Single, ...] = ()
    own: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    pair: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """How one model is treated.

    ``subject`` are the look-ups that lead to a person or company (empty: the record itself);
    ``retention`` names a rule of the retention schedule; ``exported`` are the fields of an access
    package (Art. 15) in order; ``anonymised`` maps a field to what replaces it. ``merging`` goes
    for all foreign keys to persons and companies but those that ``links`` names; ``uniting``
    tells which rows are equal where they are united.
    """

    model: type[models.Model]
    data_kind: str
    subject: tuple[str, ...]
    retention: str
    exported: tuple[str, ...]
    erasure: Erasure
    merging: Merging
    restricted: bool = True
    links: Mapping[str, Merging] = field(default_factory=dict)
    uniting: tuple[Uniting, ...] = ()

    def merging_of(self, link: str) -> Merging:
        """What a merge does with rows that point at a merged record by this foreign key."""
        return self.links.get(link, self.merging)

    def uniting_of(self, link: str) -> Uniting | None:
        """How rows that point at a merged record by this foreign key are united."""
        for each in self.uniting:
            if each.pair is None or link in each.pair:
                return each
        return None


_declared: dict[type[models.Model], Declaration] = {}
_empty: dict[type[models.Model], str] = {}


def declare(declaration: Declaration) -> None:
    """Register a model. Declaring it twice or with an unknown field is an error at start-up."""
    model = declaration.model
    if model in _declared or model in _empty:
        raise ValueError(f"{model._meta.label} is declared twice.")
    for name in (*declaration.exported, *declaration.links):
        model._meta.get_field(name)
    united = Merging.UNITE in (declaration.merging, *declaration.links.values())
    if united != bool(declaration.uniting):
        raise ValueError(f"{model._meta.label} must say which rows are equal if it unites them.")
    _declared[model] = declaration


def holds_none(model: type[models.Model], *, why: str) -> None:
    """Register a model that tells nothing about a contact, and say why."""
    if model in _declared or model in _empty:
        raise ValueError(f"{model._meta.label} is declared twice.")
    _empty[model] = why


def declarations() -> list[Declaration]:
    """All declarations, in the order of their registration."""
    return list(_declared.values())


def is_declared(model: type[models.Model]) -> bool:
    """Whether the model was declared, in either way."""
    return model in _declared or model in _empty


def concerns_contacts(model: type[models.Model]) -> bool:
    """Whether the model was declared as holding personal data of contacts."""
    return model in _declared
