"""Records side by side with what a merge makes of them: what differs first, a choice per field."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from contacts.contact_points import Record
from contacts.difference_texts import LABELS
from contacts.merging import Preview
from contacts.merging.fields import JOINED, Field, State, Why
from contacts.merging.lists import Fate, Item, List
from contacts.models import Person
from crm.ui import formats
from crm.ui.screens.duplicates.comparing import Pieces, differences, lettered
from crm.ui.screens.duplicates.values import counted, row_text, text_of
from crm.ui.screens.records import subject

MADE: Final = "-"


@dataclass(frozen=True, slots=True)
class Column:
    """A record; ``is_out`` if it is not to be part of the merge."""

    letter: str
    record: Record
    url: str
    name: Pieces
    is_survivor: bool
    is_out: bool

    @property
    def source(self) -> str:
        """Where it comes from, since when."""
        known = {"source": self.record.source.name, "day": formats.day(self.record.created_at)}
        return _("%(source)s, seit %(day)s") % known

    @property
    def confirmed(self) -> str:
        """When somebody last said that it is right."""
        if not self.record.confirmed_on:
            return _("nie bestätigt")
        return _("bestätigt %(day)s") % {"day": formats.day(self.record.confirmed_on)}

    @property
    def firm(self) -> str:
        """Where a person works now."""
        if not isinstance(self.record, Person):
            return ""
        roles = [role for role in self.record.employments.all() if role.ended_on is None]
        return roles[0].company.full_name if roles else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one record has in a field."""

    letter: str
    record: UUID
    text: str
    pieces: Pieces
    note: str
    is_chosen: bool
    is_out: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A field. ``proposal`` is the record whose value is proposed, "" if all texts are kept, or
    :data:`MADE` once somebody chose: the choice outlives another survivor then."""

    name: str
    label: str
    cells: list[Cell]
    result: str
    reason: str
    chosen: str
    proposal: str
    is_added: bool
    is_joined: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list, and what becomes of it: ``stays``, ``added``, ``folded``, ``yields``."""

    text: str
    note: str
    fate: str


@dataclass(frozen=True, slots=True)
class ListCell:
    """The rows of one record; ``count`` where their texts are not shown."""

    letter: str
    entries: list[Entry]
    is_out: bool
    count: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list: contact points, addresses …; ``is_same`` if nothing comes and nothing goes."""

    label: str
    cells: list[ListCell]
    result: str
    folded: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class Sides:
    """The whole comparison."""

    columns: list[Column]
    rows: list[Row]
    lists: list[ListRow]
    same_rows: list[Row]
    same_lists: list[ListRow]

    @property
    def same_labels(self) -> str:
        """``Anrede, Sprache``."""
        labels = [row.label for row in self.same_rows] + [row.label for row in self.same_lists]
        return ", ".join(labels)

    @property
    def same_count(self) -> int:
        """How many rows are folded away."""
        return len(self.same_rows) + len(self.same_lists)

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return len(self.columns) + 2


def sides(preview: Preview, members: Sequence[Record], *, out: Collection[UUID]) -> Sides:
    """The members in columns A, B, C …; those ``out`` are not part of the preview."""
    columns = [
        Column(
            letter,
            record,
            subject.url_of(record),
            differences(record.full_name, members[0].full_name),
            record.public_id == preview.survivor.public_id,
            record.public_id in out,
        )
        for letter, record in lettered(members)
    ]
    rows = [_row(field, preview, columns) for field in preview.fields if _is_told(field)]
    lists = [row for each in preview.lists if (row := _list(each, preview, columns))]
    differing = {each.name for each in preview.different}
    return Sides(
        columns=columns,
        rows=[row for row in rows if row.name in differing],
        lists=[row for row in lists if not row.is_same],
        same_rows=[row for row in rows if row.name not in differing],
        same_lists=[row for row in lists if row.is_same],
    )


def letters_of(columns: Sequence[Column], *, out: bool = False) -> str:
    """``A und B``, ``A, B und C``."""
    letters = [each.letter for each in columns if each.is_out == out]
    if len(letters) < 2:
        return "".join(letters)
    return _("%(first)s und %(last)s") % {"first": ", ".join(letters[:-1]), "last": letters[-1]}


def _is_told(field: Field) -> bool:
    return field.state is not State.EMPTY


def _row(field: Field, preview: Preview, columns: Sequence[Column]) -> Row:
    own = text_of(field.name, field.of(preview.survivor.public_id).value)
    reference = own or text_of(field.name, field.value)
    is_joined = field.why is Why.JOINED
    return Row(
        name=field.name,
        label=str(LABELS[field.name]),
        cells=[_cell(field, column, reference, is_joined=is_joined) for column in columns],
        result=text_of(field.name, field.value),
        reason=field.reason,
        chosen="" if is_joined else str(field.chosen),
        proposal="" if is_joined else MADE if field.why is Why.CHOSEN else str(field.chosen),
        is_added=field.state is State.ADDED,
        is_joined=field.name == JOINED and field.state is State.DIFFERENT,
    )


def _cell(field: Field, column: Column, reference: str, *, is_joined: bool) -> Cell:
    text = text_of(field.name, getattr(column.record, field.name))
    return Cell(
        letter=column.letter,
        record=column.record.public_id,
        text=text,
        pieces=differences(text, reference) if text else [],
        note="" if column.is_out else _origin(field, column),
        is_chosen=not is_joined and field.chosen == column.record.public_id,
        is_out=column.is_out,
    )


def _origin(field: Field, column: Column) -> str:
    """When the value was confirmed, if that differs from what the column says."""
    value = field.of(column.record.public_id)
    if value.confirmed_on and value.confirmed_on != column.record.confirmed_on:
        return _("bestätigt %(day)s") % {"day": formats.day(value.confirmed_on)}
    return ""


def _list(found: List, preview: Preview, columns: Sequence[Column]) -> ListRow | None:
    if not found.items:
        return None
    owner = type(preview.survivor)
    of: dict[UUID, list[Item]] = {column.record.public_id: [] for column in columns}
    for item in found.items:
        of[item.record].append(item)
    comes = sum(item.fate in (Fate.ADDED, Fate.YIELDS) for item in found.items)
    folded = sum(item.fate is Fate.FOLDED for item in found.items)
    sizes = {len(of[each.public_id]) for each in preview.records}
    return ListRow(
        label=_label(found.model, owner),
        cells=[_list_cell(found.model, of, column, owner) for column in columns],
        result=counted(found.model, "", found.total - folded, owner),
        folded=_("%(n)s gleich, bleibt einmal") % {"n": formats.number(folded)} if folded else "",
        is_same=not comes and len(sizes) == 1,
    )


def _list_cell(
    model: str, of: dict[UUID, list[Item]], column: Column, owner: type[Record]
) -> ListCell:
    items = of[column.record.public_id]
    entries = [Entry(*row_text(item.row, owner), item.fate.value) for item in items]
    count = ""
    if entries and not any(entry.text for entry in entries):
        count, entries = counted(model, "", len(items), owner), []
    return ListCell(column.letter, entries, column.is_out, count)


def _label(model: str, owner: type[Record]) -> str:
    labels: dict[str, Any] = {
        "contacts.contactpointholder": _("Kontaktwege"),
        "contacts.address": _("Anschriften"),
        "contacts.employment": _("Funktionen") if owner is Person else _("Beschäftigte"),
        "contacts.externalid": _("Nummern"),
        "contacts.criterionvalue": _("Qualifizierung"),
    }
    return str(labels[model])
