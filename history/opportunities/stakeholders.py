"""Who has a say in an opportunity: named, judged, taken out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contacts.models import Company, Person
from crm.accounts.models import User
from crm.kernel import audit, errors
from history.models import BuyingRole, Opportunity, Stakeholder
from history.opportunities import writing

FIELDS = frozenset({"company", "roles", "stance", "influence", "note", "sways"})


def stakeholder_for(opportunity: Opportunity, pk: int) -> Stakeholder:
    """The stakeholder of this number in the opportunity.

    :raises errors.NotFound: there is none
    """
    rows = opportunity.stakeholders.select_related("person", "company")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise errors.NotFound(id=str(pk))
    found.opportunity = opportunity
    return found


@transaction.atomic
def add(
    *,
    actor: User,
    opportunity: Opportunity,
    person: Person,
    values: Mapping[str, Any],
    at: datetime,
) -> Stakeholder:
    """Name a person who has a say; without ``company`` on the side of whom the person works for.

    :raises errors.Conflict: the person stands there already
    :raises errors.Invalid: a value is wrong
    """
    fresh = writing.editable(actor=actor, opportunity=opportunity)
    if fresh.stakeholders.filter(person=person).exists():
        raise errors.Conflict(
            _("%(name)s steht schon im Buying-Center.") % {"name": person}, field="person"
        )
    wanted = {"company": _employer_of(person), **writing.stripped(values, allowed=FIELDS)}
    made = Stakeholder(opportunity=fresh, person=person, created_at=at, **wanted)
    _check(made)
    made.save()
    _tell(fresh, made, actor=actor, act="added", at=at, changes=audit.diff({}, _told(wanted)))
    return made


@transaction.atomic
def update(
    *, actor: User, stakeholder: Stakeholder, values: Mapping[str, Any], at: datetime
) -> Stakeholder:
    """Judge anew; nothing happens if nothing differs.

    :raises errors.Invalid: a value is wrong
    """
    fresh = writing.editable(actor=actor, opportunity=stakeholder.opportunity)
    wanted = writing.stripped(values, allowed=FIELDS)
    changes = audit.diff({name: getattr(stakeholder, name) for name in wanted}, wanted)
    if not changes:
        return stakeholder
    for name in changes:
        setattr(stakeholder, name, wanted[name])
    _check(stakeholder)
    stakeholder.save()
    _tell(fresh, stakeholder, actor=actor, act="updated", at=at, changes=changes)
    return stakeholder


@transaction.atomic
def remove(*, actor: User, stakeholder: Stakeholder, at: datetime) -> None:
    """The person has no say after all; nobody shapes the opinion of this person any more."""
    fresh = writing.editable(actor=actor, opportunity=stakeholder.opportunity)
    gone = stakeholder.person.public_id
    for other in fresh.stakeholders.filter(sways__contains=[gone]):
        other.sways = [each for each in other.sways if each != gone]
        other.save(update_fields=["sways"])
    _tell(fresh, stakeholder, actor=actor, act="removed", at=at, changes={})
    stakeholder.delete()


def _check(stakeholder: Stakeholder) -> None:
    wrong: dict[str, list[str]] = {}
    known = set(stakeholder.opportunity.stakeholders.values_list("person__public_id", flat=True))
    others: set[UUID] = known - {stakeholder.person.public_id}
    if not set(stakeholder.sways) <= others:
        wrong["sways"] = [_("Beeinflussen kann man nur andere aus diesem Buying-Center.")]
    if not set(stakeholder.roles) <= set(BuyingRole.values):
        wrong["roles"] = [_("Diese Rolle gibt es nicht.")]
    if stakeholder.influence is not None and not 1 <= stakeholder.influence <= 3:
        wrong["influence"] = [_("Der Einfluss liegt zwischen 1 (wenig) und 3 (viel).")]
    try:
        stakeholder.clean_fields(exclude=["opportunity", "person", "company", *wrong])
    except ValidationError as error:
        wrong |= error.message_dict
    if wrong:
        raise errors.Invalid(wrong)


def _employer_of(person: Person) -> Company | None:
    roles = person.employments.select_related("company").filter(ended_on__isnull=True)
    role = roles.order_by("-is_primary", "pk").first()
    return role.company if role else None


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _tell(
    opportunity: Opportunity,
    stakeholder: Stakeholder,
    *,
    actor: User,
    act: str,
    at: datetime,
    changes: audit.Changes,
) -> None:
    writing.touch(
        opportunity,
        actor=actor,
        action=f"stakeholder.{act}",
        at=at,
        changes=changes,
        context={"person": str(stakeholder.person), "public_id": stakeholder.person.public_id},
    )
