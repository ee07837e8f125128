"""Who looks after what nobody was named for: sales areas by postal code."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet

from contacts import assigning
from contacts.models import Address, Company, Employment, Person
from crm.accounts.models import Team, User
from crm.demo.staff import COLLEAGUES, DOMAIN, responsible


def give_out(*, staff: Mapping[str, User], at: datetime) -> int:
    """Assign companies and persons without an owner; returns how many there were.

    A company belongs to the area of its address, a person to whoever looks after the company, and
    without one to the area of the own address.
    """
    areas = {email_of(mailbox): (staff[mailbox], team) for mailbox, team in _teams().items()}
    assign = partial(assigning.assign, actor=staff["admin"], at=at)
    count = 0
    for email, ids in _by_area("company", Company.objects.filter(owner=None)).items():
        owner, team = areas[email]
        count += assign(records=Company.objects.filter(pk__in=ids), owner=owner, team=team)
    for company, ids in _by_employer().items():
        people = Person.objects.filter(pk__in=ids)
        count += assign(records=people, owner=company.owner, team=company.team)
    for email, ids in _by_area("person", Person.objects.filter(owner=None)).items():
        owner, team = areas[email]
        count += assign(records=Person.objects.filter(pk__in=ids), owner=owner, team=team)
    return count


def email_of(mailbox: str) -> str:
    """The log-in name of a colleague."""
    return f"{mailbox}@{DOMAIN}"


def _teams() -> dict[str, Team]:
    """The first team of each colleague who has one."""
    teams = {team.name: team for team in Team.objects.all()}
    return {each.mailbox: teams[each.teams[0]] for each in COLLEAGUES if each.teams}


def _by_area(holder: str, records: "QuerySet[Any]") -> dict[str, set[int]]:
    """Ids by the e-mail address of who is responsible; the oldest address counts."""
    addresses = Address.objects.filter(**{f"{holder}__in": records}).order_by("-id")
    places = addresses.values_list(f"{holder}_id", "postal_code", "country")
    by_id = {pk: responsible(postal_code=code, country=country) for pk, code, country in places}
    found: defaultdict[str, set[int]] = defaultdict(set)
    for pk, email in by_id.items():
        found[email].add(pk)
    return found


def _by_employer() -> dict[Company, set[int]]:
    """Persons without an owner by one company of each owner: all its people go to that owner."""
    roles = Employment.objects.filter(
        person__owner=None, is_primary=True, company__owner__isnull=False
    ).select_related("company__owner", "company__team")
    firsts: dict[tuple[int | None, int | None], Company] = {}
    found: defaultdict[Company, set[int]] = defaultdict(set)
    for role in roles:
        key = role.company.owner_id, role.company.team_id
        found[firsts.setdefault(key, role.company)].add(role.person_id)
    return found
