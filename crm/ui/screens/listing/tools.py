"""What stands between the tabs and the table: conditions, columns, orders, the form of a filter."""

from dataclasses import dataclass, replace

from contacts.listing import ListQuery, Scope, columns, filters, sorting
from contacts.listing.chips import chips
from contacts.listing.filters import Choice, Entry
from crm.ui.screens.listing.asking import Asked
from crm.ui.screens.listing.lists import Screen


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads to another view of the list."""

    label: str
    url: str
    is_on: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class ChipLink:
    """A condition: ``edit`` opens its form, ``remove`` takes it away."""

    text: str
    edit: str
    remove: str


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with its links."""

    label: str
    links: list[Link]


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The form of one condition; ``hidden`` are the parameters that stay as they are."""

    code: str
    label: str
    entry: str
    hint: str
    single: bool
    choices: list[Choice]
    values: tuple[str, ...]
    hidden: list[tuple[str, str]]
    problem: str
    cancel: str

    @property
    def first(self) -> str:
        """The only value, or the beginning of a range."""
        return self.values[0] if self.values else ""

    @property
    def last(self) -> str:
        """The end of a range."""
        return self.values[1] if len(self.values) > 1 else ""

    @property
    def text(self) -> str:
        """All values as they were typed."""
        return ", ".join(self.values)


def chip_links(*, screen: Screen, scope: Scope, asked: Asked) -> list[ChipLink]:
    """The conditions of the query."""
    base = screen.url()
    offered = {filter.code for _group, found in filters.offered(scope=scope) for filter in found}
    return [
        ChipLink(
            text=chip.text,
            edit=base + asked.address(add=chip.code) if chip.code in offered else "",
            remove=base + asked.address(asked.query.without(chip.code)),
        )
        for chip in chips(scope=scope, query=asked.query)
    ]


def filter_groups(*, screen: Screen, scope: Scope, asked: Asked) -> list[Group]:
    """What the list can be narrowed down by."""
    return [
        Group(
            group.label,
            [
                Link(str(filter.label), screen.url() + asked.address(add=filter.code))
                for filter in found
            ],
        )
        for group, found in filters.offered(scope=scope)
    ]


def filter_form(*, screen: Screen, scope: Scope, asked: Asked) -> FilterForm | None:
    """The form of the condition being entered."""
    filter = filters.find(scope=scope, code=asked.adding) if asked.adding else None
    if filter is None or not filter.offered:
        return None
    rest = asked.query.without(filter.code)
    return FilterForm(
        code=filter.code,
        label=str(filter.label),
        entry=filter.entry.value,
        hint=str(filter.hint),
        single=filter.single,
        choices=_with_former(scope, filter, asked.typed),
        values=asked.typed,
        hidden=hidden(asked, rest),
        problem=asked.problems.get(filter.code, ""),
        cancel=screen.url() + asked.address(),
    )


def hidden(asked: Asked, query: ListQuery) -> list[tuple[str, str]]:
    """The parameters of a query and of the view, for a form that adds one."""
    pairs = query.parameters()
    return [*pairs, ("view", str(asked.view.public_id))] if asked.view else pairs


def column_links(*, scope: Scope, asked: Asked) -> list[Link]:
    """Every column that can be shown; those that are shown are on."""
    shown = {column.code for column in columns.chosen(scope=scope, codes=asked.query.columns)}
    return [
        Link(str(column.label), "", is_on=column.code in shown, value=column.code)
        for column in columns.all_of(scope)
        if column.on_screen or column.code in shown
    ]


def order_links(*, screen: Screen, asked: Asked) -> list[Link]:
    """The orders in both directions, for screens without column heads."""
    links = []
    for order in sorting.ORDERS.values():
        for descending in (False, True):
            wanted = sorting.Sorting(order, descending)
            query = replace(asked.query, sorting=wanted, after="", before="")
            is_on = asked.query.sorting == wanted
            links.append(Link(wanted.sentence, screen.url() + asked.address(query), is_on))
    return links


def _with_former(scope: Scope, filter: filters.Filter, values: tuple[str, ...]) -> list[Choice]:
    """The choices, and what is chosen although it is no longer offered."""
    if filter.entry is not Entry.CHOICES:
        return []
    offered = filters.choices_of(filter=filter, scope=scope)
    known = {choice.value for choice in offered}
    looked_up = [
        filters.choice_of(filter=filter, scope=scope, value=value)
        for value in values
        if value not in known
    ]
    return [*offered, *(choice for choice in looked_up if choice)]
