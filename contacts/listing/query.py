"""What somebody wants to see of a list, and how an address says it.

A query string holds one parameter per condition (``city=Berlin``, repeated for several values),
``q`` for words to search, ``sort``, ``columns`` (codes, comma-separated), ``after`` or ``before``
for the page. Saved views, links, the API and commands use the same words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from django.utils.translation import gettext as _

from contacts.listing import columns as column_registry
from contacts.listing import filters, sorting
from contacts.listing.filters.checking import LONGEST, checked
from contacts.listing.scope import Scope
from contacts.listing.sorting import Sorting
from crm.kernel import errors

PAGE_SIZE = 50
RESERVED = frozenset({"q", "sort", "columns", "after", "before"})
_BY_NAME = Sorting(sorting.ORDERS[sorting.DEFAULT])


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter's code with checked values."""

    code: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Conditions, words, order, columns (none: the usual ones), and where the page begins."""

    conditions: tuple[Condition, ...] = ()
    text: str = ""
    sorting: Sorting = _BY_NAME
    columns: tuple[str, ...] = ()
    after: str = ""
    before: str = ""
    limit: int = PAGE_SIZE

    def values_of(self, code: str) -> tuple[str, ...]:
        """The values of one condition; none if it is not set."""
        return next((c.values for c in self.conditions if c.code == code), ())

    def with_condition(self, code: str, values: Iterable[str]) -> "ListQuery":
        """This query with one condition set, back on the first page."""
        kept = tuple(c for c in self.conditions if c.code != code)
        return replace(
            self, conditions=(*kept, Condition(code, tuple(values))), after="", before=""
        )

    def without(self, code: str) -> "ListQuery":
        """This query without one condition, back on the first page."""
        kept = tuple(c for c in self.conditions if c.code != code)
        return replace(self, conditions=kept, after="", before="")

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.conditions or self.text)

    def parameters(self) -> list[tuple[str, str]]:
        """Names and values of the query string without the page, in a fixed order."""
        ordered = sorted(self.conditions, key=lambda condition: condition.code)
        pairs = [(c.code, value) for c in ordered for value in c.values]
        if self.text:
            pairs.append(("q", self.text))
        if self.sorting != _BY_NAME:
            pairs.append(("sort", str(self.sorting)))
        if self.columns:
            pairs.append(("columns", ",".join(self.columns)))
        return pairs

    def encode(self) -> str:
        """The query string without the page: what a saved view keeps."""
        return urlencode(self.parameters(), safe=",")


def parse(
    *, scope: Scope, parameters: Mapping[str, Sequence[str]], limit: int = PAGE_SIZE
) -> ListQuery:
    """Read parameters; an empty text, sort or cursor counts as absent.

    :raises errors.Invalid: unknown condition, order or column, or a malformed value; by name
    """
    problems: dict[str, list[str]] = {}
    conditions = []
    for name, values in parameters.items():
        if name in RESERVED or not values:
            continue
        try:
            conditions.append(condition(scope=scope, code=name, values=values))
        except errors.Invalid as error:
            problems |= error.errors
    text = _last(parameters, "q").strip()
    if len(text) > LONGEST or "\0" in text:
        problems["q"] = [_("Bitte suchen Sie mit weniger Wörtern.")]
    order = sorting.parse(_last(parameters, "sort"))
    if order is None:
        problems["sort"] = [_("Danach lässt sich nicht sortieren.")]
    chosen = _columns(scope, parameters.get("columns", ()), problems)
    if problems or order is None:
        raise errors.Invalid(problems)
    return ListQuery(
        conditions=tuple(conditions),
        text=text,
        sorting=order,
        columns=chosen,
        after=_last(parameters, "after"),
        before=_last(parameters, "before"),
        limit=limit,
    )


def parse_string(*, scope: Scope, text: str, limit: int = PAGE_SIZE) -> ListQuery:
    """Read a query string such as a saved view's.

    :raises errors.Invalid: as :func:`parse`
    """
    try:
        parameters = parse_qs(text.removeprefix("?"), keep_blank_values=True, max_num_fields=500)
    except ValueError as error:
        raise errors.Invalid({"q": [_("Das sind zu viele Bedingungen.")]}) from error
    return parse(scope=scope, parameters=parameters, limit=limit)


def condition(*, scope: Scope, code: str, values: Sequence[str]) -> Condition:
    """Check one condition.

    :raises errors.Invalid: the list has no such filter, or a value is wrong
    """
    found = filters.find(scope=scope, code=code)
    if found is None:
        raise errors.Invalid(
            {code: [_("Die Bedingung „%(code)s“ gibt es nicht.") % {"code": code}]}
        )
    return Condition(code, checked(scope=scope, filter=found, values=values))


def _columns(
    scope: Scope, values: Sequence[str], problems: dict[str, list[str]]
) -> tuple[str, ...]:
    wanted = [code for value in values for code in value.split(",") if code]
    known = {column.code for column in column_registry.all_of(scope)}
    if unknown := [code for code in wanted if code not in known]:
        sentence = _("Diese Spalte gibt es nicht: %(codes)s.")
        problems["columns"] = [sentence % {"codes": ", ".join(unknown)}]
    return tuple(dict.fromkeys(wanted))


def _last(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name) or ("",)
    return values[-1]
