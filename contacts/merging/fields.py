"""The fields of merged records: whose value is proposed, why, and what the survivor gets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.matching.normalise import fold
from contacts.merging.links import Record
from contacts.models import Person, Source, SourceKind
from crm.kernel import errors

OF_PERSONS: Final = (
    "salutation",
    "title",
    "given_name",
    "particle",
    "surname",
    "birth_date",
    "language",
    "remark",
)
OF_COMPANIES: Final = (
    "name",
    "legal_form",
    "parent",
    "industry_codes",
    "vat_id",
    "erp_number",
    "website",
    "remark",
)
JOINED: Final = "remark"
_TRUST: Final = (
    SourceKind.ERP,
    SourceKind.MANUAL,
    SourceKind.PHONE,
    SourceKind.WEB_FORM,
    SourceKind.FAIR,
    SourceKind.OUTLOOK,
    SourceKind.LIST,
    SourceKind.THIRD_PERSON,
    SourceKind.PUBLIC,
    SourceKind.SUPPLIER,
)


class State(StrEnum):
    """How the values of a field relate: all empty, the same, missing at the survivor, different."""

    EMPTY = "empty"
    EQUAL = "equal"
    ADDED = "added"
    DIFFERENT = "different"


class Why(StrEnum):
    """Why a value is proposed."""

    ONLY = "only"
    SAME = "same"
    CONFIRMED = "confirmed"
    FULLER = "fuller"
    SOURCE = "source"
    NEWER = "newer"
    JOINED = "joined"
    CHOSEN = "chosen"


WORDS: Final[Mapping[Why, Any]] = {
    Why.ONLY: gettext_lazy("Nur hier steht etwas."),
    Why.SAME: gettext_lazy("Überall gleich."),
    Why.CONFIRMED: gettext_lazy("Zuletzt bestätigt."),
    Why.FULLER: gettext_lazy("Vollständiger."),
    Why.SOURCE: gettext_lazy("Aus der verlässlicheren Herkunft."),
    Why.NEWER: gettext_lazy("Zuletzt geändert."),
    Why.JOINED: gettext_lazy("Alle Texte werden behalten."),
    Why.CHOSEN: gettext_lazy("So gewählt."),
}


class UnknownChoice(errors.Invalid):
    """A choice names no field, or no record that takes part."""

    code = "merge-unknown-choice"


@dataclass(frozen=True, slots=True)
class Value:
    """What one record has in a field, where it comes from and when it was confirmed."""

    record: UUID
    value: Any
    source: Source | None
    confirmed_on: date | None
    updated_at: datetime

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return self.value in (None, "", [])


@dataclass(frozen=True, slots=True)
class Field:
    """A field side by side: a value for each record, the proposed one and why it is."""

    name: str
    values: tuple[Value, ...]
    state: State
    chosen: UUID
    why: Why

    @property
    def reason(self) -> str:
        """The reason in words."""
        return str(WORDS[self.why])

    @property
    def value(self) -> Any:
        """What the survivor will have."""
        if self.why == Why.JOINED:
            return joined(self.values)
        return self.of(self.chosen).value

    def of(self, record: UUID) -> Value:
        """The value of one record."""
        return next(each for each in self.values if each.record == record)


def names_of(record: type[Record]) -> tuple[str, ...]:
    """The fields that can be chosen."""
    return OF_PERSONS if record is Person else OF_COMPANIES


def side_by_side(
    records: Sequence[Record],
    *,
    survivor: Record,
    sources: Mapping[int, Source],
    choices: Mapping[str, UUID],
) -> list[Field]:
    """All fields, with the choices made and proposals for the rest."""
    return [
        _field(name, records, survivor, sources, choices.get(name))
        for name in names_of(type(survivor))
    ]


def checked_choices(records: Sequence[Record], choices: Mapping[str, Any]) -> dict[str, UUID]:
    """Choices as they come from a form or the API, by field.

    :raises UnknownChoice: a field that cannot be chosen, or a record that does not take part
    """
    names, ids = names_of(type(records[0])), {str(each.public_id): each for each in records}
    found = {}
    for name, record in choices.items():
        if name not in names:
            raise UnknownChoice({name: [_("Dieses Feld gibt es nicht.")]})
        if str(record) not in ids:
            raise UnknownChoice({name: [_("Dieser Eintrag wird hier nicht zusammengeführt.")]})
        found[name] = ids[str(record)].public_id
    return found


def source_ids(records: Sequence[Record]) -> set[int]:
    """The sources that the records and their fields come from."""
    noted = {entry["source"] for each in records for entry in each.field_sources.values()}
    return noted | {each.source_id for each in records}


def joined(values: Sequence[Value]) -> str:
    """All different texts below one another."""
    texts = [str(each.value).strip() for each in values if not each.is_empty]
    return "\n\n".join(
        text for at, text in enumerate(texts) if not any(text in other for other in texts[:at])
    )


def _field(
    name: str,
    records: Sequence[Record],
    survivor: Record,
    sources: Mapping[int, Source],
    choice: UUID | None,
) -> Field:
    values = tuple(_value(name, record, sources) for record in records)
    own = next(each for each in values if each.record == survivor.public_id)
    ordered = [own, *(each for each in values if each is not own)]
    chosen, why = _proposal(name, ordered)
    if choice is not None:
        chosen, why = next(each for each in values if each.record == choice), Why.CHOSEN
    return Field(name, values, _state(values, own), chosen.record, why)


def _value(name: str, record: Record, sources: Mapping[int, Source]) -> Value:
    entry = record.field_sources.get(name)
    day = record.confirmed_on
    if entry is not None:
        day = date.fromisoformat(entry["confirmed_on"]) if entry.get("confirmed_on") else None
    source = sources.get(entry["source"] if entry else record.source_id)
    return Value(record.public_id, getattr(record, name), source, day, record.updated_at)


def _state(values: Sequence[Value], own: Value) -> State:
    filled = [each for each in values if not each.is_empty]
    if not filled:
        return State.EMPTY
    if own.is_empty:
        return State.ADDED
    return State.EQUAL if all(each.value == own.value for each in filled) else State.DIFFERENT


def _proposal(name: str, values: Sequence[Value]) -> tuple[Value, Why]:
    """The survivor's value comes first and wins where nothing speaks for another one."""
    filled = [each for each in values if not each.is_empty]
    if not filled:
        return values[0], Why.SAME
    if all(each.value == filled[0].value for each in filled):
        return filled[0], Why.SAME if len(filled) == len(values) else Why.ONLY
    if name == JOINED:
        return filled[0], Why.JOINED
    best, why = filled[0], Why.NEWER
    for other in filled[1:]:
        if other.value == best.value:
            continue
        wins, reason = _compare(other, best)
        best, why = (other, reason) if wins else (best, reason)
    return best, why


