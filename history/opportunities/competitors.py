"""Who else wants an opportunity, and how they stand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.kernel import audit, errors
from history.models import Competitor, Opportunity
from history.opportunities import writing

FIELDS = frozenset({"name", "standing", "note"})


def competitor_for(opportunity: Opportunity, pk: int) -> Competitor:
    """The competitor of this number in the opportunity.

    :raises errors.NotFound: there is none
    """
    found = opportunity.competitors.filter(pk=pk).first()
    if found is None:
        raise errors.NotFound(id=str(pk))
    found.opportunity = opportunity
    return found


@transaction.atomic
def add(
    *, actor: User, opportunity: Opportunity, values: Mapping[str, Any], at: datetime
) -> Competitor:
    """Name another supplier.

    :raises errors.Invalid: without a name, or named already
    """
    fresh = writing.editable(actor=actor, opportunity=opportunity)
    wanted = writing.stripped(values, allowed=FIELDS)
    made = Competitor(opportunity=fresh, created_at=at, **wanted)
    _check(made)
    made.save()
    changes = audit.diff({}, {name: value for name, value in wanted.items() if value})
    writing.touch(fresh, actor=actor, action="competitor.added", at=at, changes=changes)
    return made


@transaction.atomic
def update(
    *, actor: User, competitor: Competitor, values: Mapping[str, Any], at: datetime
) -> Competitor:
    """Judge anew; nothing happens if nothing differs.

    :raises errors.Invalid: without a name, or named already
    """
    fresh = writing.editable(actor=actor, opportunity=competitor.opportunity)
    wanted = writing.stripped(values, allowed=FIELDS)
    changes = audit.diff({name: getattr(competitor, name) for name in wanted}, wanted)
    if not changes:
        return competitor
    for name in changes:
        setattr(competitor, name, wanted[name])
    _check(competitor)
    competitor.save()
    context = {"competitor": competitor.name}
    writing.touch(
        fresh, actor=actor, action="competitor.updated", at=at, changes=changes, context=context
    )
    return competitor


@transaction.atomic
def remove(*, actor: User, competitor: Competitor, at: datetime) -> None:
    """It never was one; who gave up is better marked as out."""
    fresh = writing.editable(actor=actor, opportunity=competitor.opportunity)
    changes = {"name": [competitor.name, ""]}
    writing.touch(fresh, actor=actor, action="competitor.removed", at=at, changes=changes)
    competitor.delete()


def _check(competitor: Competitor) -> None:
    if not competitor.name:
        raise errors.Invalid({"name": [_("Bitte nennen Sie den Wettbewerber.")]})
    try:
        competitor.clean_fields(exclude=["opportunity"])
    except ValidationError as error:
        raise errors.Invalid(error.message_dict) from error
    same = competitor.opportunity.competitors.filter(name=competitor.name)
    if same.exclude(pk=competitor.pk).exists():
        raise errors.Invalid({"name": [_("Dieser Wettbewerber steht hier schon.")]})
