"""``/campaigns``: who of many may be contacted, and why others may not."""

from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from consent import campaigns, controllers, tasks
from consent.campaigns.exporting import file_name
from consent.campaigns.keeping import CAMPAIGN_PURPOSES
from consent.decision.codes import Channel, Outcome
from consent.models import Campaign
from contacts.models import Person
from contacts.tables import Format
from crm.accounts.policy import Permission
from crm.api.base import View, describe
from crm.kernel import clock

TAG = "Campaigns"


class ReasonSerializer(serializers.Serializer):
    """Persons with the same outcome for the same reason; each person counts once."""

    outcome = serializers.ChoiceField(choices=[str(each) for each in Outcome])
    code = serializers.CharField(help_text="The ground of an allowed contact, else the reason.")
    count = serializers.IntegerField()
    sample = serializers.ListField(
        child=serializers.UUIDField(), help_text="Up to five of the persons that you may see."
    )


class ResultSerializer(serializers.Serializer):
    """What the last check found."""

    persons = serializers.IntegerField()
    allowed = serializers.IntegerField()
    outcomes = serializers.DictField(child=serializers.IntegerField())
    reasons = ReasonSerializer(many=True)


class CampaignSerializer(serializers.ModelSerializer[Campaign]):
    """A question about many persons. `result` is null before the first check."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    owner = serializers.UUIDField(source="owner.public_id", read_only=True)
    controller = serializers.UUIDField(source="controller.public_id", read_only=True)
    is_being_checked = serializers.SerializerMethodField()
    result = serializers.SerializerMethodField()

    class Meta:
        model = Campaign
        fields = (
            "id", "name", "query", "channel", "purpose", "controller", "owner", "created_at",
            "is_being_checked", "checked_at", "size", "result",
        )  # fmt: skip

    def get_is_being_checked(self, campaign: Campaign) -> bool:
        return campaigns.is_being_checked(campaign, at=clock.now())

    @extend_schema_field(ResultSerializer(allow_null=True))
    def get_result(self, campaign: Campaign) -> Any:
        if campaign.result is None:
            return None
        result = campaigns.Result.from_json(campaign.result)
        wanted = [pk for reason in result.reasons for pk in reason.sample]
        seen = Person.objects.visible_to(self.context["user"]).filter(pk__in=wanted)
        ids = dict(seen.values_list("pk", "public_id"))
        return {
            "persons": result.persons,
            "allowed": result.allowed,
            "outcomes": result.outcomes,
            "reasons": [
                {
                    "outcome": reason.outcome,
                    "code": reason.code,
                    "count": reason.count,
                    "sample": [str(ids[pk]) for pk in reason.sample if pk in ids],
                }
                for reason in result.reasons
            ],
        }


class CampaignInput(serializers.Serializer):
    """A new campaign; `query` is a query string of `/persons`."""

    name = serializers.CharField(max_length=80)
    query = serializers.CharField(required=False, allow_blank=True, default="")
    channel = serializers.ChoiceField(choices=[str(each) for each in Channel])
    purpose = serializers.ChoiceField(choices=CAMPAIGN_PURPOSES)
    controller = serializers.UUIDField(required=False)


class ExportInput(serializers.Serializer):
    """How the file is written."""

    format = serializers.ChoiceField(choices=[each.value for each in Format], default="csv")


class CampaignView(View):
    """What all addresses of campaigns share."""

    writing = Permission.CAMPAIGNS_RUN

    def campaign(self, public_id: UUID) -> Campaign:
        return campaigns.campaign_for(self.user, public_id)

    def shown(self, made: Campaign | list[Campaign]) -> Any:
        context = {"user": self.user}
        return CampaignSerializer(made, many=isinstance(made, list), context=context).data


class CampaignList(CampaignView):
    """All campaigns that you may see."""

    @describe(
        tag=TAG,
        returns=CampaignSerializer(many=True),
        refuses=(401, 403),
        operation_id="campaign_list",
    )
    def get(self, request: Request) -> Response:
        """List the campaigns, the newest first."""
        return Response(self.shown(campaigns.visible_to(self.user)))

    @describe(
        tag=TAG,
        body=CampaignInput,
        returns=CampaignSerializer,
        status=201,
        refuses=(400, 401, 403, 404),
    )
    def post(self, request: Request) -> Response:
        """Create a campaign; check it afterwards."""
        body = self.read(CampaignInput)
        wanted = body.pop("controller", None)
        controller = controllers.controller_for(wanted) if wanted else None
        made = campaigns.create(actor=self.user, controller=controller, at=clock.now(), **body)
        return Response(self.shown(made), status=status.HTTP_201_CREATED)


class CampaignDetail(CampaignView):
    """One campaign."""

    @describe(
        tag=TAG, returns=CampaignSerializer, operation_id="campaign_read", refuses=(401, 403, 404)
    )
    def get(self, request: Request, public_id: UUID) -> Response:
        """Read a campaign with the result of its last check."""
        return Response(self.shown(self.campaign(public_id)))


class CampaignCheck(CampaignView):
    """Ask about everybody."""

    @describe(tag=TAG, returns=CampaignSerializer, status=202, refuses=(400, 401, 403, 404))
    def post(self, request: Request, public_id: UUID) -> Response:
        """Check a campaign; a large one is left to a worker, read it until it is not being
        checked any more."""
        campaigns.request_check(
            actor=self.user,
            campaign=self.campaign(public_id),
            at=clock.now(),
            queue=tasks.check_campaign.delay,
        )
        return Response(self.shown(self.campaign(public_id)), status=status.HTTP_202_ACCEPTED)


class CampaignExports(CampaignView):
    """The file with those who may be contacted."""

    @describe(
        tag=TAG,
        body=ExportInput,
        returns=OpenApiTypes.BINARY,
        refuses=(400, 401, 403, 404, 409, 422),
    )
    def post(self, request: Request, public_id: UUID) -> FileResponse:
        """Take out those who may be contacted. Everybody is asked about once more; each use is
        recorded in the ledger."""
        format, at = Format(self.read(ExportInput)["format"]), clock.now()
        campaign = self.campaign(public_id)
        file = TemporaryFile()  # noqa: SIM115 - the response closes it
        campaigns.export(actor=self.user, campaign=campaign, format=format, to=file, at=at)
        file.seek(0)
        return FileResponse(
            file,
            as_attachment=True,
            filename=file_name(campaign, format=format, at=at),
            content_type=format.media_type,
        )