def _compare(one: Value, other: Value) -> tuple[bool, Why]:
    """Whether ``one`` is better than ``other``, and by what: the first that tells them apart."""
    for why, measure in _MEASURES:
        mine, theirs = measure(one, other), measure(other, one)
        if mine != theirs:
            return mine > theirs, why
    return False, Why.NEWER


def _confirmed(value: Value, _other: Value) -> int:
    return value.confirmed_on.toordinal() if value.confirmed_on else 0


def _holds_the_other(value: Value, other: Value) -> int:
    """``Johannes`` holds ``J.``, ``Hans-Peter`` holds ``Peter``; one empty list is no list."""
    if isinstance(value.value, list) and isinstance(other.value, list):
        return int(set(value.value) > set(other.value))
    if not isinstance(value.value, str) or not isinstance(other.value, str):
        return 0
    mine, theirs = fold(value.value), fold(other.value)
    return int(len(mine) > len(theirs) and theirs.rstrip(". ") in mine)


def _trust(value: Value, _other: Value) -> int:
    kind = value.source.kind if value.source else ""
    return -_TRUST.index(SourceKind(kind)) if kind in _TRUST else -len(_TRUST)


def _changed(value: Value, _other: Value) -> float:
    return value.updated_at.timestamp()


_MEASURES: Final[tuple[tuple[Why, Callable[[Value, Value], float]], ...]] = (
    (Why.CONFIRMED, _confirmed),
    (Why.FULLER, _holds_the_other),
    (Why.SOURCE, _trust),
    (Why.NEWER, _changed),
)
