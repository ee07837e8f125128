"""Questions, facts and decisions as JSON values and back: what is kept of an answer can be asked
again, and gives the same answer.

The form is canonical: instants in UTC, sets sorted, facts of one kind the newest first, so equal
values are equal JSON whatever order they came in.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from consent.decision.facts import Fact
from consent.decision.knowing import newest_first

T = TypeVar("T")


def as_json(value: Any) -> Any:
    """A value of this package as JSON values."""
    if is_dataclass(value):
        return {each.name: as_json(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [as_json(each) for each in _ordered(value)]
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def from_json(kind: type[T], value: Mapping[str, Any]) -> T:
    """The :class:`Question`, :class:`Facts` or :class:`Decision` that was turned into JSON values.

    What is absent has its default.

    :raises ValueError: there is a name that the class does not have, or an instant without a zone
    """
    hints = get_type_hints(kind)
    if unknown := sorted(value.keys() - hints.keys()):
        raise ValueError(f"{kind.__name__} has no {', '.join(unknown)}")
    return kind(**{name: _read(hints[name], each) for name, each in value.items()})


def _ordered(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return newest_first(values) if all(isinstance(each, Fact) for each in values) else values


def _read(hint: Any, value: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is UnionType:
        hint = next(each for each in inner if each is not NoneType)
        return None if value is None else _read(hint, value)
    if origin in (tuple, frozenset):
        return origin(_read(inner[0], each) for each in value)
    if is_dataclass(hint):
        return from_json(hint, value)  # type: ignore[arg-type]
    if hint is datetime:
        return _instant(value)
    if hint is date:
        return date.fromisoformat(value)
    return hint(value)


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no zone")
    return moment
