"""Views of the lists that Nordlicht Messetechnik shares."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from contacts import saved_views
from contacts.listing import ListName, Scope
from contacts.listing.query import parse_string
from crm.accounts.models import User

VIEWS: Final = (
    (ListName.PERSONS, "Seit zwei Jahren nicht bestätigt", "unconfirmed=2"),
    (ListName.PERSONS, "Gekauft, Frist läuft ab", "term=near"),
    (ListName.PERSONS, "Nicht zu erreichen", "lacks=EMAIL&lacks=PHONE&lacks=MOBILE"),
    (ListName.COMPANIES, "Potenzial A", "criterion.potenzial=a"),
    (ListName.COMPANIES, "Unvollständig", "completeness_below=60"),
)


@transaction.atomic
def share(*, staff: Mapping[str, User], at: datetime) -> None:
    """Let the team lead save the views and share them."""
    lead = staff["teamleitung"]
    for list_name, name, text in VIEWS:
        query = parse_string(scope=Scope(list_name, lead, at), text=text)
        saved_views.save(
            actor=lead, list_name=list_name, name=name, query=query, is_shared=True, at=at
        )
