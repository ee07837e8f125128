"""A lead becomes company, role and opportunity: in one step, with everything carried over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from contacts import access as contacts
from contacts import companies, employments
from contacts.models import Company, Person
from crm.accounts.models import User
from crm.kernel import audit, errors
from history import touchpoints
from history.activities import planning
from history.fairs import proposing, telling, writing
from history.models import LeadCapture, LeadState, Opportunity
from history.opportunities import competitors, deals, stakeholders

DEAL: Final = ("title", "need", "situation", "volume", "realisation_on")
FIELDS: Final = frozenset({*DEAL, "company", "company_name", "function", "role", "competitors"})


@transaction.atomic
def take_over(
    *,
    actor: User,
    lead: LeadCapture,
    values: Mapping[str, Any],
    version: int | None = None,
    at: datetime,
) -> LeadCapture:
    """Make an opportunity of the lead; what ``values`` leave out is as the slip suggests.

    ``values`` may hold ``title``, ``need``, ``situation``, ``volume``, ``realisation_on``,
    ``function``, ``role`` (of the buying centre), ``competitors`` (names), and either ``company``
    or, to make a new one, ``company_name``; without either there is none.

    :raises errors.NotPermitted: the role makes no opportunities
    :raises errors.NotFound: the actor may not see the person or the company
    :raises errors.Conflict: it was decided already, or somebody saved it since ``version`` was read
    :raises errors.Invalid: nobody is named on the slip yet, or a value is wrong
    """
    lead = writing.locked(actor=actor, lead=lead, version=version)
    writing.require_open(lead)
    wanted = _wanted(lead, values)
    person = _person(actor, lead)
    company = _company(actor, lead, wanted, at=at)
    if company is not None:
        _employ(actor, person, company, lead, wanted["function"], at=at)
    deal = deals.create(
        actor=actor,
        values={name: wanted[name] for name in DEAL} | {"company": company, "person": person},
        at=at,
    )
    roles = [wanted["role"]] if wanted["role"] else []
    stakeholders.add(
        actor=actor,
        opportunity=deal,
        person=person,
        values={"roles": roles, "company": company},
        at=at,
    )
    for name in dict.fromkeys(filter(None, (each.strip() for each in wanted["competitors"]))):
        competitors.add(actor=actor, opportunity=deal, values={"name": name}, at=at)
    _carry_over(actor, lead, deal, company, at=at)
    lead.company, lead.opportunity = company, deal
    writing.finish(lead, state=LeadState.TAKEN_OVER, actor=actor, at=at)
    changes: audit.Changes = {"opportunity": ["", str(deal)], "company": ["", str(company or "")]}
    writing.keep(lead, actor=actor, action="lead.taken-over", at=at, changes=changes)
    return lead


def _wanted(lead: LeadCapture, values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(values) - FIELDS):
        raise errors.Invalid({name: [_("Dieses Feld gibt es nicht.")] for name in unknown})
    found = proposing.proposal(lead)
    suggested = {name: getattr(found, name) for name in (*DEAL, "role", "competitors")}
    return {**suggested, "function": lead.function, "company": None, "company_name": "", **values}


def _person(actor: User, lead: LeadCapture) -> Person:
    return contacts.person_for(user=actor, public_id=writing.require_named(lead).public_id)


def _company(
    actor: User, lead: LeadCapture, wanted: Mapping[str, Any], *, at: datetime
) -> Company | None:
    chosen: Company | None = wanted["company"]
    if chosen is not None:
        return contacts.company_for(user=actor, public_id=chosen.public_id)
    if name := wanted["company_name"].strip():
        return companies.create(actor=actor, values={"name": name}, source=lead.event.source, at=at)
    return None


def _employ(
    actor: User,
    person: Person,
    company: Company,
    lead: LeadCapture,
    function: str,
    *,
    at: datetime,
) -> None:
    """The person works there; who is known there already stays as is, but for an empty function."""
    known = person.employments.filter(company=company, ended_on=None).first()
    if known is None:
        employments.add(
            actor=actor,
            person=person,
            company=company,
            values={"function": function},
            source=lead.event.source,
            at=at,
        )
    elif function and not known.function:
        employments.update(actor=actor, employment=known, values={"function": function}, at=at)


def _carry_over(
    actor: User, lead: LeadCapture, deal: Opportunity, company: Company | None, *, at: datetime
) -> None:
    """The talk at the stand stands in the line of the deal, its follow-up belongs to it."""
    if lead.touchpoint is not None:
        talk = telling.latest(lead.touchpoint)
        touchpoints.assign(actor=actor, touchpoint=talk, opportunity=deal, at=at)
    if lead.activity is not None and lead.activity.is_open:
        about: dict[str, Any] = {"opportunity": deal}
        if company is not None:
            about["company"] = company
        planning.edit(actor=actor, activity=lead.activity, values=about, at=at)
