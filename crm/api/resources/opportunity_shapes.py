"""How opportunities and what hangs on them look in the API."""

from typing import Any

from rest_framework import serializers

from crm.api.fields import TeamField, UserField
from history.models import (
    BuyingRole,
    CloseReason,
    Competitor,
    Opportunity,
    OpportunityState,
    Pipeline,
    Stage,
    Stance,
    Standing,
)

TEXTS = ("need", "situation", "regulate", "avoid", "reach", "advantage")
OWN = ("number", "title", *TEXTS, "budget", "volume", "probability", "realisation_on",
       "decision_on")  # fmt: skip


class StageSerializer(serializers.ModelSerializer[Stage]):
    """A step of a pipeline; after `usual_days` an opportunity counts as ageing."""

    class Meta:
        model = Stage
        fields = ("id", "name", "position", "probability", "usual_days")


class PipelineSerializer(serializers.ModelSerializer[Pipeline]):
    """A pipeline in use with its stages in order."""

    stages = StageSerializer(many=True)

    class Meta:
        model = Pipeline
        fields = ("id", "name", "position", "stages")


class CloseReasonSerializer(serializers.ModelSerializer[CloseReason]):
    """Why opportunities are won or lost; `state` is `WON` or `LOST`."""

    class Meta:
        model = CloseReason
        fields = ("id", "state", "label")


class NextStepSerializer(serializers.Serializer):
    """The earliest open activity."""

    id = serializers.UUIDField(source="public_id")
    subject = serializers.CharField()
    due_at = serializers.DateTimeField()


class OpportunitySerializer(serializers.ModelSerializer[Opportunity]):
    """An opportunity. `company` and `person` are null if you may not see the record; their names
    belong to the opportunity. `volume` and `probability` are null while nobody knows."""

    id = serializers.UUIDField(source="public_id")
    company = serializers.SerializerMethodField()
    company_name = serializers.SerializerMethodField()
    person = serializers.SerializerMethodField()
    person_name = serializers.SerializerMethodField()
    pipeline = serializers.IntegerField(source="pipeline_id")
    stage = StageSerializer()
    close_reason = CloseReasonSerializer(allow_null=True)
    owner = serializers.UUIDField(source="owner.public_id", allow_null=True, default=None)
    team = serializers.UUIDField(source="team.public_id", allow_null=True, default=None)

    class Meta:
        model = Opportunity
        fields = (
            "id", *OWN, "company", "company_name", "person", "person_name", "pipeline", "stage",
            "stage_since", "state", "close_reason", "close_note", "closed_at", "owner", "team",
            "created_at", "updated_at", "version",
        )  # fmt: skip

    def get_company(self, deal: Any) -> str | None:
        return str(deal.company.public_id) if deal.company_is_seen else None

    def get_company_name(self, deal: Opportunity) -> str:
        return str(deal.company) if deal.company else ""

    def get_person(self, deal: Any) -> str | None:
        return str(deal.person.public_id) if deal.person_is_seen else None

    def get_person_name(self, deal: Opportunity) -> str:
        return str(deal.person) if deal.person else ""


class OpportunityCount(serializers.Serializer):
    """How many there are; `is_capped` says that there are more than `value`."""

    value = serializers.IntegerField()
    is_capped = serializers.BooleanField()


class OpportunityPage(serializers.Serializer):
    """One page of opportunities, the latest change first."""

    total = OpportunityCount()
    previous = serializers.CharField(allow_blank=True, help_text="Send it as `before`.")
    next = serializers.CharField(allow_blank=True, help_text="Send it as `after`.")
    results = OpportunitySerializer(many=True)


class StakeholderSerializer(serializers.Serializer):
    """A person who has a say. `person`, `company` and the ids in `sways` of whom you may not see
    are null or left out; `contacts` is how often one was in touch."""

    id = serializers.IntegerField(source="stakeholder.pk")
    person = serializers.SerializerMethodField()
    person_name = serializers.CharField(source="stakeholder.person.full_name")
    company = serializers.SerializerMethodField()
    company_name = serializers.SerializerMethodField()
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=BuyingRole.choices), source="stakeholder.roles"
    )
    stance = serializers.ChoiceField(
        choices=Stance.choices, allow_blank=True, source="stakeholder.stance"
    )
    influence = serializers.IntegerField(source="stakeholder.influence", allow_null=True)
    note = serializers.CharField(source="stakeholder.note", allow_blank=True)
    sways = serializers.SerializerMethodField()
    contacts = serializers.IntegerField(source="made.count")
    last_contact_at = serializers.DateTimeField(source="made.last_at", allow_null=True)

    def get_person(self, member: Any) -> str | None:
        return str(member.stakeholder.person.public_id) if member.person_is_seen else None

    def get_company(self, member: Any) -> str | None:
        return str(member.stakeholder.company.public_id) if member.company_is_seen else None

    def get_company_name(self, member: Any) -> str:
        return str(member.stakeholder.company or "")

    def get_sways(self, member: Any) -> list[str]:
        seen = self.context["seen"]
        return [str(each) for each in member.stakeholder.sways if each in seen]


