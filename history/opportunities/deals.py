"""The opportunity itself: created, changed, handed on. Every change is one function here."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts import policy
from crm.accounts.models import Team, User
from crm.kernel import audit, errors
from history.models import Opportunity, Pipeline
from history.opportunities import numbers, pipelines, writing

FIELDS = frozenset(
    {
        "title",
        "company",
        "person",
        "need",
        "situation",
        "regulate",
        "avoid",
        "reach",
        "advantage",
        "budget",
        "volume",
        "probability",
        "realisation_on",
        "decision_on",
    }
)
LINKS = ("company", "person", "pipeline", "stage", "owner", "team", "close_reason")


@transaction.atomic
def create(
    *,
    actor: User,
    values: Mapping[str, Any],
    pipeline: Pipeline | None = None,
    owner: User | None = None,
    team: Team | None = None,
    at: datetime,
) -> Opportunity:
    """Create an opportunity from ``values`` (keys: :data:`FIELDS`) in the first stage.

    Without ``pipeline`` it goes the first one in use; without ``probability`` in the values it
    takes the stage's; without owner and team it belongs to the actor and the actor's first team.

    :raises errors.NotPermitted: the role allows it not, or not for somebody else
    :raises errors.Invalid: a value is wrong, or nobody is named whose need it is
    """
    policy.require(actor, policy.Permission.OPPORTUNITIES_EDIT)
    wanted = writing.stripped(values, allowed=FIELDS)
    stage = pipelines.first_stage(pipeline or pipelines.default())
    made = Opportunity(
        pipeline=stage.pipeline, stage=stage, stage_since=at, created_at=at, updated_at=at
    )
    made.owner, made.team = _belonging(actor=actor, owner=owner, team=team)
    for name, value in ({"probability": stage.probability} | wanted).items():
        setattr(made, name, value)
    _check(made)
    made.number = numbers.take(at=at)
    made.save()
    writing.note_step(made, actor=actor, at=at)
    changes = audit.diff({}, {name: value for name, value in wanted.items() if value})
    audit.record(actor=actor, action="opportunity.created", at=at, target=made, changes=changes)
    return made


@transaction.atomic
def update(
    *,
    actor: User,
    opportunity: Opportunity,
    values: Mapping[str, Any],
    version: int | None = None,
    at: datetime,
) -> Opportunity:
    """Change the fields in ``values``; nothing happens if nothing differs.

    :raises errors.NotFound: the actor may not see it
    :raises errors.NotPermitted: the role allows no changes
    :raises errors.Conflict: somebody saved it since ``version`` was read
    :raises errors.Invalid: a value is wrong
    """
    fresh = writing.editable(actor=actor, opportunity=opportunity, version=version)
    wanted = writing.stripped(values, allowed=FIELDS)
    changes = audit.diff({name: getattr(fresh, name) for name in wanted}, wanted)
    if not changes:
        return fresh
    for name in changes:
        setattr(fresh, name, wanted[name])
    _check(fresh)
    writing.touch(fresh, actor=actor, action="opportunity.updated", at=at, changes=changes)
    return fresh


@transaction.atomic
def assign(
    *,
    actor: User,
    opportunity: Opportunity,
    owner: User | None,
    team: Team | None,
    at: datetime,
) -> Opportunity:
    """Hand it to somebody else. The actor may not see it any more afterwards.

    :raises errors.NotPermitted: the role may not hand on
    :raises errors.Invalid: it would be nobody's
    """
    policy.require(actor, policy.Permission.OPPORTUNITIES_MANAGE)
    fresh = writing.editable(actor=actor, opportunity=opportunity)
    if owner is None and team is None:
        raise errors.Invalid(
            {"owner": [_("Bitte nennen Sie, wer sich kümmert: eine Person oder ein Team.")]}
        )
    wanted = {"owner": owner, "team": team}
    changes = audit.diff({"owner": fresh.owner, "team": fresh.team}, wanted)
    if changes:
        fresh.owner, fresh.team = owner, team
        writing.touch(fresh, actor=actor, action="opportunity.assigned", at=at, changes=changes)
    return fresh


def _belonging(
    *, actor: User, owner: User | None, team: Team | None
) -> tuple[User | None, Team | None]:
    if owner is None and team is None:
        return actor, actor.teams.order_by("pk").first()
    if owner not in (None, actor) or (team and team.pk not in actor.access.team_ids):
        policy.require(actor, policy.Permission.OPPORTUNITIES_MANAGE)
    return owner, team


def _check(opportunity: Opportunity) -> None:
    wrong: dict[str, list[str]] = {}
    probability, volume = opportunity.probability, opportunity.volume
    if probability is not None and not 0 <= probability <= 100:
        wrong["probability"] = [
            _(
                "%(value)s %% gibt es nicht: Die Wahrscheinlichkeit liegt zwischen 0 und 100 %%. "
                "Lassen Sie das Feld leer, wenn Sie es nicht wissen."
            )
            % {"value": probability}
        ]
    if volume is not None and Decimal(volume) < 0:
        wrong["volume"] = [_("Das Volumen kann nicht unter null liegen.")]
    if not opportunity.title:
        wrong["title"] = [_("Bitte sagen Sie in wenigen Worten, worum es geht.")]
    if opportunity.company is None and opportunity.person is None:
        wrong["company"] = [_("Bitte nennen Sie die Firma oder die Person, die etwas braucht.")]
    try:
        opportunity.clean_fields(exclude=[*LINKS, *wrong, "number", "public_id"])
    except ValidationError as error:
        wrong |= error.message_dict
    if wrong:
        raise errors.Invalid(wrong)
