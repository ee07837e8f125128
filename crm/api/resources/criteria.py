"""``/criteria``."""

from typing import Any

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from contacts import criteria
from contacts.models import Criterion, CriterionSubject, CriterionType, Sensitivity
from crm.accounts import policy
from crm.api.base import View, describe
from crm.api.fields import UserField
from crm.kernel import clock, errors

TAG = "Criteria"


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    """A criterion with its choices."""

    owner = serializers.SerializerMethodField()
    choices = serializers.SerializerMethodField(help_text="Code and label of possible answers.")

    class Meta:
        model = Criterion
        fields = (
            "code",
            "label",
            "help_text",
            "subject",
            "type",
            "sensitivity",
            "owner",
            "position",
            "is_active",
            "choices",
        )

    def get_owner(self, criterion: Criterion) -> str | None:
        return str(criterion.owner.public_id) if criterion.owner else None

    def get_choices(self, criterion: Criterion) -> list[dict[str, str]]:
        return [
            {"code": choice.code, "label": choice.label}
            for choice in criterion.choices.all()
            if choice.is_active
        ]


class CriterionUseSerializer(CriterionSerializer):
    """A criterion with its fill rate."""

    filled = serializers.IntegerField(help_text="Records with an answer.")
    total = serializers.IntegerField(help_text="Records the question is for.")
    fill_rate = serializers.FloatField(help_text="0 to 1.")
    propose_retirement = serializers.BooleanField()

    class Meta(CriterionSerializer.Meta):
        fields = (
            *CriterionSerializer.Meta.fields,
            "filled",
            "total",
            "fill_rate",
            "propose_retirement",
        )


class CriterionChange(serializers.Serializer):
    """Fields to change; ``choices`` replaces the labels of possible answers."""

    label = serializers.CharField(max_length=120, required=False)
    help_text = serializers.CharField(max_length=500, required=False, allow_blank=True)
    sensitivity = serializers.ChoiceField(choices=Sensitivity.choices, required=False)
    owner = UserField(required=False, allow_null=True)
    choices = serializers.ListField(child=serializers.CharField(max_length=120), required=False)


class CriterionUpdate(CriterionChange):
    """As before, and whether the criterion is in use."""

    position = serializers.IntegerField(min_value=0, max_value=32767, required=False)
    is_active = serializers.BooleanField(required=False)


class CriterionInput(CriterionChange):
    """A new criterion."""

    label = serializers.CharField(max_length=120)
    code = serializers.SlugField(max_length=60, required=False)
    subject = serializers.ChoiceField(choices=CriterionSubject.choices)
    type = serializers.ChoiceField(choices=CriterionType.choices)


class CriterionList(View):
    """All criteria."""

    writing = policy.Permission.CRITERIA_MANAGE

    @describe(
        tag=TAG,
        returns=CriterionUseSerializer(many=True),
        operation_id="criterion_list",
        refuses=(401, 403),
    )
    def get(self, request: Request) -> Response:
        """List the criteria with their fill rates."""
        policy.require(self.user, policy.Permission.CONTACTS_VIEW)
        rows = []
        for use in criteria.uses(at=clock.now()):
            row: Any = use.criterion
            row.filled, row.total, row.fill_rate = use.filled, use.total, use.rate
            row.propose_retirement = use.propose_retirement
            rows.append(row)
        return Response(CriterionUseSerializer(rows, many=True).data)

    @describe(
        tag=TAG,
        body=CriterionInput,
        returns=CriterionSerializer,
        status=201,
        refuses=(400, 401, 403),
    )
    def post(self, request: Request) -> Response:
        """Define a criterion."""
        criterion = criteria.create(actor=self.user, **self.read(CriterionInput), at=clock.now())
        return Response(CriterionSerializer(criterion).data, status=status.HTTP_201_CREATED)


class CriterionDetail(View):
    """One criterion."""

    writing = policy.Permission.CRITERIA_MANAGE

    @describe(tag=TAG, body=CriterionUpdate, returns=CriterionSerializer)
    def patch(self, request: Request, code: str) -> Response:
        """Change, retire or reactivate a criterion."""
        policy.require(self.user, policy.Permission.CRITERIA_MANAGE)
        criterion = Criterion.objects.filter(code=code).first()
        if criterion is None:
            raise errors.NotFound(criterion=code)
        body = self.read(CriterionUpdate, partial=True)
        is_active, choices = body.pop("is_active", None), body.pop("choices", None)
        at = clock.now()
        criterion = criteria.update(
            actor=self.user, criterion=criterion, values=body, choices=choices, at=at
        )
        if is_active is not None:
            criteria.set_active(actor=self.user, criterion=criterion, is_active=is_active, at=at)
        return Response(CriterionSerializer(criterion).data)
