"""Whose line an address names, and where its page is."""

from uuid import UUID

from django.urls import register_converter

from contacts import access as contacts_access
from contacts.models import Company, Person
from crm.ui.access import Request
from crm.ui.addresses import address
from history import access
from history.lines import Owner
from history.models import Opportunity

PERSONS, COMPANIES, DEALS = "ansprechpartner", "firmen", "verkauf"
PAGES: dict[type[Owner], str] = {Person: "person-detail", Company: "company-detail"}


class LineConverter:
    """``ansprechpartner``, ``firmen`` or ``verkauf`` in an address."""

    regex = f"{PERSONS}|{COMPANIES}|{DEALS}"

    def to_python(self, value: str) -> str:
        """The word itself."""
        return value

    def to_url(self, value: str) -> str:
        """The word itself."""
        return value


register_converter(LineConverter, "lines")


def seen(request: Request, kind: str, public_id: UUID) -> Owner:
    """The owner of the line, if the user may see it; page 404 if not."""
    if kind == PERSONS:
        return contacts_access.person_for(user=request.user, public_id=public_id)
    if kind == COMPANIES:
        return contacts_access.company_for(user=request.user, public_id=public_id)
    return access.opportunity_for(user=request.user, public_id=public_id)


def kind_of(owner: Owner) -> str:
    """The word for it in addresses."""
    if isinstance(owner, Opportunity):
        return DEALS
    return PERSONS if isinstance(owner, Person) else COMPANIES


def home_of(owner: Owner) -> str:
    """The address of its page."""
    return address(PAGES.get(type(owner), "deal"), owner.public_id)


def url(name: str, owner: Owner, *args: object) -> str:
    """The address of a part of the line: ``url("line-record", maier)``."""
    return address(name, kind_of(owner), owner.public_id, *args)
