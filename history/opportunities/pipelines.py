"""The pipelines and their stages, as the team lead keeps them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from crm.accounts import policy
from crm.accounts.models import User
from crm.kernel import audit, errors
from history.models import Opportunity, Pipeline, Stage
from history.opportunities import writing

M = TypeVar("M", Pipeline, Stage)
FIELDS = frozenset({"name", "position", "is_active"})
STAGE_FIELDS = frozenset({"name", "position", "probability", "usual_days"})


def in_use() -> list[Pipeline]:
    """The pipelines that opportunities may go, with their stages (two queries)."""
    return list(Pipeline.objects.filter(is_active=True).prefetch_related("stages"))


def default() -> Pipeline:
    """The first pipeline in use.

    :raises errors.Conflict: there is none
    """
    for pipeline in in_use():
        return pipeline
    raise errors.Conflict(
        _("Es gibt keine Pipeline in Gebrauch. Bitten Sie Ihre Teamleitung, eine anzulegen.")
    )


def first_stage(pipeline: Pipeline) -> Stage:
    """Where opportunities begin.

    :raises errors.Conflict: the pipeline has no stages
    """
    stage = pipeline.stages.order_by("position", "pk").first()
    if stage is None:
        raise errors.Conflict(
            _("Die Pipeline „%(name)s“ hat noch keine Stufen.") % {"name": pipeline.name}
        )
    stage.pipeline = pipeline
    return stage


def pipeline_for(pk: object) -> Pipeline:
    """The pipeline of this number.

    :raises errors.NotFound: there is none
    """
    found = Pipeline.objects.filter(pk=_number(pk)).first()
    if found is None:
        raise errors.NotFound(id=str(pk))
    return found


def stage_for(pk: object) -> Stage:
    """The stage of this number, with its pipeline.

    :raises errors.NotFound: there is none
    """
    found = Stage.objects.select_related("pipeline").filter(pk=_number(pk)).first()
    if found is None:
        raise errors.NotFound(id=str(pk))
    return found


@transaction.atomic
def create(*, actor: User, name: str, at: datetime) -> Pipeline:
    """A new pipeline behind the others, without stages yet.

    :raises errors.Invalid: the name is missing, too long or taken
    """
    policy.require(actor, policy.Permission.OPPORTUNITIES_MANAGE)
    last = Pipeline.objects.aggregate(last=Max("position"))["last"]
    pipeline = Pipeline(name=name.strip(), position=(last or 0) + 1)
    _save(pipeline)
    changes = {"name": ["", pipeline.name]}
    audit.record(actor=actor, action="pipeline.created", at=at, target=pipeline, changes=changes)
    return pipeline


@transaction.atomic
def update(*, actor: User, pipeline: Pipeline, values: Mapping[str, Any], at: datetime) -> Pipeline:
    """Change name, position or whether it is in use; nothing happens if nothing differs."""
    return _update(actor, pipeline, values, FIELDS, "pipeline.updated", at)


@transaction.atomic
def add_stage(*, actor: User, pipeline: Pipeline, values: Mapping[str, Any], at: datetime) -> Stage:
    """A new stage, at the end unless ``values`` name a position.

    :raises errors.Invalid: the name is missing or taken, the probability is no percentage
    """
    policy.require(actor, policy.Permission.OPPORTUNITIES_MANAGE)
    last = pipeline.stages.aggregate(last=Max("position"))["last"]
    wanted = writing.stripped(values, allowed=STAGE_FIELDS)
    stage = Stage(pipeline=pipeline, **({"position": (last or 0) + 1} | wanted))
    _save(stage)
    changes = audit.diff({}, wanted)
    audit.record(actor=actor, action="stage.created", at=at, target=stage, changes=changes)
    return stage


@transaction.atomic
def update_stage(*, actor: User, stage: Stage, values: Mapping[str, Any], at: datetime) -> Stage:
    """Change a stage; the opportunities in it keep their own probability."""
    return _update(actor, stage, values, STAGE_FIELDS, "stage.updated", at)


@transaction.atomic
def remove_stage(*, actor: User, stage: Stage, at: datetime) -> None:
    """Remove a stage in which no opportunity stands or ever stood.

    :raises errors.Conflict: one does, or did
    """
    policy.require(actor, policy.Permission.OPPORTUNITIES_MANAGE)
    was_taken = Opportunity.objects.filter(steps__stage=stage).exists()
    if was_taken or Opportunity.objects.filter(stage=stage).exists():
        raise errors.Conflict(
            _("In „%(name)s“ standen schon Verkaufschancen; die Stufe bleibt wegen ihrer Historie.")
            % {"name": stage.name}
        )
    changes = {"name": [stage.name, ""]}
    audit.record(actor=actor, action="stage.removed", at=at, target=stage, changes=changes)
    stage.delete()


def _update(
    actor: User,
    row: M,
    values: Mapping[str, Any],
    allowed: frozenset[str],
    action: str,
    at: datetime,
) -> M:
    policy.require(actor, policy.Permission.OPPORTUNITIES_MANAGE)
    wanted = writing.stripped(values, allowed=allowed)
    changes = audit.diff({name: getattr(row, name) for name in wanted}, wanted)
    if not changes:
        return row
    for name in changes:
        setattr(row, name, wanted[name])
    _save(row)
    audit.record(actor=actor, action=action, at=at, target=row, changes=changes)
    return row


def _save(row: Pipeline | Stage) -> None:
    try:
        row.full_clean(exclude=["pipeline"] if isinstance(row, Stage) else None)
    except ValidationError as error:
        raise errors.Invalid(error.message_dict) from error
    rows: QuerySet[Any] = (
        row.pipeline.stages.all() if isinstance(row, Stage) else Pipeline.objects.all()
    )
    if rows.filter(name=row.name).exclude(pk=row.pk).exists():
        raise errors.Invalid({"name": [_("Diesen Namen gibt es schon.")]})
    row.save()


def _number(pk: object) -> int:
    text = str(pk)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
