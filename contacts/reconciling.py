"""Two people edit the same record: what can be written without overwriting the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm.kernel.audit import jsonable


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """``values`` are what was typed differently from what was there; ``disputed`` maps fields
    that the other changed as well to what stands there now."""

    values: dict[str, Any]
    disputed: dict[str, Any]


def reconcile(
    *, base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> Reconciliation:
    """Compare three states of the same fields.

    ``base`` is what the form showed at first, ``mine`` what was sent, ``theirs`` what stands in
    the database now. Dates and the like are compared by their text. A field that ``base`` does
    not name counts as unchanged by the other.

    >>> reconcile(base={"city": "Kiel"}, mine={"city": "Köln"}, theirs={"city": "Bonn"}).disputed
    {'city': 'Bonn'}
    """
    values = {
        name: value
        for name, value in mine.items()
        if name not in base or jsonable(value) != jsonable(base[name])
    }
    disputed = {
        name: theirs[name]
        for name, value in values.items()
        if name in base
        and name in theirs
        and jsonable(theirs[name]) != jsonable(base[name])
        and jsonable(theirs[name]) != jsonable(value)
    }
    return Reconciliation(values=values, disputed=disputed)
