"""What a request asks of a list: the query, the saved view it came by, what is being entered."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from contacts import saved_views
from contacts.listing import ListQuery, Scope
from contacts.listing import query as queries
from contacts.models import SavedView
from crm.kernel import errors

OWN = ("view", "add", "keep")


@dataclass(frozen=True, slots=True)
class Asked:
    """``problems`` are the parameters that could not be read, with their sentences; the query
    goes without them. ``adding`` is the code of the filter being entered, ``typed`` its values;
    ``keeping`` is ``new`` or ``edit`` while a view is being saved."""

    query: ListQuery
    view: SavedView | None = None
    adding: str = ""
    typed: tuple[str, ...] = ()
    keeping: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        """Whether something else is shown than the saved view keeps."""
        return self.view is not None and self.view.query != self.query.encode()

    def address(self, query: ListQuery | None = None, **own: str) -> str:
        """The query string (with its question mark) of a query within the same view."""
        pairs = (self.query if query is None else query).parameters()
        if self.view:
            pairs.append(("view", str(self.view.public_id)))
        pairs += [(name, value) for name, value in own.items() if value]
        return f"?{urlencode(pairs, safe=',')}"


def read(parameters: QueryDict, *, scope: Scope) -> Asked:
    """Read an address; what is wrong in it is left out and told."""
    wanted = {name: values for name, values in parameters.lists() if name not in OWN}
    adding = parameters.get("add", "")
    query, problems = _query(scope, wanted)
    typed = tuple(wanted.get(adding, ())) if adding in problems else query.values_of(adding)
    if not adding:
        adding = next((code for code in problems if code not in queries.RESERVED), "")
        typed = tuple(wanted.get(adding, ()))
    return Asked(
        query=query,
        view=_view(scope, parameters.get("view", "")),
        adding=adding,
        typed=typed,
        keeping=parameters.get("keep", ""),
        problems=problems,
    )


def _query(scope: Scope, wanted: dict[str, list[str]]) -> tuple[ListQuery, dict[str, str]]:
    try:
        return queries.parse(scope=scope, parameters=wanted), {}
    except errors.Invalid as error:
        problems = {name: " ".join(texts) for name, texts in error.errors.items()}
        rest = {name: values for name, values in wanted.items() if name not in problems}
        return queries.parse(scope=scope, parameters=rest), problems


def _view(scope: Scope, public_id: str) -> SavedView | None:
    """A view that is gone, or somebody's own, just leaves its conditions behind."""
    if not public_id:
        return None
    try:
        return saved_views.view_for(user=scope.user, list_name=scope.name, public_id=public_id)
    except errors.NotFound:
        return None
