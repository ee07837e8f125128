"""Which record a request is about, and what the user may do with it."""

from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import register_converter

from contacts import access, profile
from contacts.contact_points import Record
from contacts.models import Person
from contacts.profile import Profile
from crm.kernel import clock
from crm.ui.access import Request
from crm.ui.addresses import address

PERSONS, COMPANIES = "ansprechpartner", "firmen"
RELATED = {
    PERSONS: ("owner", "team", "source"),
    COMPANIES: ("owner", "team", "source", "parent"),
}


class KindConverter:
    """``ansprechpartner`` or ``firmen`` in an address."""

    regex = f"{PERSONS}|{COMPANIES}"

    def to_python(self, value: str) -> str:
        """The word itself."""
        return value

    def to_url(self, value: str) -> str:
        """The word itself."""
        return value


register_converter(KindConverter, "records")


def seen(request: Request, kind: str, public_id: UUID) -> Record:
    """The record, if the user may see it; page 404 if not."""
    if kind == PERSONS:
        return access.person_for(user=request.user, public_id=public_id)
    return access.company_for(user=request.user, public_id=public_id)


def shown(request: Request, kind: str, public_id: UUID) -> Record:
    """The record with what its page shows of it, if the user may see it; page 404 if not."""
    if kind == PERSONS:
        return access.person_for(user=request.user, public_id=public_id, related=RELATED[kind])
    return access.company_for(user=request.user, public_id=public_id, related=RELATED[kind])


def fetch_again(record: Record) -> Record:
    """The record as it is now, with what its page shows of it."""
    model: Any = type(record)
    found: Record = model.objects.select_related(*RELATED[kind_of(record)]).get(pk=record.pk)
    return found


def editable(request: Request, kind: str, public_id: UUID) -> Record:
    """The record, if the user may change it; page 404 or 403 if not."""
    record = seen(request, kind, public_id)
    access.require_editable(user=request.user, record=record)
    return record


def posted(request: Request) -> QueryDict | None:
    """What a form is bound to: everything that was sent, None when it is only shown."""
    return request.POST if request.method == "POST" else None


def profile_of(request: Request, record: Record) -> Profile:
    """What the page of the record shows to this user now."""
    if isinstance(record, Person):
        return profile.of_person(user=request.user, person=record, at=clock.now())
    return profile.of_company(user=request.user, company=record, at=clock.now())


def kind_of(record: Record) -> str:
    """The word for records of this kind in addresses."""
    return PERSONS if isinstance(record, Person) else COMPANIES


def url_of(record: Record, *, anchor: str = "") -> str:
    """The address of the record's page."""
    name = "person-detail" if isinstance(record, Person) else "company-detail"
    return address(name, record.public_id) + (f"#{anchor}" if anchor else "")


def url(name: str, record: Record, *args: object) -> str:
    """The address of a part of the record: ``url("record-point", record, 7)``."""
    return address(name, kind_of(record), record.public_id, *args)
