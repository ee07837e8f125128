"""Which rows hang on a person or company, and what a merge does with them: read from the registry
of personal data, so that a new model is merged as soon as it is declared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import models

from contacts.models import Company, Person
from crm.kernel import personal_data
from crm.kernel.personal_data import Merging, Single, Uniting

Record = Person | Company


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key to persons or companies. ``pair`` is its partner's column if the row is about
    two records."""

    model: type[models.Model]
    name: str
    column: str
    merging: Merging
    uniting: Uniting | None = None

    @property
    def label(self) -> str:
        """``contacts.address``, as the journal names the model."""
        return self.model._meta.label_lower

    @property
    def table(self) -> str:
        """The table, quoted."""
        return f'"{self.model._meta.db_table}"'

    @property
    def key(self) -> str:
        """The primary key's column."""
        return primary_key(self.model)

    @property
    def equal(self) -> tuple[str, ...]:
        """What rows of one holder agree in if they are equal."""
        parts = self.uniting.equal if self.uniting else ()
        return tuple(part for part in parts if part != self.column)

    @property
    def own(self) -> tuple[str, ...]:
        """By what a row is recognised as somebody's."""
        parts = self.uniting.own if self.uniting else ()
        return tuple(part for part in parts if part != self.column)

    @property
    def singles(self) -> tuple[Single, ...]:
        """Of what there may be one for each holder."""
        return self.uniting.singles if self.uniting else ()

    def per(self, single: Single) -> tuple[str, ...]:
        """For each what of one holder there may be one."""
        return tuple(part for part in single.per if part != self.column)

    @property
    def restored(self) -> tuple[str, ...]:
        """Columns that an undo sets back in any case."""
        return self.uniting.restored if self.uniting else ()

    @property
    def pair(self) -> tuple[str, str] | None:
        """The columns of both records, in order, if the row is about two."""
        if self.uniting is None or self.uniting.pair is None:
            return None
        first, second = (self.model._meta.get_field(name) for name in self.uniting.pair)
        return str(first.column), str(second.column)  # type: ignore[union-attr]  # foreign keys


def primary_key(model: type[models.Model]) -> str:
    """The primary key's column."""
    return str(model._meta.pk.column)


def columns_of(model: type[models.Model], row: Iterable[str]) -> list[str]:
    """The columns of a journalled row that the table still has, quoted."""
    known = set(row)
    return [f'"{field.column}"' for field in model._meta.concrete_fields if field.column in known]


@cache
def links_to(record: type[Record]) -> tuple[Link, ...]:
    """All foreign keys to persons (or companies) that a merge moves, in the order of the registry.

    A row about two records is named by the first of its two keys.
    """
    return tuple(_links(record))


def _links(record: type[Record]) -> Iterator[Link]:
    for declaration in personal_data.declarations():
        for field in pointing_at(declaration.model, record):
            merging = declaration.merging_of(field.name)
            uniting = declaration.uniting_of(field.name) if merging == Merging.UNITE else None
            second = uniting is not None and uniting.pair and uniting.pair[1] == field.name
            if merging in (Merging.MOVE, Merging.UNITE) and not second:
                yield Link(declaration.model, field.name, str(field.column), merging, uniting)


def pointing_at(
    model: type[models.Model], record: type[Record]
) -> list["models.ForeignKey[Record, Record]"]:
    """The foreign keys of a model to persons (or companies)."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is record
    ]


def model_of(label: str) -> type[models.Model]:
    """The model that the journal names."""
    return apps.get_model(label)