class CompetitorSerializer(serializers.ModelSerializer[Competitor]):
    """Who else wants it."""

    standing = serializers.ChoiceField(choices=Standing.choices, allow_blank=True)

    class Meta:
        model = Competitor
        fields = ("id", "name", "standing", "note")


class ScorePartSerializer(serializers.Serializer):
    """One answer: `share` from 0 to 1, null while nobody knows; null does not count as zero."""

    code = serializers.CharField()
    weight = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True)


class ScoreSerializer(serializers.Serializer):
    """`value` from 0 to 100; `coverage` is how much of the weights is known, in percent."""

    value = serializers.IntegerField(allow_null=True)
    coverage = serializers.IntegerField()
    parts = ScorePartSerializer(many=True)


class StepSerializer(serializers.Serializer):
    """One step of its way, never changed."""

    stage = serializers.IntegerField(source="stage_id")
    stage_name = serializers.CharField(source="stage.name")
    state = serializers.ChoiceField(choices=OpportunityState.choices)
    volume = serializers.DecimalField(max_digits=14, decimal_places=2, allow_null=True)
    probability = serializers.IntegerField(allow_null=True)
    at = serializers.DateTimeField()


class OpportunityWhole(serializers.Serializer):
    """An opportunity with everything that hangs on it."""

    opportunity = OpportunitySerializer()
    weighted = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)
    stakeholders = StakeholderSerializer(many=True)
    gap = serializers.CharField(allow_blank=True, help_text="What the buying centre lacks.")
    competitors = CompetitorSerializer(many=True)
    score = ScoreSerializer()
    steps = StepSerializer(many=True)
    next_step = NextStepSerializer(allow_null=True)


def text(**options: Any) -> serializers.CharField:
    """A text that may be empty."""
    return serializers.CharField(required=False, allow_blank=True, **options)


class OpportunityChange(serializers.Serializer):
    """Fields of an opportunity; those that are missing stay. With `version` the change is refused
    if somebody was faster."""

    title = serializers.CharField(max_length=200)
    company = serializers.UUIDField(required=False, allow_null=True)
    person = serializers.UUIDField(required=False, allow_null=True)
    need = text()
    situation = text()
    regulate = text()
    avoid = text()
    reach = text()
    advantage = text()
    budget = text(max_length=200)
    volume = serializers.DecimalField(
        max_digits=14, decimal_places=2, required=False, allow_null=True
    )
    probability = serializers.IntegerField(
        required=False, allow_null=True, help_text="In percent, 0 to 100."
    )
    realisation_on = serializers.DateField(required=False, allow_null=True)
    decision_on = serializers.DateField(required=False, allow_null=True)
    version = serializers.IntegerField(required=False, min_value=1)


class OpportunityInput(OpportunityChange):
    """A new opportunity of a company, a person or both."""

    version = None
    pipeline = serializers.IntegerField(required=False, min_value=1)
    owner = UserField(required=False)
    team = TeamField(required=False)


class MoveInput(serializers.Serializer):
    """Where it goes."""

    stage = serializers.IntegerField(min_value=1)
    version = serializers.IntegerField(required=False, min_value=1)


class CloseInput(serializers.Serializer):
    """Why it ended."""

    reason = serializers.IntegerField(min_value=1)
    note = text()


class StakeholderChange(serializers.Serializer):
    """What somebody has to say."""

    company = serializers.UUIDField(required=False, allow_null=True)
    roles = serializers.ListField(
        child=serializers.ChoiceField(choices=BuyingRole.choices), required=False
    )
    stance = serializers.ChoiceField(choices=Stance.choices, required=False, allow_blank=True)
    influence = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=3)
    note = text(max_length=300)
    sways = serializers.ListField(child=serializers.UUIDField(), required=False)


class StakeholderInput(StakeholderChange):
    """Who has a say; without `company` on the side of whom the person works for."""

    person = serializers.UUIDField()


class CompetitorInput(serializers.Serializer):
    """Who else wants it, and how they stand from our side."""

    name = serializers.CharField(max_length=200)
    standing = serializers.ChoiceField(choices=Standing.choices, required=False, allow_blank=True)
    note = text(max_length=300)
