"""What the address of the audit log asks for."""

from dataclasses import dataclass

from django.http import QueryDict

from contacts import audit_query
from contacts.audit_query import Query
from crm.kernel import errors
from crm.ui import forms
from crm.ui.access import Request
from crm.ui.screens.audit.forms import FilterForm

CURSORS = ("after", "before")


@dataclass(frozen=True, slots=True)
class Asked:
    """The form with what is wrong, the query without it; ``address`` is the query string without
    cursors, ``whole`` the page without the condition of the object."""

    form: FilterForm
    query: Query
    after: int
    before: int
    address: str
    whole: str

    @property
    def is_narrowed(self) -> bool:
        """Whether any condition holds."""
        return self.query != Query()


def asked(request: Request) -> Asked:
    """Read the address.

    :raises errors.NotFound: an object that the user may not see
    """
    form = FilterForm(request.GET)
    form.is_valid()
    values = {name: value for name, value in form.cleaned_data.items() if value}
    try:
        query = audit_query.of(reader=request.user, **values)
    except errors.Invalid as error:
        forms.take_over(form, error)
        kept = {name: value for name, value in values.items() if name not in error.errors}
        query = audit_query.of(reader=request.user, **kept)
    after, before = (_cursor(request.GET.get(name, "")) for name in CURSORS)
    address = _without(request, *CURSORS)
    whole = f"{request.path}?{_without(request, *CURSORS, 'object')}"
    return Asked(form, query, after, before, address, whole)


def _cursor(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _without(request: Request, *names: str) -> str:
    left: QueryDict = request.GET.copy()
    for name in names:
        left.pop(name, None)
    return left.urlencode()
