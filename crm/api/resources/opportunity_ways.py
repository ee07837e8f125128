"""Pipelines, their stages, and the reasons of an end, as the team lead keeps them."""

from typing import Any

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from crm.accounts.policy import Permission
from crm.api.base import describe
from crm.api.resources.opportunities import TAG, OpportunityView
from crm.api.resources.opportunity_shapes import (
    CloseReasonSerializer,
    PipelineSerializer,
    StageSerializer,
)
from crm.kernel import clock
from history.opportunities import pipelines, reasons

READS = (401, 403)
CREATES = (400, 401, 403)
PERCENT: dict[str, Any] = {"min_value": 0, "max_value": 100}
PLACE: dict[str, Any] = {"min_value": 0, "max_value": 999}


class NewPipeline(serializers.Serializer):
    """A further pipeline, without stages yet."""

    name = serializers.CharField(max_length=100)


class PipelineChange(serializers.Serializer):
    """What changes in a pipeline."""

    name = serializers.CharField(max_length=100, required=False)
    position = serializers.IntegerField(required=False, **PLACE)
    is_active = serializers.BooleanField(required=False)


class StageChange(serializers.Serializer):
    """What changes in a stage."""

    name = serializers.CharField(max_length=100, required=False)
    position = serializers.IntegerField(required=False, **PLACE)
    probability = serializers.IntegerField(required=False, **PERCENT)
    usual_days = serializers.IntegerField(required=False, min_value=1, max_value=999)


class NewStage(StageChange):
    """A further stage, the last one unless it names its place."""

    name = serializers.CharField(max_length=100)
    probability = serializers.IntegerField(**PERCENT)


class NewReason(serializers.Serializer):
    """A further reason to win or to lose."""

    state = serializers.ChoiceField(choices=[end.value for end in reasons.ENDS])
    label = serializers.CharField(max_length=reasons.LONGEST)


class ReasonChange(serializers.Serializer):
    """What changes in a reason."""

    label = serializers.CharField(max_length=reasons.LONGEST, required=False)
    is_active = serializers.BooleanField(required=False)


class Managed(OpportunityView):
    """What a team lead may change and everybody may read."""

    writing = Permission.OPPORTUNITIES_MANAGE

    def known(self) -> dict[str, Any]:
        """Who acts, and when."""
        return {"actor": self.user, "at": clock.now()}


class Pipelines(Managed):
    """The ways that opportunities go."""

    @describe(tag=TAG, returns=PipelineSerializer(many=True), refuses=READS,
              operation_id="pipeline_list")  # fmt: skip
    def get(self, request: Request) -> Response:
        """List the pipelines in use with their stages."""
        return Response(PipelineSerializer(pipelines.in_use(), many=True).data)

    @describe(tag=TAG, body=NewPipeline, returns=PipelineSerializer, status=201, refuses=CREATES)
    def post(self, request: Request) -> Response:
        """Create a pipeline behind the others."""
        made = pipelines.create(**self.read(NewPipeline), **self.known())
        return Response(PipelineSerializer(made).data, status=status.HTTP_201_CREATED)


class PipelineDetail(Managed):
    """One pipeline."""

    @describe(tag=TAG, body=PipelineChange, returns=PipelineSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Rename or move it, take it out of use or back."""
        values = self.read(PipelineChange, partial=True)
        changed = pipelines.update(
            pipeline=pipelines.pipeline_for(pk), values=values, **self.known()
        )
        return Response(PipelineSerializer(changed).data)


class Stages(Managed):
    """The steps of one pipeline."""

    @describe(tag=TAG, body=NewStage, returns=StageSerializer, status=201)
    def post(self, request: Request, pk: int) -> Response:
        """Add a stage."""
        found = pipelines.pipeline_for(pk)
        made = pipelines.add_stage(pipeline=found, values=self.read(NewStage), **self.known())
        return Response(StageSerializer(made).data, status=status.HTTP_201_CREATED)


class StageDetail(Managed):
    """One step."""

    @describe(tag=TAG, body=StageChange, returns=StageSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Change it; the opportunities in it keep their own probability."""
        values = self.read(StageChange, partial=True)
        changed = pipelines.update_stage(
            stage=pipelines.stage_for(pk), values=values, **self.known()
        )
        return Response(StageSerializer(changed).data)

    @describe(tag=TAG, returns=None, status=204, refuses=(401, 403, 404, 409))
    def delete(self, request: Request, pk: int) -> Response:
        """Remove it, if no opportunity ever stood in it."""
        pipelines.remove_stage(stage=pipelines.stage_for(pk), **self.known())
        return Response(status=status.HTTP_204_NO_CONTENT)


class CloseReasons(Managed):
    """Why opportunities end."""

    @describe(tag=TAG, returns=CloseReasonSerializer(many=True), refuses=READS,
              operation_id="close_reason_list")  # fmt: skip
    def get(self, request: Request) -> Response:
        """List the reasons that may be chosen."""
        return Response(CloseReasonSerializer(reasons.in_use(), many=True).data)

    @describe(tag=TAG, body=NewReason, returns=CloseReasonSerializer, status=201, refuses=CREATES)
    def post(self, request: Request) -> Response:
        """Add a reason behind the others of its end."""
        made = reasons.create(**self.read(NewReason), **self.known())
        return Response(CloseReasonSerializer(made).data, status=status.HTTP_201_CREATED)


class CloseReasonDetail(Managed):
    """One reason."""

    @describe(tag=TAG, body=ReasonChange, returns=CloseReasonSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        """Rename it, take it out of use or back; what ended with it keeps it."""
        found = reasons.kept(pk)
        values = self.read(ReasonChange, partial=True)
        wanted = {"label": found.label, "is_active": found.is_active} | values
        changed = reasons.update(reason=found, **wanted, **self.known())
        return Response(CloseReasonSerializer(changed).data)
