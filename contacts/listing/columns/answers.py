"""Columns of qualification data: one for each criterion in use."""

from datetime import date
from functools import partial

from contacts import qualification
from contacts.listing.columns.kinds import Column, Kind, Value
from contacts.listing.filters.criteria import PREFIX, criteria_of
from contacts.listing.rows import Need, Row
from contacts.listing.scope import Scope
from contacts.models import Criterion, CriterionType

_KINDS = {CriterionType.NUMBER: Kind.NUMBER, CriterionType.DATE: Kind.DAY}


def columns_of(scope: Scope) -> list[Column]:
    """A column ``criterion.<code>`` for each criterion."""
    return [
        Column(
            code=f"{PREFIX}{criterion.code}",
            label=criterion.label,
            value=partial(_answer, criterion),
            needs=frozenset({Need.VALUES}),
            kind=_KINDS.get(CriterionType(criterion.type), Kind.TEXT),
        )
        for criterion in criteria_of(scope)
    ]


def _answer(criterion: Criterion, row: Row) -> Value:
    value = row.values.get(criterion.code)
    if value is None:
        return None
    if criterion.type == CriterionType.NUMBER:
        return float(value) if isinstance(value, float) else int(value)
    if criterion.type == CriterionType.DATE:
        return date.fromisoformat(value)
    return qualification.text_of(criterion=criterion, value=value)
