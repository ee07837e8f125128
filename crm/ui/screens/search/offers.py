"""What can be created from what was typed: a person of that name, number or address."""

from contextlib import suppress
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from contacts.searching.query import Query
from crm.accounts.models import User
from crm.accounts.policy import Permission


@dataclass(frozen=True, slots=True)
class Offer:
    """An action that leads to a form with the typed text in the right field."""

    label: str
    icon: str
    url: str


def of(*, user: User, query: Query) -> list[Offer]:
    """The offers that fit; none for users who may not add contacts."""
    if query.is_empty or Permission.CONTACTS_EDIT not in user.access.permissions:
        return []
    if query.digits:
        found = [_offer(_("Neuer Ansprechpartner mit dieser Nummer"), "person", phone=query.text)]
    elif "@" in query.mailbox:
        found = [_offer(_("Neuer Ansprechpartner mit dieser Adresse"), "person", email=query.text)]
    elif query.kind == "company":
        found = [_company(query.text)]
    elif query.kind == "person":
        found = [_person(query.text)]
    else:
        found = [_person(query.text), _company(query.text)]
    return [offer for offer in found if offer]


def _person(name: str) -> Offer | None:
    label = _("„%(name)s“ als Ansprechpartner anlegen") % {"name": name}
    return _offer(label, "person", name=name)


def _company(name: str) -> Offer | None:
    return _offer(_("„%(name)s“ als Firma anlegen") % {"name": name}, "company", name=name)


def _offer(label: str, kind: str, **values: str) -> Offer | None:
    with suppress(NoReverseMatch):
        address = reverse(f"{kind}-new")
        icon = "user-plus" if kind == "person" else "company"
        return Offer(label, icon, f"{address}?{urlencode(values)}")
    return None
